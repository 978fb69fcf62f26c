"""Where everything stands: cloud, Region, VPC, AZ columns, subnets in tier rows, and what talks to what."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from archspec.graph.graph import Graph, is_attached
from archspec.model.compute import Cluster, Service
from archspec.model.data import Store
from archspec.model.element import INTERNET, Element
from archspec.model.flow import Flow
from archspec.model.network import RouteTable, SecurityGroup, Subnet, TargetGroup, Vpc
from archspec.model.observability import Monitor
from archspec.views.parts.standing import CLOUD, REGION, TIERS, Place, cluster_group, holder, nodes, places, replicas
from archspec.views.parts.words import count, counted, flow_label, joined, listing
from archspec.views.view import Edge, Group, Node, View

_TITLES = {"public": "Public subnet", "private": "Private subnet", "data": "Data subnet"}
_NOT_NODES = (Vpc, Subnet, Cluster, RouteTable, SecurityGroup, TargetGroup)
_ALWAYS = frozenset({"internet_gateway", "nat_gateway", "registry", "secret_store", "monitor"})
"""The kinds that are drawn whether a flow names them or not, beside those with subnets."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the network view of an architecture; without nodes where nothing is placed."""
    architecture = graph.architecture
    shown = [element for element in architecture.elements.values() if element.status != "removed"]
    inside = tuple(
        node
        for element in shown
        if not isinstance(element, _NOT_NODES) and element.id != INTERNET and _is_drawn(graph, element)
        for node in nodes(graph, element)
    )
    groups = (*_frames(graph), *_subnets(graph), *_clusters(graph))
    edges, unseen = _edges(graph, {INTERNET, *(node.id for node in inside), *(group.id for group in groups)})
    internet = Node(INTERNET, INTERNET, "Internet", "internet")
    reached = any(INTERNET in (edge.source, edge.target) for edge in edges)
    yield View(
        name="network",
        title=f"{architecture.label}: network",
        description=_description(graph),
        layout="placement",
        groups=groups,
        nodes=((internet, *inside) if reached else inside),
        edges=edges,
        hidden=(*_hidden(graph), *unseen),
    )


def _is_drawn(graph: Graph, element: Element) -> bool:
    """Whether an element has its place in the network, or takes part in a flow."""
    if is_attached(element) and element.subnets:
        return True
    if isinstance(element, Monitor) and not element.collects:
        return False
    return element.kind in _ALWAYS or any(element.id in (flow.source, flow.target) for flow in graph.architecture.flows)


def _description(graph: Graph) -> str:
    network = graph.architecture.network
    azs = dict.fromkeys(subnet.az for subnet in network.subnets.values())
    inside = [
        f"{len(elements)} {name if len(elements) != 1 else name[:-1]}"
        for name, elements in (
            ("services", graph.architecture.compute.services),
            ("databases", graph.architecture.data.databases),
            ("caches", graph.architecture.data.caches),
        )
        if elements
    ]
    where = f"{count(len(network.vpcs), 'VPC')}, {count(len(azs), 'Availability Zone')} and " + count(
        len(network.subnets), "subnet"
    )
    holds = f", with {listing(inside)}" if inside else ""
    return f"Network of {graph.architecture.label} in {graph.architecture.region}: {where}{holds}."


def _frames(graph: Graph) -> Iterator[Group]:
    yield Group(CLOUD, "AWS Cloud", "cloud", subtitle=graph.architecture.account)
    yield Group(REGION, "Region", "region", CLOUD, graph.architecture.region)
    for vpc in graph.architecture.network.vpcs.values():
        if vpc.status != "removed":
            title = vpc.title or f"VPC {vpc.id}"
            cidrs = ", ".join(str(cidr) for cidr in (vpc.cidr, *vpc.secondary_cidrs))
            yield Group(vpc.id, title, "vpc", REGION, cidrs, status=vpc.status)


def _subnets(graph: Graph) -> Iterator[Group]:
    subnets = [subnet for subnet in graph.architecture.network.subnets.values() if subnet.status != "removed"]
    columns = dict.fromkeys(sorted((holder(subnet), subnet.az) for subnet in subnets))
    for parent, az in columns:
        yield Group(f"{parent}/{az}", f"Availability Zone {az}", "az", parent)
    for subnet in subnets:
        column = f"{holder(subnet)}/{subnet.az}"
        title = subnet.title or _TITLES[subnet.tier]
        yield Group(subnet.id, title, subnet.tier, column, str(subnet.cidr), TIERS.index(subnet.tier), subnet.status)


def _clusters(graph: Graph) -> Iterator[Group]:
    """Yield a frame for every cluster in every subnet that holds some of its services."""
    clusters = graph.architecture.compute.clusters
    found: dict[str, Group] = {}
    for service in graph.architecture.compute.services.values():
        if service.cluster and service.status != "removed":
            cluster = clusters[service.cluster]
            for subnet in graph.subnets(service):
                id_ = cluster_group(service, subnet)
                found[id_] = Group(id_, cluster.label, "cluster", subnet.id, status=cluster.status)
    yield from found.values()


def _edges(graph: Graph, drawn: set[str]) -> tuple[tuple[Edge, ...], tuple[str, ...]]:
    """Return what flows and replicates, and in words which flows cannot be drawn."""
    edges: list[Edge] = []
    unseen: list[str] = []
    for flow in graph.architecture.flows:
        if flow.status == "removed":
            continue
        # A flow of something removed has an end that is not there.
        found = [edge for edge in _flow_edges(graph, flow) if {edge.source, edge.target} <= drawn]
        edges += found
        if not found:
            unseen.append(f"The flow {flow.id} is not drawn.")
    for element in graph.architecture.elements.values():
        if isinstance(element, Store) and element.status != "removed":
            edges += _replication(element, drawn)
    return _labelled_once(joined(edges), graph.architecture.network.internet_gateways), tuple(unseen)


def _flow_edges(graph: Graph, flow: Flow) -> Iterator[Edge]:
    elements = graph.architecture.elements
    source, target = elements[flow.source], elements[flow.target]
    if flow.source == flow.target or _is_inside(source, target) or _is_inside(target, source):
        return
    label = flow_label(flow)
    for one in places(graph, source):
        for other in _near(one, places(graph, target)):
            stops = [one.id, *_way_out(graph, one, target), *_way_in(graph, other, source), other.id]
            for number, (here, there) in enumerate(pairwise(stops)):
                is_told = number == 0 or source.id == INTERNET
                yield Edge(here, there, label if is_told else "", flow.status)


def _is_inside(element: Element, cluster: Element) -> bool:
    return isinstance(element, Service) and element.cluster == cluster.id


def _near(one: Place, others: tuple[Place, ...]) -> tuple[Place, ...]:
    """Keep to the own AZ where the target stands there too: the other pairs would say the same again."""
    own = tuple(o for o in others if one.subnet and o.subnet and o.subnet.az == one.subnet.az)
    return own or others


def _way_in(graph: Graph, place: Place, source: Element) -> list[str]:
    """Return the internet gateway through which the internet reaches a place."""
    if source.id != INTERNET:
        return []
    gateways = graph.architecture.network.internet_gateways.values()
    vpc = _vpc(graph, place)
    return [gateway.id for gateway in gateways if vpc and gateway.vpc == vpc][:1]


def _way_out(graph: Graph, place: Place, target: Element) -> list[str]:
    """Return the gateways through which a place reaches the internet, by its subnet's routes."""
    if target.id != INTERNET or place.subnet is None:
        return []
    network = graph.architecture.network
    table = graph.route_tables.get(place.subnet.id)
    nat = next((route.target for route in table.routes if route.target in network.nat_gateways), "") if table else ""
    leaves_from = network.subnets[network.nat_gateways[nat].subnet] if nat else place.subnet
    return [stop for stop in (nat, graph.internet_gateway(leaves_from)) if stop]


def _vpc(graph: Graph, place: Place) -> str:
    if place.subnet:
        return place.subnet.vpc
    element = graph.architecture.elements.get(place.id)
    subnets = graph.architecture.network.subnets
    return next((subnets[id_].vpc for id_ in getattr(element, "subnets", ())), "")


def _replication(element: Store, drawn: set[str]) -> Iterator[Edge]:
    for primary, copy, status in replicas(element):
        if primary in drawn and copy in drawn:
            label = "replication" if status == "current" else f"replication ({status})"
            yield Edge(primary, copy, label, status, both=True)


def _labelled_once(edges: tuple[Edge, ...], gateways: Collection[str]) -> tuple[Edge, ...]:
    """Say the ports of a way in once: before the gateway where all legs behind it say the same, else behind it."""
    behind: dict[str, set[str]] = {}
    for edge in edges:
        if edge.source in gateways and edge.target != INTERNET:
            behind.setdefault(edge.source, set()).add(edge.label)
    same = {gateway for gateway, labels in behind.items() if len(labels) == 1}
    different = behind.keys() - same
    return tuple(
        replace(edge, label="")
        if edge.source in same or (edge.source == INTERNET and edge.target in different)
        else edge
        for edge in edges
    )


def _hidden(graph: Graph) -> Iterator[str]:
    elements = graph.architecture.elements.values()
    kinds = (("security groups", SecurityGroup), ("route tables", RouteTable), ("target groups", TargetGroup))
    left_out = [name for name, kind in kinds if any(isinstance(element, kind) for element in elements)]
    if left_out:
        yield f"{listing(left_out).capitalize()} are not drawn."
    beside = Counter(
        element.home[1]
        for element in elements
        if not isinstance(element, _NOT_NODES) and element.id != INTERNET and not _is_drawn(graph, element)
    )
    if beside:
        yield f"Not drawn, as no flow names them: {listing(counted(key, n) for key, n in beside.items())}."
    removed = [element.label for element in elements if element.status == "removed"]
    if removed:
        yield f"Removed, so not drawn: {listing(removed)}."
