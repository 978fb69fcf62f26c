"""One picture of a change as Mermaid, which GitHub and GitLab draw in a comment.

https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
"""

from collections.abc import Collection
from typing import NamedTuple

from archspec.changes import Difference, Versions
from archspec.changes.picture import Shown, picture
from archspec.errors import UsageError
from archspec.views import project
from archspec.views.chosen import Selection, chosen
from archspec.views.view import Group, Node, View

_READABLE = 24
"""Of a picture with more nodes than this, only what changed is drawn, and what is joined to it."""

_FIRST = "overview"
_LEGEND = "`+` and a thick line: added. `-` and dashes: removed. `~` and a thick line: changed."


class Drawing(NamedTuple):
    """A picture as Mermaid, its name, and what to know of it, as Markdown; or why there is none."""

    name: str = ""
    mermaid: str = ""
    note: str = ""
    refusal: str = ""


def draw(versions: Versions, difference: Difference, errors: Collection[str] = ()) -> Drawing | None:
    """Draw the view that shows the worst of a change; of a new system, its overview. Nothing where no view shows any.

    `errors` are the subjects of errors that are new.
    """
    if not difference.old:
        return _first(versions)
    if not difference.new or not difference.changes:
        return None
    try:
        shown = picture(versions, difference, errors=errors)
    except UsageError:  # nothing in it is drawn
        return None
    return _compared(shown, versions) if any(shown.marks) else None


def _first(versions: Versions) -> Drawing | None:
    views = project(versions.new.graph)
    view = next((one for one in views if one.name == _FIRST), views[0] if views else None)
    return _drawn(view, view.name, "") if view else None


def _compared(shown: Shown, versions: Versions) -> Drawing:
    view, name = shown.view, f"what changed in {shown.view.name}"
    part = f" It shows {shown.marks.elements} of the {shown.elements} elements that changed."
    note = f"{_LEGEND}{part if shown.marks.elements < shown.elements else ''}"
    if len(view.nodes) <= _READABLE:
        return _drawn(view, name, note)
    elements = {**versions.old.graph.architecture.elements, **versions.new.graph.architecture.elements}
    narrow = chosen(view, elements, Selection(around=_changed(view)))
    return _drawn(narrow, name, f"{note} What is not joined to a change is left out.")


def _changed(view: View) -> tuple[str, ...]:
    """Return the elements of what is marked in a view, and of the ends of arrows that are.

    A frame that changed brings all that is in it, so it is left out, but where all of that is marked as well.
    """
    things: tuple[Group | Node, ...] = (*view.groups, *view.nodes)
    inside: dict[str, list[bool]] = {}
    for one in things:
        inside.setdefault(one.parent, []).append(bool(one.change))
    ends = {end for edge in view.edges if edge.change for end in (edge.source, edge.target)}
    wanted = [one for one in things if (one.change and all(inside.get(one.id, ()))) or one.id in ends]
    return tuple(dict.fromkeys(one.element if isinstance(one, Node) else one.id.partition("@")[0] for one in wanted))


def _drawn(view: View, name: str, note: str) -> Drawing:
    from archspec.renderers import mermaid

    try:
        return Drawing(name, mermaid.render(view).decode(), note)
    except UsageError as error:
        return Drawing(name, refusal=str(error))
