"""What a flow leaves its VPC through: an interface endpoint, or whatever the route of each subnet leads to."""

from archspec.graph.endpoints import Door, doors, goes_by_gateway, in_vpc
from archspec.graph.graph import Attached, Graph
from archspec.model.element import Element
from archspec.model.network import Endpoint, Subnet
from archspec.model.status import current

Exits = tuple[tuple[Subnet, Element], ...]
"""The subnets of an element that have a way out, and what it leads through."""


def exits(graph: Graph, source: Attached, target: str) -> tuple[Exits, ...]:
    """Return the exits to each service that has to be reached for `target`, an id of what stands in no VPC."""
    subnets = current(graph.subnets(source))
    found: list[Exits] = []
    for door in doors(graph, source, graph.architecture.elements[target]):
        ways = ((one, _exit(graph, door, one)) for one in subnets)
        found.append(tuple((subnet, way) for subnet, way in ways if way is not None))
    return tuple(found)


def _exit(graph: Graph, door: Door, subnet: Subnet) -> Element | None:
    interface = door.interface or _unplaced(graph, door, subnet)
    if interface:
        return interface
    if goes_by_gateway(graph, door, subnet):
        return door.gateway
    way = "" if door.only else graph.way_out(subnet)
    return graph.architecture.elements[way] if way else None


def _unplaced(graph: Graph, door: Door, subnet: Subnet) -> Endpoint | None:
    """Return an interface endpoint whose subnets nobody states: it is there, and not known to be lost with anything."""
    found = in_vpc(graph, subnet.vpc, door.service) if door.service else ()
    unplaced = (one for one in found if one.type == "interface" and not one.subnets and one.private_dns is not False)
    return next(unplaced, None)
