"""Where every element stands in the network picture: which nodes and groups show it, in which subnet and AZ."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.data import Instance, Proxy, Store
from archspec.model.element import Element
from archspec.model.external import Actor, ExternalSystem
from archspec.model.network import Endpoint, InternetGateway, LoadBalancer, NatGateway, Subnet
from archspec.views.parts.words import count, details, icon
from archspec.views.view import Node

CLOUD, REGION = "aws/cloud", "aws/region"
TIERS = ("public", "private", "data")
"""The rows of the picture, from the top."""


_AWS = ("AWS", "Amazon")


class Place(NamedTuple):
    """One place of an element: the id of the node or group that shows it, and the subnet it stands in, if one."""

    id: str
    subnet: Subnet | None = None


def holder(subnet: Subnet) -> str:
    """Return the group that holds a subnet's AZ columns: its VPC, or the Region where no VPC is stated."""
    return subnet.vpc or REGION


def cluster_group(service: Service, subnet: Subnet) -> str:
    """Return the group that shows a service's cluster in a subnet, or the subnet itself."""
    return f"{service.cluster}@{subnet.id}" if service.cluster else subnet.id


def nodes(graph: Graph, element: Element) -> Iterator[Node]:
    """Yield the nodes that show an element."""
    match element:
        case InternetGateway(vpc=vpc):
            yield replace(_node(element, element.id, vpc or REGION), border=bool(vpc))
        case NatGateway():
            yield _node(element, element.id, element.subnet)
        case Service():
            yield from (_service_node(graph, element, subnet) for subnet in graph.subnets(element))
        case Store() if element.instances:
            for number, instance in enumerate(element.instances):
                yield _instance_node(graph, element, instance, number)
        case LoadBalancer() | Store() | Proxy() | Endpoint():
            yield _spanning_node(element, graph.subnets(element))
        case _:
            yield _node(element, element.id, _beside(element))


def _beside(element: Element) -> str:
    """Return what holds an element that stands in no VPC: the Region, and nothing of AWS for people and strangers."""
    match element:
        case Actor():
            return ""
        case ExternalSystem(provider=provider):
            return CLOUD if provider in _AWS else ""
        case _:
            return REGION


def places(graph: Graph, element: Element) -> tuple[Place, ...]:
    """Return the places at which a flow of an element starts or ends: of a store, those of its primary."""
    match element:
        case Cluster():
            return tuple(dict.fromkeys(_cluster_places(graph, element)))
        case Service():
            return tuple(Place(f"{element.id}@{subnet.id}", subnet) for subnet in graph.subnets(element))
        case Store() if element.instances:
            roles = [instance.role for instance in element.instances]
            first = roles.index("primary") if "primary" in roles else 0
            return (Place(_instance_id(element, first), _subnet_in(graph, element, element.instances[first].az)),)
        case LoadBalancer() | Store() | Proxy() | Endpoint() if len(element.subnets) == 1:
            return (Place(element.id, graph.subnets(element)[0]),)
        case _:
            return (Place(element.id),)


def _cluster_places(graph: Graph, cluster: Cluster) -> Iterator[Place]:
    for service in graph.members[cluster.id]:
        if isinstance(service, Service):
            yield from (Place(cluster_group(service, subnet), subnet) for subnet in graph.subnets(service))


def replicas(element: Store) -> Iterator[tuple[str, str, str]]:
    """Yield primary, copy and the copy's status, for every copy that the primary feeds."""
    roles = [instance.role for instance in element.instances]
    if "primary" not in roles:
        return
    primary = roles.index("primary")
    for number, instance in enumerate(element.instances):
        if number != primary:
            yield _instance_id(element, primary), _instance_id(element, number), instance.status


def _instance_id(element: Store, number: int) -> str:
    return f"{element.id}/{number + 1}"


def _subnet_in(graph: Graph, element: Store, az: str) -> Subnet | None:
    return next((subnet for subnet in graph.subnets(element) if subnet.az == az), None)


def _instance_node(graph: Graph, element: Store, instance: Instance, number: int) -> Node:
    subnet = _subnet_in(graph, element, instance.az)
    where = subnet.id if subnet else REGION
    planned = () if instance.status == "current" else (f"({instance.status})",)
    detail = (instance.role, *details(element), *planned)
    status = element.status if element.status != "current" else instance.status
    return Node(_instance_id(element, number), element.id, element.label, icon(element), where, detail, status=status)


def _spanning_node(element: LoadBalancer | Store | Proxy | Endpoint, subnets: tuple[Subnet, ...]) -> Node:
    """Show what stands in several subnets and states no AZ of its own between them, in the row of its first."""
    if not subnets:
        return _node(element, element.id, REGION)
    if len(subnets) == 1:
        return _node(element, element.id, subnets[0].id)
    node = _node(element, element.id, holder(subnets[0]))
    extra = ("Multi-AZ",) if isinstance(element, Store) and element.multi_az else ()
    return replace(node, row=TIERS.index(subnets[0].tier), detail=(*node.detail, *extra))


def _service_node(graph: Graph, service: Service, subnet: Subnet) -> Node:
    azs = len(graph.azs(service))
    tasks = count(service.desired, "task") + (f" in {azs} AZs" if azs > 1 else "")
    if service.desired == 1 and azs > 1:
        tasks = "1 task, in any AZ"
    node = _node(service, f"{service.id}@{subnet.id}", cluster_group(service, subnet))
    return replace(node, detail=(*node.detail, tasks))


def _node(element: Element, id_: str, parent: str) -> Node:
    return Node(id_, element.id, element.label, icon(element), parent, details(element), status=element.status)
