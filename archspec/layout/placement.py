"""A view → a drawing in the way of AWS: nested frames, AZ columns, tier rows, edges along the gutters."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from archspec.layout.grid import arrange, icon_of
from archspec.layout.labels import Scene, best_spot
from archspec.layout.lattice import HORIZONTAL, Lattice, build
from archspec.layout.measure import BOX, ICON, label_extent, label_lines, title_extent
from archspec.layout.placed import Placed, Point, Rect, Route
from archspec.layout.routing import Net, Way, nets, route
from archspec.layout.tracks import Leg, Stretch, Tracks, assign, legs, widened
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import View

_Points = Mapping[int, tuple[Point, ...]]


class _Move(NamedTuple):
    """Where each coordinate lies in the widened drawing."""

    x: Callable[[float], float]
    y: Callable[[float], float]


_Branch = tuple[int, tuple[int, ...]]
"""A net, and those of its edges that leave its hub at the same spot: they get one label."""


class _Plan(NamedTuple):
    """Everything that is known before the final coordinates: what runs where, on which lines."""

    tree: Tree
    boxes: dict[str, Rect]
    titles: dict[str, Rect]
    lattice: Lattice
    nets: list[Net]
    ways: list[dict[int, Way]]
    legs: dict[tuple[int, int], list[Leg]]


def place(view: View) -> Placed:
    """Place a view by where its elements stand. Its groups and nodes have ids of their own."""
    tree = Tree(view)
    boxes = arrange(tree)
    titles = {group.id: _title(group.kind, boxes[group.id], title_extent(group)) for group in view.groups}
    lattice = build(tree, boxes, titles)
    found = nets(view.edges)
    ways = route(tree, boxes, lattice, found)
    plan = _Plan(tree, boxes, titles, lattice, found, ways, legs(lattice, ways))
    wanted: dict[Stretch, tuple[float, float]] = {}
    placed, homeless = _draw(plan, wanted)
    for _ in range(5):
        if not homeless:
            break
        for branch in homeless:
            _reserve(plan, branch, wanted)
        placed, homeless = _draw(plan, wanted)
    return placed


def _title(kind: str, box: Rect, size: tuple[float, float]) -> Rect:
    width, height = min(size[0], box.width), size[1]
    if kind == "az":
        return Rect(box.middle[0] - width / 2, box.y + 3, width, height)
    return Rect(box.x, box.y, width, height)


def _reserve(plan: _Plan, branch: _Branch, wanted: dict[Stretch, tuple[float, float]]) -> None:
    """Ask for room on the longest part of a branch, so that its label fits there for certain."""
    net, edges = branch
    parts = {leg.stretch for edge in edges for leg in plan.legs.get((net, edge), ())} - wanted.keys()
    if not parts:
        return
    width, height = label_extent(plan.nets[net].label)

    def length(stretch: Stretch) -> float:
        lines = plan.lattice.xs if stretch.orientation == HORIZONTAL else plan.lattice.ys
        inner = range(int(stretch.low + 0.5), int(stretch.high) + 1)
        spare = sum(lines[i].high - lines[i].low for i in inner)
        return spare - (width if stretch.orientation == HORIZONTAL else height + width)

    def is_port(stretch: Stretch) -> bool:
        lines = plan.lattice.ys if stretch.orientation == HORIZONTAL else plan.lattice.xs
        return lines[stretch.line].is_port

    # At a port there may be no room beside the other tracks of the same icon.
    longest = max(parts, key=lambda stretch: (not is_port(stretch), length(stretch), stretch))
    along, across = (width, height) if longest.orientation == HORIZONTAL else (height, width)
    wanted[longest] = (along + 60, across + 6)


def _draw(plan: _Plan, wanted: dict[Stretch, tuple[float, float]]) -> tuple[Placed, list[_Branch]]:
    """Return the drawing with the room that `wanted` asks for, and the branches whose label found no place in it."""
    tracks = assign(plan.lattice, plan.legs, wanted)
    to = _Move(widened(plan.lattice.xs, tracks.needs[1]), widened(plan.lattice.ys, tracks.needs[0]))
    boxes = {id_: _moved(plan, id_, box, to) for id_, box in plan.boxes.items()}
    titles = {id_: _moved_title(plan, id_, boxes[id_], to) for id_ in plan.titles}
    points = _points(plan, tracks, boxes, to)
    canvas = boxes.pop(ROOT)
    scene = _scene(plan, canvas, (boxes, titles), points)
    labels, homeless = _labels(plan, scene, points, {stretch.net for stretch in wanted})
    routes = tuple(Route(points[i], labels.get(i)) for i in range(len(plan.tree.view.edges)))
    return Placed(plan.tree.view, canvas.width, canvas.height, boxes, titles, routes), homeless


def _moved(plan: _Plan, id_: str, box: Rect, to: _Move) -> Rect:
    if id_ in plan.tree.nodes:
        # By its ports, so that icons which were aligned stay so.
        middle = icon_of(box).middle
        return Rect(to.x(middle[0]) - BOX / 2, to.y(middle[1]) - ICON / 2, BOX, box.height)
    x, y = to.x(box.x), to.y(box.y)
    return Rect(x, y, to.x(box.right) - x, to.y(box.bottom) - y)


def _moved_title(plan: _Plan, id_: str, box: Rect, to: _Move) -> Rect:
    title = plan.titles[id_]
    if plan.tree.groups[id_].kind == "az":
        return Rect(to.x(title.middle[0]) - title.width / 2, to.y(title.y), title.width, title.height)
    return Rect(box.x, box.y, title.width, title.height)


def _points(plan: _Plan, tracks: Tracks, boxes: dict[str, Rect], to: _Move) -> dict[int, tuple[Point, ...]]:
    """Return the corners of every edge's way, from its source to its target."""
    found: dict[int, tuple[Point, ...]] = {}
    for (number, index), some in plan.legs.items():
        edge, net, way = plan.tree.view.edges[index], plan.nets[number], plan.ways[number][index]
        leaf = dict(net.leaves)[index]
        at = [_coordinate(plan.lattice, leg, tracks, to) for leg in some]
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


def _coordinate(lattice: Lattice, leg: Leg, tracks: Tracks, to: _Move) -> float:
    stretch = leg.stretch
    if stretch.orientation == HORIZONTAL:
        return to.y(lattice.ys[stretch.line].at) + tracks.offsets[stretch]
    return to.x(lattice.xs[stretch.line].at) + tracks.offsets[stretch]


def _end(plan: _Plan, id_: str, side: str, boxes: dict[str, Rect], at: float) -> Point:
    box = boxes[id_]
    sides = icon_of(box) if id_ in plan.tree.nodes else box
    spots = {"top": (at, box.y), "bottom": (at, box.bottom), "left": (sides.x, at), "right": (sides.right, at)}
    return spots[side]


def _straight(one: Rect, other: Rect) -> tuple[Point, ...]:
    """Return a way from edge to edge where no free one exists: walled in, or one inside the other."""
    (ax, _), (bx, _) = one.middle, other.middle
    between = (one.bottom + other.y) / 2
    return (ax, one.bottom), (ax, between), (bx, between), (bx, other.y)


def _labels(plan: _Plan, scene: Scene, points: _Points, reserved: set[int]) -> tuple[dict[int, Rect], list[_Branch]]:
    """Return the room of labels by edge, and the branches that found none; those with room kept come first."""
    labels: dict[int, Rect] = {}
    homeless: list[_Branch] = []
    branches = [branch for number in range(len(plan.nets)) for branch in _branches(plan, number, points)]
    for number, edges in sorted(branches, key=lambda branch: (branch[0] not in reserved, branch)):
        extent = label_extent(plan.nets[number].label)
        spot = best_spot(scene, number, [points[index] for index in edges], extent)
        if spot is None:
            homeless.append((number, edges))
            continue
        labels[edges[0]] = spot
        scene.solid.append(spot)
    return labels, homeless


def _branches(plan: _Plan, number: int, points: _Points) -> list[_Branch]:
    net, edges = plan.nets[number], plan.tree.view.edges
    if not label_lines(net.label):
        return []
    starts: dict[Point, list[int]] = {}
    for index, _ in net.leaves:
        start = points[index][0 if edges[index].source == net.hub else -1]
        starts.setdefault(start, []).append(index)
    return [(number, tuple(some)) for some in starts.values()]


def _scene(plan: _Plan, canvas: Rect, placed: tuple[dict[str, Rect], dict[str, Rect]], points: _Points) -> Scene:
    boxes, titles = placed
    solid = [*(boxes[node.id] for node in plan.tree.view.nodes), *titles.values()]
    frames = [boxes[group.id] for group in plan.tree.view.groups]
    lines = {
        number: [_thin(part) for index, _ in net.leaves for part in pairwise(points[index])]
        for number, net in enumerate(plan.nets)
    }
    return Scene(canvas, solid, frames, lines)


def _thin(part: tuple[Point, Point]) -> Rect:
    (ax, ay), (bx, by) = part
    return Rect(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)).grown(1.5)
