"""Where groups and nodes stand in a placement: AZ columns aligned, tiers in rows of one height, the rest in shelves.

Places are given from the outside in. A node that spans AZs stands in the lane between the two middle columns; a node
on a border stands over that lane.
"""

from typing import Final

from archspec.layout.measure import BOX, ICON, node_height, title_extent
from archspec.layout.placed import Rect
from archspec.layout.placement.columns import Columns
from archspec.layout.placement.extents import LAST_ROW, Extents, Wishes
from archspec.layout.placement.shelves import DROP, GAP, PAD, SHELF_GAP, UNIT, Shelves, down, gap_in, shelf_extent, up
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Group

MARGIN: Final = 24.0
_FILLING: Final = frozenset({"cloud", "region", "vpc", "az", "public", "private", "data", "cluster"})
"""The kinds of group that take all the room there is where nothing stands beside them."""

_Boxes = dict[str, Rect]


def arrange(tree: Tree, wishes: Wishes | None = None) -> _Boxes:
    """Return the box of every group and node, and of the canvas under the id `""`."""
    extents = Extents(tree, wishes or {})
    width, height = extents.content(ROOT)
    boxes = {ROOT: Rect(0, 0, width + 2 * MARGIN, height + 2 * MARGIN)}
    _settle(extents, ROOT, Rect(MARGIN, MARGIN, width, height), boxes)
    return boxes


def _settle(extents: Extents, parent: str, room: Rect, boxes: _Boxes) -> None:
    """Give everything inside a group its place in `room`, which is at least as large as it needs."""
    tree, y, middle = extents.tree, room.y, room.middle[0]
    columns, blocks = extents.columns(parent), extents.blocks(parent)
    if columns.azs:
        width, height = columns.extent
        left = room.x + down((room.width - width) / 2)
        _settle_columns(extents, parent, Rect(left, y, width, height), boxes)
        middle = left + columns.lane_middle
        y += height + GAP
    _hang(tree, parent, middle, boxes)
    for block in blocks:
        height = shelf_extent(block)[1] if len(blocks) > 1 or columns.azs else room.height
        _settle_shelves(extents, block, Rect(room.x, y, room.width, height), boxes)
        y += height + GAP
    if parent == ROOT:
        _centre_over_border(tree, boxes)


def _settle_shelves(extents: Extents, block: Shelves, room: Rect, boxes: _Boxes) -> None:
    gap, y = gap_in(block), room.y
    left = room.x + down((room.width - shelf_extent(block)[0]) / 2)
    for shelf in block:
        x = left
        height = max(item.height for item in shelf)
        for item in shelf:
            group = extents.tree.groups.get(item.id)
            if group is None:
                boxes[item.id] = Rect(x, y + DROP, item.width, node_height(extents.tree.nodes[item.id]))
            elif len(shelf) == 1 and group.kind in _FILLING:
                _frame(extents, group, Rect(room.x, y, room.width, room.height if len(block) == 1 else height), boxes)
            else:
                _frame(extents, group, Rect(x, y, item.width, height), boxes)
            x += item.width + gap
        y += height + SHELF_GAP


def _frame(extents: Extents, group: Group, room: Rect, boxes: _Boxes) -> None:
    over, head = extents.overhang(group), extents.head(group)
    box = Rect(room.x, room.y + over, room.width, room.height - over)
    boxes[group.id] = box
    # What is lower than its row stands at the top, so that icons of one row are at one height.
    inner = Rect(box.x + PAD, box.y + head, box.width - 2 * PAD, max(box.height - head - PAD, 0))
    _settle(extents, group.id, inner, boxes)


def _settle_columns(extents: Extents, parent: str, room: Rect, boxes: _Boxes) -> None:
    columns = extents.columns(parent)
    for index, az in enumerate(columns.azs):
        box = Rect(room.x + columns.column_x(index), room.y, columns.widths[index], room.height)
        boxes[az.id] = box
        _settle_rows(extents, az, columns, boxes)
    for row, block in extents.lane_shelves(parent).items():
        width, height = shelf_extent(block)
        left = room.x + down(columns.lane_middle - width / 2)
        _settle_shelves(extents, block, Rect(left, room.y + columns.lane_tops[row], width, height), boxes)


def _settle_rows(extents: Extents, az: Group, columns: Columns, boxes: _Boxes) -> None:
    tree, box = extents.tree, boxes[az.id]
    for row, top in columns.row_tops():
        stack = [group for group in tree.groups_in.get(az.id, ()) if group.row == row]
        heights = [extents.size(group)[1] for group in stack]
        if stack:
            heights[-1] += columns.rows[row] - sum(heights) - SHELF_GAP * (len(stack) - 1)
        y = box.y + top
        for group, height in zip(stack, heights, strict=True):
            _frame(extents, group, Rect(box.x + PAD, y, box.width - 2 * PAD, height), boxes)
            y += height + SHELF_GAP
        if row == LAST_ROW and tree.nodes_in.get(az.id):
            room = Rect(box.x + PAD, box.y + top, box.width - 2 * PAD, columns.rows[row])
            _settle_shelves(extents, extents.own_nodes(az), room, boxes)


def _hang(tree: Tree, parent: str, middle: float, boxes: _Boxes) -> None:
    """Put the nodes of a group's border on it, around `middle`, or beside its title."""
    nodes = tree.inside(parent, border=True)
    if not nodes:
        return
    box, width = boxes[parent], len(nodes) * (BOX + SHELF_GAP) - SHELF_GAP
    first = box.x + up(title_extent(tree.groups[parent])[0]) + UNIT
    x = down(min(max(middle - width / 2, first), box.right - width - UNIT))
    for node in nodes:
        boxes[node.id] = Rect(x, box.y - ICON / 2, BOX, node_height(node))
        x += BOX + SHELF_GAP


def _centre_over_border(tree: Tree, boxes: _Boxes) -> None:
    """Move what stands outside over the first gateway, so that the way in is straight."""
    gateway = next((node.id for node in tree.view.nodes if node.border and node.parent in tree.groups), None)
    outside = [node.id for node in tree.inside(ROOT)]
    if gateway is None or len(outside) != 1:
        return
    (id_,) = outside
    boxes[id_] = boxes[id_]._replace(x=boxes[gateway].x)
