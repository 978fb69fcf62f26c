"""Which arrows of a picture a way leads along: straight ones, and those that pass by a gateway, endpoint or peering."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.views.view import Edge

_PASSED: Final = frozenset({"internet_gateway", "nat_gateway", "endpoint", "peering"})
"""Kinds that a picture may draw between the two ends of a way."""

_LONGEST: Final = 4
"""Arrows on a way: two gateways, an endpoint or a peering, and the ends."""

Pair = tuple[str, str]
"""The elements that a way leads from and to."""


class _Arrow(NamedTuple):
    """One direction of an edge, by the elements that its ends show."""

    place: int
    source: str
    target: str


class Arrows:
    """The edges of a view, by the elements that they leave from. `ends` is node or group → element."""

    def __init__(self, graph: Graph, edges: Sequence[Edge], ends: Mapping[str, str]) -> None:
        self._graph = graph
        self._leaving: dict[str, list[_Arrow]] = {}
        for arrow in _directed(edges, ends):
            self._leaving.setdefault(arrow.source, []).append(arrow)

    def along(self, pair: Pair) -> list[int]:
        """Return the positions of the edges on every way from one element to the other, sorted."""
        receivers = frozenset(standing_for(self._graph, pair[1]))
        senders = standing_for(self._graph, pair[0])
        return sorted({place for sender in senders for place in self._on((sender,), receivers)})

    def _on(self, way: tuple[str, ...], receivers: frozenset[str]) -> Iterator[int]:
        """Yield the edges of every way on from the last element to a receiver, through what is only passed."""
        elements = self._graph.architecture.elements
        for place, _, target in self._leaving.get(way[-1], ()):
            if target in receivers:
                yield place
            elif target in elements and elements[target].kind in _PASSED and target not in way and len(way) < _LONGEST:
                rest = list(self._on((*way, target), receivers))
                yield from ([place, *rest] if rest else ())


def members(graph: Graph, id_: str) -> list[str]:
    """Return an element and, where it is a cluster, its services."""
    return [id_, *(member.id for member in graph.members.get(id_, ()))]


def standing_for(graph: Graph, id_: str) -> list[str]:
    """Return what may be drawn for an element: itself, the services of a cluster, the cluster of a service."""
    element = graph.architecture.elements.get(id_)
    around = [element.cluster] if isinstance(element, Service) and element.cluster else []
    return [*members(graph, id_), *around]


def _directed(edges: Sequence[Edge], ends: Mapping[str, str]) -> Iterator[_Arrow]:
    for place, edge in enumerate(edges):
        source, target = ends.get(edge.source, edge.source), ends.get(edge.target, edge.target)
        yield _Arrow(place, source, target)
        if edge.both:
            yield _Arrow(place, target, source)
