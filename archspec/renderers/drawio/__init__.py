"""A view → a draw.io file: the places of the SVG, of draw.io's own AWS shapes, so that people can go on by hand.

The file is plain XML, https://www.drawio.com/doc/faq/diagram-source-edit: a cell for each frame, element and arrow, its
place relative to what it stands in. Every text is escaped as HTML, which labels are, and as XML; every id is made
here. So a text is only ever a text.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from archspec.layout import place
from archspec.layout.measure import (
    BIG_TITLES,
    CARD_ICON,
    CARD_PAD,
    DETAIL_LINE,
    DETAIL_SIZE,
    NAME_LINE,
    TILE,
    card_words,
    icon_of,
    title_lines,
    words,
)
from archspec.layout.placed import Placed, Point, Rect
from archspec.layout.text import printable, wrap
from archspec.layout.tree import Tree
from archspec.renderers.drawio import shapes
from archspec.renderers.drawio.cells import LAYER, Box, added, html
from archspec.renderers.drawio.ways import arrows
from archspec.renderers.palette import CHANGES, MUTED, SIGNS
from archspec.views.view import Group, Node, View

EXTENSION = "drawio"

_MARK = 16.0
_STEP = 17.0
_HEADER = 36.0
_LINE = 16.0


def render(view: View) -> bytes:
    """Return the file. Raises `UsageError` for a view that shows nothing, or too much to be laid out."""
    placed = place(view)
    names = {group.id: f"g{index}" for index, group in enumerate(view.groups)}
    names |= {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    boxes = [*_groups(placed, names), *_nodes(placed, names), *_captions(placed)]
    file = ET.Element("mxfile")
    diagram = ET.SubElement(file, "diagram", id=printable(view.name), name=printable(view.title))
    # Without pages: a picture is as large as it is.
    root = ET.SubElement(ET.SubElement(diagram, "mxGraphModel", page="0", grid="0"), "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"id": LAYER, "parent": "0"})
    standing = added(root, boxes)
    arrows(root, placed, {id_: (name, standing[name]) for id_, name in names.items()})
    ET.indent(file)
    return f"{ET.tostring(file, encoding='unicode')}\n".encode()


def _groups(placed: Placed, names: dict[str, str]) -> Iterator[Box]:
    """Yield the frames, each before those inside it."""
    for group in Tree(placed.view).depth_first():
        name, box = names[group.id], placed.boxes[group.id]
        yield Box(name, names.get(group.parent, LAYER), shapes.group(group), _title(group), box)
        if shapes.is_tiled(group):
            yield Box(f"{name}i", name, shapes.icon(group.kind) + shapes.FIXED, "", Rect(box.x, box.y, TILE, TILE))
        change = (box.right - _STEP * len(group.badges), box.y)
        yield from _marks(name, group, (box.right, box.y), change)


def _title(group: Group) -> str:
    first, second = title_lines(group)
    gap = "&nbsp; " if group.kind in BIG_TITLES else "<br>"
    small = f'<span style="font-size:{DETAIL_SIZE:g}px;color:{MUTED}">{html(second)}</span>'
    return f"<b>{html(first)}</b>{gap + small if second else ''}"


def _nodes(placed: Placed, names: dict[str, str]) -> Iterator[Box]:
    card = placed.view.layout == "flow"
    for node in placed.view.nodes:
        name, whole = names[node.id], placed.boxes[node.id]
        box = whole if card else icon_of(whole)
        yield Box(name, names.get(node.parent, LAYER), shapes.node(node, card=card), _words(node, card=card), box)
        if card:
            icon = Rect(box.x + CARD_PAD, box.middle[1] - CARD_ICON / 2, CARD_ICON, CARD_ICON)
            yield Box(f"{name}i", name, shapes.icon(node.kind) + shapes.FIXED, "", icon)
        elif node.border:
            yield Box(f"{name}i", name, shapes.icon(node.kind) + shapes.FIXED, "", box)
        if node.change and not card:
            yield Box(f"{name}f", name, shapes.changed(node), "", box.grown(2))
        yield from _marks(name, node, (box.right, box.y), (box.x, box.y))


def _words(node: Node, *, card: bool) -> str:
    """Return a node's words in lines as high as those of the SVG, so that arrows end below them."""
    lines = card_words(node) if card else words(node)
    title = "<br>".join(f"<b>{html(line)}</b>" for line in lines.title)
    detail = "<br>".join(html(line) for line in lines.detail)
    small = f"font-size:{DETAIL_SIZE:g}px;line-height:{DETAIL_LINE:g}px;color:{MUTED}"
    below = f'<div style="{small}">{detail}</div>' if detail else ""
    return f'<div style="line-height:{NAME_LINE:g}px">{title}</div>{below}'


def _marks(name: str, thing: Group | Node, worst: Point, change: Point) -> Iterator[Box]:
    """Yield the numbers of findings, the worst around its point and the others left of it, and the sign of a change."""
    for index, badge in enumerate(thing.badges):
        count = str(badge.findings) if badge.findings < 100 else "99+"
        at = _around(worst[0] - _STEP * index, worst[1])
        yield Box(f"{name}b{index}", name, shapes.badge(badge.severity), count, at)
    if thing.change:
        yield Box(f"{name}c", name, shapes.sign(CHANGES[thing.change]), SIGNS[thing.change], _around(*change))


def _around(x: float, y: float) -> Rect:
    return Rect(x - _MARK / 2, y - _MARK / 2, _MARK, _MARK)


def _captions(placed: Placed) -> Iterator[Box]:
    """Yield the heading over the picture, and under it what its marks mean and what it does not show."""
    wide = max(placed.width, 360.0) - 48
    yield Box("title", LAYER, shapes.HEADING, html(placed.view.title), Rect(24, 2 - _HEADER, wide, 24))
    sentences = (*_legend(placed.view), *placed.view.hidden)
    lines = [line for sentence in sentences for line in wrap(printable(sentence), DETAIL_SIZE, wide, 3)]
    if lines:
        box = Rect(24, placed.height, wide, _LINE * len(lines))
        yield Box("notes", LAYER, shapes.NOTE, "<br>".join(map(html, lines)), box)


def _legend(view: View) -> Iterator[str]:
    things: list[Group | Node] = [*view.groups, *view.nodes]
    if any(thing.badges for thing in things):
        yield "Open findings: in a square errors, in a triangle warnings, in a circle infos."
    if any(thing.status != "current" for thing in (*things, *view.edges)):
        yield "Dashed or pale: not there today."
