"""Who may open a connection to whom: the security groups, who is in them, and their rules."""

from collections.abc import Iterable, Iterator

from archspec.graph.graph import Graph
from archspec.model.element import INTERNET, Element
from archspec.model.network import EgressRule, IngressRule, SecurityGroup
from archspec.model.ports import ALL_PORTS, spell_ports
from archspec.views.parts.words import count, joined, listing
from archspec.views.view import Edge, Node, View

_LINES = 8
"""The members of a group that stand on lines of their own; more of them are run together."""

_OUT = "@out"
"""Marks a peer that is only let in nowhere: who may be called stands apart from who may call."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of security groups: one node a group or other peer, one edge a pair that a rule lets talk."""
    architecture = graph.architecture
    groups = [group for group in architecture.network.security_groups.values() if group.status != "removed"]
    removed = {one.id for one in architecture.elements.values() if one.status == "removed"}
    rules_drawn = (*_let_in(groups), *_let_out(groups))
    edges = joined(edge for edge in rules_drawn if removed.isdisjoint((edge.source, edge.target.removesuffix(_OUT))))
    known = {group.id for group in groups}
    peers = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target) if end not in known)
    rules = sum(len(group.ingress) for group in groups)
    yield View(
        name="security-groups",
        title=f"{architecture.label}: security groups",
        description=f"Security groups of {architecture.label}: {count(len(groups), 'group')} with "
        f"{count(rules, 'ingress rule')}, and who is in each.",
        layout="flow",
        nodes=(*(_peer(graph, peer) for peer in peers), *(_node(graph, group) for group in groups)),
        edges=edges,
        hidden=tuple(_hidden(groups)),
    )


def _let_in(groups: Iterable[SecurityGroup]) -> Iterator[Edge]:
    for group in groups:
        yield from (Edge(rule.peer, group.id, _label(rule), group.status) for rule in group.ingress)


def _let_out(groups: list[SecurityGroup]) -> Iterator[Edge]:
    """Yield what may leave: to other groups what their own rules do not say already, and to everybody else."""
    said = {(edge.source, edge.target, edge.label) for edge in _let_in(groups)}
    known = {group.id for group in groups}
    for group in groups:
        for rule in group.egress or ():
            label = _label(rule)
            if rule.peer not in known:
                yield Edge(group.id, f"{rule.peer}{_OUT}", label, group.status)
            elif (group.id, rule.peer, label) not in said:
                yield Edge(group.id, rule.peer, f"out: {label}", group.status)


def _label(rule: IngressRule | EgressRule) -> str:
    if rule.protocol == "all":
        ports = "all traffic"
    else:
        transport = "" if rule.protocol == "tcp" else f" {rule.protocol}"
        ports = ("all ports" if rule.port == (ALL_PORTS,) else spell_ports(rule.port)) + transport
    return f"{ports} ({rule.note})" if rule.note not in ("", ports) else ports


def _peer(graph: Graph, id_: str) -> Node:
    peer = id_.removesuffix(_OUT)
    element: Element | None = graph.architecture.elements.get(peer)
    kind = "internet" if peer == INTERNET else "external"
    return Node(id_, peer, element.label if element else peer, kind)


def _node(graph: Graph, group: SecurityGroup) -> Node:
    inside = [element.label for element in graph.attached if group.id in element.security_groups]
    held = (listing(inside),) if len(inside) > _LINES else tuple(inside) or ("nothing is in it",)
    closed = () if group.egress is None or group.egress else ("no way out",)
    return Node(group.id, group.id, group.label, "security_group", detail=(*held, *closed), status=group.status)


def _hidden(groups: Iterable[SecurityGroup]) -> Iterator[str]:
    open_ = [group.label for group in groups if group.egress is None]
    if open_:
        yield f"Without egress rules everything may leave, which is not drawn: {listing(dict.fromkeys(open_))}."
