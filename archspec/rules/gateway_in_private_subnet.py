"""A NAT gateway or an internet-facing load balancer stands in a subnet that does not lead to an internet gateway.

## Why

A NAT gateway carries nothing out, and an internet-facing load balancer answers nobody, where the default route of their
own subnet does not lead to an internet gateway. AWS creates both without a word.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  nat_gateways:
    nat: {subnet: private-a}  # expect: NET013
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph, is_public
from archspec.model.network import LoadBalancer, NatGateway
from archspec.model.status import current

ID = "NET013"
NAME = "gateway-in-private-subnet"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
)


def subjects(graph: Graph) -> Iterable[NatGateway | LoadBalancer]:
    """Return the NAT gateways, and the load balancers that face the internet."""
    network = graph.architecture.network
    facing = [one for one in network.load_balancers.values() if is_public(one, graph)]
    gateways: list[NatGateway | LoadBalancer] = [*network.nat_gateways.values(), *facing]
    return current(gateways)


def check(graph: Graph, element: NatGateway | LoadBalancer) -> Iterator[Violation | Unknown]:
    """Fail an element for every subnet of it whose default route leads to no internet gateway."""
    network = graph.architecture.network
    ids = (element.subnet,) if isinstance(element, NatGateway) else element.subnets
    for id_ in ids:
        subnet = network.subnets[id_]
        if graph.way_out(subnet) in network.internet_gateways:
            continue
        message = f"{element.id} stands in {id_}, whose default route leads to no internet gateway"
        hop = Hop("note", f"{id_} is {subnet.tier}", subnet.path)
        yield Violation(element.id, element.path, message, "place it in a public subnet", (hop,))
