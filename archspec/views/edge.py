"""The way in from outside: DNS names, CDN, web ACLs, load balancers, certificates, and what answers behind them."""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.edge import Distribution, WebAcl, Zone
from archspec.model.element import INTERNET, Element
from archspec.model.external import Actor
from archspec.model.network import LoadBalancer
from archspec.model.security import Certificate
from archspec.views.parts.cards import card, living
from archspec.views.parts.entering import of_load_balancer, of_web_acl
from archspec.views.parts.words import joined, kinds_counted, listing, purpose
from archspec.views.view import Edge, Group, Node, View

_OUTSIDE = "@internet"
_FRONTS = (Zone, Distribution, WebAcl, LoadBalancer)
_NOTE = 75
"""Characters of a note that fit on a card; a longer one is for the document."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of what stands before the system; no nodes where nothing of it is told or called from outside."""
    architecture = graph.architecture
    elements = {id_: one for id_, one in architecture.elements.items() if one.status != "removed"}
    edges = joined(
        living(
            architecture, [*_asked(architecture), *_named(architecture), *_called(architecture), *_served(architecture)]
        )
    )
    fronts = [one for one in elements.values() if isinstance(one, Zone | Distribution | WebAcl | Certificate)]
    ends = dict.fromkeys([*(end for edge in edges for end in (edge.source, edge.target)), *(one.id for one in fronts)])
    shown = [elements[id_] for id_ in ends if id_ in elements and id_ != INTERNET]
    people = [one for one in shown if isinstance(one, Actor)]
    internet = Node(INTERNET, INTERNET, "Internet", "internet", parent=_OUTSIDE if people else "")
    yield View(
        name="edge",
        title=f"{architecture.label}: edge",
        description=f"The way into {architecture.label} from outside: {listing(kinds_counted(shown))}.",
        layout="flow",
        groups=(Group(_OUTSIDE, "Internet", "internet"),) if people else (),
        nodes=(*([internet] if INTERNET in ends else []), *(_node(one) for one in shown)),
        edges=edges,
    )


def _node(element: Element) -> Node:
    return card(element, _OUTSIDE if isinstance(element, Actor) else "", _lines(element))


def _asked(architecture: Architecture) -> Iterator[Edge]:
    """Yield what people do first, by the journeys that begin with them."""
    elements = architecture.elements
    for journey in architecture.journeys:
        for step in journey.steps:
            if isinstance(elements.get(step.source), Actor) and isinstance(elements.get(step.target), _FRONTS):
                yield Edge(step.source, step.target, step.does, journey.status)


def _named(architecture: Architecture) -> Iterator[Edge]:
    """Yield who asks for names, and where the names lead."""
    asked = {edge.target for edge in _asked(architecture)}
    for zone in architecture.edge.zones.values():
        if zone.records and not zone.private and zone.id not in asked:
            yield Edge(INTERNET, zone.id, "DNS", zone.status)
        yield from (Edge(zone.id, record.target, record.name) for record in zone.records)


def _called(architecture: Architecture) -> Iterator[Edge]:
    """Yield what the internet calls, by way of the web ACLs that filter it."""
    for flow in architecture.flows:
        if flow.source == INTERNET:
            filters = [acl for acl in architecture.edge.web_acls.values() if flow.target in acl.protects]
            for acl in filters:
                yield Edge(INTERNET, acl.id, purpose(flow), flow.status)
                yield Edge(acl.id, flow.target, "filters")
            if all(acl.status != "current" for acl in filters):
                yield Edge(INTERNET, flow.target, purpose(flow), flow.status)


def _served(architecture: Architecture) -> Iterator[Edge]:
    """Yield what answers behind a distribution or load balancer, and whose certificates they show."""
    for distribution in architecture.edge.distributions.values():
        yield from (Edge(distribution.id, origin, "origin") for origin in distribution.origins)
        if distribution.certificate:
            yield Edge(distribution.certificate, distribution.id, "TLS")
    for balancer in architecture.network.load_balancers.values():
        held = [one for one in balancer.listeners if one.certificate]
        yield from (Edge(one.certificate, balancer.id, f"TLS on {one.port}") for one in held)
        if balancer.access_logs:
            yield Edge(balancer.id, balancer.access_logs, "access logs")


def _lines(element: Element) -> tuple[str, ...]:
    lines = tuple(_facts(element))
    is_told = isinstance(element, LoadBalancer | WebAcl) or element.note in lines or len(element.note) > _NOTE
    return lines if is_told else (*lines, element.note)


def _facts(element: Element) -> Iterator[str]:
    match element:
        case LoadBalancer():
            yield from of_load_balancer(element)
        case WebAcl():
            yield from of_web_acl(element)
        case Zone(domain=domain, private=private):
            yield domain
            yield "private" if private else ""
        case Distribution(domain=domain, aliases=aliases):
            yield from aliases
            yield domain
        case Certificate(domain=domain):
            yield domain
        case _:
            return
