"""Which picture shows a change best, and that picture."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.changes.change import Change
from archspec.changes.versions import Versions
from archspec.errors import UsageError
from archspec.graph.graph import Graph
from archspec.layout import place
from archspec.model.architecture import element_kinds
from archspec.views import project
from archspec.views.compared import Marks, compared, marks
from archspec.views.view import Group, Node, View

_KINDS = frozenset(kind.kind for kind in element_kinds().values())


class Shown(NamedTuple):
    """A picture of a change, what it marks, and how many elements changed."""

    view: View
    marks: Marks
    elements: int


def picture(versions: Versions, changes: Iterable[Change], wanted: str = "") -> Shown:
    """Return the picture that is wanted by name, or the one that marks most of what changed.

    That is the one with most of the changed elements; then with most changed arrows; then with fewest things in it;
    then the first. Raises `UsageError` where no
    picture of either version has that name, or neither has any.
    """
    changed = frozenset(one.id for one in changes if one.sort in _KINDS)
    before, now = versions.both(_views)
    if not before and not now:
        raise UsageError("there is no picture of this spec: nothing in it is drawn")
    if wanted and wanted not in {**before, **now}:
        raise UsageError(f"no picture is called '{wanted}'; there are: {', '.join({**now, **before})}")
    names = [wanted] if wanted else [*dict.fromkeys([*now, *before])]
    views = [compared(*_pair(before, now, name), changed) for name in names]
    best = max(views, key=lambda view: (marks(view, changed), -len(view.nodes) - len(view.edges)))
    old, new = _pair(before, now, best.name)
    return Shown(compared(as_drawn(old), new, changed), marks(best, changed), len(changed))


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


def _pair(before: Mapping[str, View], now: Mapping[str, View], name: str) -> tuple[View, View]:
    """Return both versions of a picture; one without anything in it stands for one that is not there."""
    there = now.get(name) or before[name]
    nothing = replace(there, groups=(), nodes=(), edges=(), hidden=())
    return before.get(name, nothing), now.get(name, nothing)
