"""Something is given a public address that no flow from outside needs.

## Why

An address that the internet can reach makes one wrong rule of a security group enough to get in. Tasks behind a load
balancer are reached by their private addresses, and leave through a NAT gateway or endpoints. A subnet that is not
public and gives public addresses to whatever starts in it does so for what nobody thought of.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    private-a:
      az: us-east-1a
      tier: private
      cidr: 10.0.3.0/24
      auto_public_ip: true  # expect: SEC013
  security_groups: {job-sg: {}}
compute:
  services:
    jobs:
      desired: 2
      subnets: [public-a, public-b]
      security_groups: [job-sg]
      public_ip: true  # expect: SEC013
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24, auto_public_ip: false}
  security_groups: {relay-sg: {ingress: [{from: internet, port: 443}]}, job-sg: {}}
compute:
  services:
    relay: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [relay-sg]}
    jobs: {desired: 2, subnets: [private-a], security_groups: [job-sg]}
flows:
  - internet -> relay: 443 HTTPS
```
"""

from collections.abc import Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.declared_entries import declared_open
from archspec.graph.graph import Graph
from archspec.graph.intervals import spell
from archspec.graph.open_to_internet import opened_to_world, raised
from archspec.model.compute import Service
from archspec.model.network import Subnet

ID = "SEC013"
NAME = "needless-public-address"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "ECS.2",
    "EC2.15",
    "sec_network_protection_create_layers",
    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html",
)


def subjects(graph: Graph) -> Iterator[Service | Subnet]:
    """Yield the services and the subnets that are not public."""
    architecture = graph.architecture
    yield from (one for one in architecture.compute.services.values() if one.status == "current")
    for subnet in architecture.network.subnets.values():
        if subnet.status == "current" and subnet.tier != "public":
            yield subnet


def check(graph: Graph, subject: Service | Subnet) -> Iterator[Violation | Unknown]:
    """Fail a public address that nothing declared needs; AWS gives none in subnets of one's own unless it is asked to.

    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
    """
    if isinstance(subject, Subnet):
        if subject.auto_public_ip:
            message = f"{subject.id} is a {subject.tier} subnet, and what starts in it is given a public address"
            place = (*subject.path, "auto_public_ip")
            yield Violation(subject.id, place, message, "state `auto_public_ip: false`")
    elif subject.public_ip and not declared_open(graph, subject):
        opened = opened_to_world(graph, subject)
        hops = (Hop("note", f"everybody may open {spell(opened)} on it", subject.path),) if opened else ()
        message = f"{subject.id} has a public address, and no flow from outside leads to it"
        fix = "place it in private subnets that leave through a NAT gateway or endpoints"
        place = (*subject.path, "public_ip")
        yield Violation(subject.id, place, message, fix, hops, at_least=raised(graph, subject))
