"""Who cannot be back before somebody else is: the strictest recovery time that reaches a part by those who need it."""

from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import targets_of, wanted_for
from archspec.model.data import Database, Proxy
from archspec.model.flow import Flow
from archspec.model.quantity import Duration
from archspec.model.status import current

_JOINT = " "
"""What the name of a joint starts with, and no id: all services of a cluster meet there, so that edges stay few."""


class Need(NamedTuple):
    """The strictest objective among those who need a part, who has it, and through whom it came."""

    objective: Duration
    start: str
    before: str


def chain(graph: Graph, id_: str) -> tuple[str, ...]:
    """Return the way from the one with the strictest objective to the one that is needed."""
    found, needs, way = needed_by(graph), needed_by(graph)[id_], [id_]
    while way[-1] != needs.start:
        way.append(found[way[-1]].before)
    return tuple(one for one in reversed(way) if not one.startswith(_JOINT))


@lru_cache(maxsize=1)
def needed_by(graph: Graph) -> Mapping[str, Need]:
    """Return, for everything that something with a target of its own needs, the strictest of those objectives.

    One walk from each, the strictest first: who is reached first by a stricter one need not be walked again.
    """
    needs = _needs(graph)
    found: dict[str, Need] = {}
    for start, objective in _strictest_first(graph):
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for id_ in needs.get(here, ()):
                if id_ != start and id_ not in found:
                    found[id_] = Need(objective, start, here)
                    waiting.append(id_)
    return found


def _strictest_first(graph: Graph) -> list[tuple[str, Duration]]:
    found = [
        (one.id, objective)
        for one in graph.architecture.elements.values()
        if one.status == "current"
        if any(target.rto for target in targets_of(graph, one, "infrastructure"))
        if (objective := wanted_for(graph, one, "infrastructure", "rto"))
    ]
    return sorted(found, key=lambda one: one[1].high)


def _needs(graph: Graph) -> Mapping[str, list[str]]:
    """Return what each element needs: the targets of its flows, and what a proxy stands before."""
    found: dict[str, list[str]] = {}
    for cluster, services in graph.members.items():
        found[f"{_JOINT}to {cluster}"] = [service.id for service in services]
        for service in services:
            found[service.id] = [f"{_JOINT}from {cluster}"]
    for flow in graph.architecture.flows:
        if flow.status == "current" and _is_hard(graph, flow):
            source = f"{_JOINT}from {flow.source}" if flow.source in graph.members else flow.source
            target = f"{_JOINT}to {flow.target}" if flow.target in graph.members else flow.target
            found.setdefault(source, []).append(target)
    for proxy in current(graph.architecture.data.proxies.values()):
        found.setdefault(proxy.id, []).append(proxy.target)
    return found


def _is_hard(graph: Graph, flow: Flow) -> bool:
    if flow.hard is None:
        return flow.mode != "async" and isinstance(graph.architecture.elements[flow.target], Database | Proxy)
    return flow.hard
