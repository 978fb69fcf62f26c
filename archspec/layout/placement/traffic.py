"""The ways that were found, and how many nets use the lattice where."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from archspec.layout.placement.lattice import HORIZONTAL, VERTICAL, Lattice
from archspec.layout.placement.terminals import Terminal

_BESIDE_EACH_OTHER: Final = 2
Step = tuple[int, int, float, int, float]
"""The state it leads to, the vertex it is counted at, its length, the group there, and how bad company is on it."""


class Way(NamedTuple):
    """One branch, from the hub to a leaf: vertices on the lattice, and the sides of the boxes at its ends."""

    vertices: tuple[int, ...]
    start: Terminal
    end: Terminal


class Traffic:
    """How many nets use each step, and pass each vertex, so that others keep off it where they can.

    `steps_from` are the steps from each state, once they were asked for: all searches walk on the same.
    """

    def __init__(self, lattice: Lattice) -> None:
        size = len(lattice.xs) * len(lattice.ys)
        self.columns = lattice.columns
        self.ends: dict[tuple[int, int], int] = {}
        self.steps_from: dict[int, list[Step]] = {}
        self.steps = ([0] * size, [0] * size)
        self.through = ([0] * size, [0] * size)

    def note(self, steps: Iterable[tuple[int, int]], by: int) -> None:
        """Add a net that runs over these steps, each from a vertex to a later one, or take it away again (`by` -1)."""
        touched: dict[tuple[int, int], None] = {}
        for here, there in steps:
            orientation = HORIZONTAL if there - here == 1 and self.columns > 1 else VERTICAL
            self.steps[orientation][here] += by
            touched[orientation, here] = touched[orientation, there] = None
        for orientation, vertex in touched:
            self.through[orientation][vertex] += by

    def note_ends(self, ways: Iterable[Way], by: int) -> None:
        """Add where the ways of a net meet boxes, or take it away again."""
        for end in dict.fromkeys(end[:2] for way in ways for end in (way.start, way.end)):
            self.ends[end] = self.ends.get(end, 0) + by

    def is_full(self, terminal: Terminal) -> bool:
        """Whether so many nets meet a box there that one more would run between others, with no side for its label."""
        return self.ends.get(terminal[:2], 0) >= _BESIDE_EACH_OTHER
