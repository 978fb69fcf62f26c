"""Things of known size beside and below each other.

Every size is a multiple of `UNIT`, and so is every place in the grid. Then borders that nearly align do align, and
the middle of an icon, half a unit off, never lies on a border. In px.
"""

from collections.abc import Iterable
from math import ceil, floor
from typing import Final, NamedTuple

from archspec.layout.measure import BOX, node_height
from archspec.views.view import Node

UNIT: Final = 8.0
PAD: Final = 16.0
HEAD: Final = 32.0  # the title of a group, and air below it
GAP: Final = 24.0
SHELF_GAP: Final = 16.0
DROP: Final = UNIT / 2  # so far below its slot's top a node starts
Size = tuple[float, float]


def up(value: float) -> float:
    """Return the next multiple of the unit."""
    return ceil(value / UNIT - 1e-9) * UNIT


def down(value: float) -> float:
    """Return the multiple of the unit before."""
    return floor(value / UNIT + 1e-9) * UNIT


class Item(NamedTuple):
    """A thing of known size that wants a place on a shelf."""

    id: str
    width: float
    height: float


Shelves = list[list[Item]]


def slot(node: Node) -> Item:
    """Return the room of a node, half a unit above it included."""
    return Item(node.id, BOX, up(node_height(node) + DROP))


def shelves(items: Iterable[Item], room: float, gap: float) -> Shelves:
    """Put things beside each other as long as there is room, then below."""
    found: Shelves = []
    used = 0.0
    for item in items:
        if found and used + gap + item.width <= room:
            found[-1].append(item)
            used += gap + item.width
        else:
            found.append([item])
            used = item.width
    return found


def gap_in(block: Shelves) -> float:
    """Return how far the things on a shelf are apart: frames farther than nodes."""
    return SHELF_GAP if block[0][0].width == BOX else GAP


def shelf_extent(block: Shelves) -> Size:
    """Return the size of shelves, one below the other."""
    gap = gap_in(block)
    width = max(sum(item.width for item in shelf) + gap * (len(shelf) - 1) for shelf in block)
    height = sum(max(item.height for item in shelf) for shelf in block)
    return width, height + SHELF_GAP * (len(block) - 1)
