"""A flow view → one part, laid out in a given way: knots by Graphviz, closed groups as boxes, the rest in rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from archspec.layout.flow.knots import Frame, Knot, Nest
from archspec.layout.flow.layered import Direction, layered
from archspec.layout.flow.packing import grid, packed
from archspec.layout.flow.part import Part, Size, together
from archspec.layout.measure import card_size, title_extent
from archspec.layout.placed import Rect
from archspec.layout.tree import ROOT
from archspec.views.view import Edge

_PAD: Final = 16.0
_LANES: Final = 90.0  # about what the lanes beside bands take


class Way(NamedTuple):
    """A way to lay out a view: where edges lead, and how wide the content of a closed group may become, in px.

    One that `folds` breaks what is too wide into bands; one that is `even` makes cards that stand in a column as wide
    as each other.
    """

    direction: Direction
    room: float
    folds: bool = False
    even: bool = False


@dataclass(frozen=True)
class Drawing:
    """A view and how wide it may become, and what Graphviz has laid out of it already."""

    nest: Nest
    room: float
    done: dict[tuple[Knot, Direction], Part] = field(default_factory=dict)

    def whole(self, way: Way) -> Part:
        """Return the view laid out in a way. Raises `UsageError` where it is too large for that."""
        return self._content(ROOT, way, self.room)

    def _content(self, home: str, way: Way, room: float) -> Part:
        """Draw what stands in a closed group, or outermost."""
        cards, parts = [], []
        for ids, edges in self.nest.knots(home):
            if edges or ids[0] in self.nest.open:
                parts.append(self._knot(ids, edges, way))
            elif ids[0] in self.nest.tree.nodes:
                cards.append(ids[0])
            else:
                parts.append(self._frame(ids[0], way))
        return packed([*parts, *([self._grid(cards, room)] if cards else [])], room)

    def _grid(self, ids: Iterable[str], room: float) -> Part:
        return grid([(id_, self._card(id_)) for id_ in ids], room)

    def _card(self, id_: str) -> Size:
        return card_size(self.nest.tree.nodes[id_])

    def _frame(self, id_: str, way: Way) -> Part:
        """Draw a closed group with all that is in it."""
        title = title_extent(self.nest.tree.groups[id_])
        inner = self._content(id_, way, way.room)
        head = title[1] + (_PAD if self.nest.children(id_) else 0)
        wide = max(inner.size[0] + 2 * _PAD, title[0] + _PAD)
        size = (wide, head + inner.size[1] + _PAD)
        own = Part(size, {id_: Rect(0, 0, *size)}, {id_: Rect(0, 0, *title)})
        return together(size, [own, inner.moved((wide - inner.size[0]) / 2, head)])

    def _knot(self, ids: tuple[str, ...], edges: tuple[tuple[int, Edge], ...], way: Way) -> Part:
        """Draw what edges hold together; what is in its boxes follows them."""
        inner: dict[str, Part] = {}
        frames: list[Frame] = []
        sizes = dict(self._boxes(ids, way, inner, frames))
        knot = Knot(tuple(sizes.items()), tuple(frames), ids, edges)
        part = self._layered(knot, way.direction)
        if way.even:
            knot = self._evened(knot, part)
            part = self._layered(knot, way.direction)
        if way.folds and part.size[0] > self.room:
            from archspec.layout.flow.folding import folded  # most views fit without

            part = folded(knot, part, self.room - _LANES) or part
        boxes = {id_: box for id_, box in part.boxes.items() if id_ not in inner}
        moved = [one.moved(*part.boxes[id_][:2]) for id_, one in inner.items()]
        return together(part.size, [part._replace(boxes=boxes), *moved])

    def _layered(self, knot: Knot, direction: Direction) -> Part:
        if (knot, direction) not in self.done:
            self.done[knot, direction] = layered(knot, direction)
        return self.done[knot, direction]

    def _evened(self, knot: Knot, part: Part) -> Knot:
        middles = {id_: round(part.boxes[id_].middle[0]) for id_, _ in knot.boxes if id_ in self.nest.tree.nodes}
        widest: dict[int, float] = {}
        for id_, middle in middles.items():
            widest[middle] = max(widest.get(middle, 0), part.boxes[id_].width)
        boxes = ((id_, (widest[middles[id_]], size[1]) if id_ in middles else size) for id_, size in knot.boxes)
        return knot._replace(boxes=tuple(boxes))

    def _boxes(
        self, ids: Iterable[str], way: Way, inner: dict[str, Part], frames: list[Frame]
    ) -> Iterable[tuple[str, Size]]:
        """Yield the boxes of a knot; note what is in them, and its open groups."""
        for id_ in ids:
            if id_ in self.nest.tree.nodes:
                yield id_, self._card(id_)
            elif id_ in self.nest.open:
                frames.append(self._open(id_, way, inner))
                yield from self._boxes(frames[-1].inside, way, inner, frames)
            else:
                inner[id_] = inner.get(id_) or self._frame(id_, way)
                yield id_, inner[id_].size

    def _open(self, id_: str, way: Way, inner: dict[str, Part]) -> Frame:
        """Return an open group; the cards in it that nothing joins are one box."""
        inside = self.nest.children(id_)
        alone = [one for one in inside if one in self.nest.tree.nodes and one not in self.nest.joined]
        if len(alone) > 1:
            inside = (*(one for one in inside if one not in alone), f"{id_}\n")
            inner[inside[-1]] = self._grid(alone, way.room)
        return Frame(id_, title_extent(self.nest.tree.groups[id_]), inside)
