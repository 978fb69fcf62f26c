"""A view → boxes drawn in characters, for terminals, mails and code blocks; below them who talks to whom, in chains."""

from collections.abc import Iterator
from typing import Final

from archspec.errors import UsageError
from archspec.layout.cells import Block, beside, cells, centred, fitted, fold, frame, stretched
from archspec.layout.text import printable
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Edge, Group, Node, View

EXTENSION = "txt"
WIDTH: Final = 100

_GAP: Final = 2
_LEAST: Final = 26  # the narrowest subnet that still holds its CIDR block and a service
_BOXED: Final = 2


def render(view: View) -> bytes:
    """Return the drawing, 100 cells wide at most. Raises `UsageError` for a view that shows nothing."""
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    return "".join(f"{line.rstrip()}\n" for line in _lines(Tree(view))).encode("utf-8", "replace")


def _lines(tree: Tree) -> Iterator[str]:
    view = tree.view
    yield from fold(view.title, WIDTH)
    yield ""
    if view.layout == "placement":
        yield from _nodes(tree, ROOT, WIDTH)
        for group in tree.groups_in.get(ROOT, ()):
            yield from _group(tree, group, WIDTH)
        yield ""
    yield from _chains(tree)
    if view.layout == "flow":
        yield from _details(tree)
    for sentence in view.hidden:
        yield ""
        yield from fold(sentence, WIDTH)


def _group(tree: Tree, group: Group, room: int) -> Block:
    title = " ".join(filter(None, (group.title, group.subtitle)))
    return frame(title, _content(tree, group.id, room - 4), room, dashed=group.status != "current")


def _content(tree: Tree, parent: str, room: int) -> Block:
    columns = tree.columns(parent)
    spanning = [node for node in tree.inside(parent) if columns and node.row is not None]
    lines = _boxes(tree.inside(parent, border=True), room)
    for row in _rows(tree, columns, spanning):
        lines += _row(tree, columns, row, room)
        lines += _boxes(tuple(node for node in spanning if node.row == row), room)
    for az in columns:
        lines += _list(tree.nodes_in.get(az.id, ()), room)
    for group in tree.others(parent):
        lines += _group(tree, group, room)
    own = tuple(node for node in tree.inside(parent) if node not in spanning)
    return lines + _boxes(own, room)


def _rows(tree: Tree, columns: tuple[Group, ...], spanning: list[Node]) -> list[int]:
    rows = {group.row for az in columns for group in tree.groups_in.get(az.id, ())}
    return sorted(rows | {node.row for node in spanning if node.row is not None})


def _row(tree: Tree, columns: tuple[Group, ...], row: int, room: int) -> Block:
    """Draw the subnets of a row side by side, as many as there is room for."""
    subnets = [(az, g) for az in columns for g in tree.groups_in.get(az.id, ()) if g.row == row]
    per_line = max(1, min(len(columns), (room + _GAP) // (_LEAST + _GAP)))
    wide = (room - _GAP * (per_line - 1)) // per_line
    lines: Block = []
    for start in range(0, len(subnets), per_line):
        blocks = [_subnet(tree, az, group, wide) for az, group in subnets[start : start + per_line]]
        height = max(len(block) for block in blocks)
        lines += beside([stretched(block, height) for block in blocks], _GAP)
    return lines


def _subnet(tree: Tree, az: Group, group: Group, room: int) -> Block:
    where = [fitted(_zone(az), room - 4), *([fitted(group.subtitle, room - 4)] if group.subtitle else [])]
    body = [*where, *_content(tree, group.id, room - 4)]
    return frame(group.title, body, room, dashed=group.status != "current")


def _zone(az: Group) -> str:
    return az.title.removeprefix("Availability Zone ")


def _nodes(tree: Tree, parent: str, room: int) -> Block:
    return [centred(line, room) for line in _boxes(tree.inside(parent), room)]


def _boxes(nodes: tuple[Node, ...], room: int) -> Block:
    """Draw nodes as boxes side by side; many in a narrow place as a list."""
    boxes = [_box(node, room) for node in nodes]
    if sum(cells(box[0]) + _GAP for box in boxes) - _GAP > room and len(boxes) > _BOXED and room < WIDTH // 2:
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
    body = [line for text in (node.title, *node.detail) for line in fold(text, min(room - 4, 40), 2)]
    wide = max((cells(line) for line in body), default=1) + 4
    return frame("", body, wide, dashed=node.status != "current")


def _list(nodes: tuple[Node, ...], room: int) -> Block:
    """Return nodes as lines, of one width so that they stay aligned at the left when they are centred."""
    lines = [
        f"{'• ' if index == 0 else '  '}{line}"
        for node in nodes
        for index, line in enumerate(fold(": ".join(filter(None, (node.title, ", ".join(node.detail)))), room - 2))
    ]
    wide = max((cells(line) for line in lines), default=0)
    return [line + " " * (wide - cells(line)) for line in lines]


def _chains(tree: Tree) -> Iterator[str]:
    """Yield every edge once, those that follow each other without a branch as one chain."""
    names = _names(tree)
    after: dict[str, list[int]] = {}
    for index, edge in enumerate(tree.view.edges):
        after.setdefault(edge.source, []).append(index)
    entered = {edge.target for edge in tree.view.edges if edge.source != edge.target}
    starts = sorted(range(len(tree.view.edges)), key=lambda i: (tree.view.edges[i].source in entered, i))
    told: set[int] = set()
    for start in starts:
        chain: list[Edge] = []
        following = [start]
        while len(following) == 1 and following[0] not in told:
            told.add(following[0])
            chain.append(tree.view.edges[following[0]])
            following = [] if chain[-1].both else after.get(chain[-1].target, [])
        if chain:
            yield from _chain(chain, names)


def _chain(chain: list[Edge], names: dict[str, str]) -> Iterator[str]:
    line = names[chain[0].source]
    for edge in chain:
        step = f"{_arrow(edge)} {names[edge.target]}"
        if cells(line) + 1 + cells(step) > WIDTH:
            yield line
            line = f"    {fitted(step, WIDTH - 4)}"
        else:
            line = f"{line} {step}"
    yield line


def _arrow(edge: Edge) -> str:
    across = "──" if edge.status == "current" else "╌╌"
    label = fitted(edge.label, WIDTH // 2) if edge.label else ""
    return f"{'◄' if edge.both else ''}{across}{label}{across if label else ''}►"


def _names(tree: Tree) -> dict[str, str]:
    """Return what to call each node and group: by its title, with its AZ where others are called the same."""
    things: list[Group | Node] = [*tree.view.groups, *tree.view.nodes]
    titles = [printable(thing.title) for thing in things]
    names = {}
    for thing, title in zip(things, titles, strict=True):
        zones = [_zone(tree.groups[id_]) for id_ in tree.ancestors(thing.id) if tree.groups[id_].kind == "az"]
        where = f" ({zones[0]})" if zones and titles.count(title) > 1 else ""
        names[thing.id] = fitted(f"{title}{where}", WIDTH // 2 - 8)
    return names


def _details(tree: Tree) -> Iterator[str]:
    known = [node for node in tree.view.nodes if node.detail]
    if known:
        yield ""
    for node in known:
        first, *rest = fold(f"{node.title}: {', '.join(node.detail)}", WIDTH - 2, 6) or [""]
        yield first
        yield from (f"  {line}" for line in rest)
