"""A track of its own for every net in every channel, and channels wide enough for their tracks and labels.

Widening a channel moves everything beyond it, and never moves two things closer, so nothing comes to overlap.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.layout.placement.lattice import HORIZONTAL, VERTICAL, Lattice, Line
from archspec.layout.placement.legs import Legs, Stretch
from archspec.layout.placement.nesting import Turns, nested

TRACK: Final = 10.0
_PORT_ROOM: Final = 34.0
_EDGE: Final = 3.0  # a line comes no closer to the border of a channel, its own half of a track aside
_HEAD: Final = 5.0  # the head of an arrow, where it meets a box
_AROUND: Final = 5.0  # so much of its line is seen on both sides of a label
CLEAR: Final = 3.0  # nothing comes closer to a label


class Home(NamedTuple):
    """Room that is kept for a label of some size: where its stretch meets the line of that number.

    `side` is where on the stretch: before what runs along the line (-1), or beyond it (1). `aside` is 0 for a label on
    the stretch itself, -1 or 1 for one beside it. Where all is open beside the stretch, `is_open`, only the channel of
    the line has to be as high as the label; a line of -1 says that only the stretch needs room at its sides.
    """

    stretch: Stretch
    line: int
    side: int
    aside: int
    size: tuple[float, float]
    is_open: bool = False

    @property
    def is_sought(self) -> bool:
        """Whether its place is still to be found on the stretch."""
        return self.line < 0

    @property
    def along(self) -> float:
        """How much room it takes of its stretch."""
        ends = (self.stretch.low == self.line - 0.5) + (self.stretch.high == self.line + 0.5)
        return self.size[self.stretch.orientation] + 2 * (_AROUND + _HEAD * ends)

    @property
    def across(self) -> float:
        return self.size[1 - self.stretch.orientation] + 2 * CLEAR


Needs = tuple[dict[int, tuple[float, float]], dict[int, tuple[float, float]]]
"""For the lines of each orientation, by their number: how much room they need before and beyond."""


class Tracks(NamedTuple):
    """How far beside its line every stretch runs, and a label stands from the crossing of lines at its home.

    `lines` are where the lines of each orientation come to lie.
    """

    offsets: dict[Stretch, float]
    spots: dict[Home, tuple[float, float]]
    needs: Needs
    lines: tuple[list[float], list[float]]


class _Level(NamedTuple):
    """Where in its channel a stretch runs: how far beside the line, and how much room it has there on both sides."""

    offset: float
    half: float


ByLine = dict[tuple[int, int], list[Stretch]]


def by_line(found: Legs) -> ByLine:
    """Return the stretches of each line, by orientation and number."""
    lines: ByLine = {}
    for stretch in sorted({leg.stretch for some in found.values() for leg in some}):
        lines.setdefault((stretch.orientation, stretch.line), []).append(stretch)
    return lines


def assign(lattice: Lattice, found: Legs, homes: Iterable[Home]) -> Tracks:
    """Give every stretch its track, and every label that has a home its spot there."""
    turns, lines, kept = _turns(found), by_line(found), tuple(homes)
    wanted = {home.stretch: home.across for home in kept if not (home.is_open or _is_port(lattice, home.stretch))}
    levels: dict[Stretch, _Level] = {}
    needs: Needs = ({}, {})
    for (orientation, number), stretches in lines.items():
        line = lattice.across(orientation)[number]
        for cluster in _overlapping(stretches):
            half = _spread(line, nested(cluster, turns), wanted, levels)
            _grow(needs, orientation, number, (half + _EDGE, half + _EDGE))
    spots = {home: _settle(home, lines, levels, needs) for home in kept if not home.is_sought}
    to = widened(lattice.ys, needs[HORIZONTAL]), widened(lattice.xs, needs[VERTICAL])
    moved = [to[0](line.at) for line in lattice.ys], [to[1](line.at) for line in lattice.xs]
    return Tracks({stretch: level.offset for stretch, level in levels.items()}, spots, needs, moved)


def _is_port(lattice: Lattice, stretch: Stretch) -> bool:
    return lattice.across(stretch.orientation)[stretch.line].is_port


def _grow(needs: Needs, orientation: int, number: int, room: tuple[float, float]) -> None:
    before, beyond = needs[orientation].get(number, (0.0, 0.0))
    needs[orientation][number] = max(before, room[0]), max(beyond, room[1])


def _settle(home: Home, lines: ByLine, levels: dict[Stretch, _Level], needs: Needs) -> tuple[float, float]:
    """Return how far a label stands from the crossing, along its stretch and across, and note the room for it."""
    stretch, along, across = home.stretch, home.along, home.across
    there = lines.get((1 - stretch.orientation, home.line), ())
    # Over the borders of its channel a label meets more than what passes the stretch: it keeps off all there is.
    passing = [levels[other] for other in there if home.is_open or other.passes(stretch.line)]
    at = 0.0
    if passing and home.side < 0:
        at = min(level.offset - level.half for level in passing) - along / 2
    elif passing:
        at = max(level.offset + level.half for level in passing) + along / 2
    _grow(needs, 1 - stretch.orientation, home.line, (along / 2 - at, along / 2 + at))
    off = levels[stretch].offset + home.aside * across / 2
    if not home.is_open:
        _grow(needs, stretch.orientation, stretch.line, (across / 2 - off, across / 2 + off))
    return at, off


def _turns(found: Legs) -> Turns:
    turns: dict[Stretch, dict[tuple[float, int], None]] = {}
    for some in found.values():
        for leg in some:
            turns.setdefault(leg.stretch, {})
        for leg, after in pairwise(some):
            turns[leg.stretch][leg.end, 1 if after.end > after.start else -1] = None
            turns[after.stretch][after.start, 1 if leg.start > leg.end else -1] = None
    return {stretch: list(at) for stretch, at in turns.items()}


def _overlapping(stretches: list[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches of a line in clusters that are apart from each other."""
    cluster: list[Stretch] = []
    reach = float("-inf")
    for stretch in sorted(stretches, key=lambda s: (s.low, s.high, s.net)):
        if cluster and stretch.low > reach:
            yield cluster
            cluster = []
        cluster.append(stretch)
        reach = max(reach, stretch.high)
    if cluster:
        yield cluster


def _spread(line: Line, cluster: list[Stretch], wanted: dict[Stretch, float], levels: dict[Stretch, _Level]) -> float:
    """Note the levels of a cluster's stretches, and return the room that they need before the line, and beyond."""
    found: list[list[Stretch]] = []
    level_of: dict[Stretch, int] = {}
    for stretch in cluster:
        under = (level_of[o] for o in level_of if o.low <= stretch.high and stretch.low <= o.high)
        own = level_of[stretch] = max(under, default=-1) + 1
        found.extend([] for _ in range(own + 1 - len(found)))
        found[own].append(stretch)
    # At a port all have to meet the icon.
    close = min(TRACK, _PORT_ROOM / len(found)) if line.is_port else TRACK
    sizes = [max([close, *(wanted[member] for member in level if member in wanted)]) for level in found]
    at = -sum(sizes) / 2
    for level, size in zip(found, sizes, strict=True):
        levels.update(dict.fromkeys(level, _Level(at + size / 2, size / 2)))
        at += size
    return sum(sizes) / 2


def widened(lines: tuple[Line, ...], needs: dict[int, tuple[float, float]]) -> Callable[[float], float]:
    """Return where each coordinate lies once every line has the room it needs."""
    borders = [coordinate for line in lines for coordinate in (line.low, line.at)]
    moved = [lines[0].low if lines else 0.0]
    for index, line in enumerate(lines):
        before, beyond = needs.get(index, (0.0, 0.0))
        moved.append(moved[-1] + max(line.at - line.low, before))
        moved.append(moved[-1] + max(line.high - line.at, beyond))
    borders += [lines[-1].high] if lines else []

    def place(value: float) -> float:
        index = min(bisect_right(borders, value + 1e-6), len(borders) - 1) - 1
        if index < 0:
            return value
        low, high = borders[index], borders[index + 1]
        share = (value - low) / (high - low) if high > low else 0.0
        return moved[index] + min(max(share, 0.0), 1.0) * (moved[index + 1] - moved[index])

    return place
