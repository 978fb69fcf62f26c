"""What is meant to be open to everybody: by a flow from outside, or as a load balancer that faces the internet."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.graph.graph import Attached, Graph, is_public, listens
from archspec.graph.intervals import NOTHING, Intervals, union
from archspec.model.network import Internet, LoadBalancer


def declared_open(graph: Graph, element: Attached) -> Intervals:
    """Return the traffic on which an element is a declared entry; nothing where it is none."""
    own = listens(element) if isinstance(element, LoadBalancer) and is_public(element, graph) else NOTHING
    behind = listens(element) if element.id in _behind_network_balancers(graph) else NOTHING
    return union(own, behind, declared_from_outside(graph).get(element.id, NOTHING))


@lru_cache(maxsize=1)
def declared_from_outside(graph: Graph) -> Mapping[str, Intervals]:
    """Return what flows from outside want on each element: from the internet, people, and what stands in no VPC."""
    found: dict[str, Intervals] = {}
    for connection in graph.connections:
        if isinstance(connection.source, Internet):
            for target in connection.targets:
                found[target.id] = union(found.get(target.id, NOTHING), connection.wanted)
    return found


@lru_cache(maxsize=1)
def _behind_network_balancers(graph: Graph) -> frozenset[str]:
    """Return the services behind Network Load Balancers that face the internet: they may see their clients' addresses.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
    """
    balancers = graph.architecture.network.load_balancers.values()
    facing = [one for one in balancers if one.status == "current" and one.type == "network" and is_public(one, graph)]
    ids = {one.id for one in facing}
    services = graph.architecture.compute.services.values()
    return frozenset(
        [id_ for one in facing for id_ in _forwarded(graph, one)]
        + [one.id for one in services if one.load_balancer in ids]
    )


def _forwarded(graph: Graph, balancer: LoadBalancer) -> Iterator[str]:
    groups = graph.architecture.network.target_groups
    for listener in balancer.listeners:
        yield groups[listener.forward].target if listener.forward in groups else listener.forward
