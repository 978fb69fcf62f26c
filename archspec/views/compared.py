"""Two versions of a view → one that shows both, in which each thing says what became of it.

What was there keeps its place among its neighbours, and what is gone stays where it stood; what came stands behind what
it follows in the new version. So a reader finds everything where it was.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from archspec.findings import Severity
from archspec.views.parts.framing import titles_around
from archspec.views.parts.words import count, listing
from archspec.views.view import Change, Edge, Group, Node, View

_SHOWN = 8
"""As many of what a picture does not show are named; more are counted."""

_OWN_KINDS = ("cloud", "region", "az")
"""The frames that stand for no element, beside those whose id begins with `@`."""


def compared(old: View, new: View, changed: Collection[str]) -> View:
    """Return the union of two versions of a view. `changed` are the ids of elements that changed, seen here or not.

    A node or group is changed where its words or its place differ, or its element is one of `changed`; an edge where
    its words differ. An element that stood in one place and stands in one other has moved: it is shown where it stands
    now. A view without nodes stands for one that is not there.
    """
    old = _with_moved(old, new)
    groups = _groups(old, new, changed)
    nodes = _nodes(old, new, changed)
    drawn = {group.id for group in groups} | {node.id for node in nodes}
    edges = tuple(edge for edge in _edges(old, new) if {edge.source, edge.target} <= drawn)
    told = replace(new if new.nodes else old, groups=groups, nodes=nodes, edges=edges)
    counts = _counts(told)
    return replace(
        told,
        title=f"{told.title}, what changed",
        hidden=(*told.hidden, counts, *_unseen(told, changed)),
    )


def _with_moved(old: View, new: View) -> View:
    """Give the node of an element that moved the id that it has now, which names its place."""
    before, now = _only(old, new), _only(new, old)
    ids = {before[element]: now[element] for element in before.keys() & now.keys()}
    if not ids:
        return old
    nodes = tuple(replace(node, id=ids.get(node.id, node.id)) for node in old.nodes)
    ends = [(ids.get(edge.source, edge.source), ids.get(edge.target, edge.target)) for edge in old.edges]
    edges = tuple(replace(edge, source=a, target=b) for edge, (a, b) in zip(old.edges, ends, strict=True))
    return replace(old, nodes=nodes, edges=edges)


def _only(view: View, other: View) -> dict[str, str]:
    """Return element → the one node of it that the other version does not have, where it is one."""
    there = {node.id for node in other.nodes} | {group.id for group in other.groups}
    found: dict[str, list[str]] = defaultdict(list)
    for node in view.nodes:
        if node.id not in there:
            found[node.element].append(node.id)
    return {element: ids[0] for element, ids in found.items() if len(ids) == 1}


def _groups(old: View, new: View, changed: Collection[str]) -> tuple[Group, ...]:
    before, now = {one.id: one for one in old.groups}, {one.id: one for one in new.groups}
    others = {node.id for node in new.nodes}

    def told(id_: str) -> Group:
        if id_ not in before:
            return replace(now[id_], change="added")
        if id_ not in now:
            return replace(before[id_], change="removed", badges=())
        one = now[id_]
        differs = _bare_group(before[id_]) != _bare_group(one) or id_ in changed
        return replace(one, change="changed" if differs else "")

    return tuple(told(id_) for id_ in _merged([*before], [*now]) if id_ in now or id_ not in others)


def _bare_group(group: Group) -> Group:
    return replace(group, badges=(), change="")


def _nodes(old: View, new: View, changed: Collection[str]) -> tuple[Node, ...]:
    before, now = {one.id: one for one in old.nodes}, {one.id: one for one in new.nodes}
    others = {group.id for group in new.groups}
    frames = {group.id: group for group in (*new.groups, *old.groups)}
    lasting = {group.id for group in old.groups} & {group.id for group in new.groups}

    def told(id_: str) -> Node:
        if id_ not in before:
            return replace(now[id_], change="added")
        if id_ not in now:
            return replace(before[id_], change="removed", badges=())
        one, was = now[id_], before[id_]
        moved = _home(was, frames, lasting) != _home(one, frames, lasting)
        same = _bare_node(was) == replace(_bare_node(one), parent=was.parent)
        if same and not moved and one.element not in changed:
            return replace(one, change="")
        return replace(one, change="changed", detail=(*one.detail, *_was(was, one, frames, moved=moved)))

    return tuple(told(id_) for id_ in _merged([*before], [*now]) if id_ in now or id_ not in others)


def _home(node: Node, frames: Mapping[str, Group], lasting: Collection[str]) -> str:
    """Return the frame around a node; one of the drawing's own that came or went is none, but the next one around."""
    id_ = node.parent
    while id_ in frames and id_ not in lasting and _is_drawings_own(frames[id_]):
        id_ = frames[id_].parent
    return id_


def _is_drawings_own(group: Group) -> bool:
    """Whether a frame stands for no element."""
    return group.id.startswith("@") or group.kind in _OWN_KINDS


def _bare_node(node: Node) -> Node:
    return replace(node, badges=(), change="")


def _was(old: Node, new: Node, frames: Mapping[str, Group], *, moved: bool) -> Iterator[str]:
    """Yield what a node was called, what stood under it, and where it stood: the first frame that it left."""
    title = [old.title] if old.title != new.title else []
    lost = [*title, *(line for line in old.detail if line not in new.detail)]
    if lost:
        yield f"was {', '.join(lost)}"
    if moved:
        was, now = (titles_around(one, frames) for one in (old, new))
        yield f"was in {next((title for title in was if title not in now), (was or ['no group'])[0])}"


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the ids of both: the old ones in their order, each new one behind the one that it follows."""
    known, following = {*old}, defaultdict[str, list[str]](list)
    last = ""
    for id_ in new:
        if id_ in known:
            last = id_
        else:
            following[last].append(id_)
    return [*following[""], *(each for id_ in old for each in (id_, *following[id_]))]


def _edges(old: View, new: View) -> Iterator[Edge]:
    """Yield the edges of both: the old ones in their order, in the words that they have now, then those that came."""
    exact = _partners(old.edges, new.edges, _words)
    taken = set(exact.values())
    rest = [edge for i, edge in enumerate(old.edges) if i not in exact]
    left = [j for j in range(len(new.edges)) if j not in taken]
    same_ends = _partners(rest, [new.edges[j] for j in left], _ends)
    loose = {id(rest[i]): left[j] for i, j in same_ends.items()}
    for i, edge in enumerate(old.edges):
        if i in exact:
            yield replace(new.edges[exact[i]], change="")
        elif id(edge) in loose:
            one = new.edges[loose[id(edge)]]
            yield replace(one, change="changed", label=_both_labels(edge, one))
        else:
            yield replace(edge, change="removed", severity=Severity.OFF)
    found = taken | set(loose.values())
    yield from (replace(edge, change="added") for j, edge in enumerate(new.edges) if j not in found)


def _partners(old: Sequence[Edge], new: Sequence[Edge], key: Callable[[Edge], Hashable]) -> dict[int, int]:
    """Return the positions of edges that have the same key, each used once, in order."""
    there: dict[Hashable, list[int]] = defaultdict(list)
    for j in range(len(new) - 1, -1, -1):
        there[key(new[j])].append(j)
    return {i: there[key(edge)].pop() for i, edge in enumerate(old) if there[key(edge)]}


def _words(edge: Edge) -> Hashable:
    return edge.source, edge.target, edge.label, edge.status, edge.both


def _ends(edge: Edge) -> Hashable:
    return edge.source, edge.target


def _both_labels(old: Edge, new: Edge) -> str:
    return f"{new.label} (was {old.label or 'without words'})" if old.label != new.label else new.label


def _counts(view: View) -> str:
    """Say how many elements and arrows came, went and changed; an element that stands in several places is one."""
    found: dict[Change, int] = {}
    for change in ("added", "removed", "changed"):
        elements = {node.element for node in view.nodes if node.change == change}
        groups = {group.id for group in view.groups if group.change == change and not _is_drawings_own(group)}
        arrows = sum(edge.change == change for edge in view.edges)
        found[change] = len(elements | groups) + arrows
    told = [f"{number} {change}" for change, number in found.items() if number]
    return f"Changes: {listing(told)}." if told else "Nothing in this picture changed."


def _unseen(view: View, changed: Collection[str]) -> Iterator[str]:
    seen = {node.element for node in view.nodes} | {group.id for group in view.groups}
    left = sorted({*changed} - seen)
    if left:
        named = listing([*left[:_SHOWN], *([f"{len(left) - _SHOWN} more"] if len(left) > _SHOWN else [])])
        yield f"{count(len(left), 'element')} that changed {'is' if len(left) == 1 else 'are'} not shown here: {named}."


class Marks(NamedTuple):
    """How many changed elements a view of two versions marks, and how many arrows."""

    elements: int
    arrows: int


def marks(view: View, changed: Iterable[str]) -> Marks:
    """Count what a view of two versions tells of a change; an element that stands in several places is one."""
    return Marks(len(marked(view) & {*changed}), sum(bool(edge.change) for edge in view.edges))


def marked(view: View) -> set[str]:
    """Return the ids of the elements, and of the frames, that a view of two versions marks."""
    return {node.element for node in view.nodes if node.change} | {one.id for one in view.groups if one.change}
