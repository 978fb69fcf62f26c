"""Groups as frames with a tile and a title in their corner, in AWS's own colours for its groups."""

from collections.abc import Iterator
from typing import Final

from archspec.layout.measure import BIG_TITLES, TILE, TITLE_GAP, title_lines, title_size
from archspec.layout.placed import Placed, Point, Rect
from archspec.layout.text import width
from archspec.renderers.palette import FRAMES, OTHER, Frame
from archspec.renderers.svg.marks import CHANGES, badges, mark
from archspec.renderers.svg.pen import DETAIL, PLANNED, Pen, number, quoted, rect, text
from archspec.views.view import Group

_DASHES: Final = "6 4"
_LOCK: Final = "M7.5 11V8.500a4.500 4.500 0 0 1 9 0V11M6 11h12v8H6z"
_GLYPHS: Final = {
    "cloud": "M7.5 17h9a3.5 3.5 0 0 0 .6-6.950A5 5 0 0 0 7.600 9.200 4 4 0 0 0 7.500 17z",
    "region": "M8 20V5M8 5.500h9l-2 3.500 2 3.500H8",
    "public": _LOCK,
    "private": _LOCK,
    "data": _LOCK,
}
TILE_ICONS: Final = {"vpc": "vpc", "cluster": "cluster"}
"""Kinds of group whose tile is an icon of AWS's."""


def frames(placed: Placed) -> Iterator[str]:
    """Yield the frames, the outer ones first."""
    for group in sorted(placed.view.groups, key=lambda group: -_area(placed.boxes[group.id])):
        box, look = placed.boxes[group.id], FRAMES.get(group.kind, OTHER)
        at = rect(Rect(round(box.x) + 0.5, round(box.y) + 0.5, round(box.width) - 1, round(box.height) - 1))
        drawn = f'<rect {at} fill="{look.fill}" {_line(group, look)}/>'
        yield f'<g class="group" data-id={quoted(group.id)}>{drawn}</g>'


def _line(group: Group, look: Frame) -> str:
    change = CHANGES.get(group.change)
    dashes = (_DASHES if look.dashed else "") if group.status == "current" else PLANNED
    stroke, wide = look.stroke, "1.25"
    if change:
        stroke, wide, dashes = change.colour, "2.5", change.dashes or dashes
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'stroke="{stroke}" stroke-width="{wide}"{dashed}'


def _area(box: Rect) -> float:
    return box.width * box.height


def titles(placed: Placed) -> Iterator[str]:
    """Yield the titles of groups, with the tiles and the marks in their corners."""
    for group in placed.view.groups:
        box, title = placed.boxes[group.id], placed.titles[group.id]
        stroke = FRAMES.get(group.kind, OTHER).stroke
        first, second = title_lines(group)
        if group.kind == "az":
            yield text(title.middle[0], title.y + 15, first, Pen(11, stroke, bold=True, anchor="middle"))
        else:
            yield from _tile(group, round(title.x), round(title.y), stroke)
            yield from _words(group, (title.x + TILE + TITLE_GAP, title.y), (first, second), stroke)
        yield from badges(group.badges, (box.right, box.y))
        yield mark(group.change, (box.right - 17.0 * len(group.badges), box.y))


def _words(group: Group, at: Point, lines: tuple[str, str], stroke: str) -> Iterator[str]:
    (x, y), (first, second), size = at, lines, title_size(group)
    if group.kind in BIG_TITLES:
        yield text(x, y + 16.5, first, Pen(size, stroke, bold=True))
        if second:
            yield text(x + width(first, size, bold=True) + 8, y + 16.5, second, DETAIL)
    else:
        yield text(x, y + (12 if second else 16), first, Pen(size, stroke, bold=True))
        if second:
            yield text(x, y + 23, second, DETAIL)


def _tile(group: Group, x: float, y: float, stroke: str) -> Iterator[str]:
    icon = TILE_ICONS.get(group.kind)
    if icon:
        yield f'<use href="#icon-{icon}" transform="translate({number(x)} {number(y)}) scale(0.5)"/>'
        return
    glyph = _GLYPHS.get(group.kind, "M6 6h12v12H6z")
    yield (
        f'<g transform="translate({number(x)} {number(y)})"><rect width="24" height="24" fill="{stroke}"/>'
        f'<path d="{glyph}" fill="none" stroke="#FFFFFF" stroke-width="1.6" stroke-linejoin="round"/></g>'
    )
