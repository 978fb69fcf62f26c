"""A subnet has fewer addresses than what stands in it may need.

## Why

Each task of a service on Fargate takes an address of its subnet. The worst day is the one on which a zone is lost while
every service runs its most tasks and the largest of them is deployed, which doubles its tasks: the subnets of the other
zones have to hold all of that. Without addresses tasks do not start, and a load balancer cannot grow. AWS keeps five
addresses of each subnet, and a load balancer wants eight of them free.

Services on EC2 are not counted, as their tasks may share the address of an instance.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/27}  # expect: SCL005
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {scaling: {min: 2, max: 20}, subnets: [a, b], security_groups: [sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {scaling: {min: 2, max: 20}, subnets: [a, b], security_groups: [sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.addresses import needs, usable
from archspec.graph.graph import Graph
from archspec.model.network import Subnet

ID = "SCL005"
NAME = "subnet-too-small"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    "rel_planning_network_topology_ip_subnet_allocation",
)

_SHOWN = 10


def subjects(graph: Graph) -> Iterable[Subnet]:
    """Return the IPv4 subnets in which something stands."""
    subnets = graph.architecture.network.subnets.values()
    return [one for one in subnets if one.status == "current" and one.cidr.version == 4 and one.id in needs(graph)]


def check(graph: Graph, subnet: Subnet) -> Iterator[Violation | Unknown]:
    """Fail a subnet with too few addresses; unknown where it is large enough for all but what is not stated."""
    parts, free = needs(graph)[subnet.id], usable(subnet)
    deployed = max(parts, key=lambda part: part.more)
    needed = sum(part.addresses or 0 for part in parts) + deployed.more
    untold = [part.id for part in parts if part.addresses is None]
    if needed > free:
        message = f"{subnet.id} has {free} addresses, and what stands in it may need {needed}"
        largest = sorted(parts, key=lambda part: -(part.addresses or 0))[:_SHOWN]
        told = [Hop("note", f"{part.id}: {part.addresses} ({part.because})", part.path) for part in largest]
        more = [Hop("note", f"{deployed.id}: {deployed.more} more while it is deployed", deployed.path)]
        witness = (*told, *(more if deployed.more else ()))
        fix = "give it a larger block, or let fewer tasks run"
        yield Violation(subnet.id, (*subnet.path, "cidr"), message, fix, witness)
    elif untold:
        yield Unknown(subnet.id, subnet.path, f"{untold[0]}.desired")
