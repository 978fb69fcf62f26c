"""The legs of a connection between two subnets, or between a subnet and the internet: what each of them lets through.

A leg is a network ACL in one direction, a route, a gateway on the way. It depends on the address of one side only, so
that the sides meet once, at the end: `everywhere` is what all addresses let through, `somewhere` what a pair of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from archspec.graph import nacls, routes
from archspec.graph.blocks import Block, Pieces, elsewhere, subnet_block, values
from archspec.graph.endpoints import Door, goes_by_gateway
from archspec.graph.graph import Graph
from archspec.graph.intervals import EPHEMERAL, EVERYTHING, NOTHING, Intervals, contains, intersect, union
from archspec.model.network import NatGateway, Subnet

Asked = Literal[
    "acl-out", "route", "nat-in", "nat-out", "address", "acl-in",
    "answer-out", "route-back", "nat-answer-in", "nat-answer-out", "answer-in",
]  # fmt: skip
"""Which question a leg answers; `answer-…` are about what comes back."""


class Leg(NamedTuple):
    """What a question lets through for which address of one side.

    Where it is about answers, the traffic is that of the ports to which they go; `translated` where a NAT gateway has
    chosen those, and not the client.
    """

    asked: Asked | Literal["egress", "ingress"]
    of: Literal["source", "target"]
    lets: Pieces
    answers: bool = False
    translated: bool = False


Legs = tuple[Leg, ...]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[tuple[object, ...], Legs]:
    return {}


def between(graph: Graph, here: Subnet, there: Subnet, version: int) -> Legs:
    """Return the legs between two subnets, those that let everything through left out."""
    known, key = _known(graph), (here.id, there.id, version)
    if key not in known:
        known[key] = _telling(_between(graph, here, there, version))
    return known[key]


def _between(graph: Graph, here: Subnet, there: Subnet, version: int) -> Iterator[Leg]:
    own, other = subnet_block(here, version), subnet_block(there, version)
    assert own is not None and other is not None  # noqa: S101, PT018  asked for versions that both have
    if here.id == there.id:
        return  # neither routes nor network ACLs apply inside a subnet
    if not _is_local(graph, here, there):
        yield Leg("route", "target", _leads(graph, here, there, other))
    if not _is_local(graph, there, here):
        yield Leg("route-back", "source", _leads(graph, there, here, own))
    if nacls.nacl_of(graph, here):
        yield Leg("acl-out", "target", nacls.lets(graph, here, "egress", other))
        yield Leg("answer-in", "target", nacls.lets(graph, here, "ingress", other), answers=True)
    if nacls.nacl_of(graph, there):
        yield Leg("acl-in", "source", nacls.lets(graph, there, "ingress", own))
        yield Leg("answer-out", "source", nacls.lets(graph, there, "egress", own), answers=True)


def _is_local(graph: Graph, here: Subnet, there: Subnet) -> bool:
    """Whether the local route is taken for every address: the quick answer for nearly all pairs of subnets."""
    return here.vpc == there.vpc and routes.is_plain(graph, here)


def _leads(graph: Graph, here: Subnet, there: Subnet, block: Block) -> Pieces:
    ways = routes.taken(graph, here, block)
    return tuple((part.low, _if(not routes.fault(graph, route, here, there))) for part, route in ways)


def _if(is_open: object) -> Intervals:
    return EVERYTHING if is_open else NOTHING


def _telling(legs: Iterable[Leg]) -> Legs:
    return tuple(leg for leg in legs if any(value != EVERYTHING for _, value in leg.lets))


def outward(graph: Graph, here: Subnet, version: int, door: Door, *, is_public: bool) -> Legs:
    """Return the legs from a subnet to what stands in no VPC."""
    known, key = _known(graph), (here.id, version, door, is_public)
    if key not in known:
        known[key] = _telling(_outward(graph, here, version, door, is_public=is_public))
    return known[key]


def _outward(graph: Graph, here: Subnet, version: int, door: Door, *, is_public: bool) -> Iterator[Leg]:
    far = elsewhere(version)
    yield Leg("acl-out", "target", nacls.lets(graph, here, "egress", far))
    if goes_by_gateway(graph, door, here) or door.only:
        yield Leg("route", "target", ((far.low, _if(goes_by_gateway(graph, door, here))),))
        yield Leg("answer-in", "target", nacls.lets(graph, here, "ingress", far), answers=True)
        return
    way = routes.way_out(graph, here, version)
    yield Leg("route", "target", ((far.low, _if(not way.fault)),))
    answers, around = nacls.lets(graph, here, "ingress", far), nat_subnet(graph, here, version, door)
    if around is not None:
        yield from _nat(graph, here, around, version)
    elif not isinstance(way.gateway, NatGateway):
        yield Leg("address", "target", ((far.low, _if(is_public)),))
    is_translated = around is None and isinstance(way.gateway, NatGateway)
    yield Leg("answer-in", "target", answers, answers=True, translated=is_translated)


def nat_subnet(graph: Graph, here: Subnet, version: int, door: Door) -> Subnet | None:
    """Return the subnet of the NAT gateway by which a subnet gets out, where that is another one."""
    if door.only or goes_by_gateway(graph, door, here):
        return None
    gateway = routes.way_out(graph, here, version).gateway
    if not isinstance(gateway, NatGateway) or gateway.subnet == here.id:
        return None
    return graph.architecture.network.subnets[gateway.subnet]


def _nat(graph: Graph, here: Subnet, around: Subnet, version: int) -> Iterator[Leg]:
    """Yield what the network ACL around a NAT gateway in another subnet is asked, on the way out and back."""
    own, far = subnet_block(here, version), elsewhere(version)
    assert own is not None  # noqa: S101  asked for versions that it has
    yield Leg("nat-in", "source", nacls.lets(graph, around, "ingress", own))
    yield Leg("nat-out", "target", nacls.lets(graph, around, "egress", far))
    yield Leg("nat-answer-in", "target", nacls.lets(graph, around, "ingress", far), answers=True, translated=True)
    yield Leg("nat-answer-out", "source", nacls.lets(graph, around, "egress", own), answers=True)


def inward(graph: Graph, there: Subnet, version: int, *, is_public: bool) -> Legs:
    """Return the legs from the internet to a subnet."""
    known, key = _known(graph), (version, there.id, is_public)
    if key not in known:
        known[key] = _telling(_inward(graph, there, version, is_public=is_public))
    return known[key]


def _inward(graph: Graph, there: Subnet, version: int, *, is_public: bool) -> Iterator[Leg]:
    far, way = elsewhere(version), routes.way_out(graph, there, version)
    yield Leg("address", "source", ((far.low, _if(is_public)),))
    yield Leg("route", "source", ((far.low, _if(not way.fault and not isinstance(way.gateway, NatGateway))),))
    yield Leg("acl-in", "source", nacls.lets(graph, there, "ingress", far))
    yield Leg("answer-out", "source", nacls.lets(graph, there, "egress", far), answers=True)


def everywhere(legs: Iterable[Leg]) -> Intervals:
    """Return the traffic that every address of both sides lets through, with answers to every ephemeral port."""
    forward = back = EVERYTHING
    for leg in legs:
        for _, value in leg.lets:
            if leg.answers:
                back = intersect(back, value)
            else:
                forward = intersect(forward, value)
    return intersect(forward, answered(back))


def answered(back: Intervals) -> Intervals:
    """Return the traffic whose answers are let through by what lets this much of them through: all ports or none."""
    if back == EVERYTHING:
        return EVERYTHING
    return union(*(whole for whole, ports in EPHEMERAL.items() if intersect(back, ports) == ports))


def somewhere(legs: Sequence[Leg]) -> Intervals:
    """Return the traffic that a pair of addresses lets through, with answers to one ephemeral port."""
    if all(len(leg.lets) == 1 and not leg.answers for leg in legs):
        return everywhere(legs)
    sides = [_side([leg for leg in legs if leg.of == side]) for side in ("source", "target")]
    cuts = {back for side in sides for _, back in side}
    if cuts == {EVERYTHING}:
        return intersect(*(union(*(forward for forward, _ in side)) for side in sides))
    found = [
        intersect(whole, intersect(*(_to(side, port) for side in sides)))
        for whole, ((low, high),) in EPHEMERAL.items()
        for port in sorted({low, *(start for back in cuts for start, _ in back if low <= start <= high)})
    ]
    return union(*found)


def _to(side: Iterable[tuple[Intervals, Intervals]], port: int) -> Intervals:
    """Return what one side lets through where answers go to a port."""
    return union(*(forward for forward, back in side if contains(back, port)))


def _side(legs: Sequence[Leg]) -> set[tuple[Intervals, Intervals]]:
    """Return what the legs of one side let through together somewhere: of what is sent, and of the answers."""
    found: set[tuple[Intervals, Intervals]] = set()
    for together in values(leg.lets for leg in legs):
        forward = back = EVERYTHING
        for leg, value in zip(legs, together, strict=True):
            if leg.translated:
                forward = intersect(forward, _answered_somehow(value))
            elif leg.answers:
                back = intersect(back, value)
            else:
                forward = intersect(forward, value)
        found.add((forward, back))
    return found


def _answered_somehow(back: Intervals) -> Intervals:
    return union(*(whole for whole, ports in EPHEMERAL.items() if intersect(back, ports)))
