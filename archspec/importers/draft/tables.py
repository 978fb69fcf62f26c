"""Route tables → those that a person writes: where one of a VPC is not what archspec derives, all of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archspec.errors import KeyPath
from archspec.importers.draft.attributes import items
from archspec.importers.draft.links import elements
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.routes import TABLES, Route, Routing
from archspec.importers.draft.vpcs import stated_vpc, vpc_of, vpc_of_gateway
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Ref, Resource

_ANYWHERE = "0.0.0.0/0"


class Tables(NamedTuple):
    """The route tables to write, those that are left, and the VPCs whose gateways and tables archspec derives."""

    pieces: list[Piece]
    left: list[Left]
    derived: frozenset[str]


def drafted_tables(given: Given, routing: Routing, subnets: Mapping[str, Piece]) -> Tables:
    """Return the route tables of an inventory, those apart that archspec derives just as they are.

    What it derives: public subnets lead to the internet gateway, private ones to the NAT gateway of their AZ or the
    first one, data subnets nowhere.
    """
    by_vpc: dict[str, list[Piece]] = {}
    for id_, one in given.elements("aws_subnet"):
        if id_ in subnets:
            by_vpc.setdefault(given.id(one.values.get("vpc_id")), []).append(subnets[id_])
    stated = _referred(given)
    derived = {vpc for vpc, some in by_vpc.items() if vpc not in stated and _as_derived(given, routing, vpc, some)}
    made = Tables([], [], frozenset(derived))
    for id_, one in given.elements(*TABLES):
        vpc = vpc_of(given, one)
        piece = _piece(given, routing, id_, one)
        if isinstance(vpc, Left):
            made.left.append(vpc)
        elif vpc not in derived and (piece.data["subnets"] or piece.data["routes"]):
            made.pieces.append(piece)
        elif vpc not in derived:
            made.left.append(Left(one.address, "it leads nowhere, and no subnet is in it"))
    return made


def _referred(given: Given) -> set[str]:
    """Return the VPCs with a table that an endpoint stands in."""
    tables = {
        value.address
        for one in given.inventory.of("aws_vpc_endpoint", "aws_vpc_endpoint_route_table_association")
        for key in ("route_table_ids", "route_table_id")
        for value in items(one.values.get(key))
        if isinstance(value, Ref)
    }
    return {given.id(one.values.get("vpc_id")) for one in given.inventory.of(*TABLES) if one.address in tables}


def _as_derived(given: Given, routing: Routing, vpc: str, subnets: list[Piece]) -> bool:
    tables = [(id_, one) for id_, one in given.elements(*TABLES) if given.id(one.values.get("vpc_id")) == vpc]
    chosen = [id_ for id_, one in tables if ELEMENT_TAG in one.tags]
    internet = [id_ for id_, one in given.elements("aws_internet_gateway") if vpc_of_gateway(given, one) == vpc]
    nats = _nats(given, {one.id: one.data["az"] for one in subnets})
    by_address = given.inventory.by_address
    wanted_ids = set()
    for one in subnets:
        tier, az = one.data["tier"], one.data["az"]
        wanted_ids.add(f"{vpc}-private-{az}-rt" if tier == "private" else f"{vpc}-{tier}-rt")
        gateways = internet[:1] if tier == "public" else _nat_for(az, nats) if tier == "private" else []
        if [(_ANYWHERE, target) for target in gateways] != _ways(routing.of(by_address[one.address])):
            return False
    return not chosen or wanted_ids == set(chosen)


def _ways(routes: Sequence[Route]) -> list[tuple[str, str]]:
    return [(one.destination, one.target) for one in routes]


def _nats(given: Given, az_of: Mapping[str, str]) -> list[tuple[str, str]]:
    found = ((id_, given.id(one.values.get("subnet_id"))) for id_, one in given.elements("aws_nat_gateway"))
    return [(id_, az_of[subnet]) for id_, subnet in found if subnet in az_of]


def _nat_for(az: str, nats: list[tuple[str, str]]) -> list[str]:
    own = [id_ for id_, there in nats if there == az]
    return [*own, *(id_ for id_, _ in nats)][:1]


def _piece(given: Given, routing: Routing, id_: str, table: Resource) -> Piece:
    address = table.address
    routes = [one for one in routing.routes[address] if one.target]
    guesses = [
        f"its route for {one.destination} leads to what archspec has no kind for"
        for one in routing.routes[address]
        if not one.target
    ]
    subnets = [Ref(subnet) for subnet, of in sorted(routing.table_of.items()) if of == address]
    data: dict[str, Any] = {
        **stated_vpc(given, id_, given.id(table.values.get("vpc_id"))),
        "subnets": elements(given, subnets),
        "routes": [{"destination": one.destination, "target": one.target} for one in routes],
    }
    places: dict[KeyPath, str] = {("routes", i): one.address for i, one in enumerate(routes) if one.address != address}
    return Piece(("network", "route_tables"), id_, data, address, tuple(guesses), places)
