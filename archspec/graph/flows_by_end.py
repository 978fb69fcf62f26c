"""Which current flows lead from an element, and which to it, as declared: a cluster's are not those of its services."""

from collections.abc import Mapping
from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.model.flow import Flow
from archspec.model.status import current


@lru_cache(maxsize=1)
def flows_from(graph: Graph) -> Mapping[str, list[Flow]]:
    """Return source → its flows, in the order of the spec."""
    found: dict[str, list[Flow]] = {}
    for flow in current(graph.architecture.flows):
        found.setdefault(flow.source, []).append(flow)
    return found


@lru_cache(maxsize=1)
def flows_to(graph: Graph) -> Mapping[str, list[Flow]]:
    """Return target → the flows to it, in the order of the spec."""
    found: dict[str, list[Flow]] = {}
    for flow in current(graph.architecture.flows):
        found.setdefault(flow.target, []).append(flow)
    return found
