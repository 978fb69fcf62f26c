"""Where the labels of edges stand in a drawing: on their own line or beside it, and on nothing else."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.layout.placed import Point, Rect

BRANCH: Final = 40.0  # a label says something of all edges of a branch, best where all of them run
_END: Final = 14.0  # room for the arrow head
_TURN: Final = 6.0
_CLEAR: Final = 2.5  # a line or a border comes no closer
_AIR: Final = 1.5
_BESIDE: Final = 10.0
_CELL: Final = 128.0
_REACH: Final = 500.0  # nobody looks for a label at the end of a long line
_NOWHERE: Final = 1000.0
_Part = tuple[Point, Point]


class Obstacle(NamedTuple):
    """What a label may not stand on; of a line, whose it is and whether it runs across."""

    rect: Rect
    net: int = -1
    is_flat: bool = False


class Scene:
    """Everything in a drawing that labels keep off, to be asked by place."""

    def __init__(self, canvas: Rect) -> None:
        self.canvas = canvas
        self._cells: dict[tuple[int, int], list[Obstacle]] = {}

    def add(self, obstacle: Obstacle) -> None:
        for cell in _cells(obstacle.rect):
            self._cells.setdefault(cell, []).append(obstacle)

    def near(self, rect: Rect) -> Iterator[Obstacle]:
        """Yield what meets a rectangle, some of it more than once."""
        for cell in _cells(rect):
            for obstacle in self._cells.get(cell, ()):
                if rect.meets(obstacle.rect):
                    yield obstacle


class Spot(NamedTuple):
    """A possible place of a label, and what is bad about it."""

    badness: float
    rect: Rect


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    for x in range(int(rect.x // _CELL), int(rect.right // _CELL) + 1):
        for y in range(int(rect.y // _CELL), int(rect.bottom // _CELL) + 1):
            yield x, y


def solid(rect: Rect) -> Obstacle:
    """Return an icon with its words, a title or another label as what labels keep off."""
    return Obstacle(rect.grown(_AIR))


def border(rect: Rect) -> Iterator[Obstacle]:
    """Yield the four sides of a frame."""
    for x in (rect.x, rect.right):
        yield Obstacle(Rect(x, rect.y, 0, rect.height).grown(_CLEAR))
    for y in (rect.y, rect.bottom):
        yield Obstacle(Rect(rect.x, y, rect.width, 0).grown(_CLEAR))


def line(net: int, points: Iterable[Point]) -> Iterator[Obstacle]:
    """Yield the straight parts of a net's way."""
    for (ax, ay), (bx, by) in pairwise(points):
        yield Obstacle(Rect(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)).grown(_CLEAR), net, ay == by)


def is_free(scene: Scene, rect: Rect, own: Obstacle | None, *, crossing: bool = False) -> bool:
    """Whether a label may stand there: on nothing, or on its own line, if it is said which.

    With `crossing`, flat lines do not count: they will be moved.
    """
    near = (o for o in scene.near(rect) if o.net < 0 or not (crossing and o.is_flat))
    return all(own is not None and _is_part(obstacle, own) for obstacle in near)


def _is_part(obstacle: Obstacle, own: Obstacle) -> bool:
    """Whether a line is of the same net, and on the same straight line."""
    axis = 1 if own.is_flat else 0
    in_line = abs(obstacle.rect.middle[axis] - own.rect.middle[axis]) < 0.5
    return in_line and obstacle.net == own.net and obstacle.is_flat == own.is_flat


def best_spot(scene: Scene, net: int, ways: list[tuple[Point, ...]], size: tuple[float, float]) -> Rect | None:
    """Return the best free place for a net's label of that size on one of its ways, or nothing where none is free."""
    spots = list(_spots(scene, net, ways, size))
    return min(spots, key=lambda spot: (round(spot.badness, 3), spot.rect)).rect if spots else None


def free_length(scene: Scene, part: _Part) -> float:
    """Return how long the longest piece of a straight part is that crosses neither lines nor borders."""
    axis = 0 if part[0][1] == part[1][1] else 1
    low, high = part[0][axis], part[1][axis]
    thin = _rect(axis, low, part[0][1 - axis] - 0.5, (high - low, 1.0))
    longest, free = 0.0, low
    crossing = (o.rect for o in scene.near(thin) if o.net < 0 or o.is_flat == (axis == 1))
    for start, end in sorted((rect[axis], rect[axis] + rect[axis + 2]) for rect in crossing):
        longest, free = max(longest, start - free), max(free, end)
    return max(longest, high - free)


def least_bad(scene: Scene, ways: list[tuple[Point, ...]], size: tuple[float, float]) -> Rect:
    """Return the place for a label in the middle of a part that stands on the fewest other things."""
    width, height = size

    def around(part: _Part) -> Rect:
        (ax, ay), (bx, by) = part
        x = min(max((ax + bx) / 2, width / 2), scene.canvas.right - width / 2)
        y = min(max((ay + by) / 2, height / 2), scene.canvas.bottom - height / 2)
        return Rect(x - width / 2, y - height / 2, width, height)

    found = [around(part) for way in ways for part in pairwise(way)]
    return min(found, key=lambda rect: (sum(1 if o.net >= 0 else _NOWHERE for o in scene.near(rect)), rect))


def _spots(scene: Scene, net: int, ways: list[tuple[Point, ...]], size: tuple[float, float]) -> Iterator[Spot]:
    tips = {tip for way in ways for tip in (way[0], way[-1])}
    for part, share in _shares(ways).items():
        is_flat = part[0][1] == part[1][1]
        aside = size[1 if is_flat else 0] / 2 + 3
        for off in (0.0, -aside, aside):
            bad = (len(ways) - share) * BRANCH + (_BESIDE if off else 0.0)
            yield from _along(scene, net, (part, off), size, (bad, tips))


def _shares(ways: list[tuple[Point, ...]]) -> dict[_Part, int]:
    """Return each straight part with the number of ways that run over it."""
    parts = {part: None for way in ways for part in pairwise(way)}
    return {part: sum(any(_covers(other, part) for other in pairwise(way)) for way in ways) for part in parts}


def _covers(whole: _Part, part: _Part) -> bool:
    (ax, ay), (bx, by) = whole
    return all(min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by) for x, y in part)


def _along(
    scene: Scene, net: int, where: tuple[_Part, float], size: tuple[float, float], bad: tuple[float, set[Point]]
) -> Iterator[Spot]:
    """Yield the free place that is nearest to the middle of a part, on it or so far beside it."""
    part, off = where
    axis = 0 if part[0][1] == part[1][1] else 1
    (low, low_tip), (high, high_tip) = sorted((point[axis], point in bad[1]) for point in part)
    half = size[axis] / 2
    middle = (low + high) / 2
    first = max(low + half + (_END if low_tip else _TURN), middle - _REACH)
    last = min(high - half - (_END if high_tip else _TURN), middle + _REACH)
    across = part[0][1 - axis] + off - size[1 - axis] / 2
    band = _rect(axis, first - half, across, (last - first + 2 * half, size[1 - axis]))
    if first > last or not _inside(scene.canvas, band):
        return
    taken = [
        (obstacle.rect[axis] - half, obstacle.rect[axis] + obstacle.rect[axis + 2] + half)
        for obstacle in scene.near(band)
        # A branch of its own that leaves the line under the label would seem to start there.
        if off or obstacle.net != net or obstacle.is_flat != (axis == 0)
    ]
    at = _free(middle, (first, last), taken)
    if at is not None:
        yield Spot(bad[0] + abs(at - middle) / 20, _rect(axis, at - half, across, (size[axis], size[1 - axis])))


def _rect(axis: int, along: float, across: float, size: tuple[float, float]) -> Rect:
    return Rect(along, across, *size) if axis == 0 else Rect(across, along, size[1], size[0])


def _free(wish: float, ends: tuple[float, float], taken: list[tuple[float, float]]) -> float | None:
    """Return the place between two ends that is nearest to where it should be and in no interval that is taken."""
    first, last = ends
    best, free = None, first
    for low, high in [*sorted(taken), (last, last)]:
        if free <= min(low, last):
            at = min(max(wish, free), low, last)
            if best is None or abs(at - wish) < abs(best - wish):
                best = at
        free = max(free, high)
    return best


def _inside(canvas: Rect, rect: Rect) -> bool:
    return rect.x >= canvas.x and rect.y >= canvas.y and rect.right <= canvas.right and rect.bottom <= canvas.bottom
