"""What leads from one node of the overview to another: flows, messages, names, protection, images, copies."""

from collections.abc import Iterable, Iterator, Mapping

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET
from archspec.model.external import Actor
from archspec.model.flow import Flow
from archspec.views.overview.tiles import subnets_of
from archspec.views.parts.cards import living
from archspec.views.parts.copies import region_id, sent
from archspec.views.parts.data_ways import uses_beside_flows
from archspec.views.parts.images import images
from archspec.views.view import Edge


def ways(graph: Graph, shown: Mapping[str, str]) -> tuple[Edge, ...]:
    """Return one edge a pair of nodes, with all that leads along it in words. `shown` is element → node.

    What takes part in no flow, and is no part of anything that is, is joined by the journeys that lead past it.
    """
    architecture = graph.architecture
    flows = [edge for flow in architecture.flows for edge in _of_flow(architecture, flow)]
    beside = [*_messages(architecture), *_before(architecture), *uses_beside_flows(architecture), *_shipped(graph)]
    pairs = {frozenset((edge.source, edge.target)) for edge in _between(shown, living(architecture, flows))}
    others = _between(shown, living(architecture, beside))
    found = [
        *_between(shown, living(architecture, flows)),
        *(edge for edge in others if frozenset((edge.source, edge.target)) not in pairs),
        *_copies(architecture, shown),
    ]
    return _one_a_pair([*found, *_walked(architecture, shown, found)])


def _between(shown: Mapping[str, str], edges: Iterable[Edge]) -> list[Edge]:
    ends = ((shown.get(edge.source), shown.get(edge.target), edge) for edge in edges)
    return [
        Edge(source, target, edge.label, edge.status)
        for source, target, edge in ends
        if source and target and source != target
    ]


def _of_flow(architecture: Architecture, flow: Flow) -> Iterator[Edge]:
    """Yield a flow with its protocol; one to the internet by way of the NAT gateways that its source's subnets use."""
    gates = dict.fromkeys(_gates(architecture, flow.source)) if flow.target == INTERNET else {}
    for gate in gates:
        yield Edge(flow.source, gate, f"{flow.protocol} to the internet".strip(), flow.status)
    if not gates:
        yield Edge(flow.source, flow.target, flow.protocol, flow.status)


def _gates(architecture: Architecture, id_: str) -> Iterator[str]:
    network = architecture.network
    subnets = {subnet.id for subnet in subnets_of(architecture, architecture.elements[id_])}
    for table in network.route_tables.values():
        if subnets.intersection(table.subnets) and table.status == "current":
            yield from (route.target for route in table.routes if route.target in network.nat_gateways)


def _messages(architecture: Architecture) -> Iterator[Edge]:
    for topic in architecture.messaging.topics.values():
        yield from (Edge(publisher, topic.id, "publishes", topic.status) for publisher in topic.publishers)
    for queue in architecture.messaging.queues.values():
        if queue.topic:
            yield Edge(queue.topic, queue.id, "", queue.status)
        yield from (Edge(producer, queue.id, "sends", queue.status) for producer in queue.producers)
        yield from (Edge(queue.id, consumer, "", queue.status) for consumer in queue.consumers)


def _before(architecture: Architecture) -> Iterator[Edge]:
    """Yield what stands before something: names, protection, a CDN."""
    for zone in architecture.edge.zones.values():
        yield from (Edge(zone.id, record.target) for record in zone.records)
    for acl in architecture.edge.web_acls.values():
        yield from (Edge(acl.id, one, "protects") for one in acl.protects)
    for distribution in architecture.edge.distributions.values():
        yield from (Edge(distribution.id, one, "origin") for one in distribution.origins)


def _shipped(graph: Graph) -> Iterator[Edge]:
    for pipeline in graph.architecture.delivery.pipelines.values():
        if pipeline.source:
            yield Edge(pipeline.source, pipeline.id, pipeline.trigger)
        used = dict.fromkeys(id_ for stage in pipeline.stages for id_ in stage.uses if id_ != pipeline.source)
        yield from (Edge(pipeline.id, id_) for id_ in used)
    yield from images(graph)


def _copies(architecture: Architecture, shown: Mapping[str, str]) -> Iterator[Edge]:
    for one in sent(architecture):
        if one.element in shown:
            yield Edge(shown[one.element], region_id(one.region), one.label, one.status)


def _walked(architecture: Architecture, shown: Mapping[str, str], found: Iterable[Edge]) -> Iterator[Edge]:
    """Yield the steps of journeys that join what nothing else does, but not the way back to people."""
    joined = {end for edge in found for end in (edge.source, edge.target)}
    people = {INTERNET, *(one.id for one in architecture.elements.values() if isinstance(one, Actor))}
    steps = [
        Edge(step.source, step.target, "", journey.status)
        for journey in architecture.journeys
        for step in journey.steps
        if step.target not in people
    ]
    for edge in _between(shown, living(architecture, steps)):
        if not {edge.source, edge.target} <= joined:
            yield edge


def _one_a_pair(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Join what leads from one node to another: there today if any of it is, and then the rest says that it is not."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((edge.source, edge.target), []).append(edge)
    found = []
    for (source, target), those in pairs.items():
        status = next((edge.status for edge in those if edge.status == "current"), those[0].status)
        labels = dict.fromkeys(_said(edge, status) for edge in those if edge.label)
        found.append(Edge(source, target, ", ".join(labels), status))
    return tuple(found)


def _said(edge: Edge, status: str) -> str:
    is_told = edge.status == status or edge.label.endswith(")")
    return edge.label if is_told else f"{edge.label} ({edge.status})"
