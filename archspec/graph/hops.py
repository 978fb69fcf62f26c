"""Every question on the way of a packet and of its answer, in order, each with what decides it.

All of them are answered, also after the first that is blocked: who mends a way wants to know of every hop at once. The
codes are those of AWS's Reachability Analyzer where it has one with the same meaning.
https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop
from archspec.graph.asking import Asking, failing
from archspec.graph.asking import askings as by_version
from archspec.graph.endpoints import Door, doors
from archspec.graph.graph import Graph
from archspec.graph.group_hops import Side, group_hop
from archspec.graph.intervals import Intervals
from archspec.graph.legs import Asked
from archspec.graph.listening import answer, forward_hops
from archspec.graph.nacl_hops import nacl_hop
from archspec.graph.peers import is_in_subnets
from archspec.graph.route_hops import back_hops, route_hops
from archspec.model.element import Element

_NAT: tuple[Asked, ...] = ("nat-in", "nat-out")
_ANSWERS: tuple[Asked, ...] = ("answer-out", "nat-answer-in", "nat-answer-out", "answer-in")


def hops(graph: Graph, source: Element, target: Element, wanted: Intervals) -> tuple[Hop, ...]:
    """Answer every question on the way: who sends, by which route, who receives, who answers, and the answer's way."""
    return hops_of(asked(graph, source, target, wanted))


def hops_of(askings: Iterable[Asking]) -> tuple[Hop, ...]:
    """Answer every question of several ways, those that they share once."""
    return tuple(dict.fromkeys(hop for asking in askings for hop in _hops(asking)))


def asked(graph: Graph, source: Element, target: Element, wanted: Intervals) -> list[Asking]:
    """Return what has to be asked: once, or for each service of AWS's that stands behind the target."""
    if not is_in_subnets(source) or is_in_subnets(target):
        return [_best(Asking(graph, source, target, wanted))]
    return [asked_by(graph, source, target, wanted, door) for door in doors(graph, source, target)]


def asked_by(graph: Graph, source: Element, target: Element, wanted: Intervals, door: Door) -> Asking:
    """Return what has to be asked for one of the ways to what stands in no VPC."""
    return _best(Asking(graph, source, door.interface or target, wanted, door=door))


def _best(asking: Asking) -> Asking:
    """Return the question for the version of IP in which the fewest questions are answered with a block."""
    found = by_version(asking)
    legs = {one.version: [leg for place in one.found for leg in place.legs] for one in found}
    ranked = sorted(found, key=lambda one: (not one.is_shared, failing(legs[one.version], asking.wanted)))
    return next(iter(ranked), asking)


def _hops(asking: Asking) -> Iterator[Hop]:
    graph, source, target, wanted, _, door = asking
    if door.interface is not None:
        text = f"{door.service} is reached by {door.interface.id}, an endpoint in the VPC of {source.id}"
        yield Hop("open", text, door.interface.path)
    yield from group_hops(asking, "egress")
    yield from _nacl_hops(asking, ["acl-out"])
    yield from route_hops(asking)
    yield from _nacl_hops(asking, [*_NAT, "acl-in"])
    yield from group_hops(asking, "ingress")
    yield from forward_hops(graph, source, target, wanted)
    yield from answer(target, wanted)
    yield from _nacl_hops(asking, ["answer-out"])
    yield from back_hops(asking)
    yield from _nacl_hops(asking, _ANSWERS[1:])


def group_hops(asking: Asking, *sides: Side) -> Iterator[Hop]:
    """Yield the answers of the security groups of one side, or of both."""
    found = (group_hop(asking, side) for side in sides or ("egress", "ingress"))
    yield from (hop for hop in found if hop is not None)


def _nacl_hops(asking: Asking, legs: Iterable[Asked]) -> Iterator[Hop]:
    found = (nacl_hop(asking, leg) for leg in legs)
    yield from (hop for hop in found if hop is not None)


def is_open(answers: tuple[Hop, ...]) -> bool:
    """Whether no question on the way was answered with a block."""
    return all(hop.verdict != "blocked" for hop in answers)
