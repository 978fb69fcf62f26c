"""A view with coordinates: what every layout returns and every drawing renderer takes. Units are px, y grows down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archspec.views.view import View

Point = tuple[float, float]


class Rect(NamedTuple):
    """An upright rectangle by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def meets(self, other: "Rect") -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def grown(self, by: float) -> "Rect":
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one edge, from its source to its target, and the room of its label.

    `points` are the corners of a polyline, or of a `curve` the start and then three control points a Bézier piece.
    Edges that share a trunk share one label; the others have none.
    """

    points: tuple[Point, ...]
    label: Rect | None = None
    curve: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A view, the size of its canvas, the boxes of groups and nodes by id, titles by group id, a route an edge."""

    view: View
    width: float
    height: float
    boxes: Mapping[str, Rect]
    titles: Mapping[str, Rect]
    routes: tuple[Route, ...]


def on_curve(piece: Sequence[Point], t: float) -> Point:
    """Return the point at `t`, from 0 to 1, of a cubic Bézier piece: its start, two control points, its end."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = piece
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
