"""Nodes as icons with words below, or as cards with words beside the icon."""

from collections.abc import Iterator
from typing import Final

from archspec.layout.measure import (
    CARD_ICON,
    CARD_PAD,
    DETAIL_LINE,
    ICON,
    NAME_LINE,
    Words,
    card_words,
    icon_of,
    words,
)
from archspec.layout.placed import Placed, Rect
from archspec.renderers.palette import PAPER
from archspec.renderers.svg.marks import CHANGES, DOWN, LEFT, badges, mark
from archspec.renderers.svg.pen import DETAIL, NAME, PLANNED, escaped, number, quoted, rect, text
from archspec.views.view import Node

_PALE: Final = ' opacity="0.6"'
_BORDER: Final = "#9AA3AD"


def nodes(placed: Placed) -> Iterator[str]:
    """Yield the nodes, each with its whole text as a tooltip: what is cut in the picture is read there."""
    draw = _card if placed.view.layout == "flow" else _standing
    for node in placed.view.nodes:
        pale = _PALE if node.status != "current" or node.change == "removed" else ""
        whole = "\n".join(escaped(part) for part in (node.title, *node.detail))
        yield (
            f'<g class="node" data-id={quoted(node.id)} data-element={quoted(node.element)}{pale}>'
            f"<title>{whole}</title>{''.join(draw(node, placed.boxes[node.id]))}</g>"
        )


def marks(placed: Placed) -> Iterator[str]:
    """Yield what stands on nodes: badges from the right corner of the icon or card on, a change at the left.

    Beside an icon there is room below the corner, on a card left of it.
    """
    is_flow = placed.view.layout == "flow"
    for node in placed.view.nodes:
        box = placed.boxes[node.id]
        corners = box if is_flow else icon_of(box).grown(2)
        yield from badges(node.badges, (corners.right, corners.y), LEFT if is_flow else DOWN)
        yield mark(node.change, (corners.x, corners.y))


def _standing(node: Node, box: Rect) -> Iterator[str]:
    """Draw a node as its icon with words below; on a border it needs a ground, or the line runs through it."""
    icon = icon_of(box)
    if node.border:
        yield f'<circle cx="{number(icon.middle[0])}" cy="{number(icon.middle[1])}" r="25" fill="{PAPER}"/>'
    change = CHANGES.get(node.change)
    if change:
        dashed = f' stroke-dasharray="{change.dashes}"' if change.dashes else ""
        yield f'<rect {rect(icon.grown(2))} rx="4" fill="none" stroke="{change.colour}" stroke-width="2.5"{dashed}/>'
    yield _use(node.kind, icon)
    yield from _words(words(node), box.middle[0], box.y + ICON + 14, "middle")


def _card(node: Node, box: Rect) -> Iterator[str]:
    change = CHANGES.get(node.change)
    dashes = PLANNED if node.status != "current" or node.change == "removed" else ""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    line = f'stroke="{change.colour}" stroke-width="2.5"' if change else f'stroke="{_BORDER}" stroke-width="1.25"'
    yield f'<rect {rect(box)} rx="6" fill="{PAPER}" {line}{dashed}/>'
    icon = Rect(box.x + CARD_PAD, box.middle[1] - CARD_ICON / 2, CARD_ICON, CARD_ICON)
    yield _use(node.kind, icon)
    lines = card_words(node)
    yield from _words(lines, icon.right + CARD_PAD, box.middle[1] - lines.height / 2 + 10.5, "")


def _use(kind: str, at: Rect) -> str:
    scale = "" if at.width == ICON else f" scale({number(at.width / ICON)})"
    return f'<use href={quoted(f"#icon-{kind}")} transform="translate({number(at.x)} {number(at.y)}){scale}"/>'


def _words(lines: Words, x: float, baseline: float, anchor: str) -> Iterator[str]:
    for line in lines.title:
        yield text(x, baseline, line, NAME._replace(anchor=anchor))
        baseline += NAME_LINE
    for line in lines.detail:
        yield text(x, baseline - 1, line, DETAIL._replace(anchor=anchor))
        baseline += DETAIL_LINE
