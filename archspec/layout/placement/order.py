"""Which order on a shelf brings things near to what they talk to, so that lines are short and cross less."""

from collections.abc import Mapping
from typing import Final

from archspec.layout.measure import icon_of
from archspec.layout.placed import Point, Rect
from archspec.layout.placement.extents import Wishes
from archspec.layout.placement.grid import arrange
from archspec.layout.tree import Tree
from archspec.views.view import View

_TRIES: Final = 3


def orders(tree: Tree) -> list[dict[str, Rect]]:
    """Return the boxes of the grid in the order of the view and, where that is another, in one with short edges.

    A view of a change is in the order of the picture before, in which a reader looks for things, and keeps it.
    """
    first = best = boxes = arrange(tree)
    if _is_of_change(tree.view):
        return [first]
    least = _length(tree, boxes)
    for _ in range(_TRIES):
        boxes = arrange(tree, _wishes(tree, boxes))
        length = _length(tree, boxes)
        if length < least:
            best, least = boxes, length
    return [first] if best is first else [best, first]


def _is_of_change(view: View) -> bool:
    things = any(one.change for one in view.nodes) or any(one.change for one in view.edges)
    return things or any(one.change for one in view.groups)


def _middle(tree: Tree, boxes: Mapping[str, Rect], id_: str) -> Point:
    return icon_of(boxes[id_]).middle if id_ in tree.nodes else boxes[id_].middle


def _length(tree: Tree, boxes: Mapping[str, Rect]) -> float:
    ends = [(_middle(tree, boxes, edge.source), _middle(tree, boxes, edge.target)) for edge in tree.view.edges]
    return round(sum(abs(ax - bx) + abs(ay - by) for (ax, ay), (bx, by) in ends), 3)


def _wishes(tree: Tree, boxes: Mapping[str, Rect]) -> Wishes:
    """Return where each node would stand: over or under the middle of its partners.

    What stands in several places has one wish, relative to its AZ, so that its AZs look the same.
    """
    partners: dict[str, list[float]] = {}
    columns = {node.id: _column(tree, boxes, node.id) for node in tree.view.nodes}
    for edge in tree.view.edges:
        for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
            node = tree.nodes.get(here)
            if node and here != there:
                away = _middle(tree, boxes, there)[0] - columns[here]
                partners.setdefault(node.element, []).append(away)
    return {
        node.id: columns[node.id] + sum(partners[node.element]) / len(partners[node.element])
        for node in tree.view.nodes
        if node.element in partners
    }


def _column(tree: Tree, boxes: Mapping[str, Rect], id_: str) -> float:
    """Return the middle of the AZ column that a node stands in, and nought where it stands in none."""
    around = (tree.groups[parent] for parent in tree.ancestors(id_))
    return next((boxes[group.id].middle[0] for group in around if group.kind == "az"), 0.0)
