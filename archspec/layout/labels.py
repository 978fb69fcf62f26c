"""Where the labels of edges stand: on their own line or beside it, on no icon, no title and no other label.

They keep off other lines and frames where they can.
"""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Final, NamedTuple

from archspec.layout.placed import Point, Rect

_END: Final = 14.0  # room for the arrow head
_TURN: Final = 4.0
_STEP: Final = 12.0
_CROSSED: Final = 60.0
_FRAMED: Final = 14.0
_BESIDE: Final = 10.0
_BRANCH: Final = 40.0


class Scene(NamedTuple):
    """What labels have to keep off: `solid` they may not touch, `frames` and `lines` (by net) they would rather not."""

    canvas: Rect
    solid: list[Rect]
    frames: list[Rect]
    lines: dict[int, list[Rect]]


class Spot(NamedTuple):
    """A possible place of a label, and what is bad about it."""

    badness: float
    rect: Rect


def best_spot(scene: Scene, net: int, ways: list[tuple[Point, ...]], size: tuple[float, float]) -> Rect | None:
    """Return the best place for a net's label of that size on one of its ways, or nothing where it fits nowhere."""
    shared = _shares(ways)
    tips = {tip for way in ways for tip in (way[0], way[-1])}
    spots = [
        spot
        for part, share in shared.items()
        for spot in _spots(scene, net, part, (size, (len(ways) - share) * _BRANCH, tips))
    ]
    return min(spots, key=lambda spot: (round(spot.badness, 3), spot.rect)).rect if spots else None


def _shares(ways: list[tuple[Point, ...]]) -> dict[tuple[Point, Point], int]:
    """Return each straight part with the number of ways that run over it."""
    parts = {part: None for way in ways for part in pairwise(way)}
    return {part: sum(any(_covers(other, part) for other in pairwise(way)) for way in ways) for part in parts}


def _covers(whole: tuple[Point, Point], part: tuple[Point, Point]) -> bool:
    (ax, ay), (bx, by) = whole
    return all(min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by) for x, y in part)


def _spots(
    scene: Scene, net: int, part: tuple[Point, Point], wish: tuple[tuple[float, float], float, set[Point]]
) -> Iterator[Spot]:
    (ax, ay), (bx, by) = part
    (width, height), penalty, tips = wish
    flat = ay == by
    (low, low_tip), (high, high_tip) = sorted((p[0] if ay == by else p[1], p in tips) for p in part)
    half = (width if ay == by else height) / 2
    first, last = low + half + (_END if low_tip else _TURN), high - half - (_END if high_tip else _TURN)
    if first > last:
        return
    reach = Rect(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)).grown(2 * max(width, height))
    solid = [rect for rect in scene.solid if rect.meets(reach)]
    frames = [rect for rect in scene.frames if rect.meets(reach)]
    lines = [
        rect
        for other, some in scene.lines.items()
        for rect in some
        # A branch of its own that leaves the line under the label would seem to start there.
        if rect.meets(reach) and (other != net or (rect.width > rect.height) != flat)
    ]
    middle, aside = (low + high) / 2, (height if flat else width) / 2 + 2
    for at, off in product(_along(first, last), (0, -aside, aside)):
        x, y = (at, ay + off) if flat else (ax + off, at)
        rect = Rect(x - width / 2, y - height / 2, width, height)
        if not _inside(scene.canvas, rect) or any(rect.meets(other) for other in solid):
            continue
        crossed = sum(rect.meets(other) for other in lines)
        framed = sum(_on_border(rect, frame) for frame in frames)
        beside = _BESIDE if off else 0
        yield Spot(penalty + beside + crossed * _CROSSED + framed * _FRAMED + abs(at - middle) / 20, rect)


def _along(first: float, last: float) -> Iterator[float]:
    yield (first + last) / 2
    count = min(int((last - first) / _STEP), 60)
    for step in range(count + 1):
        yield first + (last - first) * step / max(count, 1)


def _inside(canvas: Rect, rect: Rect) -> bool:
    return rect.x >= canvas.x and rect.y >= canvas.y and rect.right <= canvas.right and rect.bottom <= canvas.bottom


def _on_border(rect: Rect, frame: Rect) -> bool:
    within = _inside(frame, rect.grown(_TURN))
    return rect.grown(_TURN).meets(frame) and not within
