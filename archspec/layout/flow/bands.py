"""Bands of a picture below each other, and the lanes from the right end of one to the left end of the next."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from archspec.layout.flow.part import Part, together
from archspec.layout.placed import Point, Rect, Route

_LANE: Final = 12.0
_TURN: Final = 8.0


def left_end(number: int) -> str:
    """Return the id of the point where an edge comes into a band; no node has a tab in its id."""
    return f"{number}\t<"


def right_end(number: int) -> str:
    """Return the id of the point where an edge goes on to the next band."""
    return f"{number}\t>"


def stacked(bands: Sequence[Part], turned: Collection[int]) -> Part:
    """Put bands below each other and join the pieces of their edges; those of a `turned` edge lead backwards."""
    most = max(sum("\t" in id_ for id_ in band.boxes) for band in bands)
    margin = _LANE * (most + 1)
    placed, tops, y = [], [], 0.0
    for band in bands:
        placed.append(band.moved(margin, y))
        tops.append(y)
        y += band.size[1] + margin + 2 * _LANE
    wide = max(band.size[0] for band in bands) + 2 * margin
    frames = [Rect(margin, top, *band.size) for top, band in zip(tops, bands, strict=True)]
    numbers = dict.fromkeys(number for band in bands for number in band.routes)
    routes = {number: _whole(number, placed, frames, turned) for number in numbers}
    boxes = {id_: box for band in placed for id_, box in band.boxes.items() if "\t" not in id_}
    titles = {id_: title for band in placed for id_, title in band.titles.items()}
    return together((wide, y - margin - 2 * _LANE), [Part((0, 0), boxes, titles, routes)])


def _whole(number: int, bands: Sequence[Part], frames: Sequence[Rect], turned: Collection[int]) -> Route:
    """Return all pieces of an edge with the lanes between them, and its label."""
    at = [index for index, band in enumerate(bands) if number in band.routes]
    pieces = [bands[index].routes[number] for index in at]
    if len(pieces) == 1:
        return pieces[0]
    points = list(pieces[0].points)
    for (index, _), piece in zip(pairwise(at), pieces[1:], strict=True):
        corners = _around(number, bands[index], frames[index], (points[-1], piece.points[0]))
        points += [*_rounded(corners), *piece.points[1:]]
    label = next((piece.label for piece in pieces if piece.label), None)
    return Route(tuple(points[::-1] if number in turned else points), label, curve=True)


def _around(number: int, band: Part, frame: Rect, ends: tuple[Point, Point]) -> list[Point]:
    """Return the corners of the lane from the right of a band to the left of the next; lanes do not cross."""
    ids = sorted((box.y, id_) for id_, box in band.boxes.items() if id_.endswith("\t>"))
    place = [id_ for _, id_ in ids].index(right_end(number))
    (_, y), (_, below) = ends
    right = frame.right + _LANE * (len(ids) - place)
    under = frame.bottom + _LANE * (len(ids) - place + 0.5)
    left = frame.x - _LANE * (place + 1)
    return [ends[0], (right, y), (right, under), (left, under), (left, below), ends[1]]


def _rounded(corners: Sequence[Point]) -> Iterator[Point]:
    """Yield the points of a line with round corners, as pieces of a Bézier curve, after its first point."""
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        yield from (here, start, start, corner, corner, end)
        here = end
    yield from (here, corners[-1], corners[-1])


def _towards(corner: Point, other: Point) -> Point:
    (x, y), (to_x, to_y) = corner, other
    far = abs(to_x - x) + abs(to_y - y)
    by = min(_TURN, far / 2) / far if far else 0.0
    return round(x + (to_x - x) * by, 2), round(y + (to_y - y) * by, 2)
