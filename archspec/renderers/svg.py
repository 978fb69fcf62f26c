"""A view → SVG that needs nothing else: icons and fonts are inside, and so are title and description for readers."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from archspec.layout import place
from archspec.layout.grid import icon_of
from archspec.layout.measure import (
    BIG_TITLES,
    CARD_ICON,
    CARD_PAD,
    DETAIL_LINE,
    DETAIL_SIZE,
    ICON,
    LABEL_LINE,
    LABEL_SIZE,
    NAME_LINE,
    NAME_SIZE,
    TILE,
    TITLE_GAP,
    Words,
    card_words,
    label_lines,
    title_lines,
    title_size,
    words,
)
from archspec.layout.placed import Placed, Point, Rect, Route
from archspec.layout.text import printable, width, wrap
from archspec.renderers.icons import data_uri
from archspec.views.view import Edge, Group, Node, View

EXTENSION = "svg"
FONTS: Final = Path(__file__).with_name("fonts")
INK: Final = "#232F3E"
MUTED: Final = "#545B64"
_CENTRE: Final = 0.364  # how far under the middle of its capitals Inter's baseline lies, in em
_HEADER: Final = 36.0
_CAPTION: Final = 14.0
_LEAST_WIDTH: Final = 360.0
_RADIUS: Final = 6.0
_PLANNED: Final = "5 3"


class Pen(NamedTuple):
    """How a text is written; `anchor` is what its x means, its start unless said."""

    size: float
    fill: str
    bold: bool = False
    anchor: str = ""
    more: str = ""


_HEADING: Final = Pen(16, INK, bold=True)
_NAME: Final = Pen(NAME_SIZE, INK, bold=True)
_DETAIL: Final = Pen(DETAIL_SIZE, MUTED)
_HALO: Final = ' stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
_LABEL: Final = Pen(LABEL_SIZE, INK, anchor="middle", more=_HALO)


class Style(NamedTuple):
    """How a kind of group looks: border and tile, background, dashes. The colours are AWS's own for its groups."""

    stroke: str
    fill: str = "none"
    dashes: str = ""


STYLES: Final[dict[str, Style]] = {
    "cloud": Style("#232F3E"),
    "region": Style("#00A4A6", dashes="6 4"),
    "vpc": Style("#8C4FFF"),
    "az": Style("#147EBA", dashes="6 4"),
    "public": Style("#7AA116", "#F2F6E8"),
    "private": Style("#00A4A6", "#E6F6F7"),
    "data": Style("#3B48CC", "#EEF0FC"),
    "cluster": Style("#D45B07", "#FFFFFF"),
}
_OTHER: Final = Style(MUTED)

_LOCK: Final = "M7.5 11V8.500a4.500 4.500 0 0 1 9 0V11M6 11h12v8H6z"
_GLYPHS: Final = {
    "cloud": "M7.5 17h9a3.5 3.5 0 0 0 .6-6.950A5 5 0 0 0 7.600 9.200 4 4 0 0 0 7.500 17z",
    "region": "M8 20V5M8 5.500h9l-2 3.500 2 3.500H8",
    "public": _LOCK,
    "private": _LOCK,
    "data": _LOCK,
}
_TILE_ICONS: Final = {"vpc": "vpc", "cluster": "cluster"}


def render(view: View) -> bytes:
    """Return the picture with its fonts embedded."""
    return draw(view, fonts=True).encode()


def draw(view: View, *, fonts: bool) -> str:
    """Return the picture as SVG, https://www.w3.org/TR/SVG11/. Raises `UsageError` for a view that shows nothing."""
    placed = place(view)
    wide = max(placed.width, _LEAST_WIDTH)
    foot, total = _captions(view, wide, _HEADER + placed.height)
    size = f'width="{_number(wide)}" height="{_number(total)}" viewBox="0 0 {_number(wide)} {_number(total)}"'
    font = "font-family=\"Inter, 'Open Sans', Arial, sans-serif\""
    title = "".join(wrap(printable(view.title), _HEADING.size, wide - 48, 1, bold=True))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {font}>',
        f'<title id="title">{_escaped(view.title)}</title>',
        f'<desc id="desc">{_escaped(" ".join([view.description, *view.hidden]))}</desc>',
        *([f"<style>{_font_faces()}</style>"] if fonts else []),
        f"<defs>{_markers()}{_icons(placed)}</defs>",
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
        _text(24, 34, title, _HEADING),
        f'<g transform="translate({_number((wide - placed.width) / 2)} {_number(_HEADER)})">',
        *(line for layer in _LAYERS for line in layer(placed)),
        "</g>",
        *foot,
        "</svg>",
    ]
    return "".join(f"{line}\n" for line in lines)


@cache
def _font_faces() -> str:
    faces = []
    for weight, name in ((400, "Inter-Regular.woff2"), (600, "Inter-SemiBold.woff2")):
        data = b64encode((FONTS / name).read_bytes()).decode("ascii")
        source = f'url(data:font/woff2;base64,{data}) format("woff2")'
        faces.append(f"@font-face{{font-family:Inter;font-weight:{weight};src:{source}}}")
    return "".join(faces)


def _markers() -> str:
    return (
        '<marker id="arrow" viewBox="0 0 10 10" refX="9.5" refY="5" markerUnits="userSpaceOnUse" '
        'markerWidth="9" markerHeight="9" orient="auto-start-reverse">'
        f'<path d="M0.500 1L10 5L0.500 9z" fill="{MUTED}"/></marker>'
    )


def _icons(placed: Placed) -> str:
    kinds = {node.kind for node in placed.view.nodes}
    kinds |= {_TILE_ICONS[group.kind] for group in placed.view.groups if group.kind in _TILE_ICONS}
    return "".join(
        f'<image id={_quoted(f"icon-{kind}")} width="48" height="48" href="{data_uri(kind)}"/>'
        for kind in sorted(kinds)
    )


def _groups(placed: Placed) -> Iterator[str]:
    """Yield the frames, the outer ones first."""
    for group in sorted(placed.view.groups, key=lambda group: -_area(placed.boxes[group.id])):
        box, style = placed.boxes[group.id], STYLES.get(group.kind, _OTHER)
        dashes = style.dashes if group.status == "current" else _PLANNED
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        at = _rect(Rect(round(box.x) + 0.5, round(box.y) + 0.5, round(box.width) - 1, round(box.height) - 1))
        yield f'<rect {at} fill="{style.fill}" stroke="{style.stroke}" stroke-width="1.25"{dashed}/>'


def _area(box: Rect) -> float:
    return box.width * box.height


def _titles(placed: Placed) -> Iterator[str]:
    for group in placed.view.groups:
        box, title = placed.boxes[group.id], placed.titles[group.id]
        stroke = STYLES.get(group.kind, _OTHER).stroke
        first, second = title_lines(group)
        if group.kind == "az":
            yield _text(title.middle[0], title.y + 15, first, Pen(11, stroke, bold=True, anchor="middle"))
            continue
        yield from _tile(group, round(box.x), round(box.y), stroke)
        x = box.x + TILE + TITLE_GAP
        yield from _title_words(group, (x, box.y), (first, second), stroke)


def _title_words(group: Group, at: Point, lines: tuple[str, str], stroke: str) -> Iterator[str]:
    (x, y), (first, second), size = at, lines, title_size(group)
    if group.kind in BIG_TITLES:
        yield _text(x, y + 16.5, first, Pen(size, stroke, bold=True))
        if second:
            yield _text(x + width(first, size, bold=True) + 8, y + 16.5, second, _DETAIL)
    else:
        yield _text(x, y + (12 if second else 16), first, Pen(size, stroke, bold=True))
        if second:
            yield _text(x, y + 23, second, _DETAIL)


def _tile(group: Group, x: float, y: float, stroke: str) -> Iterator[str]:
    icon = _TILE_ICONS.get(group.kind)
    if icon:
        yield f'<use href="#icon-{icon}" transform="translate({_number(x)} {_number(y)}) scale(0.5)"/>'
        return
    glyph = _GLYPHS.get(group.kind, "M6 6h12v12H6z")
    yield (
        f'<g transform="translate({_number(x)} {_number(y)})"><rect width="24" height="24" fill="{stroke}"/>'
        f'<path d="{glyph}" fill="none" stroke="#FFFFFF" stroke-width="1.6" stroke-linejoin="round"/></g>'
    )


def _nodes(placed: Placed) -> Iterator[str]:
    draw_one = _card if placed.view.layout == "flow" else _standing
    for node in placed.view.nodes:
        faded = ' opacity="0.6"' if node.status != "current" else ""
        yield f"<g{faded}>{''.join(draw_one(node, placed.boxes[node.id]))}</g>"


def _standing(node: Node, box: Rect) -> Iterator[str]:
    """Draw a node as its icon with words below; on a border it needs a ground, or the line runs through it."""
    icon = icon_of(box)
    if node.border:
        yield f'<circle cx="{_number(icon.middle[0])}" cy="{_number(icon.middle[1])}" r="25" fill="#FFFFFF"/>'
    yield _use(node.kind, icon)
    yield from _words(words(node), box.middle[0], box.y + ICON + 14, "middle")


def _card(node: Node, box: Rect) -> Iterator[str]:
    dashed = f' stroke-dasharray="{_PLANNED}"' if node.status != "current" else ""
    yield f'<rect {_rect(box)} rx="6" fill="#FFFFFF" stroke="#9AA3AD" stroke-width="1.25"{dashed}/>'
    icon = Rect(box.x + CARD_PAD, box.middle[1] - CARD_ICON / 2, CARD_ICON, CARD_ICON)
    yield _use(node.kind, icon)
    lines = card_words(node)
    yield from _words(lines, icon.right + CARD_PAD, box.middle[1] - lines.height / 2 + 10.5, "")


def _use(kind: str, at: Rect) -> str:
    scale = "" if at.width == ICON else f" scale({_number(at.width / ICON)})"
    return f'<use href={_quoted(f"#icon-{kind}")} transform="translate({_number(at.x)} {_number(at.y)}){scale}"/>'


def _words(lines: Words, x: float, baseline: float, anchor: str) -> Iterator[str]:
    for line in lines.title:
        yield _text(x, baseline, line, _NAME._replace(anchor=anchor))
        baseline += NAME_LINE
    for line in lines.detail:
        yield _text(x, baseline - 1, line, _DETAIL._replace(anchor=anchor))
        baseline += DETAIL_LINE


def _edges(placed: Placed) -> Iterator[str]:
    labels = [route.label for route in placed.routes if route.label]
    for edge, route in zip(placed.view.edges, placed.routes, strict=True):
        dashed = f' stroke-dasharray="{_PLANNED}"' if _is_dashed(edge) else ""
        start = ' marker-start="url(#arrow)"' if edge.both else ""
        yield (
            f'<path d="{_path(route, labels)}" fill="none" stroke="{MUTED}" stroke-width="1.25"{dashed}{start} '
            'marker-end="url(#arrow)"/>'
        )


def _is_dashed(edge: Edge) -> bool:
    return edge.status != "current"


def _path(route: Route, labels: list[Rect]) -> str:
    """Return a way as path data, with a gap where a label stands on it."""
    if route.curve:
        return "".join(_curve(route))
    points = route.points
    drawn = [f"M{_point(points[0])}"]
    for index, (before, corner) in enumerate(pairwise(points)):
        drawn += _gaps(before, corner, labels)
        if index + 2 == len(points):
            break
        after = points[index + 2]
        radius = min(_RADIUS, _length(before, corner) / 2, _length(corner, after) / 2)
        drawn.append(f"L{_point(_towards(corner, before, radius))}Q{_point(corner)} ")
        drawn.append(_point(_towards(corner, after, radius)))
    return "".join([*drawn, f"L{_point(points[-1])}"])


def _curve(route: Route) -> Iterator[str]:
    points, hole = route.points, route.label.grown(1) if route.label else None
    yield f"M{_point(points[0])}"
    for start in range(0, len(points) - 1, 3):
        piece = points[start : start + 4]
        if hole and all(hole.x <= x <= hole.right and hole.y <= y <= hole.bottom for x, y in piece):
            yield f"M{_point(piece[3])}"
        else:
            yield f"C{' '.join(_point(point) for point in piece[1:])}"


def _gaps(start: Point, end: Point, labels: list[Rect]) -> Iterator[str]:
    """Yield a jump over every label whose middle lies on a straight part, in the order of the way."""
    across = 0 if start[1] == end[1] else 1
    low, high = sorted((start[across], end[across]))
    found = []
    for label in labels:
        middle = label.middle
        if abs(middle[1 - across] - start[1 - across]) < 1 and low < middle[across] < high:
            found.append((middle[across], label[2 + across] / 2))
    ahead = 1 if end[across] > start[across] else -1
    for at, half in sorted(found, key=lambda spot: ahead * spot[0]):
        near, far = list(start), list(start)
        near[across], far[across] = at - ahead * half, at + ahead * half
        yield f"L{_point((near[0], near[1]))}M{_point((far[0], far[1]))}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    length = _length(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / length, start[1] + (end[1] - start[1]) * by / length


def _labels(placed: Placed) -> Iterator[str]:
    for edge, route in zip(placed.view.edges, placed.routes, strict=True):
        if route.label is None:
            continue
        lines = label_lines(edge.label)
        x, y = route.label.middle
        y += LABEL_SIZE * _CENTRE - LABEL_LINE * (len(lines) - 1) / 2
        for line in lines:
            yield _text(x, y, line, _LABEL)
            y += LABEL_LINE


def _captions(view: View, wide: float, y: float) -> tuple[list[str], float]:
    """Return what the picture does not say by itself, below it, and where the picture then ends."""
    lines: list[str] = []
    statuses = {thing.status for things in (view.edges, view.nodes, view.groups) for thing in things}
    if statuses - {"current"}:
        dashed = f'stroke="{MUTED}" stroke-width="1.25" stroke-dasharray="{_PLANNED}"'
        lines.append(f'<path d="M24 {_number(y)}h26" {dashed}/>')
        lines.append(_text(58, y + 3.5, "dashed or pale: not there today", _DETAIL))
        y += _CAPTION
    for sentence in view.hidden:
        for line in wrap(printable(sentence), DETAIL_SIZE, wide - 48, 3):
            lines.append(_text(24, y + 3.5, line, _DETAIL))
            y += _CAPTION
    return lines, y + 6 if lines else y


_LAYERS: Final[tuple[Callable[[Placed], Iterator[str]], ...]] = (_groups, _edges, _nodes, _titles, _labels)
"""What is drawn over what: words over lines, lines over frames."""


def _text(x: float, y: float, text: str, pen: Pen) -> str:
    weight = ' font-weight="600"' if pen.bold else ""
    anchored = f' text-anchor="{pen.anchor}"' if pen.anchor else ""
    at = f'x="{_number(x)}" y="{_number(y)}" font-size="{_number(pen.size)}"'
    return f'<text {at} fill="{pen.fill}"{weight}{anchored}{pen.more}>{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(printable(text))


def _quoted(text: str) -> str:
    return quoteattr(printable(text))


def _rect(rect: Rect) -> str:
    x, y, wide, high = (_number(part) for part in rect)
    return f'x="{x}" y="{y}" width="{wide}" height="{high}"'


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """Return a coordinate, to a tenth of a px: enough to look right, and equal on every machine."""
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 100_000 else f"{value:.1f}"
