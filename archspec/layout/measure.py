"""How large things are before they are placed: icons with their words, titles of groups, labels of edges. In px."""

from functools import lru_cache
from typing import Final, NamedTuple

from archspec.layout.placed import Rect
from archspec.layout.text import ELLIPSIS, width, wrap
from archspec.views.view import Group, Node

ICON: Final = 48.0
BOX: Final = 104.0  # every icon with its words is as wide, so that centres which are aligned stay aligned
NAME_SIZE: Final = 11.0
NAME_LINE: Final = 14.0
DETAIL_SIZE: Final = 9.5
DETAIL_LINE: Final = 12.0
LABEL_SIZE: Final = 9.5
LABEL_LINE: Final = 12.0
TILE: Final = 24.0
TITLE_GAP: Final = 7.0
TITLE_LIMIT: Final = 220.0

CARD_ICON: Final = 36.0
CARD_PAD: Final = 10.0
_CARD_TEXT: Final = 136.0
_NAME_WIDTH: Final = 104.0
_LABEL_WIDTH: Final = 116.0
_MAX_DETAILS: Final = 10
_MAX_CARD_DETAILS: Final = 16
BADGE: Final = 9.0  # how far a badge reaches over the corner of its icon

BIG_TITLES: Final = frozenset({"cloud", "region", "vpc"})
"""The kinds of group whose title is larger and has its subtitle beside it; others have it below."""


class Words(NamedTuple):
    """The lines under an icon or on a card."""

    title: tuple[str, ...]
    detail: tuple[str, ...]

    @property
    def height(self) -> float:
        return NAME_LINE * len(self.title) + DETAIL_LINE * len(self.detail)


def words(node: Node) -> Words:
    """Return the lines under a node's icon."""
    return _cut(_words(node.title, node.detail, _NAME_WIDTH, 3), _MAX_DETAILS)


def card_words(node: Node) -> Words:
    """Return the lines on a node's card."""
    return _cut(_words(node.title, node.detail, _CARD_TEXT, 3), _MAX_CARD_DETAILS)


def _cut(found: Words, most: int) -> Words:
    """Keep as many lines as there is room for, and say with a last one that there are more."""
    return found if len(found.detail) <= most else found._replace(detail=(*found.detail[: most - 1], ELLIPSIS))


@lru_cache(maxsize=4096)
def _words(title: str, detail: tuple[str, ...], room: float, lines: int) -> Words:
    details = [line for text in detail for line in wrap(text, DETAIL_SIZE, room, lines)]
    return Words(wrap(title, NAME_SIZE, room, 2, bold=True), tuple(details))


def node_height(node: Node) -> float:
    """Return the height of an icon with its words."""
    return ICON + 6 + words(node).height


def card_size(node: Node) -> tuple[float, float]:
    """Return the size of a node's card: the icon, and the words to its right."""
    title, detail = card_words(node)
    names = [width(line, NAME_SIZE, bold=True) for line in title]
    widest = max([*names, *(width(line, DETAIL_SIZE) for line in detail)], default=0)
    height = max(CARD_ICON, card_words(node).height)
    return round(CARD_PAD * 3 + CARD_ICON + widest + 2), round(height + 2 * CARD_PAD)


def title_lines(group: Group) -> tuple[str, str]:
    """Return a group's title and subtitle as they are written, cut where they are too long."""
    size = title_size(group)
    title = wrap(group.title, size, TITLE_LIMIT, 1, bold=True)
    subtitle = wrap(group.subtitle, DETAIL_SIZE, TITLE_LIMIT, 1)
    return "".join(title), "".join(subtitle)


def title_size(group: Group) -> float:
    """Return the font size of a group's title."""
    return 12.0 if group.kind in BIG_TITLES else 11.0


def title_extent(group: Group) -> tuple[float, float]:
    """Return the size of a group's title with its corner tile; an AZ has no tile."""
    title, subtitle = title_lines(group)
    first = width(title, title_size(group), bold=True)
    second = width(subtitle, DETAIL_SIZE)
    if group.kind == "az":
        return round(first + 8), 22.0
    if group.kind in BIG_TITLES:
        return round(TILE + TITLE_GAP + first + (8 + second if second else 0) + 6), TILE
    return round(TILE + TITLE_GAP + max(first, second) + 6), TILE


def label_lines(label: str) -> tuple[str, ...]:
    """Return the lines of an edge's label."""
    return wrap(label, LABEL_SIZE, _LABEL_WIDTH, 3)


def label_extent(label: str) -> tuple[float, float]:
    """Return the size of an edge's label with a margin around it."""
    lines = label_lines(label)
    return round(max(width(line, LABEL_SIZE) for line in lines) + 6), LABEL_LINE * len(lines) + 2


def icon_of(box: Rect) -> Rect:
    """Return the part of a node's box that its icon covers."""
    return Rect(box.middle[0] - ICON / 2, box.y, ICON, ICON)


def badge_of(box: Rect) -> Rect:
    """Return the corner of a node's icon where a badge may stand: labels keep off it, with a badge or without."""
    icon = icon_of(box)
    return Rect(icon.right - BADGE, icon.y - BADGE, 2 * BADGE, 2 * BADGE)
