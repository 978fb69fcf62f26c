"""What there is to tell of one system in a comment: plain values."""

from typing import NamedTuple

from archspec.changes import Change, Difference, Grade, LocatedRisk
from archspec.changes.costs import CostChange
from archspec.comments.drawings import Drawing
from archspec.comments.pictures import Pictured
from archspec.comments.standing import Standing
from archspec.errors import Problem

COST = "monthly-cost"
"""The risk that is told as a sum of its own, and not among the others."""


class Origin(NamedTuple):
    """What is compared: how the base was named, and its commit in short."""

    base: str
    commit: str


class Compared(NamedTuple):
    """One spec on two sides. `old` and `new` are its paths as places call them; nothing where it is not there.

    `environments` are the names of those that it has, or had. `wrong_old` and `wrong_new` are what keeps a side from
    being read; then there is no difference to tell.
    """

    name: str
    old: str
    new: str
    difference: Difference
    environments: tuple[str, ...] = ()
    standing: Standing = Standing()
    cost: CostChange | None = None
    drawing: Drawing | None = None
    pictures: tuple[Pictured, ...] = ()
    wrong_old: tuple[Problem, ...] = ()
    wrong_new: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.difference.is_empty and self.standing.is_empty and not (self.wrong_old or self.wrong_new)

    @property
    def is_new(self) -> bool:
        """Whether the system came, and can be read."""
        return bool(self.new) and not (self.old or self.wrong_old or self.wrong_new)

    @property
    def is_gone(self) -> bool:
        """Whether the system went."""
        return bool(self.old) and not self.new

    @property
    def risks(self) -> tuple[LocatedRisk, ...]:
        """The risks, worst first, but for that of the cost."""
        return tuple(one for one in self.difference.risks if one.name != COST)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed, thing by thing; of a system that came or went, all of it, which nobody reads line by line."""
        return () if self.is_new or self.is_gone else self.difference.changes

    @property
    def cost_grade(self) -> Grade:
        """How bad the difference of the cost is."""
        return max((one.grade for one in self.difference.risks if one.name == COST), default=Grade.NONE)
