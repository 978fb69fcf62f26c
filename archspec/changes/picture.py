"""Which picture shows a change best, and that picture."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.changes.change import Difference, Grade
from archspec.changes.versions import Version, Versions
from archspec.errors import UsageError
from archspec.graph.graph import Graph
from archspec.layout import place
from archspec.model.architecture import element_kinds
from archspec.views import project
from archspec.views.compared import Marks, compared, marked, marks
from archspec.views.view import Group, Node, View

_KINDS = frozenset(kind.kind for kind in element_kinds().values())


class Shown(NamedTuple):
    """A picture of a change, what it marks, and how many elements changed."""

    view: View
    marks: Marks
    elements: int


def picture(versions: Versions, difference: Difference, *, wanted: str = "", errors: Collection[str] = ()) -> Shown:
    """Return the picture that is wanted by name, or the one that marks the worst of what changed, and most of it.

    That is the one with most of the changed elements of high risks; then of medium ones and of new errors, whose
    subjects are `errors`; then of low ones; then with most changed elements, then arrows; then with fewest things in
    it; then the first. Raises `UsageError` where no picture of either version has that name, or neither has any.
    """
    changed = frozenset(one.id for one in difference.changes if one.sort in _KINDS)
    moved = _elements(versions.old) ^ _elements(versions.new)
    before, now = versions.both(_views)
    if not before and not now:
        raise UsageError("there is no picture of this spec: nothing in it is drawn")
    if wanted and wanted not in {**before, **now}:
        raise UsageError(f"no picture is called '{wanted}'; there are: {', '.join({**now, **before})}")
    names = [wanted] if wanted else [*dict.fromkeys([*now, *before])]
    views = [compared(*_pair(before, now, name, moved), changed) for name in names]
    risky = _risky(difference, changed, errors)

    def worth(view: View) -> tuple[tuple[int, ...], Marks, int]:
        shown = marked(view)
        risks = tuple(len(shown & ids) for ids in risky)
        return risks, marks(view, changed), -len(view.nodes) - len(view.edges)

    best = max(views, key=worth)
    old, new = _pair(before, now, best.name, moved)
    return Shown(compared(as_drawn(old), new, changed), marks(best, changed), len(changed))


def _risky(difference: Difference, changed: Collection[str], errors: Collection[str]) -> list[frozenset[str]]:
    """Return the changed elements that risks are about, worst grade first.

    A risk is about the element that was changed to bring it about; where that is not known, about its subject.
    """
    found: dict[Grade, set[str]] = {grade: set() for grade in (Grade.HIGH, Grade.MEDIUM, Grade.LOW)}
    for one in difference.risks:
        if one.grade in found:
            found[one.grade].update([one.element] if one.element in changed else one.subject.split(" "))
    found[Grade.MEDIUM].update(word for subject in errors for word in subject.split(" "))
    return [frozenset(ids & {*changed}) for ids in found.values()]


def _elements(one: Version) -> frozenset[str]:
    """Return the ids of what is stated and of what that implies."""
    return frozenset(one.graph.architecture.elements)


def as_drawn(view: View) -> View:
    """Return a view whose things stand in the order in which its picture shows them: row by row, from left to right."""
    if not view.nodes:
        return view
    boxes = place(view).boxes

    def order(one: Group | Node) -> tuple[float, float]:
        return boxes[one.id].y, boxes[one.id].x

    return replace(view, groups=tuple(sorted(view.groups, key=order)), nodes=tuple(sorted(view.nodes, key=order)))


def _views(graph: Graph) -> Mapping[str, View]:
    return {view.name: view for view in project(graph)}


def _pair(before: Mapping[str, View], now: Mapping[str, View], name: str, moved: Collection[str]) -> tuple[View, View]:
    """Return both versions of a picture; for one that is not there stands what of it there is."""
    rest = _without(now.get(name) or before[name], moved)
    return before.get(name, rest), now.get(name, rest)


def _without(view: View, moved: Collection[str]) -> View:
    """Return a view without the elements that came or went; nothing, where none did: then the view itself did."""
    frames = {group.id: group.parent for group in view.groups}
    left = {id_ for id_ in frames if not _is_in(id_, frames, moved)}
    nodes = tuple(node for node in view.nodes if node.element not in moved and node.parent in {"", *left})
    if len(nodes) == len(view.nodes):
        return replace(view, groups=(), nodes=(), edges=(), hidden=())
    ids = left | {node.id for node in nodes}
    edges = tuple(edge for edge in view.edges if {edge.source, edge.target} <= ids)
    return replace(view, groups=tuple(group for group in view.groups if group.id in left), nodes=nodes, edges=edges)


def _is_in(id_: str, frames: Mapping[str, str], moved: Collection[str]) -> bool:
    while id_ in frames and id_ not in moved:
        id_ = frames[id_]
    return id_ in moved
