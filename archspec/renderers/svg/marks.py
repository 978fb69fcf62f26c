"""What is drawn on top of a thing: how many findings it has, and what became of it between two versions.

Each is told by a shape and by a colour, so that it is read without seeing colours.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from archspec.findings import Severity
from archspec.layout.placed import Point
from archspec.renderers import palette
from archspec.renderers.palette import PAPER, SEVERITIES
from archspec.renderers.svg.pen import CENTRE, Pen, number, text
from archspec.views.view import Badge, Change, View


class Mark(NamedTuple):
    """How a change looks: its colour, the outline of its mark around (0, 0), the strokes inside, its dashes."""

    colour: str
    outline: str
    strokes: str
    dashes: str = ""


_CIRCLE: Final = "M0 -8A8 8 0 1 1 0 8A8 8 0 1 1 0 -8z"
_SQUARE: Final = "M-7 -7H7V7H-7z"
_DIAMOND: Final = "M0 -9L9 0L0 9L-9 0z"
_PLUS: Final = "M-4 0H4M0 -4V4"
_CROSS: Final = "M-3.500 -3.500L3.500 3.500M-3.500 3.500L3.500 -3.500"
_WAVE: Final = "M-4 1C-2.500 -2.500 -1 -2 0 0S2.500 2.500 4 -1"
CHANGES: Final[dict[Change, Mark]] = {
    "added": Mark(palette.CHANGES["added"], _CIRCLE, _PLUS),
    "removed": Mark(palette.CHANGES["removed"], _SQUARE, _CROSS, "5 3"),
    "changed": Mark(palette.CHANGES["changed"], _DIAMOND, _WAVE),
}


LEFT: Final = (-17.0, 0.0)
DOWN: Final = (0.0, 18.0)


def badges(found: Iterable[Badge], corner: Point, step: Point = LEFT) -> Iterator[str]:
    """Yield the numbers of findings, the worst at the corner and each of the others a step further.

    An error stands in a square, a warning in a triangle, anything else in a circle.
    """
    for place, badge in enumerate(found):
        at, y = corner[0] + place * step[0], corner[1] + place * step[1]
        words = str(badge.findings) if badge.findings < 100 else "99+"
        shape = (
            f'<path d="{_OUTLINES[badge.severity]}" transform="translate({number(at)} {number(y)})" '
            f'fill="{SEVERITIES[badge.severity]}" stroke="{PAPER}" stroke-width="1.25" stroke-linejoin="round"/>'
        )
        size = 9.5 if len(words) < 3 else 7
        low = 1.5 if badge.severity is Severity.WARNING else 0.0
        pen = Pen(size, PAPER, bold=True, anchor="middle")
        label = f"{words} {badge.severity.name.lower()}{'' if badge.findings == 1 else 's'}"
        yield f'<g class="badge"><title>{label}</title>{shape}{text(at, y + size * CENTRE + low, words, pen)}</g>'


_OUTLINES: Final = {
    Severity.ERROR: "M-7.500 -7.500H7.500V7.500H-7.500z",
    Severity.WARNING: "M0 -10L11 8.500H-11z",
    Severity.INFO: _CIRCLE,
    Severity.OFF: _CIRCLE,
}


def mark(change: Change, at: Point) -> str:
    """Return the mark of a change, or nothing where there is none."""
    if not change:
        return ""
    look = CHANGES[change]
    return (
        f'<g class="change" transform="translate({number(at[0])} {number(at[1])})"><title>{change}</title>'
        f'<path d="{look.outline}" fill="{look.colour}" stroke="{PAPER}" stroke-width="1.25"/>'
        f'<path d="{look.strokes}" fill="none" stroke="{PAPER}" stroke-width="1.75" stroke-linecap="round"/></g>'
    )


def changes_in(view: View) -> list[Change]:
    """Return which changes a view shows, in the order of the legend."""
    shown = {thing.change for things in (view.groups, view.nodes, view.edges) for thing in things}
    return [change for change in CHANGES if change in shown]


def severities_in(view: View) -> list[Severity]:
    """Return of which severities a view shows findings, the worst first."""
    shown = {badge.severity for things in (view.groups, view.nodes) for thing in things for badge in thing.badges}
    shown |= {edge.severity for edge in view.edges}
    return [severity for severity in SEVERITIES if severity in shown]
