"""Who is meant to talk to whom: the declared flows, with ports and protocols.

The internet stands twice where it is called as well: whoever calls stands on the left.
"""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster
from archspec.model.element import INTERNET, Element
from archspec.views.parts.words import count, details, flow_label, icon, joined, listing
from archspec.views.view import Edge, Node, View


def project(graph: Graph) -> Iterator[View]:
    """Yield the traffic view of an architecture: one node an element or cluster, one edge a pair that talks."""
    architecture = graph.architecture
    gone = {id_ for id_, element in architecture.elements.items() if element.status == "removed"}
    flows = [flow for flow in architecture.flows if flow.status != "removed" and not {flow.source, flow.target} & gone]
    ends = dict.fromkeys(end for flow in flows for end in (flow.source, flow.target))
    out = f"{INTERNET}@out" if any(flow.source == INTERNET for flow in flows) else INTERNET
    edges = joined(
        Edge(flow.source, out if flow.target == INTERNET else flow.target, flow_label(flow), flow.status)
        for flow in flows
    )
    again = (
        (Node(out, INTERNET, "Internet", "internet"),) if any(edge.target == out != INTERNET for edge in edges) else ()
    )
    yield View(
        name="traffic",
        title=f"{architecture.label}: traffic",
        description=f"Traffic of {architecture.label}: {count(len(flows), 'declared flow')} between "
        f"{count(len(ends), 'element')}.",
        layout="flow",
        nodes=(*(_node(graph, architecture.elements[id_]) for id_ in ends), *again),
        edges=edges,
        hidden=("Only flows that the spec declares are drawn.",) if flows else (),
    )


def _node(graph: Graph, element: Element) -> Node:
    inside = tuple(service.label for service in graph.members.get(element.id, ()))
    detail = (listing(inside),) if isinstance(element, Cluster) and inside else details(element)
    return Node(element.id, element.id, element.label, icon(element), detail=detail, status=element.status)
