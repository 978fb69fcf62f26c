"""Edges as lines with heads, a gap where a label stands on one; bad paths over the others."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.findings import Severity
from archspec.layout.measure import LABEL_LINE, LABEL_SIZE, label_lines
from archspec.layout.placed import Placed, Point, Rect, Route
from archspec.renderers.palette import INK, MUTED, SEVERITIES
from archspec.renderers.svg.marks import CHANGES, mark
from archspec.renderers.svg.pen import CENTRE, PLANNED, Pen, quoted, spot, text
from archspec.views.view import Edge

_RADIUS: Final = 6.0
_HALO: Final = ' stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
_LABEL: Final = Pen(LABEL_SIZE, INK, anchor="middle", more=_HALO)


class _Look(NamedTuple):
    colour: str = MUTED
    width: str = "1.25"
    dashes: str = ""

    @property
    def head(self) -> str:
        """The id of the marker that ends such a line."""
        return "arrow" if self.colour == MUTED else f"arrow-{self.colour[1:]}"


def markers(placed: Placed) -> str:
    """Return the heads of lines, one for each colour in the picture."""
    looks = {look.head: look.colour for look in [_Look(), *(_look(edge) for edge in placed.view.edges)]}
    return "".join(
        f'<marker id="{head}" viewBox="0 0 10 10" refX="9.5" refY="5" markerUnits="userSpaceOnUse" '
        'markerWidth="9" markerHeight="9" orient="auto-start-reverse">'
        f'<path d="M0.500 1L10 5L0.500 9z" fill="{colour}"/></marker>'
        for head, colour in sorted(looks.items())
    )


def edges(placed: Placed) -> Iterator[str]:
    """Yield the lines, those of bad paths last, so that they lie over the others."""
    labels = [route.label for route in placed.routes if route.label]
    routed = enumerate(zip(placed.view.edges, placed.routes, strict=True))
    for index, (edge, route) in sorted(routed, key=lambda one: (one[1][0].severity, one[0])):
        look = _look(edge)
        dashed = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
        start = f' marker-start="url(#{look.head})"' if edge.both else ""
        yield (
            f'<g class="edge" data-index="{index}" data-source={quoted(edge.source)} data-target={quoted(edge.target)}>'
            f'<path d="{_path(route, labels)}" fill="none" stroke="{look.colour}" stroke-width="{look.width}"{dashed}'
            f'{start} marker-end="url(#{look.head})"/></g>'
        )


def _look(edge: Edge) -> _Look:
    dashes = PLANNED if edge.status != "current" else ""
    if edge.change:
        change = CHANGES[edge.change]
        return _Look(change.colour, "2.25", change.dashes or dashes)
    if edge.severity is not Severity.OFF:
        return _Look(SEVERITIES[edge.severity], "2.5", dashes)
    return _Look(dashes=dashes)


def labels(placed: Placed) -> Iterator[str]:
    """Yield the words of edges, and the marks of those that changed."""
    for index, (edge, route) in enumerate(zip(placed.view.edges, placed.routes, strict=True)):
        if route.label:
            lines = label_lines(edge.label)
            x, y = route.label.middle
            y += LABEL_SIZE * CENTRE - LABEL_LINE * (len(lines) - 1) / 2
            written = "".join(text(x, y + LABEL_LINE * place, line, _LABEL) for place, line in enumerate(lines))
            yield f'<g class="label" data-index="{index}">{written}</g>'
        if edge.change:
            yield mark(edge.change, _beside(route))


def _beside(route: Route) -> Point:
    """Return where a change is marked: before the label, or in the middle of the longest part."""
    if route.label:
        return route.label.x - 9, route.label.middle[1]
    if route.curve:
        return route.points[len(route.points) // 6 * 3]
    (ax, ay), (bx, by) = max(pairwise(route.points), key=lambda part: _length(*part))
    return (ax + bx) / 2, (ay + by) / 2


def _path(route: Route, stops: list[Rect]) -> str:
    """Return a way as path data, with a gap where a label stands on it."""
    if route.curve:
        return "".join(_curve(route))
    points = route.points
    drawn = [f"M{spot(points[0])}"]
    for index, (before, corner) in enumerate(pairwise(points)):
        drawn += _gaps(before, corner, stops)
        if index + 2 == len(points):
            break
        after = points[index + 2]
        radius = min(_RADIUS, _length(before, corner) / 2, _length(corner, after) / 2)
        drawn.append(f"L{spot(_towards(corner, before, radius))}Q{spot(corner)} ")
        drawn.append(spot(_towards(corner, after, radius)))
    return "".join([*drawn, f"L{spot(points[-1])}"])


def _curve(route: Route) -> Iterator[str]:
    points, hole = route.points, route.label.grown(1) if route.label else None
    yield f"M{spot(points[0])}"
    for start in range(0, len(points) - 1, 3):
        piece = points[start : start + 4]
        if hole and all(hole.x <= x <= hole.right and hole.y <= y <= hole.bottom for x, y in piece):
            yield f"M{spot(piece[3])}"
        else:
            yield f"C{' '.join(spot(point) for point in piece[1:])}"


def _gaps(start: Point, end: Point, stops: list[Rect]) -> Iterator[str]:
    """Yield a jump over every label whose middle lies on a straight part, in the order of the way."""
    across = 0 if start[1] == end[1] else 1
    low, high = sorted((start[across], end[across]))
    found = []
    for label in stops:
        middle = label.middle
        if abs(middle[1 - across] - start[1 - across]) < 1 and low < middle[across] < high:
            found.append((middle[across], label[2 + across] / 2))
    ahead = 1 if end[across] > start[across] else -1
    for at, half in sorted(found, key=lambda place: ahead * place[0]):
        near, far = list(start), list(start)
        near[across], far[across] = at - ahead * half, at + ahead * half
        yield f"L{spot((near[0], near[1]))}M{spot((far[0], far[1]))}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    length = _length(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / length, start[1] + (end[1] - start[1]) * by / length
