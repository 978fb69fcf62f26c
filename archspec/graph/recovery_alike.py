"""Services that nothing about recovery tells apart: what is found for one of them holds for all."""

from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.graph.recovery_tasks import is_balanced
from archspec.model.compute import Service
from archspec.model.element import Element

Likeness = tuple[object, ...]


def likeness(graph: Graph, element: Element) -> Likeness | None:
    """Return what decides how soon a service is back and how soon it should be; None for what is judged by itself."""
    if not isinstance(element, Service) or element.scaling is not None or element.id in _named(graph):
        return None
    tasks = element.desired if "desired" in element.model_fields_set else None
    return element.cluster, element.subnets, tasks, element.launch, is_balanced(graph, element)


@lru_cache(maxsize=1)
def _named(graph: Graph) -> frozenset[str]:
    """Return what a target or a failover is about by its own id, and what has a health check of its own."""
    recovery = graph.architecture.recovery
    covered = (id_ for target in recovery.targets for id_ in target.covers)
    failing = (one.subject for one in recovery.failover)
    groups = graph.architecture.network.target_groups.values()
    return frozenset((*covered, *failing, *(one.target for one in groups if one.interval or one.unhealthy_after)))
