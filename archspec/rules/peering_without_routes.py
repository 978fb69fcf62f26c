"""A peering leads one way only, or not at all.

## Why

A peering connection carries nothing by itself: the route tables of both VPCs have to lead to it, the one for requests,
the other for answers. VPCs whose addresses overlap cannot be peered, and a route that is wider than the other VPC sends
into the peering what nobody there receives.

## Fails

```yaml
network:
  vpcs: {shop: {cidr: 10.0.0.0/16}, office: {cidr: 10.1.0.0/16}}
  subnets:
    shop-a:   {vpc: shop,   az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    office-a: {vpc: office, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
  peerings:
    office-shop: {vpcs: [office, shop]}  # expect: NET018
  route_tables:
    office-rt: {vpc: office, subnets: [office-a], routes: [{destination: 10.0.0.0/16, target: office-shop}]}
    shop-rt: {vpc: shop, subnets: [shop-a]}
```

## Passes

```yaml
network:
  vpcs: {shop: {cidr: 10.0.0.0/16}, office: {cidr: 10.1.0.0/16}}
  subnets:
    shop-a:   {vpc: shop,   az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    office-a: {vpc: office, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
  peerings:
    office-shop: {vpcs: [office, shop]}
  route_tables:
    office-rt: {vpc: office, subnets: [office-a], routes: [{destination: 10.0.0.0/16, target: office-shop}]}
    shop-rt: {vpc: shop, subnets: [shop-a], routes: [{destination: 10.1.0.0/16, target: office-shop}]}
```
"""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.blocks import block_of, overlap, vpc_networks
from archspec.graph.graph import Graph
from archspec.graph.routes import do_overlap
from archspec.model.network import Peering, RouteTable
from archspec.model.status import current

ID = "NET018"
NAME = "peering-without-routes"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "rel_planning_network_topology_non_overlap_ip",
    "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html",
)


def subjects(graph: Graph) -> Iterable[Peering]:
    """Return the current peerings."""
    return current(graph.architecture.network.peerings.values())


def check(graph: Graph, peering: Peering) -> Iterator[Violation | Unknown]:
    """Fail a peering that AWS refuses, or that one of its VPCs has no route to; and each route wider than the other.

    A VPC that states no route tables is unknown: what is derived for it leads to no peering.
    """
    if do_overlap(graph, peering):
        names = " and ".join(peering.vpcs)
        message = f"{peering.id} joins {names}, whose addresses overlap: AWS does not peer them"
        yield Violation(peering.id, peering.path, message, "give one of them other addresses", at_least=Severity.ERROR)
        return
    for vpc, other in (peering.vpcs, peering.vpcs[::-1]):
        yield from _one_side(graph, peering, vpc, other)


def _one_side(graph: Graph, peering: Peering, vpc: str, other: str) -> Iterator[Violation | Unknown]:
    tables = [one for one in graph.architecture.network.route_tables.values() if one.vpc == vpc]
    stated = [one for one in tables if one.status == "current" and not one.derived]
    blocks = vpc_networks(graph.architecture.network.vpcs[other])
    leading = [found for table in stated for found in _leading(table, peering.id)]
    if not stated:
        yield Unknown(peering.id, peering.path, f"the route tables of {vpc} are not stated")
    elif not leading:
        message = f"no route of {vpc} leads to {peering.id}, so nothing gets from there to {other}, and no answer"
        routes = ", ".join(f"{{destination: {one}, target: {peering.id}}}" for one in blocks)
        fix = f"add to the routes of {stated[0].id}: {routes}"
        yield Violation(peering.id, peering.path, message, fix, at_least=Severity.ERROR)
    for destination, path in leading:
        if not any(_is_within(destination, one) for one in blocks):
            message = f"{path[2]} sends {destination} to {peering.id}, which is wider than {other}"
            yield Violation(peering.id, path, message, f"name the blocks of {other}: {', '.join(map(str, blocks))}")


def _leading(table: RouteTable, peering: str) -> Iterator[tuple[IPv4Network | IPv6Network, KeyPath]]:
    for i, route in enumerate(table.routes):
        if route.target == peering:
            yield route.destination, (*table.path, "routes", i)


def _is_within(destination: IPv4Network | IPv6Network, block: IPv4Network | IPv6Network) -> bool:
    own = block_of(destination)
    return overlap(own, block_of(block)) == own
