"""A view → a drawing of who talks to whom, from left to right: cards placed and curves drawn by Graphviz.

A label is a node of its own in the middle of its edge, as large as our font makes it: Graphviz would measure an edge's
label with a font that it does not have.
"""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any, Final

from archspec.layout.graphviz import layout
from archspec.layout.measure import card_size, label_extent, label_lines, title_extent
from archspec.layout.placed import Placed, Point, Rect, Route
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Edge, View

_MARGIN: Final = 28.0
_INCH: Final = 72.0  # Graphviz's sizes are inches, its coordinates points; a point is drawn as a px

_At = Callable[[str], Point]


def place(view: View) -> Placed:
    """Place a view by its edges. Raises `UsageError` where it is too large for that."""
    tree = Tree(view)
    names = {id_: f"n{number}" for number, id_ in enumerate([*tree.nodes, *tree.groups])}
    found = layout("\n".join(_dot(tree, names)))
    left, bottom, right, top = _numbers(found["bb"])

    def at(spot: str) -> Point:
        x, y = _numbers(spot)
        return round(x - left + _MARGIN, 2), round(top - y + _MARGIN, 2)

    objects = {thing["name"]: thing for thing in found.get("objects", ())}
    drawn = {edge["id"]: edge["pos"] for edge in found.get("edges", ())}
    boxes = {group.id: _group_box(objects[f"cluster_{names[group.id]}"], at) for group in view.groups}
    boxes |= {node.id: _box(at(objects[names[node.id]]["pos"]), card_size(node)) for node in view.nodes}
    titles = {group.id: Rect(*boxes[group.id][:2], *title_extent(group)) for group in view.groups}
    routes = tuple(_route(index, edge, (objects, drawn), at) for index, edge in enumerate(view.edges))
    return Placed(view, round(right - left + 2 * _MARGIN), round(top - bottom + 2 * _MARGIN), boxes, titles, routes)


def _dot(tree: Tree, names: dict[str, str]) -> Iterator[str]:
    yield "digraph {"
    yield "graph [rankdir=LR compound=true nodesep=0.4 ranksep=0.36]"
    yield 'node [shape=box fixedsize=true label=""]'
    yield "edge [arrowhead=none arrowtail=none weight=4]"
    yield from _inside(tree, names, ROOT)
    for index, edge in enumerate(tree.view.edges):
        yield from _edge(tree, names, index, edge)
    yield "}"


def _inside(tree: Tree, names: dict[str, str], parent: str) -> Iterator[str]:
    for node in tree.nodes_in.get(parent, ()):
        yield f"{names[node.id]} {_size(card_size(node))}"
    for group in tree.groups_in.get(parent, ()):
        width, height = title_extent(group)
        yield f"subgraph cluster_{names[group.id]} {{"
        # An "x" is half as wide as its font is high in the font whose widths Graphviz knows by heart.
        yield f'margin=16 labeljust=l fontsize={height:.0f} label="{"x" * ceil(2 * width / height)}"'
        if not tree.nodes_in.get(group.id) and not tree.groups_in.get(group.id):
            yield f"{names[group.id]} [style=invis width=1 height=0.3]"
        yield from _inside(tree, names, group.id)
        yield "}"


def _edge(tree: Tree, names: dict[str, str], index: int, edge: Edge) -> Iterator[str]:
    tail = f" ltail=cluster_{names[edge.source]}" if edge.source in tree.groups else ""
    head = f" lhead=cluster_{names[edge.target]}" if edge.target in tree.groups else ""
    source, target = (_inner(tree, names, end) for end in (edge.source, edge.target))
    if label_lines(edge.label):
        yield f"l{index} {_size(label_extent(edge.label))}"
        yield f"{source} -> l{index} [id=e{index}a{tail}]"
        yield f"l{index} -> {target} [id=e{index}b{head}]"
    else:
        yield f"{source} -> {target} [id=e{index} minlen=2{tail}{head}]"


def _size(size: tuple[float, float]) -> str:
    return f"[width={size[0] / _INCH:.4f} height={size[1] / _INCH:.4f}]"


def _inner(tree: Tree, names: dict[str, str], id_: str) -> str:
    """Return a node that an edge to a group may lead to: Graphviz cuts the edge at the group's frame."""
    nodes, groups = tree.nodes_in.get(id_, ()), tree.groups_in.get(id_, ())
    if id_ in tree.nodes or not (nodes or groups):
        return names[id_]
    return names[nodes[0].id] if nodes else _inner(tree, names, groups[0].id)


def _box(middle: Point, size: tuple[float, float]) -> Rect:
    (x, y), (width, height) = middle, size
    return Rect(round(x - width / 2, 2), round(y - height / 2, 2), width, height)


def _group_box(thing: dict[str, Any], at: _At) -> Rect:
    left, bottom, right, top = _numbers(thing["bb"])
    x, y = at(f"{left},{top}")
    return Rect(x, y, round(right - left, 2), round(top - bottom, 2))


def _route(index: int, edge: Edge, found: tuple[dict[str, Any], dict[str, str]], at: _At) -> Route:
    """Return the way of an edge; one with a label runs straight through it."""
    objects, drawn = found
    if f"e{index}" in drawn:
        return Route(tuple(at(spot) for spot in drawn[f"e{index}"].split()), curve=True)
    first, second = ([at(spot) for spot in drawn[f"e{index}{half}"].split()] for half in "ab")
    label = _box(at(objects[f"l{index}"]["pos"]), label_extent(edge.label))
    return Route((*first, first[-1], second[0], *second), label, curve=True)


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]
