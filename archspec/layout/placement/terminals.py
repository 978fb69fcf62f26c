"""Where routes may meet a box: the sides of an icon, the bottom of its words, anywhere on a group's border."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import Final, NamedTuple

from archspec.layout.measure import icon_of
from archspec.layout.placed import Rect
from archspec.layout.placement.lattice import HORIZONTAL, VERTICAL, Lattice, Line, roomy
from archspec.layout.tree import Tree

_CORNER: Final = 16
_WIDE: Final = 30.0


class Terminal(NamedTuple):
    """A vertex at which a route may meet a box: in which orientation, from where on the box, and what it costs."""

    vertex: int
    orientation: int
    side: str
    cost: float


_Spot = tuple[int, int, int, str, float]
"""A terminal by the numbers of its column and its row."""


def terminals(tree: Tree, boxes: Mapping[str, Rect], lattice: Lattice, id_: str) -> list[Terminal]:
    """Return where routes may meet a node or a group."""
    if id_ in tree.nodes:
        sides = _of_node(lattice, boxes[id_])
        if tree.nodes[id_].border:
            sides = [spot for spot in sides if spot[2] == VERTICAL]
    else:
        hanging = [boxes[node.id].grown(2) for node in tree.inside(id_, border=True)]
        sides = [spot for spot in _of_group(lattice, boxes[id_]) if not _hangs_there(lattice, hanging, spot)]
    return [
        Terminal(row * lattice.columns + column, orientation, side, cost)
        for column, row, orientation, side, cost in sides
        if 0 <= column < len(lattice.xs) and 0 <= row < len(lattice.ys)
    ]


def _hangs_there(lattice: Lattice, hanging: list[Rect], spot: _Spot) -> bool:
    """Whether something stands on the border where a route would meet it."""
    x = lattice.xs[spot[0]].at if 0 <= spot[0] < lattice.columns else 0.0
    return spot[3] == "top" and any(box.x <= x <= box.right for box in hanging)


def _of_node(lattice: Lattice, box: Rect) -> list[_Spot]:
    middle, box = icon_of(box).middle, roomy(box)
    column, row = _index(lattice.xs, middle[0]), _index(lattice.ys, middle[1])
    return [
        (column, _before(lattice.ys, box.y), VERTICAL, "top", 0.0),
        (column, _after(lattice.ys, box.bottom), VERTICAL, "bottom", 6.0),
        (_before(lattice.xs, box.x), row, HORIZONTAL, "left", 8.0),
        (_after(lattice.xs, box.right), row, HORIZONTAL, "right", 8.0),
    ]


def _of_group(lattice: Lattice, box: Rect) -> list[_Spot]:
    middle = box.middle
    above, below = _before(lattice.ys, box.y), _after(lattice.ys, box.bottom)
    left, right = _before(lattice.xs, box.x), _after(lattice.xs, box.right)
    found: list[_Spot] = []
    for column in _between(lattice.xs, box.x, box.right):
        off = _unfit(lattice.xs[column], box.x, box.right) + abs(lattice.xs[column].at - middle[0]) / 20
        found += [(column, above, VERTICAL, "top", off), (column, below, VERTICAL, "bottom", off)]
    for row in _between(lattice.ys, box.y, box.bottom):
        off = _unfit(lattice.ys[row], box.y, box.bottom) + abs(lattice.ys[row].at - middle[1]) / 5
        found += [(left, row, HORIZONTAL, "left", off), (right, row, HORIZONTAL, "right", off)]
    return found


def _unfit(line: Line, start: float, end: float) -> float:
    """Return what it costs to leave a group near its corner, or on a line whose channel has to be widened for it."""
    narrow = max(0.0, _WIDE - (line.high - line.low)) * 2
    return narrow + (80 if min(line.at - start, end - line.at) < _CORNER else 0)


def _index(lines: tuple[Line, ...], at: float) -> int:
    return bisect_left(lines, round(at, 3), key=lambda line: line.at)


def _before(lines: tuple[Line, ...], at: float) -> int:
    return bisect_left(lines, round(at, 3), key=lambda line: line.at) - 1


def _after(lines: tuple[Line, ...], at: float) -> int:
    return bisect_right(lines, round(at, 3), key=lambda line: line.at)


def _between(lines: tuple[Line, ...], low: float, high: float) -> range:
    return range(_after(lines, low), _before(lines, high) + 1)
