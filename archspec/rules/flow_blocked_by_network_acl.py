"""A declared flow is blocked by a network ACL.

## Why

Network ACLs are stateless: what lets a request in does not let its answer out. A connection from one subnet to another
needs four entries, two for the request and two for the answer, which goes to a port that the client chooses. The first
entry that fits decides, and what fits none is denied.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    data-a:    {az: us-east-1a, tier: data,    cidr: 10.0.2.0/24}
  nacls:
    data-nacl:
      subnets: [data-a]
      ingress: [{number: 100, peer: 10.0.1.0/24, protocol: tcp, port: 5432}]
      egress:  [{number: 100, peer: 10.0.1.0/24, protocol: tcp, port: 5432}]
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  services: {api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
flows:
  - api -> db: 5432 PostgreSQL  # expect: NET002
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    data-a:    {az: us-east-1a, tier: data,    cidr: 10.0.2.0/24}
  nacls:
    data-nacl:
      subnets: [data-a]
      ingress: [{number: 100, peer: 10.0.1.0/24, protocol: tcp, port: 5432}]
      egress:  [{number: 100, peer: 10.0.1.0/24, protocol: tcp, port: 1024-65535}]
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  services: {api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
flows:
  - api -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.broken_flows import broken
from archspec.graph.graph import Graph
from archspec.model.flow import Flow
from archspec.model.status import current

ID = "NET002"
NAME = "flow-blocked-by-network-acl"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "sec_network_protection_layered",
    "SUBNET_ACL_RESTRICTION",
    "AC-4",
    "SC-7",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows, where a network ACL is stated at all."""
    if not graph.architecture.network.nacls:
        return []
    return current(graph.architecture.flows)


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow once for every pair of ends between which a network ACL stops requests or answers."""
    for one in broken(graph, flow):
        blocked = one.blocks("nacl")
        if blocked:
            source, target = one.ends
            message = f"{source} does not get through to {target}: {blocked[0].text}"
            yield Violation(flow.id, flow.path, message, one.fix("nacl"), one.hops)
