"""Who acts in which IAM role, what the role may do, and on what."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.element import Element
from archspec.model.security import Role
from archspec.views.parts.cards import card, living
from archspec.views.parts.gathering import Gathered, gathered
from archspec.views.parts.words import UNITS, count, details, joined, kinds_counted, listing
from archspec.views.view import Edge, Group, Node, View

_HELD = (("execution_role", "starts with"), ("task_role", "runs as"), ("role", "acts as"))
"""The fields that name a role, and what their holder does with it."""

_MANY = 3
"""The things that one permission is on which are drawn as one."""

_NOTE = 60
"""Characters of a note that fit on a card; a longer one is for the document."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of the roles, with who holds them and what they are for; no nodes without roles."""
    architecture = graph.architecture
    elements = {id_: one for id_, one in architecture.elements.items() if one.status != "removed"}
    roles = [one for one in architecture.security.roles.values() if one.status != "removed"]
    edges = joined(living(architecture, [*_held(elements), *_allowed(roles)]))
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    others = [elements[id_] for id_ in ends if not isinstance(elements[id_], Role)]
    nodes = (*(_holder(one, architecture) for one in others), *(card(one, facts=_of_role(one)) for one in roles))
    clusters = gathered(architecture, nodes, edges)
    targets = _together(architecture, roles, clusters)
    yield View(
        name="permissions",
        title=f"{architecture.label}: permissions",
        description=f"Permissions of {architecture.label}: {count(len(roles), 'role')}, who has them and what for.",
        layout="flow",
        groups=(*clusters.groups, *targets.groups),
        nodes=targets.nodes,
        edges=targets.edges,
        hidden=_hidden(roles),
    )


def _together(architecture: Architecture, roles: list[Role], shown: Gathered) -> Gathered:
    """Put what one permission is on, and nothing else is or leads to, into one frame, where that is much."""
    led = Counter(edge.target for edge in shown.edges)
    free = {node.id for node in shown.nodes if not node.parent and led[node.id] == 1}
    labels = {edge.target: edge.label for edge in shown.edges if edge.target in free}
    frames = {
        f"@{role.id} {number}": [id_ for id_ in one.on if labels.get(id_) == one.does]
        for role in roles
        for number, one in enumerate(role.may)
    }
    holders = {id_: frame for frame, ids in frames.items() if len(ids) >= _MANY for id_ in ids}
    groups = tuple(
        Group(frame, listing(kinds_counted(architecture.elements[id_] for id_ in frames[frame])), "alike")
        for frame in dict.fromkeys(holders.values())
    )
    return Gathered(
        groups,
        tuple(replace(node, parent=holders.get(node.id, node.parent)) for node in shown.nodes),
        joined(replace(edge, target=holders.get(edge.target, edge.target)) for edge in shown.edges),
    )


def _hidden(roles: list[Role]) -> tuple[str, ...]:
    trusted = any(role.trusts or role.trust_policy for role in roles)
    return ("Who may take which role is not drawn.",) if trusted else ()


def _held(elements: dict[str, Element]) -> Iterator[Edge]:
    for element in elements.values():
        for field, does in _HELD:
            if getattr(element, field, ""):
                yield Edge(element.id, getattr(element, field), does)


def _allowed(roles: list[Role]) -> Iterator[Edge]:
    for role in roles:
        yield from (Edge(role.id, target, one.does) for one in role.may for target in one.on)


def _of_role(role: Role) -> Iterator[str]:
    yield role.note if len(role.note) <= _NOTE else ""
    yield from (one.does for one in role.may if not one.on)
    yield from role.managed_policies


def _holder(element: Element, architecture: Architecture) -> Node:
    return card(element, facts=_of_service(element, architecture) if isinstance(element, Service) else details(element))


def _of_service(service: Service, architecture: Architecture) -> Iterator[str]:
    """Yield what a task definition says of a service's container."""
    elements = architecture.elements
    images = [service.image, f"image from {_label(elements, service.registry)}" if service.registry else ""]
    yield from filter(None, images)
    yield f"{service.cpu} CPU units ({service.cpu / UNITS:g} vCPU)" if service.cpu else ""
    yield f"{service.memory} MiB" if service.memory else ""
    yield f"port {service.port}" if service.port is not None else ""
    check = service.health_command or service.health_check
    yield f"health check {check}" if check else ""
    yield f"secrets: {listing(_label(elements, id_) for id_ in service.secrets)}" if service.secrets else ""
    yield f"variables: {', '.join(service.variables)}" if service.variables else ""


def _label(elements: Mapping[str, Element], id_: str) -> str:
    """Return what an element is called; of one in another environment, its id."""
    return elements[id_].label if id_ in elements else id_
