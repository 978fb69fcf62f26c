"""What an element has to do with others: flows, journeys, and references that say more than where it stands."""

from functools import cache, lru_cache

from archspec.graph.graph import Graph
from archspec.graph.referred_ids import referred_ids
from archspec.model.architecture import element_kinds
from archspec.model.element import Element
from archspec.model.status import current

_PLACES = frozenset({
    "vpc", "subnet", "security_group", "prefix_list", "route_table", "role", "log_group", "cluster", "namespace",
    "internet",
})  # fmt: skip
"""Where something stands and what it may do: to share these with others is no connection."""

_WATCHERS = frozenset({"monitor", "alarm", "dashboard", "budget", "anomaly_monitor", "flow_log", "detector"})
"""Who looks at something without using it."""

_HELPERS = frozenset({"key", "secret", "secret_store", "certificate", "registry"})
"""What is used by those who name it, who are not connected to anything by that."""


@lru_cache(maxsize=1)
def connected(graph: Graph) -> frozenset[str]:
    """Return the ids of everything that is used by something or uses something."""
    found: set[str] = set()
    for flow in current(graph.architecture.flows):
        found |= {flow.source, flow.target}
    for journey in graph.architecture.journeys:
        for step in journey.steps:
            found |= {step.source, step.target}
    for id_ in sorted(found & graph.members.keys()):
        found |= {member.id for member in graph.members[id_]}
    found |= _by_reference(graph)
    kept = graph.architecture.security.secrets.values()
    found |= {secret.id for secret in kept if secret.store in found}  # who reads a store may read what it keeps
    return frozenset(found)


def _by_reference(graph: Graph) -> set[str]:
    """Return what is connected by naming and by being named."""
    found: set[str] = set()
    elements, kinds = graph.architecture.elements, _connecting_kinds()
    for element in elements.values():
        if element.status == "current" and (ids := referred_ids(element, kinds)):
            found |= _connected_by(element, [elements[id_] for id_ in ids if id_ in elements])
    return found


@cache
def _connecting_kinds() -> frozenset[str]:
    return frozenset(model.kind for model in element_kinds().values()) - _PLACES


def _connected_by(element: Element, named: list[Element]) -> set[str]:
    found: set[str] = set()
    for other in named:
        if other.kind in _PLACES or (element.kind, other.kind) == ("secret", "secret_store"):
            continue
        if element.kind not in _WATCHERS or other.kind == "topic":
            found.add(other.id)
        if other.kind not in _HELPERS and element.kind not in _PLACES:
            found.add(element.id)
    return found
