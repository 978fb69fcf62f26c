"""A view narrowed to what somebody wants to see: by kind, tag and status, or around some elements."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.errors import UsageError
from archspec.model.element import INTERNET, Element
from archspec.views.parts.words import count, counted, listing
from archspec.views.view import Group, Node, View


class Selection(NamedTuple):
    """What to show. Each part counts where it names something; `kinds` are the keys of a spec (`services`).

    `around` are ids of elements, in full or without their environment: they are shown with what an edge joins to them.
    """

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    around: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(f"{name} {' or '.join(values)}" for name, values in self._asdict().items() if values)


def chosen(view: View, elements: Mapping[str, Element], wanted: Selection) -> View:
    """Return the view with what is wanted of it, the frames around that, and a sentence on what is left out.

    Raises `UsageError` where nothing is left, with what there is instead.
    """
    if not any(wanted):
        return view
    near = _near(view, wanted.around) if wanted.around else {node.id for node in view.nodes}
    kept = tuple(node for node in view.nodes if node.id in near and _fits(node, elements, wanted))
    if not kept:
        raise UsageError(f"nothing in the view {view.name} has {wanted}; {_instead(view, elements)}")
    groups = _around(view, kept)
    drawn = {node.id for node in kept} | {group.id for group in groups}
    edges = tuple(edge for edge in view.edges if {edge.source, edge.target} <= drawn)
    hidden = (*view.hidden, *_left_out(view, kept, elements))
    return replace(view, nodes=kept, groups=groups, edges=edges, hidden=hidden)


def _near(view: View, around: Collection[str]) -> set[str]:
    """Return the nodes of some elements, and those that an edge joins to them; a frame means what stands in it."""
    inside = _inside(view)
    named = {node for thing in _things(view) if _called(thing) & set(around) for node in inside[thing.id]}
    found = set(named)
    for edge in view.edges:
        one, other = inside[edge.source], inside[edge.target]
        if named & one or named & other:
            found |= one | other
    return found


def _things(view: View) -> tuple[Group | Node, ...]:
    return (*view.groups, *view.nodes)


def _called(thing: Group | Node) -> set[str]:
    """Return the ids that mean it; a cluster has a frame in each subnet, which says which after an @."""
    full = (thing.element, *thing.members) if isinstance(thing, Node) else (thing.id.partition("@")[0],)
    return {name for id_ in full for name in (id_, id_.rpartition("/")[2])}


def _inside(view: View) -> dict[str, set[str]]:
    """Return the nodes inside every group, and every node as inside itself."""
    parents = {thing.id: thing.parent for thing in _things(view)}
    found: dict[str, set[str]] = {id_: set() for id_ in parents}
    for node in view.nodes:
        around: str = node.id
        while around in parents:
            found[around].add(node.id)
            around = parents[around]
    return found


def _fits(node: Node, elements: Mapping[str, Element], wanted: Selection) -> bool:
    """Whether a node is wanted; one that shows several elements is where one of them is."""
    if wanted.statuses and node.status not in wanted.statuses:
        return False
    shown = [elements[id_] for id_ in (node.element, *node.members) if id_ in elements]
    return not (wanted.kinds or wanted.tags) or any(_has(element, wanted) for element in shown)


def _has(element: Element, wanted: Selection) -> bool:
    is_kind = not wanted.kinds or element.home[1] in wanted.kinds
    return is_kind and (not wanted.tags or not set(wanted.tags).isdisjoint(element.tags))


def _around(view: View, kept: Collection[Node]) -> tuple[Group, ...]:
    """Return the frames that something kept stands in."""
    inside, ids = _inside(view), {node.id for node in kept}
    return tuple(group for group in view.groups if inside[group.id] & ids)


def _left_out(view: View, kept: Collection[Node], elements: Mapping[str, Element]) -> Iterator[str]:
    shown = {node.element for node in kept}
    gone = dict.fromkeys(node.element for node in view.nodes if node.element not in shown)
    if gone:
        yield f"Left out, as this picture was narrowed: {listing(_counts(gone, elements))}."


def _instead(view: View, elements: Mapping[str, Element]) -> str:
    there = dict.fromkeys(node.element for node in view.nodes)
    tags = sorted({tag for id_ in there if id_ in elements for tag in elements[id_].tags})
    tagged = f", tagged {listing(tags)}" if tags else ""
    return f"it shows {listing(_counts(there, elements))}{tagged}"


def _counts(ids: Collection[str], elements: Mapping[str, Element]) -> Iterator[str]:
    kinds = Counter(elements[id_].home[1] for id_ in ids if id_ in elements and id_ != INTERNET)
    yield from (counted(key, number) for key, number in kinds.items())
    if INTERNET in ids:
        yield "the internet"
    others = len(ids) - kinds.total() - (INTERNET in ids)
    if others:
        yield count(others, "other thing")
