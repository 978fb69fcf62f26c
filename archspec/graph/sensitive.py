"""Which declared flows lie on a way between people and classified data.

A flow lies on such a way when declared flows lead from outside to where it starts, and from where it ends to a store
that states its class.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from archspec.graph.graph import Graph
from archspec.model.classification import Classification, sensitivity
from archspec.model.data import Bucket, Store
from archspec.model.element import INTERNET
from archspec.model.flow import Flow
from archspec.model.status import current

Node = tuple[str, Literal["", "in", "out"]]
"""An element; for a cluster, where flows arrive at its services or where they leave from them."""


class Need(NamedTuple):
    """The most sensitive data that a flow leads to: its class, and the store that holds it."""

    classification: Classification
    store: str


@lru_cache(maxsize=1)
def needs(graph: Graph) -> Mapping[int, Need]:
    """Return what each flow on a way between people and classified data leads to, by its index."""
    stores = _classified(graph)
    if not stores:
        return {}
    onward: dict[Node, list[Node]] = {}
    back: dict[Node, list[Node]] = {}
    for source, target in _steps(graph):
        onward.setdefault(source, []).append(target)
        back.setdefault(target, []).append(source)
    outside: dict[Node, None] = {(id_, ""): None for id_ in (INTERNET, *graph.architecture.external.actors)}
    reached = _spread(onward, outside)
    wanted = _spread(back, stores)
    return {
        flow.index: need
        for flow in _flows(graph)
        if _end(graph, flow.source, "out") in reached and (need := wanted.get(_end(graph, flow.target, "in")))
    }


def _classified(graph: Graph) -> dict[Node, Need]:
    """Return the current stores that state a class, the most sensitive first."""
    data = graph.architecture.data
    elements: list[Store | Bucket] = [*data.databases.values(), *data.caches.values(), *data.buckets.values()]
    found = [Need(one.classification, one.id) for one in elements if one.status == "current" and one.classification]
    found.sort(key=lambda need: -sensitivity(need.classification))
    return {(need.store, ""): need for need in found}


def _flows(graph: Graph) -> Iterator[Flow]:
    return (flow for flow in graph.architecture.flows if flow.status == "current")


def _end(graph: Graph, id_: str, side: Literal["in", "out"]) -> Node:
    return (id_, side if id_ in graph.members else "")


def _steps(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield where data may go next: along flows, into and out of clusters, through proxies."""
    for flow in _flows(graph):
        yield _end(graph, flow.source, "out"), _end(graph, flow.target, "in")
    for cluster, members in graph.members.items():
        for member in members:
            yield (cluster, "in"), (member.id, "")
            yield (member.id, ""), (cluster, "out")
    for proxy in current(graph.architecture.data.proxies.values()):
        yield (proxy.id, ""), (proxy.target, "")


_Held = Need | None


def _spread(following: Mapping[Node, Iterable[Node]], start: Mapping[Node, _Held]) -> Mapping[Node, _Held]:
    """Return everything that is reached, each with what the first of the starts that gets there holds."""
    found: dict[Node, _Held] = {}
    for begin, held in start.items():
        waiting = deque([begin] if begin not in found else ())
        found.setdefault(begin, held)
        while waiting:
            for node in following.get(waiting.popleft(), ()):
                if node not in found:
                    found[node] = held
                    waiting.append(node)
    return found
