"""The named ways of requests through the system, one picture each: who calls whom, in numbered steps.

What an element does by itself, and the details of a step, stand on its card.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.journey import Journey, Step
from archspec.views.parts.cards import card, status_of
from archspec.views.parts.words import count
from archspec.views.view import Edge, Group, Node, View

_LONGEST = 60
"""Characters of a title in the name of a picture, which is that of a file as well."""

_ARROW = 60
"""Characters that fit on an arrow."""


class _Told(NamedTuple):
    """What a step says about an element: what that does by itself, and the details."""

    number: int
    own: tuple[str, ...]
    details: tuple[str, ...]


def project(graph: Graph) -> Iterator[View]:
    """Yield the picture of every journey with a step that can be drawn; others take part elsewhere, or nowhere."""
    architecture = graph.architecture
    present = {id_: one for id_, one in architecture.elements.items() if one.status != "removed"}
    for journey, name in zip(architecture.journeys, names(architecture.journeys), strict=True):
        steps = [*enumerate(journey.steps, 1)]
        drawn = [(number, step) for number, step in steps if _ends(step) and _ends(step) <= present.keys()]
        if journey.status == "removed" or not drawn:
            continue
        groups, nodes = _in_clusters(tuple(_nodes(drawn, present)), present)
        yield View(
            name=f"journey-{name}",
            title=f"{architecture.label}: {_title(journey)}",
            description=_description(architecture.label, journey),
            layout="flow",
            groups=groups,
            nodes=nodes,
            edges=(*_edges(journey, drawn, present), *_guards(drawn, present)),
            hidden=tuple(_hidden(steps, present)),
        )


def names(journeys: tuple[Journey, ...]) -> list[str]:
    """Return a name for each journey, made of its title; of two alike, the later has a number."""
    found: dict[str, None] = {}
    for journey in journeys:
        plain = re.sub(r"[^a-z0-9]+", "-", journey.title.lower())[:_LONGEST].strip("-") or "unnamed"
        numbered = (f"{plain}-{number}" for number in range(2, len(journeys) + 2))
        found[next(name for name in (plain, *numbered) if name not in found)] = None
    return [*found]


def _title(journey: Journey) -> str:
    planned = "" if journey.status == "current" else f" ({journey.status})"
    return f"{journey.title if 'flow' in journey.title.lower() else f'request flow: {journey.title}'}{planned}"


def _description(label: str, journey: Journey) -> str:
    told = [f"{label}, {_title(journey)}: {count(len(journey.steps), 'step')}"]
    told += [journey.note] * bool(journey.note)
    told += [f"It is meant to succeed in {journey.slo}"] * (journey.slo is not None)
    return ". ".join(one.rstrip(".") for one in told) + "."


def _ends(step: Step) -> set[str]:
    return {end for end in (step.source, step.target) if end}


def _nodes(drawn: list[tuple[int, Step]], present: Mapping[str, Element]) -> Iterator[Node]:
    """Yield every element that takes part, once, in the order in which the steps come to it."""
    lines: dict[str, list[_Told]] = {}
    for number, step in drawn:
        for end in (step.source, step.target):
            if end:
                lines.setdefault(end, [])
        own = (f"{number} {step.does}",) if step.does and not _fits(step) else ()
        if own or step.details:
            lines[step.target or step.source].append(_Told(number, own, step.details))
    for id_, told in lines.items():
        yield card(present[id_], facts=_lines(told))


def _lines(told: list[_Told]) -> Iterator[str]:
    """Yield what happens at one element; where several steps come to it, each detail has the number of its step."""
    for number, own, details in told:
        yield from own
        yield from (f"{number} {detail}" if len(told) > 1 else detail for detail in details)


def _fits(step: Step) -> bool:
    """Whether what a step does has room on an arrow; else it stands on the card of the element that it comes to."""
    return not _is_alone(step) and len(step.does) <= _ARROW


def _is_alone(step: Step) -> bool:
    """Whether one element does the step by itself."""
    return not step.source or not step.target or step.source == step.target


def _edges(journey: Journey, drawn: list[tuple[int, Step]], present: Mapping[str, Element]) -> Iterator[Edge]:
    for number, step in drawn:
        if not _is_alone(step):
            status = status_of(journey.status, present[step.source].status, present[step.target].status)
            does = step.does if _fits(step) else ""
            yield Edge(step.source, step.target, f"{number} {does}".strip(), status)


def _guards(drawn: list[tuple[int, Step]], present: Mapping[str, Element]) -> Iterator[Edge]:
    """Yield what a web ACL protects where no step leads to it or from it: it filters there, on the way to others."""
    ends = {end for _, step in drawn for end in _ends(step)}
    passed = {end for _, step in drawn if not _is_alone(step) for end in _ends(step)}
    for acl in (present[id_] for id_ in sorted(ends - passed)):
        if isinstance(acl, WebAcl):
            for one in acl.protects:
                if one in ends:
                    yield Edge(acl.id, one, "protects", status_of(acl.status, present[one].status))


def _in_clusters(nodes: tuple[Node, ...], present: Mapping[str, Element]) -> tuple[tuple[Group, ...], tuple[Node, ...]]:
    """Make a cluster that takes part a frame, where services in it do as well."""
    parts = [present[node.id] for node in nodes]
    clusters = {one.id: one for one in parts if isinstance(one, Cluster)}
    inside = {one.id: one.cluster for one in parts if isinstance(one, Service) and one.cluster in clusters}
    frames = {id_: cluster for id_, cluster in clusters.items() if id_ in inside.values()}
    groups = tuple(Group(one.id, one.label, "cluster", status=one.status) for one in frames.values())
    placed = []
    for node in nodes:
        if node.id not in frames:
            placed.append(replace(node, parent=inside.get(node.id, "")))
        elif node.detail:
            placed.append(replace(node, id=f"{node.id}@itself", parent=node.id))
    return groups, tuple(placed)


def _hidden(steps: list[tuple[int, Step]], present: Mapping[str, Element]) -> Iterator[str]:
    """Say the steps that the picture has no place for, in their own words."""
    for number, step in steps:
        away = sorted(_ends(step) - present.keys())
        said = "; ".join([step.does, *step.details]).rstrip(".")
        told = f": {said}." if said else "."
        if not _ends(step):
            yield f"Step {number} names no element{told}"
        elif away:
            yield f"Step {number} is not drawn, as {away[0]} is not there{told}"
