"""Where the titles of frames stand in a flow: in the left corner, or wherever along the top no line runs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from archspec.layout.placed import Point, Rect, Route, on_curve

_STEPS: Final = 16
_CLEAR: Final = 2.0

Line = tuple[Point, Point]
"""A straight piece of a way."""


def titled(boxes: Mapping[str, Rect], titles: Mapping[str, Rect], routes: Sequence[Route]) -> dict[str, Rect]:
    """Return the titles, each where the fewest lines and labels cross it, and as far left as that allows.

    `titles` stand in the left corners of the frames in `boxes`.
    """
    lines = [line for route in routes for line in pieces(route)]
    labels = [route.label for route in routes if route.label]
    return {id_: _spot(boxes[id_], title, lines, labels) for id_, title in titles.items()}


def _spot(box: Rect, title: Rect, lines: Sequence[Line], labels: Sequence[Rect]) -> Rect:
    near = [line for line in lines if _may_meet(line, Rect(box.x, title.y, box.width, title.height))]
    if not near and not any(title.meets(label) for label in labels):
        return title
    room = max(box.right - title.right, 0.0)
    spots = [title._replace(x=round(title.x + room * share / 8, 2)) for share in range(9)]
    return min(spots, key=lambda spot: (_crossed(spot.grown(_CLEAR), near, labels), spot.x))


def _crossed(spot: Rect, lines: Sequence[Line], labels: Sequence[Rect]) -> int:
    return sum(runs_through(line, spot) for line in lines) + sum(spot.meets(label) for label in labels)


def pieces(route: Route) -> Iterator[Line]:
    """Yield a way as straight pieces."""
    if not route.curve:
        yield from pairwise(route.points)
        return
    for start in range(0, len(route.points) - 1, 3):
        piece = route.points[start : start + 4]
        yield from pairwise([on_curve(piece, step / _STEPS) for step in range(_STEPS + 1)])


def _may_meet(line: Line, rect: Rect) -> bool:
    (ax, ay), (bx, by) = line
    return min(ax, bx) <= rect.right and max(ax, bx) >= rect.x and min(ay, by) <= rect.bottom and max(ay, by) >= rect.y


def runs_through(line: Line, rect: Rect) -> bool:
    """Whether a straight piece runs through a rectangle: the parts of it between both pairs of sides overlap."""
    (ax, ay), (bx, by) = line
    low, high = 0.0, 1.0
    for start, way, near, far in ((ax, bx - ax, rect.x, rect.right), (ay, by - ay, rect.y, rect.bottom)):
        if way == 0:
            if not near < start < far:
                return False
            continue
        enters, leaves = sorted(((near - start) / way, (far - start) / way))
        low, high = max(low, enters), min(high, leaves)
    return low < high
