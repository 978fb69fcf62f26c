"""Which services of AWS's an element needs, and from which of its subnets it does not get to one."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.graph.asking import Asking
from archspec.graph.endpoints import door_to, services
from archspec.graph.graph import HTTPS, Attached, Graph, is_attached
from archspec.graph.hops import asked_by
from archspec.graph.intervals import subtract
from archspec.graph.legs import everywhere
from archspec.graph.permits import judged_by
from archspec.model.compute import Service
from archspec.model.element import Element
from archspec.model.flow import Flow


def needs(graph: Graph, service: Service) -> Mapping[str, str]:
    """Return AWS's names of what a Fargate task needs before it runs, and for what.

    Its image comes from ECR, which keeps the layers in S3. An image from elsewhere is not AWS's.
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    found: dict[str, str] = {}
    if comes_from_ecr(service):
        found |= {"ecr.api": "to pull its image", "ecr.dkr": "to pull its image", "s3": "for the layers of its image"}
    if service.log_group:
        found["logs"] = f"to write to {service.log_group}"
    for secret in service.secrets:
        found |= dict.fromkeys(services(graph.architecture.elements[secret]), f"for {secret}")
    return found


def comes_from_ecr(service: Service) -> bool:
    """Whether the service's image is said to come from ECR: by its registry, or by the image's own name."""
    return bool(service.registry) or ".dkr.ecr." in service.image


def unreached(graph: Graph, source: Attached, service: str) -> list[str]:
    """Return the subnets of an element from which it does not get to a service; none where it does from all."""
    door = door_to(graph, source, service)
    if not subtract(HTTPS, judged_by(graph, source, _stand_in(graph, source, service), door).every):
        return []
    asking = asking_for(graph, source, service)
    stopped = [one.here.id for one in asking.found if one.here is not None and subtract(HTTPS, everywhere(one.legs))]
    return list(dict.fromkeys(stopped)) or list(source.subnets)


def asking_for(graph: Graph, source: Attached, service: str) -> Asking:
    """Return the question whether an element gets to a service, hop by hop."""
    return asked_by(graph, source, _stand_in(graph, source, service), HTTPS, door_to(graph, source, service))


def _stand_in(graph: Graph, source: Attached, service: str) -> Element:
    """Return what stands for a service that is no element: its gateway endpoint, or the internet."""
    return door_to(graph, source, service).gateway or graph.internet


@lru_cache(maxsize=1)
def users(graph: Graph) -> Mapping[tuple[str, str], Mapping[str, Attached]]:
    """Return (VPC, service) → the elements there that use the service: by a declared flow, or to start their tasks."""
    found: dict[tuple[str, str], dict[str, Attached]] = {}
    for flow in graph.architecture.flows:
        for name in services(graph.architecture.elements[flow.target]) if flow.status == "current" else ():
            for source in _sources(graph, flow):
                found.setdefault((graph.vpc(source), name), {})[source.id] = source
    for service in graph.architecture.compute.services.values():
        if service.status == "current" and service.launch == "fargate":
            for name in needs(graph, service):
                found.setdefault((graph.vpc(service), name), {})[service.id] = service
    return found


def _sources(graph: Graph, flow: Flow) -> Iterator[Attached]:
    yield from (end for end in graph.ends(flow.source) if is_attached(end))
