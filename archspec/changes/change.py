"""What changed between two versions of a spec, and what is risky about it: plain values, placed in both versions."""

from enum import IntEnum
from typing import Literal, NamedTuple

from archspec.errors import KeyPath, Location
from archspec.findings import Hop, LocatedHop

What = Literal["added", "removed", "renamed", "changed"]


class Field(NamedTuple):
    """A value that is another now: its dotted path, both values as the spec writes them, and where each stands.

    Nothing stands for what is not stated. What is told of an item of a list is its text, as a whole where it came or
    went.
    """

    path: str
    old: str
    new: str
    old_location: Location | None = None
    new_location: Location | None = None


class Change(NamedTuple):
    """What became of one thing of a spec. `sort` says what it is: a kind of element, `flow`, `cost line`, `spec`.

    `was` is the id that a renamed thing had. One that came has no old place, one that went no new one.
    """

    what: What
    sort: str
    id: str
    was: str = ""
    fields: tuple[Field, ...] = ()
    old_location: Location | None = None
    new_location: Location | None = None

    @property
    def location(self) -> Location | None:
        """Where it stands now, or where it stood."""
        return self.new_location or self.old_location


class Grade(IntEnum):
    """How risky a change is; what makes nothing worse has none."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Risk(NamedTuple):
    """What a change does, in a sentence, with the facts behind it.

    `place` is a path, `side` says into which version it leads; or it is a location that is known already.
    """

    grade: Grade
    subject: str
    text: str
    place: KeyPath | Location
    facts: tuple[Hop | LocatedHop, ...] = ()
    side: Literal["old", "new"] = "new"


class LocatedRisk(NamedTuple):
    """A risk with its place, and the name of what found it.

    `element` is the id of the element that its place is in, which may be another than its subject: the security group
    that lets somebody in to a database. Nothing where it is not known.
    """

    grade: Grade
    name: str
    subject: str
    text: str
    location: Location
    facts: tuple[LocatedHop, ...] = ()
    element: str = ""


class Difference(NamedTuple):
    """All that is to say about two versions of one spec. `old` and `new` say which; nothing where there is none.

    `risks` stand worst first.
    """

    name: str
    old: str
    new: str
    risks: tuple[LocatedRisk, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not self.changes and not self.risks

    @property
    def worst(self) -> Grade:
        """The grade of the worst of its risks."""
        return max((risk.grade for risk in self.risks), default=Grade.NONE)
