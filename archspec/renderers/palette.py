"""How groups, findings and changes look and what is written of them, alike in every format."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from archspec.findings import Severity
from archspec.views.view import Badge, Change, Edge, Group, Node

INK: Final = "#232F3E"
MUTED: Final = "#545B64"
PAPER: Final = "#FFFFFF"


class Frame(NamedTuple):
    """How a kind of group looks: border and title, background (`none` lets what is behind it through), dashes."""

    stroke: str
    fill: str = "none"
    dashed: bool = False


FRAMES: Final[dict[str, Frame]] = {
    "cloud": Frame(MUTED),
    "region": Frame("#00A4A6", dashed=True),
    "vpc": Frame("#8C4FFF"),
    "az": Frame("#147EBA", dashed=True),
    "public": Frame("#7AA116", "#F2F6E8"),
    "private": Frame("#00A4A6", "#E6F6F7"),
    "data": Frame("#3B48CC", "#EEF0FC"),
    "cluster": Frame("#D45B07", PAPER),
}
"""Kind of group → its look, in AWS's colours for its groups, https://aws.amazon.com/architecture/icons/."""

OTHER: Final = Frame(MUTED)
"""The look of any other kind of group."""

SEVERITIES: Final[dict[Severity, str]] = {
    Severity.ERROR: "#C7131F",
    Severity.WARNING: "#B25000",
    Severity.INFO: "#0B6BCB",
}
"""Severity of a finding → its colour, worst first."""

CHANGES: Final[dict[Change, str]] = {"added": "#1A7F37", "removed": "#C7131F", "changed": "#9A6700"}
"""What became of a thing between two versions → its colour."""

SIGNS: Final[dict[Change, str]] = {"added": "+", "removed": "-", "changed": "~"}
"""What became of a thing → what stands before its name."""

_SHAPES: Final = {Severity.ERROR: "■", Severity.WARNING: "▲"}


def classes(thing: Group | Node | Edge) -> tuple[str, ...]:
    """Return what is out of the ordinary about a thing, the most telling last: planned, a severity, a change.

    A group has no severity of its own: its border says which kind it is.
    """
    planned = "planned" if thing.status != "current" else ""
    worst = _worst(thing)
    return tuple(filter(None, (planned, worst.name.lower() if worst else "", thing.change)))


def _worst(thing: Group | Node | Edge) -> Severity:
    match thing:
        case Edge(severity=severity):
            return severity
        case Node(badges=badges):
            return max((badge.severity for badge in badges), default=Severity.OFF)
        case Group():
            return Severity.OFF


def colours() -> dict[str, str]:
    """Return the colour of each of those `classes` that has one."""
    return {severity.name.lower(): colour for severity, colour in SEVERITIES.items()} | {
        str(change): colour for change, colour in CHANGES.items()
    }


def signed(words: str, change: Change) -> str:
    """Return words with the sign of a change before them: `+ db`."""
    return f"{SIGNS[change]} {words}".rstrip() if change else words


def told(badges: Iterable[Badge]) -> str:
    """Return how many findings there are, in words: `■ 2 errors, ▲ 1 warning`."""
    return ", ".join(
        f"{_SHAPES.get(severity, '●')} {count} {severity.name.lower()}{'' if count == 1 else 's'}"
        for severity, count in badges
    )
