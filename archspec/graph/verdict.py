"""May one element reach another? One answer for each pair of single elements that the two ids stand for."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.findings import Hop
from archspec.graph.endpoints import services
from archspec.graph.graph import HTTPS, Graph, is_attached, is_public, listens
from archspec.graph.hops import hops, is_open
from archspec.graph.intervals import EVERYTHING, Intervals, traffic
from archspec.graph.reach import Step, reach_of, trace
from archspec.graph.repair import Repair, repairs
from archspec.model.edge import Distribution
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import Internet
from archspec.model.status import current


class Answer(NamedTuple):
    """Whether `source` may send `wanted` to `target`, every hop that says so, and what would open it."""

    source: str
    target: str
    wanted: Intervals
    hops: tuple[Hop, ...]
    repairs: tuple[Repair, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no hop blocks it."""
        return is_open(self.hops)


def answers(graph: Graph, source: str, target: str, wanted: Intervals | None) -> tuple[Answer, ...]:
    """Answer for every pair; without `wanted`, for what the target listens on. Elements alike are asked once."""
    receivers = _apart(graph, target)
    pairs = [_pair(here, there) for here in _apart(graph, source) for there in receivers]
    return tuple(_answer(graph, *pair, wanted or _heard(pair[1])) for pair in pairs if pair)


def _apart(graph: Graph, id_: str) -> list[list[Element]]:
    """Return what an id stands for, those that are alike together."""
    found: dict[object, list[Element]] = {}
    for element in _meant(graph, id_):
        found.setdefault(_likeness(graph, element), []).append(element)
    return list(found.values())


def _pair(senders: list[Element], receivers: list[Element]) -> tuple[Element, Element] | None:
    """Return one of each that are two; nothing where there is only one to talk to itself."""
    pairs = ((one, other) for one in senders[:2] for other in receivers[:2] if one is not other)
    return next(pairs, None)


def _answer(graph: Graph, source: Element, target: Element, wanted: Intervals) -> Answer:
    found = hops(graph, source, target, wanted)
    needed = () if is_open(found) else repairs(graph, source, target, wanted)
    return Answer(source.id, target.id, wanted, found, needed)


def _meant(graph: Graph, id_: str) -> Iterator[Element]:
    """Yield the single elements that an id stands for; what stands outside of every VPC as itself."""
    for end in graph.ends(id_):
        yield graph.architecture.elements[id_] if isinstance(end, Internet) else end


def _heard(receiver: Element) -> Intervals:
    """Return what a target answers to: AWS's services to HTTPS, what states no port perhaps to everything.

    A distribution answers to HTTPS whatever its viewer protocol policy.
    """
    if is_attached(receiver) or isinstance(receiver, Internet):
        return listens(receiver) or EVERYTHING
    return HTTPS if services(receiver) or isinstance(receiver, Distribution) else EVERYTHING


def _likeness(graph: Graph, element: Element) -> object:
    if not is_attached(element):
        return element.id
    return element.kind, element.security_groups, element.subnets, is_public(element, graph), listens(element)


def detour(graph: Graph, source: str, target: str) -> tuple[Step, ...]:
    """Return the steps by which whoever holds `source` gets to `target` through others; none where none lead."""
    reach = reach_of(graph)
    start, end = reach.first_alike.get(source), reach.first_alike.get(target)
    if start is None or end is None:
        return ()
    return tuple(reversed(list(trace(reach.walk([start]), end))))


def answers_of_flows(graph: Graph) -> Iterator[tuple[Flow, Answer]]:
    """Answer every declared flow between elements that are alike, then every `must_reach`, in the order of the spec."""
    for connection in graph.connections:
        (source, target), wanted = graph.meant(connection), connection.wanted
        yield connection.flow, _answer(graph, source, target, wanted)
    for asked in current(graph.architecture.must_reach):
        found = answers(graph, asked.source, asked.target, traffic(asked.port, asked.transport))
        yield from ((asked, answer) for answer in found)
