"""Which services an id means: a service itself, or those of a cluster."""

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service


def services_meant(graph: Graph, id_: str) -> list[Service]:
    """Return the current services that an id stands for; none for an element of any other kind."""
    element = graph.architecture.elements[id_]
    members = graph.members[id_] if isinstance(element, Cluster) else (element,)
    return [one for one in members if isinstance(one, Service) and one.status == "current"]
