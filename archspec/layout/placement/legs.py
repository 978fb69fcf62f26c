"""The straight parts of ways, and of the nets that they belong to."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.layout.placement.lattice import HORIZONTAL, VERTICAL, Lattice
from archspec.layout.placement.traffic import Way


class Stretch(NamedTuple):
    """A straight part of a net: on which line of which orientation, and between which lines of the other."""

    net: int
    orientation: int
    line: int
    low: float
    high: float

    def passes(self, line: int) -> bool:
        """Whether it meets a line of the other orientation."""
        return self.low <= line <= self.high


class Leg(NamedTuple):
    """A straight part of one way, with the stretch of its net that it belongs to."""

    stretch: Stretch
    start: float
    end: float


Legs = dict[tuple[int, int], list[Leg]]
"""The legs of every way, by net and edge, from the hub to the leaf."""


def legs(lattice: Lattice, ways: list[dict[int, Way]]) -> Legs:
    """Cut every way into its straight legs."""
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
        orientation = HORIZONTAL if here[1] == there[1] else VERTICAL
        start, end = here[orientation], there[orientation]
        line = int(here[1 - orientation])
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
