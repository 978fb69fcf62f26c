"""How large groups are: sizes are asked from the inside out, in px."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import ceil, sqrt
from typing import Final

from archspec.layout.measure import BOX, ICON, node_height, title_extent
from archspec.layout.placement.columns import Columns, with_lane
from archspec.layout.placement.shelves import (
    GAP,
    HEAD,
    PAD,
    SHELF_GAP,
    UNIT,
    Item,
    Shelves,
    Size,
    shelf_extent,
    shelves,
    slot,
    up,
)
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Group, Node

LAST_ROW: Final = 10**6
_LANE_PAD: Final = 16.0
_SHELF: Final = 1500.0
_ASPECT: Final = 1.3
_ON_A_SHELF: Final = 4
_IN_A_ROW: Final = 8

Wishes = Mapping[str, float]
"""How far to the right nodes would like to stand, by their ids; those without a wish come last."""


class Extents:
    """What every group of a view needs; each is worked out once."""

    def __init__(self, tree: Tree, wishes: Wishes) -> None:
        self.tree, self.wishes = tree, wishes
        self._sizes: dict[str, Size] = {}
        self._columns: dict[str, Columns] = {}

    def size(self, group: Group) -> Size:
        """Return the size of a group with its frame, and with what stands on its border."""
        if group.id not in self._sizes:
            self._sizes[group.id] = self._size(group)
        return self._sizes[group.id]

    def _size(self, group: Group) -> Size:
        width, height = self.content(group.id)
        border = self.tree.inside(group.id, border=True)
        title = title_extent(group)[0]
        if border:
            # It stands beside the title, however narrow the content is.
            title = up(title) + len(border) * (BOX + SHELF_GAP) + SHELF_GAP
        framed = self.head(group) + (height + PAD if height else 0) + self.overhang(group)
        return up(max(width + 2 * PAD, title + 2 * UNIT)), framed

    def overhang(self, group: Group) -> float:
        """Return how far what stands on a group's border reaches above it."""
        return HEAD if self.tree.inside(group.id, border=True) else 0.0

    def head(self, group: Group) -> float:
        """Return how far under a group's top border its content starts."""
        borders = [up(node_height(node) - ICON / 2 + SHELF_GAP) for node in self.tree.inside(group.id, border=True)]
        return max(HEAD, *borders, 0.0)

    def content(self, parent: str) -> Size:
        """Return the size of what stands inside a group."""
        blocks = [shelf_extent(block) for block in self.blocks(parent)]
        columns = self.columns(parent)
        if columns.azs:
            blocks.append(columns.extent)
        height = sum(block[1] for block in blocks) + GAP * max(len(blocks) - 1, 0)
        return max((block[0] for block in blocks), default=0.0), height

    def blocks(self, parent: str) -> list[Shelves]:
        """Return the shelves of a group: nodes that a way leads in by, its groups, its other nodes.

        Outside of everything, all nodes come first: the world stands above the cloud.
        """
        frames = [Item(group.id, *self.size(group)) for group in self.tree.others(parent)]
        area = sum(item.width * item.height for item in frames)
        framed = shelves(frames, max(_SHELF, sqrt(area * _ASPECT)), GAP)
        has_columns = bool(self.tree.columns(parent))
        nodes = [node for node in self.tree.inside(parent) if not has_columns or node.row is None]
        above = [node for node in nodes if parent == ROOT or (framed and not has_columns and node.id in self._entered)]
        below = [node for node in nodes if node not in above]
        found = (self._loose(parent, above, framed), framed, self._loose(parent, below, framed))
        return [block for block in found if block]

    def _loose(self, parent: str, nodes: list[Node], framed: Shelves) -> Shelves:
        """Put the nodes of a group beside each other, as many on each shelf: not a full one and a rest."""
        fit = max(self._on_a_shelf(parent), ceil(sqrt(len(nodes) * 1.5)), int(_widest(framed) // (BOX + SHELF_GAP)))
        per_row = ceil(len(nodes) / max(ceil(len(nodes) / fit), 1))
        return self.shelved(nodes, per_row * (BOX + SHELF_GAP))

    @cached_property
    def _entered(self) -> frozenset[str]:
        """The nodes that an edge leads to from outside of their group; one that is new moves nothing."""
        parents = {node.id: node.parent for node in self.tree.view.nodes}
        return frozenset(
            edge.target
            for edge in self.tree.view.edges
            if edge.change != "added"
            and edge.target in parents
            and parents[edge.target] not in (*self.tree.ancestors(edge.source), edge.source)
        )

    def _on_a_shelf(self, parent: str) -> int:
        """Return how many nodes stand beside each other before others stand below: more where AZs are fewer."""
        around = (self.tree.groups[id_] for id_ in (parent, *self.tree.ancestors(parent)) if id_)
        azs = next((len(self.tree.columns(group.parent)) for group in around if group.kind == "az"), 1)
        return max(_ON_A_SHELF, _IN_A_ROW // azs)

    def columns(self, parent: str) -> Columns:
        """Return the AZ columns of a group; without any, it has no rows either."""
        if parent not in self._columns:
            self._columns[parent] = self._aligned(parent)
        return self._columns[parent]

    def _aligned(self, parent: str) -> Columns:
        azs = self.tree.columns(parent)
        rows: dict[int, float] = {}
        widths = []
        for az in azs:
            cells = dict(self._cells(az))
            for row, (_, height) in cells.items():
                rows[row] = max(rows.get(row, 0.0), height)
            widths.append(up(max(title_extent(az)[0], *(width for width, _ in cells.values()), 0.0)) + 2 * PAD)
        lanes = self.lane_shelves(parent) if azs else {}
        rows, tops = with_lane({row: rows.get(row, 0.0) for row in sorted({*rows, *lanes})}, lanes)
        lane = max((shelf_extent(block)[0] + 2 * _LANE_PAD for block in lanes.values()), default=0.0)
        return Columns(azs, tuple(widths), rows, lane, tops)

    def _cells(self, az: Group) -> Iterator[tuple[int, Size]]:
        """Yield the rows of an AZ with the size of what stands in each; its own nodes stand in a last row."""
        stacks: dict[int, list[Size]] = {}
        for group in self.tree.groups_in.get(az.id, ()):
            stacks.setdefault(group.row, []).append(self.size(group))
        for row, sizes in stacks.items():
            yield row, (max(size[0] for size in sizes), sum(size[1] for size in sizes) + SHELF_GAP * (len(sizes) - 1))
        if self.tree.nodes_in.get(az.id):
            yield LAST_ROW, shelf_extent(self.own_nodes(az))

    def lane_shelves(self, parent: str) -> dict[int, Shelves]:
        """Return the rows of a group with the nodes that span its AZs there, at most two side by side."""
        rows: dict[int, list[Node]] = {}
        for node in self.tree.inside(parent):
            if node.row is not None:
                rows.setdefault(node.row, []).append(node)
        return {row: self.shelved(rows[row], 2 * BOX + SHELF_GAP) for row in sorted(rows)}

    def own_nodes(self, az: Group) -> Shelves:
        """Return the shelves of the nodes that stand in an AZ and in no subnet."""
        return self.shelved(self.tree.nodes_in.get(az.id, ()), 4 * BOX)

    def shelved(self, nodes: Iterable[Node], room: float) -> Shelves:
        """Put nodes on shelves, and on each into the order of their wishes."""
        wishes = {node.id: (node.id not in self.wishes, self.wishes.get(node.id, 0.0)) for node in nodes}
        found = shelves([slot(node) for node in sorted(nodes, key=lambda n: wishes[n.id][0])], room, SHELF_GAP)
        return [sorted(shelf, key=lambda item: wishes[item.id]) for shelf in found]


def _widest(block: Shelves) -> float:
    return shelf_extent(block)[0] if block else 0.0
