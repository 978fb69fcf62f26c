"""A row of layers that is wider than the page, broken into bands below each other, as lines of a text are.

It is broken only where one edge or two go on; those run from the right end of a band around to the left of the next.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from archspec.layout.flow.bands import left_end, right_end, stacked
from archspec.layout.flow.knots import Knot
from archspec.layout.flow.layered import layered
from archspec.layout.flow.part import Part
from archspec.views.view import Edge

_FEW: Final = 2  # edges that may go on from one band to the next
_WORTH: Final = 0.8  # of the width before: what the widest band has to be under

Ends = Mapping[int, tuple[int, int]]
"""An edge's number → the blocks that it leads from and to."""


class _Block(NamedTuple):
    """What stands above and below each other: no line from top to bottom divides it."""

    left: float
    right: float
    ids: tuple[str, ...]


def folded(knot: Knot, part: Part, room: float) -> Part | None:
    """Return a knot that was laid out from left to right in bands; nothing where it cannot be broken to be narrower."""
    blocks = list(_blocks(knot, part))
    home = {id_: at for at, block in enumerate(blocks) for id_ in _within(knot, block.ids)}
    ends = {number: (home[edge.source], home[edge.target]) for number, edge in knot.edges}
    cuts = _cuts(ends, len(blocks))
    starts = [0, *_breaks(blocks, cuts, room)]
    spans = list(pairwise([*starts, len(blocks)]))
    if max(blocks[end - 1].right - blocks[start].left for start, end in spans) > _WORTH * part.size[0]:
        return None
    bands = [layered(_band(knot, blocks, ends, span), "LR") for span in spans]
    return stacked(bands, [number for number, (one, other) in ends.items() if one > other])


def _blocks(knot: Knot, part: Part) -> Iterator[_Block]:
    """Yield the blocks from left to right."""
    last: _Block | None = None
    for id_ in sorted(knot.inside, key=lambda one: (part.boxes[one].x, one)):
        box = part.boxes[id_]
        if last and box.x < last.right:
            last = _Block(last.left, max(last.right, box.right), (*last.ids, id_))
        else:
            if last:
                yield last
            last = _Block(box.x, box.right, (id_,))
    if last:
        yield last


def _within(knot: Knot, ids: Iterable[str]) -> Iterator[str]:
    frames = {frame.id: frame for frame in knot.frames}
    for id_ in ids:
        yield id_
        if id_ in frames:
            yield from _within(knot, frames[id_].inside)


def _across(ends: Ends, at: int) -> list[int]:
    """Return the edges that lead over the start of a block."""
    return [number for number, (one, other) in ends.items() if min(one, other) < at <= max(one, other)]


def _cuts(ends: Ends, blocks: int) -> list[int]:
    """Return the blocks that a band may start with."""
    changes = [0] * (blocks + 1)
    for one, other in ends.values():
        changes[min(one, other) + 1] += 1
        changes[max(one, other) + 1] -= 1
    return [at for at, count in enumerate(accumulate(changes)) if 0 < at < blocks and count <= _FEW]


def _breaks(blocks: Sequence[_Block], cuts: Sequence[int], room: float) -> list[int]:
    """Return where bands after the first start: as few as the room asks for, and as even as that allows."""
    fewest = len(_filled(blocks, cuts, room))
    narrowest = bisect_left(range(int(room)), -fewest, key=lambda width: -len(_filled(blocks, cuts, width)))
    return _filled(blocks, cuts, narrowest)


def _filled(blocks: Sequence[_Block], cuts: Sequence[int], room: float) -> list[int]:
    """Return the cuts after which a band starts, where each holds as much as fits."""
    found: list[int] = []
    for cut, after in pairwise([*cuts, len(blocks)]):
        if blocks[after - 1].right - blocks[found[-1] if found else 0].left > room:
            found.append(cut)
    return found


def _band(knot: Knot, blocks: Sequence[_Block], ends: Ends, span: tuple[int, int]) -> Knot:
    """Return the knot of some blocks; what leads out of it ends at a point on its left or right."""
    ids = {id_ for block in blocks[span[0] : span[1]] for id_ in block.ids}
    inside = tuple(id_ for id_ in knot.inside if id_ in ids)
    within = set(_within(knot, inside))
    first = tuple(left_end(number) for number in _across(ends, span[0]))
    last = tuple(right_end(number) for number in _across(ends, span[1]))
    return Knot(
        (*(box for box in knot.boxes if box[0] in within), *((id_, (1.0, 1.0)) for id_ in (*first, *last))),
        tuple(frame for frame in knot.frames if frame.id in within),
        (*inside, *first, *last),
        tuple(
            (number, _piece(number, edge, ends[number], span))
            for number, edge in knot.edges
            if min(ends[number]) < span[1] and max(ends[number]) >= span[0]
        ),
        (first, last),
    )


def _piece(number: int, edge: Edge, ends: tuple[int, int], span: tuple[int, int]) -> Edge:
    """Return what of an edge is in a band: where it leaves it, from left to right. Its label is where it starts."""
    whole = all(span[0] <= end < span[1] for end in ends)
    ways = [(edge.source, ends[0]), (edge.target, ends[1])]
    source, target = (
        left_end(number) if at < span[0] else right_end(number) if at >= span[1] else id_
        for id_, at in (ways if whole or ends[0] < ends[1] else reversed(ways))
    )
    return Edge(source, target, edge.label if span[0] <= ends[0] < span[1] else "")
