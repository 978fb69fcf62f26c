"""A part of a picture that is placed alone, with its own origin, and then put where there is room for it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archspec.layout.placed import Point, Rect, Route

Size = tuple[float, float]


class Part(NamedTuple):
    """The size of a part, its boxes by id of node or group, titles by id of group, routes by number of edge. In px."""

    size: Size
    boxes: Mapping[str, Rect] = {}
    titles: Mapping[str, Rect] = {}
    routes: Mapping[int, Route] = {}

    def moved(self, x: float, y: float) -> "Part":
        """Return the same part, its origin at a place."""

        def there(rect: Rect) -> Rect:
            return Rect(round(rect.x + x, 2), round(rect.y + y, 2), rect.width, rect.height)

        return Part(
            self.size,
            {id_: there(box) for id_, box in self.boxes.items()},
            {id_: there(title) for id_, title in self.titles.items()},
            {
                number: Route(
                    tuple(shifted(point, x, y) for point in route.points),
                    there(route.label) if route.label else None,
                    route.curve,
                )
                for number, route in self.routes.items()
            },
        )


def shifted(point: Point, x: float, y: float) -> Point:
    """Return a point moved, to a hundredth of a px."""
    return round(point[0] + x, 2), round(point[1] + y, 2)


def together(size: Size, parts: Iterable[Part]) -> Part:
    """Return parts that stand where they are to stand as one."""
    whole = Part(size, {}, {}, {})
    boxes, titles, routes = dict(whole.boxes), dict(whole.titles), dict(whole.routes)
    for part in parts:
        boxes |= part.boxes
        titles |= part.titles
        routes |= part.routes
    return Part(size, boxes, titles, routes)
