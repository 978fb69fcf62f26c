"""A private subnet leaves through a NAT gateway in another Availability Zone.

## Why

A NAT gateway lives in one zone. When that zone is lost, every subnet that leaves through it loses the internet, in
healthy zones too. One NAT gateway a zone keeps zones independent.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.3.0/24}  # expect: AVL003
  nat_gateways: {nat-a: {subnet: public-a}}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.4.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.3.0/24}
  nat_gateways: {nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}
```
"""

from collections.abc import Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import Subnet

ID = "AVL003"
NAME = "nat-in-another-az"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
)


def subjects(graph: Graph) -> Iterator[Subnet]:
    """Yield the subnets that leave through a NAT gateway."""
    gateways = graph.architecture.network.nat_gateways
    for subnet in graph.architecture.network.subnets.values():
        table = graph.route_tables.get(subnet.id)
        if subnet.status == "current" and table and any(route.target in gateways for route in table.routes):
            yield subnet


def check(graph: Graph, subnet: Subnet) -> Iterator[Violation | Unknown]:
    """Fail a subnet whose route leads to a NAT gateway of another zone."""
    network = graph.architecture.network
    for route in graph.route_tables[subnet.id].routes:
        gateway = network.nat_gateways.get(route.target)
        if gateway is None or network.subnets[gateway.subnet].az == subnet.az:
            continue
        place = network.subnets[gateway.subnet].az
        message = f"{subnet.id} in {subnet.az} leaves through {gateway.id} in {place}"
        hop = Hop(
            "note",
            f"{gateway.id} stands in {gateway.subnet}, {place}",
            gateway.path,
            "AVAILABILITY_ZONE_CROSSED",
        )
        yield Violation(subnet.id, subnet.path, message, f"add a NAT gateway in {subnet.az}", (hop,))
