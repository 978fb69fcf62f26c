"""Single points of failure: elements that are there once, and that every way to something leads through.

Of all ways from outside to a store, and to what others run, the strict dominators are what none of them avoids. One of
those that is there once (one task, one zone, no standby) is a single point of failure. So is one that a journey names:
other ways are no help to a request that takes this one. What AWS runs for a whole Region is assumed not to fail.
https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.dominators import immediate_dominators
from archspec.graph.graph import Graph, is_attached
from archspec.graph.replicas import alone
from archspec.graph.request_ways import EVERYBODY, Node, request_ways
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.journey import Journey
from archspec.model.network import Endpoint
from archspec.model.status import current

SHOWN = 5
"""As many of what is cut off are named; more are counted."""


class Cut(NamedTuple):
    """What no way leads to any more: how many stores and things outside, and the first of them."""

    total: int = 0
    first: tuple[str, ...] = ()


_NOTHING = Cut()


class SinglePoint(NamedTuple):
    """An element that is there once, why, and what its loss takes along: ends of ways, journeys, so many flows."""

    element: Element
    because: str
    cut: Cut
    journeys: tuple[Journey, ...]
    flows: int


@lru_cache(maxsize=1)
def single_points(graph: Graph) -> Mapping[str, SinglePoint]:
    """Return the single points of failure by id, in the order of the elements."""
    cuts, by_element = cuts_off(graph), _journeys(graph)
    flows = _flows(graph)
    found: dict[str, SinglePoint] = {}
    for id_, element in graph.architecture.elements.items():
        if id_ not in cuts and id_ not in by_element:
            continue
        cut, journeys = cuts.get(id_, _NOTHING), tuple(by_element.get(id_, ()))
        if (cut.total or journeys) and element.status == "current" and (because := _once(graph, element)):
            found[id_] = SinglePoint(element, because, cut, journeys, _count(flows, element))
    return found


def _once(graph: Graph, element: Element) -> str:
    """Say why an element is there once; a gateway always is, as each stands in one zone."""
    return alone(graph, element) if is_attached(element) else f"all of it stands in {', '.join(graph.azs(element))}"


@lru_cache(maxsize=1)
def cuts_off(graph: Graph) -> Mapping[str, Cut]:
    """Return what each element cuts off from everybody outside, by its id: the ends that it dominates, or is."""
    dominators = immediate_dominators(request_ways(graph).following, EVERYBODY)
    below: dict[Node, Cut] = {}
    found: dict[str, list[Cut]] = {}
    for node in reversed(dominators):  # those dominated come before what dominates them
        cut = _and_own(graph, node, below.pop(node, _NOTHING))
        if not cut.total:
            continue
        if node.part in ("element", "gate"):
            found.setdefault(node.id, []).append(cut)
        above = dominators[node]
        below[above] = _sum(cut, below[above]) if above in below else cut
    return {id_: _all(cuts) for id_, cuts in found.items()}


def _and_own(graph: Graph, node: Node, cut: Cut) -> Cut:
    is_end = node.to if node.part == "outside" else node.part == "element" and node.id in _ends(graph)
    return _sum(Cut(1, (node.id,)), cut) if is_end else cut


@lru_cache(maxsize=1)
def _ends(graph: Graph) -> frozenset[str]:
    """Return where ways end within a VPC: at what holds data, and at what leads to a service of AWS's."""
    return frozenset(one.id for one in graph.attached if isinstance(one, (Store, Endpoint)))


def _sum(one: Cut, other: Cut) -> Cut:
    first = tuple(dict.fromkeys((*one.first, *other.first)))
    twice = len(one.first) + len(other.first) - len(first)
    return Cut(one.total + other.total - twice, first[:SHOWN])


def _all(cuts: list[Cut]) -> Cut:
    total = Cut()
    for cut in reversed(cuts):
        total = _sum(total, cut)
    return total


def _journeys(graph: Graph) -> dict[str, list[Journey]]:
    """Return the journeys that name an attached element: a gateway is named for the way and not for itself."""
    found: dict[str, dict[int, Journey]] = {}
    for journey in current(graph.architecture.journeys):
        for id_ in passed(graph, journey):
            if is_attached(graph.architecture.elements[id_]):
                found.setdefault(id_, {})[journey.index] = journey
    return {id_: list(journeys.values()) for id_, journeys in found.items()}


def passed(graph: Graph, journey: Journey) -> Iterator[str]:
    """Yield the elements that a journey names; one that its source goes on without is passed by nobody who matters."""
    soft = _soft(graph)
    for step in journey.steps:
        ends = (step.source,) if (step.source, step.target) in soft else (step.source, step.target)
        yield from (id_ for id_ in ends if id_)


@lru_cache(maxsize=1)
def _soft(graph: Graph) -> frozenset[tuple[str, str]]:
    flows = current(graph.architecture.flows)
    hard = {(flow.source, flow.target) for flow in flows if flow.hard is not False}
    return frozenset((flow.source, flow.target) for flow in flows) - hard


def _flows(graph: Graph) -> Mapping[str, list[Flow]]:
    """Return the hard flows that begin or end at an element or cluster, or have no other way than through it."""
    found: dict[str, list[Flow]] = {id_: list(flows) for id_, flows in request_ways(graph).only.items()}
    for flow in graph.architecture.flows:
        if flow.status == "current" and flow.hard is not False:
            for id_ in {flow.source, flow.target}:
                found.setdefault(id_, []).append(flow)
    return found


def _count(flows: Mapping[str, list[Flow]], element: Element) -> int:
    """Count the flows of an element and of its cluster; those between the two once."""
    cluster = element.cluster if isinstance(element, Service) else ""
    own = {flow.index: flow for flow in flows.get(element.id, ())}.values()
    return len(own) + len(flows.get(cluster, ())) - sum(cluster in {flow.source, flow.target} for flow in own)
