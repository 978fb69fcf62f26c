"""May one element reach another? One answer for each pair of single elements that the two ids stand for."""

from typing import NamedTuple

from archspec.findings import Hop
from archspec.graph.graph import Attached, Graph, is_public, listens
from archspec.graph.intervals import EVERYTHING, Intervals
from archspec.graph.permits import hops, is_open
from archspec.graph.reach import Reach, Step, trace
from archspec.model.network import Internet


class Answer(NamedTuple):
    """Whether `source` may send `wanted` to `target`, and every hop that says so."""

    source: str
    target: str
    wanted: Intervals
    hops: tuple[Hop, ...]

    @property
    def is_open(self) -> bool:
        """Whether no hop blocks it."""
        return is_open(self.hops)


def answers(graph: Graph, source: str, target: str, wanted: Intervals | None) -> tuple[Answer, ...]:
    """Answer for every pair; without `wanted`, for what the target listens on. Elements alike are asked once."""
    asked: dict[object, Answer] = {}
    for sender in graph.ends(source):
        for receiver in graph.ends(target):
            traffic = wanted or listens(receiver) or EVERYTHING
            key = _likeness(graph, sender), _likeness(graph, receiver), traffic
            if sender is not receiver and key not in asked:
                asked[key] = Answer(sender.id, receiver.id, traffic, hops(graph, sender, receiver, traffic))
    return tuple(asked.values())


def _likeness(graph: Graph, element: Attached | Internet) -> object:
    if isinstance(element, Internet):
        return element.id
    return element.kind, element.security_groups, element.subnets, is_public(element, graph), listens(element)


def detour(graph: Graph, source: str, target: str) -> tuple[Step, ...]:
    """Return the steps by which whoever holds `source` gets to `target` through others; none where none lead."""
    reach = Reach(graph)
    start, end = reach.first_alike.get(source), reach.first_alike.get(target)
    if start is None or end is None:
        return ()
    return tuple(reversed(list(trace(reach.walk([start]), end))))
