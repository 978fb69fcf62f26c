"""Where groups and nodes stand in a placement: AZ columns aligned, tiers in rows of one height, the rest in shelves.

Sizes are asked from the inside out, places are given from the outside in. A node that spans AZs stands in the lane
between the two middle columns; a node on a border stands over that lane.
"""

from collections.abc import Iterable, Iterator
from math import ceil, sqrt
from typing import Final, NamedTuple

from archspec.layout.measure import BOX, ICON, node_height, title_extent
from archspec.layout.placed import Rect
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Group, Node

MARGIN: Final = 28.0
_PADS: Final = {"az": 14.0, "cluster": 8.0}
_PAD: Final = 16.0
_OUTER_PAD: Final = 24.0
_HEADS: Final = {"cloud": 40.0, "region": 40.0, "vpc": 40.0, "az": 30.0}
_HEAD: Final = 36.0
_GAP: Final = 28.0  # between frames, so that a line and its label pass
_ROW_GAP: Final = 42.0
_SLOT_GAP: Final = 10.0
_SHELF_GAP: Final = 18.0
_LANE: Final = 16.0
_SHELF: Final = 1500.0
_OUTER: Final = frozenset({"cloud", "region", "vpc"})

Size = tuple[float, float]


class Item(NamedTuple):
    """A thing of known size that wants a place."""

    id: str
    width: float
    height: float


class Columns(NamedTuple):
    """The AZ columns of a group: which rows there are, how high each is, how wide a column and the lane are."""

    azs: tuple[Group, ...]
    rows: dict[int, float]
    width: float
    lane: float

    @property
    def lane_at(self) -> int:
        """How many columns stand left of the lane."""
        return (len(self.azs) + 1) // 2

    @property
    def extent(self) -> Size:
        inner = sum(self.rows.values()) + _ROW_GAP * max(len(self.rows) - 1, 0)
        gaps = _GAP * max(len(self.azs) - 1, 0)
        lane = self.lane + (_GAP if len(self.azs) == 1 and self.lane else 0) - (_GAP if self._inner_lane else 0)
        return self.width * len(self.azs) + gaps + max(lane, 0), _HEADS["az"] + inner + _PADS["az"]

    @property
    def _inner_lane(self) -> bool:
        return bool(self.lane) and len(self.azs) > 1

    def column_x(self, index: int) -> float:
        """Return where a column starts, from the left end of the columns."""
        moved = self.lane - _GAP if self._inner_lane and index >= self.lane_at else 0
        return index * (self.width + _GAP) + moved

    @property
    def lane_middle(self) -> float:
        """Return the middle of the lane; without a lane, of the gap that stands for it, or of the only column."""
        if len(self.azs) == 1:
            return self.width + _GAP + self.lane / 2 if self.lane else self.width / 2
        left = self.column_x(self.lane_at - 1) + self.width
        return (left + self.column_x(self.lane_at)) / 2


def arrange(tree: Tree) -> dict[str, Rect]:
    """Return the box of every group and node, and of the canvas under the id `""`."""
    width, height = _content(tree, ROOT)
    canvas = Rect(0, 0, width + 2 * MARGIN, height + 2 * MARGIN)
    boxes = {ROOT: canvas}
    _settle(tree, ROOT, Rect(MARGIN, MARGIN, width, height), boxes)
    return boxes


def icon_of(box: Rect) -> Rect:
    """Return the part of a node's box that its icon covers."""
    return Rect(box.middle[0] - ICON / 2, box.y, ICON, ICON)


def _pad(group: Group) -> float:
    return _OUTER_PAD if group.kind in _OUTER else _PADS.get(group.kind, _PAD)


def _overhang(tree: Tree, group: Group) -> float:
    return ICON / 2 + 6 if tree.inside(group.id, border=True) else 0


def _head(tree: Tree, group: Group) -> float:
    """Return how far under a group's top border its content starts."""
    borders = [node_height(node) - ICON / 2 + 18 for node in tree.inside(group.id, border=True)]
    return max(_HEADS.get(group.kind, _HEAD), *borders, 0)


def _extent(tree: Tree, group: Group) -> Size:
    """Return the size of a group with its frame, and with what stands on its border."""
    width, height = _content(tree, group.id)
    border = tree.inside(group.id, border=True)
    title = title_extent(group)[0]
    if border:
        # Its middle stays free of the title, however narrow the content is.
        title = 2 * title + len(border) * (BOX + _SLOT_GAP) + 2 * _SLOT_GAP
    pad = _pad(group)
    framed = _head(tree, group) + (height + pad if height else 0) + _overhang(tree, group)
    return max(width + 2 * pad, title + 2 * _SLOT_GAP), framed


def _content(tree: Tree, parent: str) -> Size:
    blocks = [_shelf_extent(shelf) for shelf in _blocks(tree, parent)]
    columns = _columns(tree, parent)
    if columns.azs:
        blocks.append(columns.extent)
    height = sum(block[1] for block in blocks) + _GAP * max(len(blocks) - 1, 0)
    return max((block[0] for block in blocks), default=0), height


def _blocks(tree: Tree, parent: str) -> list[list[list[Item]]]:
    """Return the shelves of a group: those of its groups and those of its nodes."""
    frames = [Item(group.id, *_extent(tree, group)) for group in tree.others(parent)]
    framed = _shelves(frames, _SHELF, _GAP)
    has_columns = bool(tree.columns(parent))
    nodes = [n for n in tree.inside(parent) if not has_columns or n.row is None]
    per_row = max(4, ceil(sqrt(len(nodes) * 1.5)))
    widest = max([per_row * (BOX + _SLOT_GAP), *(_shelf_extent(framed)[:1] if framed else ())])
    shelved = _shelves([Item(n.id, BOX, node_height(n)) for n in nodes], widest, _SLOT_GAP)
    return [block for block in (framed, shelved) if block]


def _shelves(items: Iterable[Item], room: float, gap: float) -> list[list[Item]]:
    shelves: list[list[Item]] = []
    used = 0.0
    for item in items:
        if shelves and used + gap + item.width <= room:
            shelves[-1].append(item)
            used += gap + item.width
        else:
            shelves.append([item])
            used = item.width
    return shelves


def _gap_in(shelves: list[list[Item]]) -> float:
    return _SLOT_GAP if shelves[0][0].width == BOX else _GAP


def _shelf_extent(shelves: list[list[Item]]) -> Size:
    gap = _gap_in(shelves)
    width = max(sum(item.width for item in shelf) + gap * (len(shelf) - 1) for shelf in shelves)
    height = sum(max(item.height for item in shelf) for shelf in shelves)
    return width, height + _SHELF_GAP * (len(shelves) - 1)


def _columns(tree: Tree, parent: str) -> Columns:
    azs = tree.columns(parent)
    spanning = [node for node in tree.inside(parent) if node.row is not None] if azs else []
    rows: dict[int, float] = {}
    widths = [_extent_of_title(az) for az in azs]
    for az in azs:
        for row, (width, height) in _cells(tree, az):
            rows[row] = max(rows.get(row, 0), height)
            widths.append(width)
    lanes = [0.0]
    for row in sorted({node.row for node in spanning if node.row is not None}):
        width, height = _shelf_extent(_lane_shelves(spanning, row))
        rows[row] = max(rows.get(row, 0), _HEAD + height + 10)
        lanes.append(width + 2 * _LANE)
    return Columns(azs, dict(sorted(rows.items())), max(widths, default=0) + 2 * _PADS["az"], max(lanes))


def _extent_of_title(group: Group) -> float:
    return title_extent(group)[0]


def _lane_shelves(spanning: Iterable[Node], row: int) -> list[list[Item]]:
    items = [Item(node.id, BOX, node_height(node)) for node in spanning if node.row == row]
    return _shelves(items, 2 * BOX + _SLOT_GAP if len(items) > 1 else BOX, _SLOT_GAP)


def _cells(tree: Tree, az: Group) -> Iterator[tuple[int, Size]]:
    """Yield the rows of an AZ with the size of what stands in each; its own nodes stand in a last row."""
    stacks: dict[int, list[Size]] = {}
    for group in tree.groups_in.get(az.id, ()):
        stacks.setdefault(group.row, []).append(_extent(tree, group))
    for row, sizes in stacks.items():
        yield row, (max(size[0] for size in sizes), sum(size[1] for size in sizes) + _SHELF_GAP * (len(sizes) - 1))
    if tree.nodes_in.get(az.id):
        yield _LAST_ROW, _shelf_extent(_own_nodes(tree, az))


_LAST_ROW: Final = 10**6


def _own_nodes(tree: Tree, az: Group) -> list[list[Item]]:
    nodes = tree.nodes_in.get(az.id, ())
    return _shelves([Item(node.id, BOX, node_height(node)) for node in nodes], 4 * BOX, _SLOT_GAP)


def _settle(tree: Tree, parent: str, room: Rect, boxes: dict[str, Rect]) -> None:
    """Give everything inside a group its place in `room`, which is at least as large as it needs."""
    y, middle = room.y, room.middle[0]
    columns = _columns(tree, parent)
    blocks = _blocks(tree, parent)
    if parent == ROOT:
        blocks.reverse()  # the outside world stands above the cloud
    lone = len(blocks) == 1 and not columns.azs and len(blocks[0]) == len(blocks[0][0]) == 1
    if lone and blocks[0][0][0].id in tree.groups:
        _frame(tree, tree.groups[blocks[0][0][0].id], room, boxes)
        return
    if columns.azs:
        width, height = columns.extent
        _settle_columns(tree, parent, columns, Rect(room.x + (room.width - width) / 2, y, width, height), boxes)
        middle = room.x + (room.width - width) / 2 + columns.lane_middle
        y += height + _GAP
    _hang(tree, parent, middle, boxes)
    for shelves in blocks:
        height = _shelf_extent(shelves)[1]
        _settle_shelves(tree, shelves, Rect(room.x, y, room.width, height), boxes)
        y += height + _GAP
    if parent == ROOT:
        _centre_over_border(tree, boxes)


def _settle_shelves(tree: Tree, shelves: list[list[Item]], room: Rect, boxes: dict[str, Rect]) -> None:
    gap, y = _gap_in(shelves), room.y
    left = room.x + (room.width - _shelf_extent(shelves)[0]) / 2
    for shelf in shelves:
        x = left
        height = max(item.height for item in shelf)
        for item in shelf:
            if item.id in tree.groups:
                wide = room.width if len(shelf) == 1 else item.width
                start = room.x if len(shelf) == 1 else x
                _frame(tree, tree.groups[item.id], Rect(start, y, wide, height), boxes)
            else:
                boxes[item.id] = Rect(x, y, item.width, item.height)
            x += item.width + gap
        y += height + _SHELF_GAP


def _frame(tree: Tree, group: Group, room: Rect, boxes: dict[str, Rect]) -> None:
    over = _overhang(tree, group)
    box = Rect(room.x, room.y + over, room.width, room.height - over)
    boxes[group.id] = box
    pad, head = _pad(group), _head(tree, group)
    width, height = box.width - 2 * pad, max(box.height - head - pad, 0)
    # What is lower than its row stands at the top, so that icons of one row are at one height.
    _settle(tree, group.id, Rect(box.x + pad, box.y + head, width, height), boxes)


def _settle_columns(tree: Tree, parent: str, columns: Columns, room: Rect, boxes: dict[str, Rect]) -> None:
    for index, az in enumerate(columns.azs):
        box = Rect(room.x + columns.column_x(index), room.y, columns.width, room.height)
        boxes[az.id] = box
        _settle_rows(tree, az, columns, box, boxes)
    spanning = [node for node in tree.inside(parent) if node.row is not None]
    for row, top in _row_tops(columns, room):
        shelves = _lane_shelves(spanning, row)
        if shelves:
            width, height = _shelf_extent(shelves)
            middle = room.x + columns.lane_middle
            _settle_shelves(tree, shelves, Rect(middle - width / 2, top + _HEAD, width, height), boxes)


def _row_tops(columns: Columns, room: Rect) -> Iterator[tuple[int, float]]:
    y = room.y + _HEADS["az"]
    for row, height in columns.rows.items():
        yield row, y
        y += height + _ROW_GAP


def _settle_rows(tree: Tree, az: Group, columns: Columns, box: Rect, boxes: dict[str, Rect]) -> None:
    pad = _PADS["az"]
    for row, top in _row_tops(columns, box):
        stack = [group for group in tree.groups_in.get(az.id, ()) if group.row == row]
        spare = columns.rows[row] - sum(_extent(tree, group)[1] for group in stack) - _SHELF_GAP * (len(stack) - 1)
        y = top
        for group in stack:
            height = _extent(tree, group)[1] + spare / len(stack)
            _frame(tree, group, Rect(box.x + pad, y, box.width - 2 * pad, height), boxes)
            y += height + _SHELF_GAP
        if row == _LAST_ROW and tree.nodes_in.get(az.id):
            room = Rect(box.x + pad, top, box.width - 2 * pad, columns.rows[row])
            _settle_shelves(tree, _own_nodes(tree, az), room, boxes)


def _hang(tree: Tree, parent: str, middle: float, boxes: dict[str, Rect]) -> None:
    """Put the nodes of a group's border on it, around `middle`."""
    nodes = tree.inside(parent, border=True)
    for index, node in enumerate(nodes):
        x = middle + (index - (len(nodes) - 1) / 2) * (BOX + _SLOT_GAP) - BOX / 2
        boxes[node.id] = Rect(x, boxes[parent].y - ICON / 2, BOX, node_height(node))


def _centre_over_border(tree: Tree, boxes: dict[str, Rect]) -> None:
    """Move what stands outside over the first gateway, so that the way in is straight."""
    gateway = next((node.id for node in tree.view.nodes if node.border and node.parent in tree.groups), None)
    outside = [node.id for node in tree.inside(ROOT)]
    if gateway is None or len(outside) != 1:
        return
    (id_,) = outside
    boxes[id_] = boxes[id_]._replace(x=boxes[gateway].x)
