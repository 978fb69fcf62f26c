"""A track of its own for every net in every channel, and channels wide enough for their tracks.

Widening a channel moves everything beyond it, and never moves two things closer, so nothing comes to overlap.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.layout.lattice import HORIZONTAL, VERTICAL, Lattice, Line
from archspec.layout.routing import Way

TRACK: Final = 10.0
_PORT_ROOM: Final = 34.0
_CLOSEST: Final = 4.0


_Needs = tuple[dict[int, float], dict[int, float]]


class Stretch(NamedTuple):
    """A straight part of a net: on which line of which orientation, and between which lines of the other."""

    net: int
    orientation: int
    line: int
    low: float
    high: float


class Leg(NamedTuple):
    """A straight part of one way, with the stretch of its net that it belongs to."""

    stretch: Stretch
    start: float
    end: float


@dataclass(frozen=True)
class Tracks:
    """Where every stretch runs: how far beside its line, and how much room each line's channel needs."""

    offsets: dict[Stretch, float]
    needs: _Needs


def legs(lattice: Lattice, ways: list[dict[int, Way]]) -> dict[tuple[int, int], list[Leg]]:
    """Cut every way (by net and edge) into its straight legs, from the hub to the leaf."""
    pieces = {
        (net, edge): list(_pieces(lattice, net, way)) for net, found in enumerate(ways) for edge, way in found.items()
    }
    merged = _merge(piece for some in pieces.values() for piece, _, _ in some)
    return {
        key: [Leg(_covering(merged, piece), start, end) for piece, start, end in some] for key, some in pieces.items()
    }


def _pieces(lattice: Lattice, net: int, way: Way) -> Iterator[tuple[Stretch, float, float]]:
    """Yield the straight parts of a way with where they start and end; half a step leads to the box at each end."""
    spots = [divmod(vertex, lattice.columns)[::-1] for vertex in way.vertices]
    corners = [(float(x), float(y)) for x, y in spots]
    corners.insert(0, _outwards(corners[0], way.start.side))
    corners.append(_outwards(corners[-1], way.end.side))
    runs: list[list[tuple[float, float]]] = []
    for here, there in pairwise(corners):
        orientation = HORIZONTAL if here[1] == there[1] else VERTICAL
        if runs and _orientation(runs[-1]) == orientation:
            runs[-1][1] = there
        else:
            runs.append([here, there])
    for here, there in runs:
        axis = 0 if here[1] == there[1] else 1
        start, end = here[axis], there[axis]
        line = int(here[1 - axis])
        orientation = HORIZONTAL if axis == 0 else VERTICAL
        yield Stretch(net, orientation, line, min(start, end), max(start, end)), start, end


def _orientation(run: list[tuple[float, float]]) -> int:
    return HORIZONTAL if run[0][1] == run[1][1] else VERTICAL


_TOWARDS: Final = {"top": (0, 0.5), "bottom": (0, -0.5), "left": (0.5, 0), "right": (-0.5, 0)}


def _outwards(corner: tuple[float, float], side: str) -> tuple[float, float]:
    dx, dy = _TOWARDS[side]
    return corner[0] + dx, corner[1] + dy


def _merge(pieces: Iterable[Stretch]) -> dict[tuple[int, int, int], list[Stretch]]:
    """Join the pieces of a net that touch on a line: branches share their trunk."""
    found: dict[tuple[int, int, int], list[Stretch]] = {}
    for piece in sorted(set(pieces)):
        some = found.setdefault(piece[:3], [])
        if some and piece.low <= some[-1].high:
            some[-1] = some[-1]._replace(high=max(some[-1].high, piece.high))
        else:
            some.append(piece)
    return found


def _covering(merged: dict[tuple[int, int, int], list[Stretch]], piece: Stretch) -> Stretch:
    return next(s for s in merged[piece[:3]] if s.low <= piece.low and piece.high <= s.high)


def assign(
    lattice: Lattice, found: dict[tuple[int, int], list[Leg]], wanted: dict[Stretch, tuple[float, float]]
) -> Tracks:
    """Give every stretch its track. `wanted` is the room, along and across, that labels need on some of them."""
    turns = _turns(found)
    by_line: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in sorted(turns):
        by_line.setdefault((stretch.orientation, stretch.line), []).append(stretch)
    offsets: dict[Stretch, float] = {}
    needs: _Needs = ({}, {})
    for (orientation, number), stretches in by_line.items():
        line = (lattice.ys if orientation == HORIZONTAL else lattice.xs)[number]
        for cluster in _overlapping(stretches):
            cluster.sort(key=lambda s: _order(s, turns[s]))
            room = _spread(line, cluster, wanted, offsets)
            needs[orientation][number] = max(needs[orientation].get(number, 0), room)
    for stretch, (along, _) in wanted.items():
        _lengthen(lattice, stretch, along, needs)
    return Tracks(offsets, needs)


def _turns(found: dict[tuple[int, int], list[Leg]]) -> dict[Stretch, list[tuple[float, int]]]:
    """For each stretch: where on it other legs join, and on which side (-1 before its line, 1 beyond)."""
    turns: dict[Stretch, list[tuple[float, int]]] = {}
    for some in found.values():
        for leg in some:
            turns.setdefault(leg.stretch, [])
        for leg, after in pairwise(some):
            side = 1 if after.end > after.start else -1
            turns[leg.stretch].append((leg.end, side))
            side = 1 if leg.start > leg.end else -1
            turns[after.stretch].append((after.start, side))
    return turns


def _order(stretch: Stretch, turns: list[tuple[float, int]]) -> tuple[float, float, int]:
    """Sort the stretches of a channel so that those which turn the same way do not cross: nested, or in stairs."""
    balance = sum(side for _, side in turns)
    if balance:
        sign = 1 if balance > 0 else -1
        return sign, -sign * (stretch.high - stretch.low), stretch.net
    first = min(turns, default=(0, 0))
    return 0, first[1] * stretch.low, stretch.net


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


def _spread(
    line: Line, cluster: list[Stretch], wanted: dict[Stretch, tuple[float, float]], offsets: dict[Stretch, float]
) -> float:
    """Note the offsets of a cluster's stretches, and return the room that they need together."""
    levels: list[list[Stretch]] = []
    level_of: dict[Stretch, int] = {}
    for stretch in cluster:
        under = (level_of[o] for o in level_of if o.low <= stretch.high and stretch.low <= o.high)
        own = level_of[stretch] = max(under, default=-1) + 1
        levels.extend([] for _ in range(own + 1 - len(levels)))
        levels[own].append(stretch)
    asked = [max(wanted.get(member, (0, TRACK))[1] for member in level) for level in levels]
    # At a port tracks stay as close as the icon is wide, and labels share the channel one below the other.
    clear = min(line.at - line.low, line.high - line.at)
    close = min(TRACK, _PORT_ROOM / len(levels), max(2 * clear / len(levels), _CLOSEST))
    sizes = [close] * len(levels) if line.is_port else asked
    at = -sum(sizes) / 2
    for level, size in zip(levels, sizes, strict=True):
        offsets.update(dict.fromkeys(level, at + size / 2))
        at += size
    if line.is_port:
        spread = (line.high - line.low) * max(1.0, sum(sizes) / 2 / max(clear, 0.5))
        return max(spread, max(asked) + sum(sizes) if any(member in wanted for member in cluster) else 0)
    return sum(sizes)


def _lengthen(lattice: Lattice, stretch: Stretch, along: float, needs: _Needs) -> None:
    """Widen a channel that a stretch crosses, so that it becomes `along` long."""
    lines = lattice.xs if stretch.orientation == HORIZONTAL else lattice.ys
    inner = range(int(stretch.low + 0.5), int(stretch.high) + 1)
    channels = [lines[i].high - lines[i].low for i in inner]
    missing = along - sum(channels)
    if missing > 0 and channels:
        index = inner[channels.index(max(channels))]
        other = needs[VERTICAL if stretch.orientation == HORIZONTAL else HORIZONTAL]
        other[index] = max(other.get(index, 0), max(channels) + missing)


def widened(lines: tuple[Line, ...], needs: dict[int, float]) -> Callable[[float], float]:
    """Return where each coordinate lies once every channel has the room it needs."""
    borders = [line.low for line in lines]
    moved, at = [], lines[0].low if lines else 0.0
    for index, line in enumerate(lines):
        moved.append(at)
        at += max(line.high - line.low, needs.get(index, 0))
    end = at

    def place(value: float) -> float:
        index = bisect_right(borders, value + 1e-6) - 1
        if index < 0:
            return value
        line = lines[index]
        after = moved[index + 1] if index + 1 < len(moved) else end
        share = (value - line.low) / (line.high - line.low) if line.high > line.low else 0.0
        return moved[index] + min(share, 1.0) * (after - moved[index])

    return place
