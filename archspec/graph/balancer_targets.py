"""What load balancers hand requests on to."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer


@lru_cache(maxsize=1)
def targets(graph: Graph) -> Mapping[str, tuple[Service, ...]]:
    """Return load balancer → the current services that it forwards to, or that name it, each once."""
    found: dict[str, dict[str, Service]] = {}
    services = graph.architecture.compute.services
    for balancer in graph.architecture.network.load_balancers.values():
        own = {id_: services[id_] for id_ in _forwarded(graph, balancer) if id_ in services}
        found[balancer.id] = {id_: one for id_, one in own.items() if one.status == "current"}
    for service in services.values():
        if service.load_balancer in found and service.status == "current":
            found[service.load_balancer][service.id] = service
    return {id_: tuple(held.values()) for id_, held in found.items()}


def _forwarded(graph: Graph, balancer: LoadBalancer) -> Iterator[str]:
    groups = graph.architecture.network.target_groups
    for listener in balancer.listeners:
        for id_ in (listener.forward, *(rule.forward for rule in listener.rules)):
            yield groups[id_].target if id_ in groups else id_
