"""A private subnet has a route to an internet gateway.

## Why

A route to an internet gateway makes a subnet public, whatever it is called: everything in it with a public address
answers the internet. Private subnets leave through a NAT gateway, data subnets not at all.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  internet_gateways: {igw: {}}
  route_tables:
    open: {subnets: [data-a], routes: [{destination: 0.0.0.0/0, target: igw}]}  # expect: NET012
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  internet_gateways: {igw: {}}
  nat_gateways: {nat: {subnet: public-a}}
  route_tables:
    public:  {subnets: [public-a],  routes: [{destination: 0.0.0.0/0, target: igw}]}
    private: {subnets: [private-a], routes: [{destination: 0.0.0.0/0, target: nat}]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import Subnet

ID = "NET012"
NAME = "private-subnet-with-internet-route"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "EC2.15",
    "sec_network_protection_create_layers",
)


def subjects(graph: Graph) -> Iterable[Subnet]:
    """Return the current subnets that are not public."""
    subnets = graph.architecture.network.subnets.values()
    return [subnet for subnet in subnets if subnet.tier != "public" and subnet.status == "current"]


def check(graph: Graph, subnet: Subnet) -> Iterator[Violation | Unknown]:
    """Fail a subnet whose route table leads to an internet gateway; the finding stands at that route."""
    table = graph.route_tables.get(subnet.id)
    for i, route in enumerate(table.routes if table else ()):
        if table and route.target in graph.architecture.network.internet_gateways:
            message = f"{subnet.id} is {subnet.tier}, and {table.id} routes {route.destination} to {route.target}"
            hop = Hop("note", f"{subnet.id} says that its tier is {subnet.tier}", (*subnet.path, "tier"))
            fix = "route to a NAT gateway, or say that the subnet is public"
            yield Violation(subnet.id, (*table.path, "routes", i), message, fix, (hop,))
