"""Groups as frames in frames, subnets of a row side by side, nodes as boxes; where there is little room, as lists."""

from typing import Final

from archspec.layout.cells import Block, beside, cells, centred, fitted, fold, frame, stretched
from archspec.layout.tree import Tree
from archspec.renderers.text.chains import zone
from archspec.renderers.text.marks import marked
from archspec.views.view import Group, Node

_GAP: Final = 2
_FRAME: Final = 4
"""Cells that a frame and the space inside take."""

_LEAST: Final = 26  # the narrowest subnet that still holds its CIDR block and a service
_NARROW: Final = 50
_NARROWEST: Final = 16  # a frame in less shows nothing of what it holds
_WORDS: Final = 40
_BOXED: Final = 2


def framed(tree: Tree, group: Group, room: int) -> Block:
    """Return a group as a frame around what it holds, or as a list where there is no room for frames."""
    title = " ".join(filter(None, (marked(group), group.subtitle)))
    if room < _NARROWEST:
        lines = [fitted(title, room), *_content(tree, group.id, room)]
        return [line + " " * (room - cells(line)) for line in lines]
    return frame(title, _content(tree, group.id, room - _FRAME), room, dashed=_dashed(group))


def boxed(tree: Tree, parent: str, room: int) -> Block:
    """Return the nodes of a group as boxes in the middle."""
    return [centred(line, room) for line in _boxes(tree.inside(parent), room)]


def _dashed(thing: Group | Node) -> bool:
    return thing.status != "current" or thing.change == "removed"


def _content(tree: Tree, parent: str, room: int) -> Block:
    columns = tree.columns(parent)
    spanning = [node for node in tree.inside(parent) if columns and node.row is not None]
    lines = _boxes(tree.inside(parent, border=True), room)
    for row in _rows(tree, columns, spanning):
        lines += _row(tree, columns, row, room)
        lines += _boxes(tuple(node for node in spanning if node.row == row), room)
    for az in columns:
        lines += _az(tree, az, room)
    for group in tree.others(parent):
        lines += framed(tree, group, room)
    return lines + _boxes(tuple(node for node in tree.inside(parent) if node not in spanning), room)


def _rows(tree: Tree, columns: tuple[Group, ...], spanning: list[Node]) -> list[int]:
    rows = {group.row for az in columns for group in tree.groups_in.get(az.id, ())}
    return sorted(rows | {node.row for node in spanning if node.row is not None})


def _row(tree: Tree, columns: tuple[Group, ...], row: int, room: int) -> Block:
    """Draw the subnets of a row side by side, as many as there is room for."""
    subnets = [(az, group) for az in columns for group in tree.groups_in.get(az.id, ()) if group.row == row]
    per_line = max(1, min(len(columns), (room + _GAP) // (_LEAST + _GAP)))
    wide = (room - _GAP * (per_line - 1)) // per_line
    lines: Block = []
    for start in range(0, len(subnets), per_line):
        blocks = [_subnet(tree, az, group, wide) for az, group in subnets[start : start + per_line]]
        height = max(len(block) for block in blocks)
        lines += beside([stretched(block, height) for block in blocks], _GAP)
    return lines


def _subnet(tree: Tree, az: Group, group: Group, room: int) -> Block:
    if room < _NARROWEST:
        return framed(tree, group, room)
    where = [fitted(words, room - _FRAME) for words in (zone(az), group.subtitle) if words]
    body = [*where, *_content(tree, group.id, room - _FRAME)]
    return frame(marked(group), body, room, dashed=_dashed(group))


def _az(tree: Tree, az: Group, room: int) -> Block:
    """Return what an AZ has beside its subnets, which its column shows: nodes, and the marks of its own."""
    own = fold(marked(az), room) if az.badges or az.change else []
    return own + _list(tree.nodes_in.get(az.id, ()), room)


def _boxes(nodes: tuple[Node, ...], room: int) -> Block:
    """Draw nodes as boxes side by side; many in a narrow place as a list."""
    if nodes and room < _NARROWEST:
        return _list(nodes, room)
    boxes = [_box(node, room) for node in nodes]
    if sum(cells(box[0]) + _GAP for box in boxes) - _GAP > room and len(boxes) > _BOXED and room < _NARROW:
        return _list(nodes, room)
    lines: Block = []
    shelf: list[Block] = []
    for box in boxes:
        if shelf and sum(cells(one[0]) + _GAP for one in (*shelf, box)) - _GAP > room:
            lines += _shelf(shelf)
            shelf = []
        shelf.append(box)
    return lines + (_shelf(shelf) if shelf else [])


def _shelf(boxes: list[Block]) -> Block:
    height = max(len(box) for box in boxes)
    return beside([stretched(box, height) for box in boxes], _GAP)


def _box(node: Node, room: int) -> Block:
    wide = min(room - _FRAME, _WORDS)
    body = [*fold(marked(node), wide, 2), *(line for text in node.detail for line in fold(text, wide, 4))]
    width = max((cells(line) for line in body), default=1) + _FRAME
    return frame("", body, width, dashed=_dashed(node))


def _list(nodes: tuple[Node, ...], room: int) -> Block:
    """Return nodes as lines, of one width so that they stay aligned at the left when they are centred."""
    lines = [
        f"{'• ' if index == 0 else '  '}{line}"
        for node in nodes
        for index, line in enumerate(fold(": ".join(filter(None, (marked(node), ", ".join(node.detail)))), room - 2))
    ]
    wide = max((cells(line) for line in lines), default=0)
    return [line + " " * (wide - cells(line)) for line in lines]
