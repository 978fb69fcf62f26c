"""Boxes as cells of draw.io's XML."""

from collections.abc import Iterable
from html import escape
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from archspec.layout.placed import Rect
from archspec.layout.text import printable

LAYER: Final = "1"
"""The cell around all that stands in no frame."""


class Box(NamedTuple):
    """A cell with a place: its id, the cell around it, its style, its words as HTML, where it is on the canvas."""

    id: str
    parent: str
    style: str
    words: str
    at: Rect


def added(root: ET.Element, boxes: Iterable[Box]) -> dict[str, Rect]:
    """Add cells, each after the one around it; returns where each is on the canvas."""
    placed = {LAYER: Rect(0, 0, 0, 0)}
    for box in boxes:
        told = {"id": box.id, "value": box.words, "style": box.style, "parent": box.parent, "vertex": "1"}
        cell = ET.SubElement(root, "mxCell", told)
        x, y = box.at.x - placed[box.parent].x, box.at.y - placed[box.parent].y
        size = {"width": number(box.at.width), "height": number(box.at.height)}
        ET.SubElement(cell, "mxGeometry", {"x": number(x), "y": number(y), **size, "as": "geometry"})
        placed[box.id] = box.at
    return placed


def html(text: str) -> str:
    """Return a text of a spec as HTML, which draw.io's labels are."""
    return escape(printable(text), quote=False)


def number(value: float) -> str:
    """Return a coordinate in px, to a hundredth, equal on every machine."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
