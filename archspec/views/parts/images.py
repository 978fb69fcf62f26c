"""Which services run the images of which registry."""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.delivery import Registry
from archspec.views.view import Edge


def images(graph: Graph) -> Iterator[Edge]:
    """Yield which services run images of a registry; a cluster stands for its services where all of them do."""
    architecture = graph.architecture
    services = [one for one in architecture.compute.services.values() if one.registry and one.status != "removed"]
    for service in services:
        alike = [
            one for one in graph.members.get(service.cluster, ()) if getattr(one, "registry", "") == service.registry
        ]
        whole = service.status == "current" and len(alike) == len(graph.members.get(service.cluster, ())) > 0
        yield Edge(service.registry, service.cluster if whole else service.id, "images")
    for flow in architecture.flows:
        elements = architecture.elements
        if isinstance(elements[flow.target], Registry) and isinstance(elements[flow.source], Service | Cluster):
            yield Edge(flow.target, flow.source, "images", flow.status)
