"""What guards the system: before it, around its subnets, on the way of an image to its tasks, and over the account."""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.compute import Deployment, Service
from archspec.model.delivery import Registry
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.network import LoadBalancer, Nacl, NaclRule
from archspec.model.ports import ALL_PORTS, spell_ports
from archspec.model.security import Detector
from archspec.views.parts.cards import card, living
from archspec.views.parts.entering import of_load_balancer, of_web_acl
from archspec.views.parts.framing import framed
from archspec.views.parts.gathering import gathered
from archspec.views.parts.words import details, joined, kinds_counted, listing
from archspec.views.view import Edge, Group, Node, View

_ACCOUNT, _SUBNETS = "@account", "@subnets"
_FRAMES = (
    Group(_ACCOUNT, "Guards of the account", "account"),
    Group(_SUBNETS, "Network ACLs around subnets", "nacls"),
)
_GUARDS = (WebAcl, Nacl, LoadBalancer, Registry, Detector)


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of what guards the system, with what it guards; no nodes where nothing does."""
    architecture = graph.architecture
    elements = {id_: one for id_, one in architecture.elements.items() if one.status != "removed"}
    guards = [one for one in elements.values() if isinstance(one, _GUARDS)]
    edges = joined(living(architecture, _guarded(architecture)))
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    others = [elements[id_] for id_ in ends if not isinstance(elements[id_], _GUARDS)]
    frames, nodes = framed(_FRAMES, tuple(_node(one, architecture) for one in (*guards, *others)))
    groups, nodes, edges = gathered(architecture, nodes, edges)
    yield View(
        name="security",
        title=f"{architecture.label}: security",
        description=f"What guards {architecture.label}: {listing(kinds_counted(guards))}.",
        layout="flow",
        groups=(*frames, *groups),
        nodes=nodes,
        edges=edges,
        hidden=("Security groups, roles and keys have pictures of their own.",) if guards else (),
    )


def _guarded(architecture: Architecture) -> Iterator[Edge]:
    for acl in architecture.edge.web_acls.values():
        yield from (Edge(acl.id, target, "filters") for target in acl.protects)
    for service in architecture.compute.services.values():
        if service.load_balancer:
            yield Edge(service.load_balancer, service.id, _health(service, architecture))
        if service.registry:
            yield Edge(service.registry, service.id, "image")


def _health(service: Service, architecture: Architecture) -> str:
    groups = [one for one in architecture.network.target_groups.values() if one.target == service.id]
    checks = dict.fromkeys(f"{one.protocol} {one.health_check}" for one in groups)
    return f"health check {', '.join(checks)}" if checks else ""


def _node(element: Element, architecture: Architecture) -> Node:
    match element:
        case Nacl():
            return card(element, _SUBNETS, _of_nacl(element, architecture))
        case Detector(note=note):
            return card(element, _ACCOUNT, (note,))
        case _:
            return card(element, facts=_facts(element))


def _facts(element: Element) -> Iterator[str]:
    match element:
        case WebAcl():
            yield from of_web_acl(element)
        case LoadBalancer():
            yield from of_load_balancer(element)
        case Registry():
            yield {True: "scanned on push", False: "not scanned on push", None: ""}[element.scan_on_push]
            yield {True: "immutable tags", False: "mutable tags", None: ""}[element.immutable_tags]
        case Service():
            yield "public IP" if element.public_ip else "no public IP"
            yield f"health check {element.health_command}" if element.health_command else ""
            yield from _of_deployment(element.deployment) if element.deployment else ()
        case _:
            yield from details(element)


def _of_deployment(deployment: Deployment) -> Iterator[str]:
    yield f"{deployment.type} deployment"
    breaker = [
        word
        for word, has in (("circuit breaker", deployment.circuit_breaker), ("rollback", deployment.rollback))
        if has
    ]
    yield ", ".join(breaker)
    yield f"at least {deployment.minimum_healthy} healthy" if deployment.minimum_healthy else ""
    yield f"{deployment.grace_period} grace period" if deployment.grace_period else ""


def _of_nacl(nacl: Nacl, architecture: Architecture) -> Iterator[str]:
    yield listing(architecture.elements[id_].label for id_ in nacl.subnets)
    yield from (f"in: {_entry(rule, 'from')}" for rule in nacl.ingress)
    yield from (f"out: {_entry(rule, 'to')}" for rule in nacl.egress)


def _entry(rule: NaclRule, way: str) -> str:
    ports = "all ports" if rule.port == (ALL_PORTS,) else spell_ports(rule.port)
    what = "all" if rule.protocol == "all" else f"{rule.protocol} {ports}"
    return f"{'' if rule.allow else 'no '}{what} {way} {rule.peer}"
