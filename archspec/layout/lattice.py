"""The lines on which edges may run: one in every channel between the borders of boxes, one through every port.

A channel lies between two neighbouring borders, so nothing begins or ends inside it. Routes are sought on the lines;
how many tracks a channel needs, and how wide it becomes, is decided when all routes are known.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from archspec.layout.grid import icon_of
from archspec.layout.placed import Rect
from archspec.layout.tree import ROOT, Tree

HORIZONTAL, VERTICAL = 0, 1
_OPEN = frozenset({"cloud", "region", "vpc", "az"})
_ROUGH = 1.4
_CORNER = 16
_CLEAR = 1.0  # no line comes closer to words, so that the tracks beside it have room


class Line(NamedTuple):
    """A line at a coordinate, the channel around it, and whether icons have their port on it."""

    at: float
    low: float
    high: float
    is_port: bool


@dataclass(frozen=True)
class Lattice:
    """The lines in both directions, what blocks them, and which group each crossing lies in.

    `rough` is what a step there costs: the gutters between subnets are smoother than the paddings inside them.
    `blocked[orientation][vertex]` says that the step from a vertex to the next one right or down is not free.
    """

    xs: tuple[Line, ...]
    ys: tuple[Line, ...]
    blocked: tuple[bytearray, bytearray]
    owner: tuple[str, ...]
    rough: tuple[float, ...]

    @property
    def columns(self) -> int:
        return len(self.xs)


def build(tree: Tree, boxes: dict[str, Rect], titles: dict[str, Rect]) -> Lattice:
    """Lay the lines through a placement."""
    nodes = [boxes[node.id] for node in tree.view.nodes]
    icons = [icon_of(box) for box in nodes]
    rects = [*boxes.values(), *titles.values()]
    xs = _lines((edge for r in rects for edge in (r.x, r.right)), (icon.middle[0] for icon in icons))
    ys = _lines((edge for r in rects for edge in (r.y, r.bottom)), (icon.middle[1] for icon in icons))
    blocked = (bytearray(len(xs) * len(ys)), bytearray(len(xs) * len(ys)))
    x_at, y_at = [line.at for line in xs], [line.at for line in ys]
    for rect in [*nodes, *titles.values()]:
        _block(rect.grown(_CLEAR), x_at, y_at, blocked)
    owner = _owners(tree, boxes, x_at, y_at)
    smooth = {ROOT, *(group.id for group in tree.view.groups if group.kind in _OPEN)}
    rough = tuple(1.0 if id_ in smooth else _ROUGH for id_ in owner)
    return Lattice(xs, ys, blocked, owner, rough)


def _lines(edges: Iterable[float], ports: Iterable[float]) -> tuple[Line, ...]:
    centres = sorted({round(port, 3) for port in ports})
    # A border that happens to lie on a port's line makes no channel: the line is needed as it is.
    borders = sorted({round(edge, 3) for edge in edges} - set(centres))
    lines: list[Line] = []
    for low, high in pairwise(borders):
        inside = centres[bisect_right(centres, low) : bisect_left(centres, high)]
        cuts = [low, *((one + other) / 2 for one, other in pairwise(inside)), high]
        spots = inside or [(low + high) / 2]
        lines += (Line(at, *cut, bool(inside)) for at, cut in zip(spots, pairwise(cuts), strict=True))
    return tuple(lines)


def _block(rect: Rect, xs: list[float], ys: list[float], blocked: tuple[bytearray, bytearray]) -> None:
    left, right = bisect_left(xs, rect.x), bisect_right(xs, rect.right)
    top, bottom = bisect_left(ys, rect.y), bisect_right(ys, rect.bottom)
    columns = len(xs)
    across = b"\1" * (right - left)
    for row in range(max(top - 1, 0), bottom):
        blocked[VERTICAL][row * columns + left : row * columns + right] = across
    first = max(left - 1, 0)
    along = b"\1" * (right - first)
    for row in range(top, bottom):
        blocked[HORIZONTAL][row * columns + first : row * columns + right] = along


def _owners(tree: Tree, boxes: dict[str, Rect], xs: list[float], ys: list[float]) -> tuple[str, ...]:
    owner = [ROOT] * (len(xs) * len(ys))
    for group in tree.depth_first():
        box = boxes[group.id]
        left, right = bisect_left(xs, box.x), bisect_left(xs, box.right)
        for row in range(bisect_left(ys, box.y), bisect_left(ys, box.bottom)):
            owner[row * len(xs) + left : row * len(xs) + right] = [group.id] * (right - left)
    return tuple(owner)


class Terminal(NamedTuple):
    """A vertex at which a route may meet a box: in which orientation, from where on the box, and what it costs."""

    vertex: int
    orientation: int
    side: str
    cost: float


def node_terminals(lattice: Lattice, box: Rect) -> list[Terminal]:
    """Return where routes may meet a node: its icon's top and sides, or the bottom of its words."""
    icon = icon_of(box)
    column, row = _index(lattice.xs, icon.middle[0]), _index(lattice.ys, icon.middle[1])
    above, below = _before(lattice.ys, box.y), _after(lattice.ys, box.bottom)
    left, right = _before(lattice.xs, box.x), _after(lattice.xs, box.right)
    found = [
        (column, above, VERTICAL, "top", 0.0),
        (column, below, VERTICAL, "bottom", 6.0),
        (left, row, HORIZONTAL, "left", 8.0),
        (right, row, HORIZONTAL, "right", 8.0),
    ]
    return [t for spot in found if (t := _terminal(lattice, spot))]


def group_terminals(lattice: Lattice, box: Rect) -> list[Terminal]:
    """Return where routes may meet a group: anywhere on its border, best away from its corners."""
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
    return [t for spot in found if (t := _terminal(lattice, spot))]


def _unfit(line: Line, start: float, end: float) -> float:
    """Return what it costs to leave a group near its corner, or on a line whose channel has to be widened for it."""
    narrow = max(0.0, 30 - (line.high - line.low)) * 2
    return narrow + (80 if min(line.at - start, end - line.at) < _CORNER else 0)


_Spot = tuple[int, int, int, str, float]


def _terminal(lattice: Lattice, spot: _Spot) -> Terminal | None:
    column, row, orientation, side, cost = spot
    if not (0 <= column < len(lattice.xs) and 0 <= row < len(lattice.ys)):
        return None
    return Terminal(row * lattice.columns + column, orientation, side, cost)


def _index(lines: tuple[Line, ...], at: float) -> int:
    return bisect_left(lines, round(at, 3), key=lambda line: line.at)


def _before(lines: tuple[Line, ...], at: float) -> int:
    return bisect_left(lines, round(at, 3), key=lambda line: line.at) - 1


def _after(lines: tuple[Line, ...], at: float) -> int:
    return bisect_right(lines, round(at, 3), key=lambda line: line.at)


def _between(lines: tuple[Line, ...], low: float, high: float) -> range:
    return range(_after(lines, low), _before(lines, high) + 1)
