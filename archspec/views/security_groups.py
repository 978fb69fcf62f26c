"""Who may open a connection to whom: the security groups, who is in them, and their ingress rules."""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.element import INTERNET, Element
from archspec.model.network import IngressRule, SecurityGroup
from archspec.model.ports import ALL_PORTS, spell_ports
from archspec.views.view import Edge, Node, View
from archspec.views.words import count, joined, listing


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of security groups: one node a group or other peer, one edge a pair that a rule lets talk."""
    architecture = graph.architecture
    groups = [group for group in architecture.network.security_groups.values() if group.status != "removed"]
    rules = [(rule, group) for group in groups for rule in group.ingress]
    known = {group.id for group in groups}
    peers = dict.fromkeys(rule.peer for rule, _ in rules if rule.peer not in known)
    edges = joined(Edge(rule.peer, group.id, _label(rule), group.status) for rule, group in rules)
    yield View(
        name="security-groups",
        title=f"{architecture.label}: security groups",
        description=f"Security groups of {architecture.label}: {count(len(groups), 'group')} with "
        f"{count(len(rules), 'ingress rule')}, and who is in each.",
        layout="flow",
        nodes=(*(_peer(graph, peer) for peer in peers), *(_node(graph, group) for group in groups)),
        edges=edges,
        hidden=("Egress rules are not drawn.",) if any(group.egress is not None for group in groups) else (),
    )


def _label(rule: IngressRule) -> str:
    if rule.protocol == "all":
        ports = "all traffic"
    else:
        transport = "" if rule.protocol == "tcp" else f" {rule.protocol}"
        ports = ("all ports" if rule.port == (ALL_PORTS,) else spell_ports(rule.port)) + transport
    return f"{ports} ({rule.note})" if rule.note else ports


def _peer(graph: Graph, peer: str) -> Node:
    element: Element | None = graph.architecture.elements.get(peer)
    kind = "internet" if peer == INTERNET else "external"
    return Node(peer, peer, element.label if element else peer, kind)


def _node(graph: Graph, group: SecurityGroup) -> Node:
    inside = [element.label for element in graph.attached if group.id in element.security_groups]
    detail = (listing(inside) if inside else "nothing is in it",)
    return Node(group.id, group.id, group.label, "security_group", detail=detail, status=group.status)
