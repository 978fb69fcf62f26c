"""What is known of a placement before its final coordinates: boxes, ways of edges, what they say."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from archspec.errors import UsageError
from archspec.layout.measure import label_lines, title_extent
from archspec.layout.placed import Rect
from archspec.layout.placement.homes import Branch
from archspec.layout.placement.lattice import Lattice, build
from archspec.layout.placement.legs import Leg, Legs, legs
from archspec.layout.placement.order import orders
from archspec.layout.placement.routing import Net, cost, effort, nets, route
from archspec.layout.placement.traffic import Way
from archspec.layout.tree import Tree
from archspec.views.view import View

_QUICK: Final = 1_000_000
MOST_EFFORT: Final = 250_000_000
"""The largest view that is drawn, by its `routing.effort`: 2,000 elements with 1,500 edges are 210 million, or 14 s."""
Boxes = Mapping[str, Rect]


class Grid(NamedTuple):
    """Boxes and titles, and the lines between them."""

    boxes: Boxes
    titles: Boxes
    lattice: Lattice


class Plan(NamedTuple):
    """Everything that is known before the final coordinates: what runs where, on which lines, and what it says."""

    tree: Tree
    boxes: Boxes
    titles: Boxes
    lattice: Lattice
    nets: list[Net]
    ways: list[dict[int, Way]]
    legs: Legs
    branches: list[Branch]


def made(tree: Tree) -> Plan:
    """Return the plan in whose order of things lines are best, of those orders that are worth trying."""
    found = nets(tree.view.edges)
    grids = [_laid(tree, boxes) for boxes in orders(tree)]
    needed = effort(grids[0].lattice, found)
    if needed > MOST_EFFORT:
        raise UsageError(_too_large(tree.view))
    grids = grids if needed <= _QUICK else grids[:1]
    routed = [(grid, route(tree, grid.boxes, grid.lattice, found)) for grid in grids]
    grid, ways = min(routed, key=lambda one: cost(one[0].lattice, one[1]))
    straight = legs(grid.lattice, ways)
    branches = [branch for number, net in enumerate(found) for branch in _branches(number, net, straight)]
    return Plan(tree, grid.boxes, grid.titles, grid.lattice, found, ways, straight, branches)


def _too_large(view: View) -> str:
    return (
        f"the view {view.name} is too large for one picture: {len(view.nodes)} nodes and {len(view.edges)} edges; "
        "show less of it with --kind, --tag, --environment or --around, or draw it as text"
    )


def _laid(tree: Tree, boxes: Boxes) -> Grid:
    titles = {group.id: _title(group.kind, boxes[group.id], title_extent(group)) for group in tree.view.groups}
    return Grid(boxes, titles, build(tree, boxes, titles))


def _title(kind: str, box: Rect, size: tuple[float, float]) -> Rect:
    width, height = min(size[0], box.width), size[1]
    if kind == "az":
        return Rect(box.middle[0] - width / 2, box.y + 3, width, height)
    return Rect(box.x, box.y, width, height)


def _branches(number: int, net: Net, found: Legs) -> list[Branch]:
    """Return those of a net's edges that leave its hub together, where they say anything."""
    if not label_lines(net.label):
        return []
    starts: dict[Leg | int, list[int]] = {}
    for index, _ in net.leaves:
        first = found.get((number, index))
        starts.setdefault(first[0]._replace(end=0) if first else index, []).append(index)
    return [(number, tuple(some)) for some in starts.values()]
