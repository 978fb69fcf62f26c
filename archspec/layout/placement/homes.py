"""Room for labels that find none: on which part of its line a label gets it, for the least that has to give way."""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from archspec.layout.placed import Point, Rect
from archspec.layout.placement.labels import BRANCH, Obstacle, Scene, free_length, is_free
from archspec.layout.placement.lattice import HORIZONTAL, Lattice
from archspec.layout.placement.legs import Leg, Legs
from archspec.layout.placement.tracks import CLEAR, ByLine, Home, Tracks

_LOPSIDED: Final = 2.0  # an AZ with one wide padding looks lopsided; between the AZs there is room
_ASIDE: Final = 15.0
_SQUEEZED: Final = 10.0
_SIDES: Final = (-1, 1)

Branch = tuple[int, tuple[int, ...]]
"""A net, and those of its edges that leave its hub together: they get one label."""


class Ground(NamedTuple):
    """What homes are sought on: lines and legs, how they were drawn last, and the homes that are taken."""

    lattice: Lattice
    legs: Legs
    lines: ByLine
    tracks: Tracks
    scene: Scene
    taken: Collection[Home]

    def at(self, orientation: int, line: int) -> float:
        """Return where a line was drawn."""
        return self.tracks.lines[orientation][line]


def home(ground: Ground, branch: Branch, size: tuple[float, float], refused: Collection[Home]) -> Home | None:
    """Return the room to keep for a label, or nothing where its lines are hemmed in everywhere."""
    net, edges = branch
    taken = {_cell(other): other for other in ground.taken if not other.is_sought}
    shares: dict[Home, int] = {}
    for edge in edges:
        for leg in ground.legs.get((net, edge), ()):
            for found in dict.fromkeys(_on(ground, leg, size)):
                shares[found] = shares.get(found, 0) + 1
    free = [one for one in shares if one not in refused and (one.is_sought or _go_together(one, taken.get(_cell(one))))]
    return min(
        free,
        key=lambda one: (round(_cost(ground, one) + (len(edges) - shares[one]) * BRANCH, 3), one),
        default=None,
    )


def _cell(home: Home) -> tuple[int, int]:
    """Return the column and the row of the crossing where a home is."""
    return (home.line, home.stretch.line) if home.stretch.orientation == HORIZONTAL else (home.stretch.line, home.line)


def _go_together(one: Home, other: Home | None) -> bool:
    """Whether two labels have room at the same crossing: on stretches that run there side by side."""
    if other is None:
        return True
    if one.stretch == other.stretch or one.stretch.orientation != other.stretch.orientation:
        return False
    return one.aside != other.aside or not (one.aside or one.is_open or other.is_open)


def _on(ground: Ground, leg: Leg, size: tuple[float, float]) -> Iterator[Home]:
    """Yield the homes on a leg: somewhere on it if that is enough, or at a line that it crosses or turns into."""
    stretch = leg.stretch
    low, high = sorted((leg.start, leg.end))
    is_port = ground.lattice.across(stretch.orientation)[stretch.line].is_port
    if not is_port and free_length(ground.scene, _drawn(ground, leg)) >= Home(stretch, 0, 0, 0, size).along:
        yield Home(stretch, -1, 0, 0, size)
    for line in range(int(low + 0.5), int(high) + 1):
        at = Home(stretch, line, 1 if line == low else -1, 0, size)
        if stretch.orientation != HORIZONTAL:
            yield from (one for side in (0, *_SIDES) if _is_open(ground, one := at._replace(aside=side, is_open=True)))
        yield from _closed(ground, at) if is_port else [at]


def _closed(ground: Ground, at: Home) -> Iterator[Home]:
    """Yield the homes on a line through ports: on the stretch if it is alone there, else on a side where it is last."""
    stretch, offsets = at.stretch, ground.tracks.offsets
    others = [s for s in ground.lines[stretch.orientation, stretch.line] if s.passes(at.line) and s != stretch]
    if not others:
        yield at
        return
    for aside in _SIDES:
        if all((offsets[other] - offsets[stretch]) * aside < 0 for other in others):
            yield at._replace(aside=aside)


def _drawn(ground: Ground, leg: Leg) -> tuple[Point, Point]:
    """Return about where a leg was drawn: from line to line that it ends at."""
    stretch, orientation = leg.stretch, leg.stretch.orientation
    across = ground.at(orientation, stretch.line) + ground.tracks.offsets[stretch]
    low, high = sorted((leg.start, leg.end))
    ends = ground.at(1 - orientation, int(low + 0.5)), ground.at(1 - orientation, int(high))
    return (
        ((ends[0], across), (ends[1], across)) if orientation == HORIZONTAL else ((across, ends[0]), (across, ends[1]))
    )


def _is_open(ground: Ground, found: Home) -> bool:
    """Whether a label fits there as soon as the channel is as high as the label, over the borders of other channels."""
    stretch, across = found.stretch, found.across
    own = ground.at(stretch.orientation, stretch.line) + ground.tracks.offsets[stretch]
    left = own + (found.aside - 1) * across / 2 + CLEAR
    band = Rect(left, ground.at(1 - stretch.orientation, found.line) - 0.5, across - 2 * CLEAR, 1)
    line = None if found.aside else Obstacle(Rect(own, 0, 0, 0), stretch.net)
    return band.x >= 0 and band.right <= ground.scene.canvas.right and is_free(ground.scene, band, line, crossing=True)


def _cost(ground: Ground, found: Home) -> float:
    """Return by how much the drawing grows, in px of its mean side, and what is not so nice."""
    stretch, canvas = found.stretch, ground.scene.canvas
    worth = (2 * canvas.height / (canvas.width + canvas.height), 2 * canvas.width / (canvas.width + canvas.height))
    grown = 0.0
    if not found.is_sought:
        grown += _missing(ground, 1 - stretch.orientation, found.line, found.along) * worth[stretch.orientation]
    if not found.is_open:
        grown += _missing(ground, stretch.orientation, stretch.line, found.across) * worth[1 - stretch.orientation]
    middle = int((stretch.low + stretch.high + 1) / 2) if found.is_sought else found.line
    if ground.lattice.is_in_column(*_cell(found._replace(line=middle))):
        grown *= _LOPSIDED
    is_squeezed = not found.is_sought and ground.lattice.along(stretch.orientation)[found.line].is_port
    return grown + (_ASIDE if found.aside else 0.0) + (_SQUEEZED if is_squeezed else 0.0)


def _missing(ground: Ground, orientation: int, number: int, room: float) -> float:
    """Return how much wider a channel becomes with so much more in it."""
    line = ground.lattice.across(orientation)[number]
    before, beyond = ground.tracks.needs[orientation].get(number, (0.0, 0.0))
    return max(0.0, before + beyond + room - max(line.high - line.low, before + beyond))
