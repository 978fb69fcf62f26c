"""A knot → coordinates by Graphviz: boxes in layers, curves between them.

A label is a box of its own in the middle of its edge, as large as our font makes it: Graphviz would measure an edge's
label with a font that it does not have.
"""

from collections.abc import Callable, Iterator, Mapping
from math import ceil
from typing import Any, Final, Literal, NamedTuple

from archspec.layout.flow.graphviz import layout
from archspec.layout.flow.knots import Frame, Knot
from archspec.layout.flow.part import Part, Size
from archspec.layout.measure import label_extent, label_lines
from archspec.layout.placed import Point, Rect, Route
from archspec.views.view import Edge

Direction = Literal["LR", "TB"]

_INCH: Final = 72.0  # Graphviz's sizes are inches, its coordinates points; a point is drawn as a px
_SLACK: Final = (8.0, 4.0)  # what Graphviz leaves free over the first and under the last box of a group, beyond need
_GAPS: Final = {"LR": "nodesep=0.22 ranksep=0.25", "TB": "nodesep=0.4 ranksep=0.28"}

_At = Callable[[str], Point]


class _Dot(NamedTuple):
    """A knot, with the names that its things have in DOT."""

    knot: Knot
    sizes: Mapping[str, Size]
    frames: Mapping[str, Frame]
    names: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]
    """The innermost frame around both ends of an edge → the lines of the labels that stand in it."""


def layered(knot: Knot, direction: Direction) -> Part:
    """Lay out a knot. Raises `UsageError` where it is too large for that."""
    sizes, frames = dict(knot.boxes), {frame.id: frame for frame in knot.frames}
    names = {id_: f"n{number}" for number, id_ in enumerate((*sizes, *frames))}
    dot = _Dot(knot, sizes, frames, names, _labels(knot))
    found = layout("\n".join(_lines(dot, direction)))
    left, bottom, right, top = _numbers(found["bb"])

    def at(spot: str) -> Point:
        x, y = _numbers(spot)
        return round(x - left, 2), round(top - y, 2)

    objects = {thing["name"]: thing for thing in found.get("objects", ())}
    drawn = {edge["id"]: edge["pos"] for edge in found.get("edges", ())}
    boxes = {id_: _box(at(objects[dot.names[id_]]["pos"]), size) for id_, size in sizes.items()}
    ends = {end for _, edge in knot.edges for end in (edge.source, edge.target)}
    boxes |= {id_: _group_box(objects[f"cluster_{dot.names[id_]}"], at, tight=id_ not in ends) for id_ in frames}
    titles = {id_: Rect(*boxes[id_][:2], *frame.title) for id_, frame in frames.items()}
    routes = {number: _route(number, edge, (objects, drawn), at) for number, edge in knot.edges}
    return Part((right - left, top - bottom), boxes, titles, routes)


def _lines(dot: _Dot, direction: Direction) -> Iterator[str]:
    yield "digraph {"
    yield f"graph [rankdir={direction} compound=true {_GAPS[direction]}]"
    yield 'node [shape=box fixedsize=true label=""]'
    yield "edge [arrowhead=none arrowtail=none weight=4]"
    yield from _inside(dot, dot.knot.inside)
    for number, edge in dot.knot.edges:
        yield from _edge(dot, number, edge)
    for rank, ids in zip(("source", "sink"), dot.knot.outer, strict=True):
        if ids:
            yield f"{{ rank={rank}; {' '.join(dot.names[id_] for id_ in ids)} }}"
    yield "}"


def _inside(dot: _Dot, ids: tuple[str, ...]) -> Iterator[str]:
    for id_ in ids:
        if id_ in dot.sizes:
            yield f"{dot.names[id_]} {_size(dot.sizes[id_])}"
            continue
        frame = dot.frames[id_]
        width, height = frame.title
        yield f"subgraph cluster_{dot.names[id_]} {{"
        # An "x" is half as wide as its font is high in the font whose widths Graphviz knows by heart.
        yield f'margin=12 labeljust=l fontsize={height:.0f} label="{"x" * ceil(2 * width / height)}"'
        yield from _inside(dot, frame.inside)
        yield from dot.labels.get(id_, ())
        yield "}"


def _labels(knot: Knot) -> dict[str, tuple[str, ...]]:
    """Put every label into the innermost frame around both ends of its edge: outside, it would pull the edge out."""
    parents = {child: frame.id for frame in knot.frames for child in frame.inside}

    def around(id_: str) -> list[str]:
        return [parents[id_], *around(parents[id_])] if id_ in parents else []

    found: dict[str, tuple[str, ...]] = {}
    for number, edge in knot.edges:
        others = {*around(edge.target)}
        home = next((frame for frame in around(edge.source) if frame in others), "")
        if label_lines(edge.label) and home:
            found[home] = (*found.get(home, ()), f"l{number} {_size(label_extent(edge.label))}")
    return found


def _edge(dot: _Dot, number: int, edge: Edge) -> Iterator[str]:
    tail = f" ltail=cluster_{dot.names[edge.source]}" if edge.source in dot.frames else ""
    head = f" lhead=cluster_{dot.names[edge.target]}" if edge.target in dot.frames else ""
    source, target = (dot.names[_inner(dot, end)] for end in (edge.source, edge.target))
    if label_lines(edge.label):
        # Said again where it stands in a frame, which changes nothing; else its place in the text decides its order.
        yield f"l{number} {_size(label_extent(edge.label))}"
        yield f"{source} -> l{number} [id=e{number}a{tail}]"
        yield f"l{number} -> {target} [id=e{number}b{head}]"
    else:
        yield f"{source} -> {target} [id=e{number} minlen=2{tail}{head}]"


def _size(size: Size) -> str:
    return f"[width={size[0] / _INCH:.4f} height={size[1] / _INCH:.4f}]"


def _inner(dot: _Dot, id_: str) -> str:
    """Return a box that an edge to an open group may lead to: Graphviz cuts the edge at the group's frame."""
    return id_ if id_ in dot.sizes else _inner(dot, dot.frames[id_].inside[0])


def _box(middle: Point, size: Size) -> Rect:
    (x, y), (width, height) = middle, size
    return Rect(round(x - width / 2, 2), round(y - height / 2, 2), width, height)


def _group_box(thing: dict[str, Any], at: _At, *, tight: bool) -> Rect:
    """Return a group's frame; one that no edge ends on is `tight`, so that frames stand apart."""
    left, bottom, right, top = _numbers(thing["bb"])
    x, y = at(f"{left},{top}")
    above, below = _SLACK if tight else (0.0, 0.0)
    return Rect(x, round(y + above, 2), round(right - left, 2), round(top - bottom - above - below, 2))


def _route(number: int, edge: Edge, found: tuple[dict[str, Any], dict[str, str]], at: _At) -> Route:
    """Return the way of an edge; one with a label runs straight through it."""
    objects, drawn = found
    if f"e{number}" in drawn:
        return Route(tuple(at(spot) for spot in drawn[f"e{number}"].split()), curve=True)
    first, second = ([at(spot) for spot in drawn[f"e{number}{half}"].split()] for half in "ab")
    label = _box(at(objects[f"l{number}"]["pos"]), label_extent(edge.label))
    return Route((*first, first[-1], second[0], *second), label, curve=True)


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]
