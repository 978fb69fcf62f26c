"""Where a route table sends what is meant for an address: the longest prefix decides; the local route is always there.

https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from archspec.errors import KeyPath
from archspec.graph.blocks import (
    Block,
    block_of,
    elsewhere,
    meets,
    overlap,
    own_block,
    parts,
    subnet_block,
    vpc_networks,
)
from archspec.graph.graph import Graph
from archspec.model.network import InternetGateway, NatGateway, Peering, Route, RouteTable, Subnet

LOCAL = "local"
"""The target of the route that every table has, to the VPC's own addresses."""

_YET_TO_COME = ("planned", "recommended")


class Taken(NamedTuple):
    """The route that is taken for a part of a block: its target, how long its prefix is, and where it stands.

    Without a target there is none.
    """

    target: str
    prefix: int
    path: KeyPath


NO_ROUTE = Taken("", -1, ())


def taken(graph: Graph, subnet: Subnet, block: Block) -> list[tuple[Block, Taken]]:
    """Return the route that a subnet's table takes to each part of a block."""
    routes = _routes(graph, subnet)
    cuts = [one for one, _ in routes]
    return [(part, _longest(routes, part)) for part in parts(block, cuts)]


def _longest(routes: tuple[tuple[Block, Taken], ...], part: Block) -> Taken:
    fitting = [route for block, route in routes if meets(block, part)]
    # The local route comes first, and so does what is written first: they win where prefixes are equally long.
    return max(fitting, key=lambda route: route.prefix, default=NO_ROUTE)


def _routes(graph: Graph, subnet: Subnet) -> tuple[tuple[Block, Taken], ...]:
    known = _by_subnet(graph)
    if subnet.id not in known:
        table = graph.route_tables.get(subnet.id)
        stated = [_stated(table, i, route) for i, route in enumerate(table.routes)] if table else []
        current = [one for one in stated if graph.architecture.elements[one[1].target].status not in _YET_TO_COME]
        known[subnet.id] = (*_local(graph, subnet.vpc), *current)
    return known[subnet.id]


@lru_cache(maxsize=1)
def _by_subnet(_graph: Graph) -> dict[str, tuple[tuple[Block, Taken], ...]]:
    return {}


def _stated(table: RouteTable, i: int, route: Route) -> tuple[Block, Taken]:
    path = () if table.derived else (*table.path, "routes", i)
    return block_of(route.destination), Taken(route.target, route.destination.prefixlen, path)


def _local(graph: Graph, id_: str) -> list[tuple[Block, Taken]]:
    """Return the local routes of a VPC. Its subnets are part of it, whether or not it states a block around them."""
    vpc = graph.architecture.network.vpcs.get(id_)
    own = [(own_block(one), Taken(LOCAL, one.prefixlen, ())) for one in (vpc_networks(vpc) if vpc else ())]
    return own + [(block, Taken(LOCAL, 0, ())) for block in _blocks_of_subnets(graph).get(id_, ())]


@lru_cache(maxsize=1)
def _blocks_of_subnets(graph: Graph) -> Mapping[str, tuple[Block, ...]]:
    """Return the blocks of a VPC's subnets that none of its own blocks holds, by VPC."""
    found: dict[str, list[Block]] = {}
    for subnet in graph.architecture.network.subnets.values():
        vpc = graph.architecture.network.vpcs.get(subnet.vpc)
        around = [own_block(one) for one in vpc_networks(vpc)] if vpc else []
        for block in (subnet_block(subnet, 4), subnet_block(subnet, 6)):
            if block and not any(overlap(block, one) == block for one in around):
                found.setdefault(subnet.vpc, []).append(block)
    return {vpc: tuple(blocks) for vpc, blocks in found.items()}


def is_plain(graph: Graph, subnet: Subnet) -> bool:
    """Whether no route of a subnet's table leads away from its VPC what is meant for an address inside."""
    table = graph.route_tables.get(subnet.id)
    if table is None or not any(route.destination.prefixlen for route in table.routes):
        return True
    routes = _routes(graph, subnet)
    local = [one for one in routes if one[1].target == LOCAL]
    return not any(
        route.target != LOCAL and route.prefix > own.prefix and overlap(block, inside)
        for block, route in routes[len(local) :]
        for inside, own in local
    )


Fault = Literal[
    "", "NO_ROUTE_TO_DESTINATION", "MORE_SPECIFIC_ROUTE", "BAD_STATE_ROUTE", "CANNOT_ROUTE", "PEERING_NOT_TRANSITIVE"
]


def fault(graph: Graph, route: Taken, here: Subnet, there: Subnet) -> Fault:
    """Say why a route from one subnet does not lead to another one; nothing where it does."""
    if here.vpc == there.vpc:
        return "" if route.target == LOCAL else "MORE_SPECIFIC_ROUTE"
    if not route.target:
        return "NO_ROUTE_TO_DESTINATION"
    return "CANNOT_ROUTE" if route.target == LOCAL else _fault_between(graph, route, here.vpc, there.vpc)


def _fault_between(graph: Graph, route: Taken, here: str, there: str) -> Fault:
    """Say why a route out of one VPC does not lead to another one."""
    target = graph.architecture.elements[route.target]
    if target.status != "current":
        return "BAD_STATE_ROUTE"
    if isinstance(target, Peering):
        return _peering_fault(graph, target, here, there)
    return "CANNOT_ROUTE" if route.prefix else "NO_ROUTE_TO_DESTINATION"


def _peering_fault(graph: Graph, peering: Peering, here: str, there: str) -> Fault:
    if set(peering.vpcs) == {here, there}:
        return "CANNOT_ROUTE" if do_overlap(graph, peering) else ""
    if here not in peering.vpcs:
        return "CANNOT_ROUTE"
    beyond = {vpc for vpc in peering.vpcs if vpc != here}
    others = graph.architecture.network.peerings.values()
    leads_on = any(there in other.vpcs and beyond & set(other.vpcs) for other in others if other.id != peering.id)
    return "PEERING_NOT_TRANSITIVE" if leads_on else "CANNOT_ROUTE"


def do_overlap(graph: Graph, peering: Peering) -> bool:
    """Whether the two VPCs of a peering have addresses in common: AWS does not peer them then.

    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
    """
    one, other = (graph.architecture.network.vpcs[id_] for id_ in peering.vpcs)
    return one.id == other.id or any(
        overlap(block_of(mine), block_of(theirs)) for mine in vpc_networks(one) for theirs in vpc_networks(other)
    )


class WayOut(NamedTuple):
    """How a subnet gets to the internet: the route that is taken, its gateway, and why it does not lead there."""

    route: Taken
    gateway: InternetGateway | NatGateway | None
    fault: Fault


def way_out(graph: Graph, subnet: Subnet, version: int) -> WayOut:
    """Return the subnet's way to the internet, with an address of a version of IP.

    A NAT gateway translates IPv4 only. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
    """
    known, key = _ways_out(graph), (subnet.id, version)
    if key not in known:
        known[key] = _way_out(graph, subnet, version)
    return known[key]


@lru_cache(maxsize=1)
def _ways_out(_graph: Graph) -> dict[tuple[str, int], WayOut]:
    return {}


def _way_out(graph: Graph, subnet: Subnet, version: int) -> WayOut:
    ((_, route),) = taken(graph, subnet, elsewhere(version))
    if not route.target:
        return WayOut(route, None, "NO_ROUTE_TO_DESTINATION")
    target = graph.architecture.elements[route.target]
    match target:
        case InternetGateway() if target.status == "current":
            return WayOut(route, target, "" if target.vpc == subnet.vpc else "CANNOT_ROUTE")
        case NatGateway() if target.status == "current":
            own = graph.architecture.network.subnets[target.subnet]
            leads = version == 4 and own.vpc == subnet.vpc and _is_out(graph, own)
            return WayOut(route, target, "" if leads else "CANNOT_ROUTE")
        case InternetGateway() | NatGateway():
            return WayOut(route, target, "BAD_STATE_ROUTE")
        case _:
            return WayOut(route, None, "CANNOT_ROUTE")


def _is_out(graph: Graph, subnet: Subnet) -> bool:
    way = taken(graph, subnet, elsewhere(4))[0][1]
    gateway = graph.architecture.network.internet_gateways.get(way.target)
    return gateway is not None and gateway.status == "current" and gateway.vpc == subnet.vpc
