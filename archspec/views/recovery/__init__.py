"""What is left after a loss: what protects each store, what is kept beside it, what stands ready in another Region.

A second picture shows the steps of the recovery.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.data import Instance, Store
from archspec.model.element import Element
from archspec.model.recovery import Failover
from archspec.views.parts.cards import card, status_of, status_words
from archspec.views.parts.framing import bundled, filled
from archspec.views.parts.keeping import instance_words
from archspec.views.parts.words import count, icon, joined, listing
from archspec.views.recovery import elsewhere, steps
from archspec.views.recovery.protecting import failovers, has_followers, is_protected, objective, objectives, protection
from archspec.views.view import Edge, Group, Node, View

_HERE = "@here"


def project(graph: Graph) -> Iterator[View]:
    """Yield what protects what, and the steps of a recovery; no nodes where the spec has nothing to lose."""
    yield _protection(graph.architecture)
    yield steps.view(graph)


def _protection(architecture: Architecture) -> View:
    elements = {one.id: one for one in _shown(architecture)}
    within = tuple(edge for element in elements.values() for edge in _followed(architecture, element))
    outward = joined(_outward(edge, elements) for edge in elsewhere.edges(architecture, elements))
    copies = elsewhere.copy_lines(architecture, elements)
    nodes = (
        *(node for element in elements.values() for node in _standing(architecture, element, copies)),
        *_targets(architecture),
        *elsewhere.nodes(architecture, elements),
    )
    groups = (_here(architecture), *_families(elements), *elsewhere.frames(architecture))
    bundles, nodes, outward = bundled(nodes, outward, _HERE)
    return View(
        name="recovery",
        title=f"{architecture.label}: recovery",
        description=_description(architecture, elements),
        layout="flow",
        groups=filled((*groups, *bundles), nodes),
        nodes=nodes,
        edges=(*within, *outward),
        hidden=tuple(_hidden(architecture, elements)),
    )


def _shown(architecture: Architecture) -> Iterator[Element]:
    """Yield what keeps data, and whatever else recovery speaks of."""
    recovery = architecture.recovery
    named = {id_ for target in recovery.targets for id_ in target.covers}
    named |= {id_ for copy in elsewhere.lasting(architecture) for id_ in copy.covers}
    named |= {id_ for standby in recovery.region_holds for id_ in standby.covers}
    for element in architecture.elements.values():
        is_named = element.id in named or any(failovers(architecture, element.id))
        if element.status != "removed" and (is_named or is_protected(element)):
            yield element


def _standing(architecture: Architecture, element: Element, copies: Mapping[str, list[str]]) -> Iterator[Node]:
    """Yield an element, and the instances of a store that follow its primary, in a frame with it."""
    lines = (*protection(architecture, element), *copies.get(element.id, ()))
    parent = _family(element) if has_followers(element) else _HERE
    yield card(element, parent, lines)
    for number, one in _followers(element):
        status = status_of(element.status, one.status)
        detail = (instance_words(one), *status_words(status))
        yield Node(f"{element.id}/{number}", element.id, element.label, icon(element), parent, detail, status=status)


def _followers(element: Element) -> Iterator[tuple[int, Instance]]:
    """Yield the instances beside the primary, or beside the first where none is called so, with their numbers."""
    if not (isinstance(element, Store) and has_followers(element)):
        return
    there = [(number, one) for number, one in enumerate(element.instances, 1) if one.status != "removed"]
    primary = next((number for number, one in there if one.role == "primary"), there[0][0])
    yield from ((number, one) for number, one in there if number != primary)


def _followed(architecture: Architecture, element: Element) -> Iterator[Edge]:
    """Yield the arrows from a primary to what follows it; to a standby with what makes it take over."""
    found = list(failovers(architecture, element.id))
    for number, one in _followers(element):
        takes_over = found if one.role == "standby" else []
        label = ", ".join(_does(each) for each in takes_over) or "replication"
        status = status_of(element.status, one.status, *(each.status for each in takes_over))
        yield Edge(element.id, f"{element.id}/{number}", label, status)


def _does(failover: Failover) -> str:
    taking = f", {failover.duration}" if failover.duration else ""
    return f"{failover.does}{'' if failover.automatic else ', by hand'}{taking}"


def _outward(edge: Edge, elements: Mapping[str, Element]) -> Edge:
    """Let an arrow out of a store with several instances begin at their frame."""
    element = elements[edge.source]
    status = status_of(element.status, edge.status)
    return replace(edge, source=_family(element) if has_followers(element) else edge.source, status=status)


def _family(element: Element) -> str:
    return f"@instances of {element.id}"


def _families(elements: Mapping[str, Element]) -> Iterator[Group]:
    for element in elements.values():
        if isinstance(element, Store) and has_followers(element):
            title = "Multi-AZ" if element.multi_az else "Instances"
            yield Group(_family(element), title, "alike", _HERE, status=element.status)


def _targets(architecture: Architecture) -> Iterator[Node]:
    """Yield the objectives that are of no element."""
    for one in architecture.recovery.targets:
        if not one.covers:
            detail = tuple(filter(None, (objective(one), one.note)))
            yield Node(f"@target@{one.index}", one.id, one.component, "target", _HERE, detail)


def _here(architecture: Architecture) -> Group:
    wanted = architecture.recovery.objectives
    told = ", ".join(filter(None, (architecture.region, objectives(wanted.rto, wanted.rpo))))
    return Group(_HERE, "Region", "region", subtitle=told)


def _description(architecture: Architecture, elements: Mapping[str, Element]) -> str:
    stores = sum(isinstance(one, Store) for one in elements.values())
    region = architecture.recovery.region
    where = f"; a recovery goes to {region} when the Region is lost" if region else ""
    return f"Recovery of {architecture.label}: what protects {count(stores, 'store')}{where}."


def _hidden(architecture: Architecture, elements: Mapping[str, Element]) -> Iterator[str]:
    told = elsewhere.told_by_backups(architecture, elements)
    if told:
        yield f"Not drawn beside the backups that the cards tell of: {listing(told)}."
    drills = [one.title or f"a drill, {one.every}" for one in architecture.recovery.drills]
    if drills:
        yield f"Not drawn: {listing(drills)}."
    buckets = [one for one in architecture.data.buckets.values() if one.status != "removed" and one.id not in elements]
    if buckets and elements:
        yield f"Not drawn, as nothing is stated that protects what they hold: {count(len(buckets), 'bucket')}."
