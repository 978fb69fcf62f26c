"""The styles that draw.io's cells are written in, those of its palette "AWS".

https://github.com/jgraph/drawio/blob/dev/src/main/webapp/js/diagramly/sidebar/Sidebar-AWS4.js. No text of a spec is
part of a style.
"""

from typing import Final

from archspec.findings import Severity
from archspec.layout.measure import (
    BIG_TITLES,
    CARD_ICON,
    CARD_PAD,
    DETAIL_SIZE,
    LABEL_SIZE,
    NAME_SIZE,
    TILE,
    TITLE_GAP,
    title_size,
)
from archspec.renderers.drawio.icons import GENERIC, GROUP_ICONS, ICONS
from archspec.renderers.palette import CHANGES, FRAMES, INK, MUTED, OTHER, PAPER, SEVERITIES, classes, colours
from archspec.views.view import Edge, Group, Node

_WORDS: Final = f"html=1;fontColor={INK};fontSize={NAME_SIZE:g};"
_BELOW: Final = "verticalLabelPosition=bottom;verticalAlign=top;align=center;spacingTop=-2;"
_PALE: Final = "opacity=60;textOpacity=60;"
_CARD_BORDER: Final = "#9AA3AD"
FIXED: Final = "connectable=0;movable=0;"
"""What is added for an icon that goes where its ground goes."""

HEADING: Final = f"text;html=1;align=left;verticalAlign=middle;fontSize=16;fontStyle=1;fontColor={INK};"
NOTE: Final = f"text;html=1;align=left;verticalAlign=middle;fontSize={DETAIL_SIZE:g};fontColor={MUTED};"
_BADGES: Final = {Severity.ERROR: "", Severity.WARNING: "triangle;direction=north;spacingTop=4;"}


def icon(kind: str) -> str:
    """Return the style of a kind's icon."""
    name, colour, tile = ICONS.get(kind, GENERIC)
    look = f"sketch=0;outlineConnect=0;gradientColor=none;dashed=0;aspect=fixed;fillColor={colour};"
    if tile:
        return f"{look}strokeColor=#FFFFFF;shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.{name};"
    return f"{look}strokeColor=none;shape=mxgraph.aws4.{name};"


def node(one: Node, *, card: bool) -> str:
    """Return the style of what a node stands on and is connected by: its card, its ground on a border, or its icon."""
    pale = _PALE if _absent(one) else ""
    if card:
        line = f"strokeColor={CHANGES[one.change]};strokeWidth=2.5;" if one.change else f"strokeColor={_CARD_BORDER};"
        left = f"align=left;verticalAlign=middle;spacingLeft={CARD_ICON + CARD_PAD * 2 - 2:g};"
        return f"rounded=1;absoluteArcSize=1;arcSize=12;fillColor={PAPER};{line}{_dashed(one)}{_WORDS}{left}{pale}"
    if one.border:
        return f"ellipse;fillColor={PAPER};strokeColor=none;{_WORDS}{_BELOW}{pale}"
    return f"{icon(one.kind)}{_WORDS}{_BELOW}{pale}"


def _absent(thing: Group | Node | Edge) -> bool:
    return thing.status != "current" or thing.change == "removed"


def _dashed(thing: Group | Node | Edge) -> str:
    return "dashed=1;dashPattern=5 3;" if _absent(thing) else ""


def changed(one: Node) -> str:
    """Return the style of the frame around the icon of a node that changed."""
    line = f"strokeColor={CHANGES[one.change]};strokeWidth=2.5;" if one.change else ""
    return f"rounded=1;arcSize=8;fillColor=none;pointerEvents=0;connectable=0;{line}{_dashed(one)}"


def group(one: Group) -> str:
    """Return the style of a group."""
    frame = FRAMES.get(one.kind, OTHER)
    colour, wide = (CHANGES[one.change], "2.5") if one.change else (frame.stroke, "1.25")
    dashes = _dashed(one) or ("dashed=1;dashPattern=6 4;" if frame.dashed else "dashed=0;")
    look = f"fillColor={frame.fill};strokeColor={colour};strokeWidth={wide};{dashes}"
    words = f"html=1;fontColor={frame.stroke};fontSize={title_size(one):g};verticalAlign=top;"
    base = f"{look}{words}container=1;collapsible=0;recursiveResize=0;pointerEvents=0;"
    if one.kind == "az":
        return f"{base}align=center;"
    left = TILE + TITLE_GAP - 2 if one.kind in GROUP_ICONS or is_tiled(one) else 8
    above = 2 if one.kind in BIG_TITLES else -4
    return f"{_tile(one)}{base}align=left;spacingLeft={left:g};spacingTop={above};"


def is_tiled(one: Group) -> bool:
    """Whether the tile in a group's corner is an icon of its own, because draw.io has no group of that kind."""
    return one.kind not in GROUP_ICONS and one.kind in ICONS


def _tile(one: Group) -> str:
    if one.kind not in GROUP_ICONS:
        return ""
    return f"shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.{GROUP_ICONS[one.kind]};grIconSize={TILE:g};"


def edge(one: Edge, *, curved: bool) -> str:
    """Return the style of an arrow."""
    marked = [name for name in classes(one) if name in colours()]
    line = (
        f"strokeColor={colours()[marked[-1]]};strokeWidth=2.5;" if marked else f"strokeColor={MUTED};strokeWidth=1.25;"
    )
    way = "edgeStyle=none;curved=1;" if curved else "edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=12;"
    heads = f"endArrow=block;endFill=1;endSize=5;startArrow={'block' if one.both else 'none'};startFill=1;startSize=5;"
    words = f"html=1;fontSize={LABEL_SIZE:g};fontColor={INK};labelBackgroundColor={PAPER};"
    return f"{way}{line}{_dashed(one)}{heads}{words}jettySize=auto;"


def badge(severity: Severity) -> str:
    """Return the style of a number of findings."""
    shape = _BADGES.get(severity, "ellipse;")
    return f"{shape}fillColor={SEVERITIES.get(severity, MUTED)};{_MARK}"


def sign(colour: str) -> str:
    """Return the style of the sign of a change."""
    return f"rounded=1;fillColor={colour};{_MARK}"


_MARK: Final = f"strokeColor={PAPER};fontColor={PAPER};fontStyle=1;fontSize=9;html=1;connectable=0;"
