"""Arrows as cells of draw.io's XML: fixed where they start and end, through the corners of their routes."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import dist
from xml.etree import ElementTree as ET

from archspec.layout.measure import ICON, label_lines
from archspec.layout.placed import Placed, Point, Rect, Route, on_curve
from archspec.renderers.drawio import shapes
from archspec.renderers.drawio.cells import LAYER, html, number
from archspec.renderers.palette import signed
from archspec.views.view import Edge

_SAMPLES = (1 / 3, 2 / 3, 1.0)


def arrows(root: ET.Element, placed: Placed, ends: Mapping[str, tuple[str, Rect]]) -> None:
    """Add the arrows of a view; `ends` are the cells of groups and nodes by their ids."""
    for index, (edge, route) in _ordered(placed):
        (source, start), (target, end) = ends[edge.source], ends[edge.target]
        points = [*_sampled(route)] if route.curve else [*route.points]
        fixed = f"{_fixed('exit', points[0], start)}{_fixed('entry', points[-1], end)}"
        words = "<br>".join(html(line) for line in label_lines(signed(edge.label if route.label else "", edge.change)))
        style = shapes.edge(edge, curved=route.curve) + fixed
        ids = {"id": f"e{index}", "value": words, "style": style, "parent": LAYER, "source": source, "target": target}
        cell = ET.SubElement(root, "mxCell", ids, edge="1")
        geometry = ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if points[1:-1]:
            corners = ET.SubElement(geometry, "Array", {"as": "points"})
            for point in points[1:-1]:
                ET.SubElement(corners, "mxPoint", _at(point))
        if route.label:
            ET.SubElement(geometry, "mxPoint", {**_at(_off(points, route.label)), "as": "offset"})


def _ordered(placed: Placed) -> list[tuple[int, tuple[Edge, Route]]]:
    """Return the arrows by their places in the view, those with words last, so that no other runs over these."""
    routed = enumerate(zip(placed.view.edges, placed.routes, strict=True))
    return sorted(routed, key=lambda one: (one[1][1].label is not None, one[1][0].severity, one[0]))


def _at(point: Point) -> dict[str, str]:
    return {"x": number(point[0]), "y": number(point[1])}


def _fixed(which: str, point: Point, box: Rect) -> str:
    """Return where an arrow meets a box: for an icon by its distance from the middle, else as shares of the box.

    Of a shape that is not square draw.io takes shares of what is drawn, and not of its cell.
    """
    x, y = (point[0] - box.x) / box.width, (point[1] - box.y) / box.height
    far = (0.0, 0.0)
    if (box.width, box.height) == (ICON, ICON):
        far = (point[0] - box.middle[0], point[1] - box.middle[1])
        x = y = 0.5
    at = f"{which}X={x:.4f};{which}Y={y:.4f};"
    return f"{at}{which}Dx={number(far[0])};{which}Dy={number(far[1])};{which}Perimeter=0;"


def _sampled(route: Route) -> Iterator[Point]:
    """Yield points along a curve: draw.io draws curves of its own through what it is given."""
    points = route.points
    yield points[0]
    for start in range(0, len(points) - 1, 3):
        yield from (on_curve(points[start : start + 4], t) for t in _SAMPLES)


def _off(points: list[Point], label: Rect) -> Point:
    """Return how far a label stands from the middle of its arrow, where draw.io would write it."""
    left = sum(dist(*part) for part in pairwise(points)) / 2
    for (ax, ay), (bx, by) in pairwise(points):
        length = dist((ax, ay), (bx, by))
        if length and left <= length:
            share = left / length
            return label.middle[0] - ax - (bx - ax) * share, label.middle[1] - ay - (by - ay) * share
        left -= length
    return label.middle[0] - points[-1][0], label.middle[1] - points[-1][1]
