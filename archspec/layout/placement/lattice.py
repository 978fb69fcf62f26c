"""The lines on which edges may run: one in every channel between the borders of boxes, one through every port.

A channel lies between two neighbouring borders, so nothing begins or ends inside it. Routes are sought on the lines;
how many tracks a channel needs, and how wide it becomes, is decided when all routes are known.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from archspec.layout.measure import icon_of
from archspec.layout.placed import Rect
from archspec.layout.placement.shelves import down, up
from archspec.layout.tree import ROOT, Tree

HORIZONTAL, VERTICAL = 0, 1


class Line(NamedTuple):
    """A line at a coordinate, the channel around it, and whether icons have their port on it."""

    at: float
    low: float
    high: float
    is_port: bool


@dataclass(frozen=True)
class Lattice:
    """The lines in both directions, what blocks them, and which group each crossing of two lies in.

    A crossing is a vertex, counted by rows. `blocked[orientation][vertex]` says that the step from a vertex to the
    next one right or down is not free. `owner` are places in `groups`, the ids of the groups from the outside in; `azs`
    are those of AZs and of what is inside them.
    """

    xs: tuple[Line, ...]
    ys: tuple[Line, ...]
    blocked: tuple[bytearray, bytearray]
    owner: tuple[int, ...]
    groups: tuple[str, ...]
    azs: frozenset[int]

    @property
    def columns(self) -> int:
        return len(self.xs)

    def length(self, here: int, there: int) -> float:
        """Return how far two vertices are apart, along lines."""
        (row, column), (other_row, other_column) = divmod(here, self.columns), divmod(there, self.columns)
        across = abs(self.xs[column].at - self.xs[other_column].at)
        return across + abs(self.ys[row].at - self.ys[other_row].at)

    def is_in_column(self, column: int, row: int) -> bool:
        """Whether the crossing of two lines lies in an AZ."""
        return self.owner[row * self.columns + column] in self.azs

    def along(self, orientation: int) -> tuple[Line, ...]:
        """Return the lines that a line of that orientation crosses."""
        return self.xs if orientation == HORIZONTAL else self.ys

    def across(self, orientation: int) -> tuple[Line, ...]:
        """Return the lines of that orientation."""
        return self.ys if orientation == HORIZONTAL else self.xs


def build(tree: Tree, boxes: Mapping[str, Rect], titles: Mapping[str, Rect]) -> Lattice:
    """Lay the lines through a placement."""
    solid = [roomy(rect) for rect in (*(boxes[node.id] for node in tree.view.nodes), *titles.values())]
    rects = [*(boxes[group.id] for group in tree.view.groups), boxes[ROOT], *solid]
    ports = [(icon_of(boxes[node.id]).middle, node.border) for node in tree.view.nodes]
    xs = _lines((edge for r in rects for edge in (r.x, r.right)), (port[0] for port, _ in ports))
    # Edges meet what stands on a border from above and below: beside it they would run on the border.
    ys = _lines((edge for r in rects for edge in (r.y, r.bottom)), (port[1] for port, border in ports if not border))
    blocked = (bytearray(len(xs) * len(ys)), bytearray(len(xs) * len(ys)))
    x_at, y_at = [line.at for line in xs], [line.at for line in ys]
    for rect in solid:
        _block(rect, x_at, y_at, blocked)
    groups = (ROOT, *(group.id for group in tree.depth_first()))
    azs = frozenset(number for number, id_ in enumerate(groups) if id_ and _is_in_az(tree, id_))
    return Lattice(xs, ys, blocked, _owners(boxes, groups, x_at, y_at), groups, azs)


def _is_in_az(tree: Tree, id_: str) -> bool:
    return any(tree.groups[one].kind == "az" for one in (id_, *tree.ancestors(id_)))


def roomy(rect: Rect) -> Rect:
    """Return a rectangle with the room that it has in the grid, so that borders align."""
    x, y = down(rect.x), down(rect.y)
    return Rect(x, y, up(rect.right) - x, up(rect.bottom) - y)


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


def _owners(boxes: Mapping[str, Rect], groups: Iterable[str], xs: list[float], ys: list[float]) -> tuple[int, ...]:
    owner = [0] * (len(xs) * len(ys))
    for number, id_ in enumerate(groups):
        box = boxes[id_]
        left, right = bisect_left(xs, box.x), bisect_left(xs, box.right)
        inside = [number] * (right - left)
        for row in range(bisect_left(ys, box.y), bisect_left(ys, box.bottom)):
            owner[row * len(xs) + left : row * len(xs) + right] = inside
    return tuple(owner)
