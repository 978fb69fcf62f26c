"""A view → a drawing of who talks to whom: cards and curves, from left to right or from top to bottom.

What edges hold together is laid out by Graphviz, each knot by itself; what nothing joins is packed beside it in rows.
Of several ways to do that the one is taken that a reader sees best on a page.
"""

from collections.abc import Iterator
from typing import Final

from archspec.errors import UsageError
from archspec.layout.flow import graphviz
from archspec.layout.flow.crossings import crossings
from archspec.layout.flow.drawing import Drawing, Way
from archspec.layout.flow.knots import Nest
from archspec.layout.flow.part import Part
from archspec.layout.flow.titling import titled
from archspec.layout.placed import Placed
from archspec.layout.text import width
from archspec.layout.tree import Tree
from archspec.views.view import View

PAGE: Final = 1100.0
"""How wide a page shows a picture at its own size; a wider one is shrunk, and its words with it."""

_SCREEN: Final = 800.0
_FEW: Final = 120  # edges of a view that is laid out more than once, to look better
_MARGIN: Final = 28.0
_HEADING: Final = 16.0
_ROOM: Final = PAGE - 2 * _MARGIN
_INNER_ROOMS: Final = (_ROOM, 800.0, 500.0, 250.0)
_UNUSUAL: Final = 0.25
_CROSSING: Final = 0.03


def place(view: View) -> Placed:
    """Place a view by its edges. Raises `UsageError` where it is too large for that."""
    graphviz.refuel()
    part = _best(Drawing(Nest(Tree(view)), _ROOM))
    high = part.size[1] + 2 * _MARGIN
    wide = max(part.size[0], min(width(view.title, _HEADING, bold=True), _ROOM)) + 2 * _MARGIN
    moved = part.moved(round((wide - part.size[0]) / 2), _MARGIN)
    routes = tuple(moved.routes[number] for number in range(len(view.edges)))
    titles = titled(moved.boxes, moved.titles, routes)
    return Placed(view, round(wide), round(high), moved.boxes, titles, routes)


def _best(drawing: Drawing) -> Part:
    """Return the view drawn in the way that reads best. Raises `UsageError` where the first way is too large."""
    view = drawing.nest.tree.view
    best, *others = _ways(view)
    part = drawing.whole(best)
    least = _badness(part, best) + _CROSSING * crossings(part, view)
    for way in others:
        if _unusual(way) >= least:  # however it comes out
            continue
        try:
            other = drawing.whole(way)
        except UsageError:  # too large that way
            continue
        badness = _badness(other, way)
        if badness < least and (badness := badness + _CROSSING * crossings(other, view)) < least:
            part, best, least = other, way, badness
    is_evened = best.direction == "LR" and len(view.edges) <= _FEW
    return drawing.whole(best._replace(even=True)) if is_evened else part


def _ways(view: View) -> Iterator[Way]:
    for room in _INNER_ROOMS if view.groups else (_ROOM,):
        yield Way("LR", room)
        if view.edges:
            yield Way("LR", room, folds=True)
        if 0 < len(view.edges) <= _FEW:
            yield Way("TB", room)


def _badness(part: Part, way: Way) -> float:
    """Return how hard a picture is to read: words that a page shrinks are worst, then scrolling, then empty paper."""
    wide, high = (side + 2 * _MARGIN for side in part.size)
    shrunk = max(wide / PAGE, 1.0)
    paper = wide * high / (PAGE * _SCREEN)
    scrolled = max(high / shrunk / _SCREEN, 1.0) - 1
    return round(2 * (shrunk - 1) + 0.6 * scrolled + 0.1 * paper + _unusual(way), 6)


def _unusual(way: Way) -> float:
    """Return what a way costs whatever it draws: people read from left to right."""
    return _UNUSUAL if way.folds or way.direction == "TB" else 0.0
