"""The AZ columns of a group, its rows of tiers, and the lane of what spans its AZs."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.layout.placement.shelves import GAP, HEAD, PAD, Shelves, Size, shelf_extent
from archspec.views.view import Group


class Columns(NamedTuple):
    """The AZ columns of a group: how wide each is, how high each row, and the lane for what spans them.

    `lane_tops` says how far below the columns' top the nodes of a row that stand in the lane begin.
    """

    azs: tuple[Group, ...]
    widths: tuple[float, ...]
    rows: dict[int, float]
    lane: float
    lane_tops: dict[int, float]

    @property
    def lane_at(self) -> int:
        """How many columns stand left of the lane."""
        return (len(self.azs) + 1) // 2

    @property
    def between(self) -> float:
        """How far the two columns beside the lane are apart; of an only column, what stands right of it."""
        if len(self.azs) == 1:
            return GAP + self.lane if self.lane else 0.0
        return max(self.lane, GAP)

    @property
    def extent(self) -> Size:
        gaps = GAP * max(len(self.azs) - 2, 0)
        height = sum(self.rows.values()) + GAP * max(len(self.rows) - 1, 0)
        return sum(self.widths) + gaps + self.between, HEAD + height + PAD

    def column_x(self, index: int) -> float:
        """Return where a column starts, from the left end of the columns."""
        moved = self.between - GAP if index >= self.lane_at else 0.0
        return sum(self.widths[:index]) + index * GAP + moved

    @property
    def lane_middle(self) -> float:
        """Return the middle of the lane; without a lane, of the gap that stands for it, or of the only column."""
        if len(self.azs) == 1:
            return self.widths[0] + GAP + self.lane / 2 if self.lane else self.widths[0] / 2
        return self.column_x(self.lane_at) - self.between / 2

    def row_tops(self) -> Iterator[tuple[int, float]]:
        """Yield each row with where it starts below the columns' top."""
        y = HEAD
        for row, height in self.rows.items():
            yield row, y
            y += height + GAP


def with_lane(rows: dict[int, float], lanes: dict[int, Shelves]) -> tuple[dict[int, float], dict[int, float]]:
    """Return the rows, made higher where the lane needs it, and where in the lane each row's nodes start.

    They end with their row at the latest. Where the row is low, as one of empty subnets is, they start above it.
    """
    heights, tops = dict(rows), {}
    top, free = HEAD, HEAD
    for row in rows:
        if row in lanes:
            needed = shelf_extent(lanes[row])[1]
            start = max(free, min(top + HEAD, top + heights[row] - needed))
            heights[row] = max(heights[row], start + needed - top)
            tops[row], free = start, start + needed + GAP
        top += heights[row] + GAP
    return heights, tops
