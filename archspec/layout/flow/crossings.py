"""How often lines run over what they have nothing to do with: cards, titles, labels of others."""

from collections.abc import Iterator
from typing import Final

from archspec.layout.flow.part import Part
from archspec.layout.placed import Point, Rect, on_curve
from archspec.views.view import View

_CELL: Final = 128
_STEPS: Final = 6

_Cell = tuple[int, int]


def crossings(part: Part, view: View) -> int:
    """Count what lines cross, each thing once a line."""
    things = _by_cell(part, view)
    count = 0
    for number, edge in enumerate(view.edges):
        own = {edge.source, edge.target, number}
        count += len(
            {
                id_
                for point in _sampled(part.routes[number].points)
                for id_, rect in things.get(_cell(point), ())
                if id_ not in own and rect.x < point[0] < rect.right and rect.y < point[1] < rect.bottom
            }
        )
    return count


def _by_cell(part: Part, view: View) -> dict[_Cell, list[tuple[object, Rect]]]:
    found: dict[_Cell, list[tuple[object, Rect]]] = {}
    cards = ((node.id, part.boxes[node.id]) for node in view.nodes)
    titles = (((id_, "title"), title) for id_, title in part.titles.items())
    labels = ((number, route.label) for number, route in part.routes.items() if route.label)
    for id_, rect in (*cards, *titles, *labels):
        (left, top), (right, bottom) = _cell((rect.x, rect.y)), _cell((rect.right, rect.bottom))
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                found.setdefault((x, y), []).append((id_, rect))
    return found


def _cell(point: Point) -> _Cell:
    return int(point[0] // _CELL), int(point[1] // _CELL)


def _sampled(points: tuple[Point, ...]) -> Iterator[Point]:
    """Yield points on a Bézier curve."""
    for start in range(0, len(points) - 1, 3):
        yield from (on_curve(points[start : start + 4], step / _STEPS) for step in range(_STEPS))
