"""Where everything of a plan comes to lie, once channels are as wide as tracks and labels need them."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from archspec.layout.measure import BOX, ICON, icon_of
from archspec.layout.placed import Point, Rect
from archspec.layout.placement.lattice import HORIZONTAL, VERTICAL
from archspec.layout.placement.legs import Leg
from archspec.layout.placement.plan import Boxes, Plan
from archspec.layout.placement.tracks import Home, Tracks, assign, widened
from archspec.layout.tree import ROOT

Points = Mapping[int, tuple[Point, ...]]


class _Move(NamedTuple):
    """Where each coordinate lies in the widened drawing."""

    x: Callable[[float], float]
    y: Callable[[float], float]


class Drawn(NamedTuple):
    """Final coordinates, without labels."""

    tracks: Tracks
    canvas: Rect
    boxes: Boxes
    titles: Boxes
    points: Points


def draw(plan: Plan, kept: Iterable[Home]) -> Drawn:
    """Return the drawing with room for the labels that have homes."""
    tracks = assign(plan.lattice, plan.legs, kept)
    to = _Move(widened(plan.lattice.xs, tracks.needs[VERTICAL]), widened(plan.lattice.ys, tracks.needs[HORIZONTAL]))
    boxes = {id_: _moved(plan, id_, box, to) for id_, box in plan.boxes.items()}
    titles = {id_: _moved_title(plan, id_, boxes[id_], to) for id_ in plan.titles}
    points = _points(plan, tracks, boxes)
    return Drawn(tracks, boxes.pop(ROOT), boxes, titles, points)


def _moved(plan: Plan, id_: str, box: Rect, to: _Move) -> Rect:
    if id_ in plan.tree.nodes:
        # By its ports, so that icons which were aligned stay so.
        middle = icon_of(box).middle
        return Rect(to.x(middle[0]) - BOX / 2, to.y(middle[1]) - ICON / 2, BOX, box.height)
    x, y = to.x(box.x), to.y(box.y)
    return Rect(x, y, to.x(box.right) - x, to.y(box.bottom) - y)


def _moved_title(plan: Plan, id_: str, box: Rect, to: _Move) -> Rect:
    title = plan.titles[id_]
    if plan.tree.groups[id_].kind == "az":
        return Rect(to.x(title.middle[0]) - title.width / 2, to.y(title.y), title.width, title.height)
    return Rect(box.x, box.y, title.width, title.height)


def _points(plan: Plan, tracks: Tracks, boxes: Boxes) -> dict[int, tuple[Point, ...]]:
    """Return the corners of every edge's way, from its source to its target."""
    found: dict[int, tuple[Point, ...]] = {}
    for (number, index), some in plan.legs.items():
        edge, net, way = plan.tree.view.edges[index], plan.nets[number], plan.ways[number][index]
        leaf = dict(net.leaves)[index]
        at = [_coordinate(leg, tracks) for leg in some]
        corners = [
            (there, here) if leg.stretch.orientation == HORIZONTAL else (here, there)
            for (here, there), leg in zip(pairwise(at), some, strict=False)
        ]
        start = _end(plan, net.hub, way.start.side, boxes, at[0])
        end = _end(plan, leaf, way.end.side, boxes, at[-1])
        points = (start, *corners, end)
        found[index] = points if edge.source == net.hub else points[::-1]
    for index, edge in enumerate(plan.tree.view.edges):
        if index not in found:
            found[index] = _straight(boxes[edge.source], boxes[edge.target])
    return found


def _coordinate(leg: Leg, tracks: Tracks) -> float:
    stretch = leg.stretch
    return tracks.lines[stretch.orientation][stretch.line] + tracks.offsets[stretch]


def _end(plan: Plan, id_: str, side: str, boxes: Boxes, at: float) -> Point:
    box = boxes[id_]
    sides = icon_of(box) if id_ in plan.tree.nodes else box
    spots = {"top": (at, box.y), "bottom": (at, box.bottom), "left": (sides.x, at), "right": (sides.right, at)}
    return spots[side]


def _straight(one: Rect, other: Rect) -> tuple[Point, ...]:
    """Return a way from edge to edge where no free one exists: walled in, or one inside the other."""
    (ax, _), (bx, _) = one.middle, other.middle
    between = (one.bottom + other.y) / 2
    return (ax, one.bottom), (ax, between), (bx, between), (bx, other.y)
