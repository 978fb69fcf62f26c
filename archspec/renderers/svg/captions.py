"""What a picture does not say by itself, written below it: what its signs mean, and what was left out."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from archspec.layout.measure import DETAIL_SIZE
from archspec.layout.text import printable, width, wrap
from archspec.renderers.palette import MUTED
from archspec.renderers.svg.marks import badges, changes_in, mark, severities_in
from archspec.renderers.svg.pen import DETAIL, PLANNED, number, text
from archspec.views.view import Badge, View

LINE: Final = 14.0
_SIGN_LINE: Final = 20.0
_LEFT: Final = 24.0


def captions(view: View, wide: float, y: float) -> tuple[list[str], float]:
    """Return the lines below a picture `wide` px wide, from `y` on, and where the picture then ends."""
    lines: list[str] = []
    statuses = {thing.status for things in (view.edges, view.nodes, view.groups) for thing in things}
    if statuses - {"current"}:
        dashed = f'stroke="{MUTED}" stroke-width="1.25" stroke-dasharray="{PLANNED}"'
        lines.append(f'<path d="M{number(_LEFT)} {number(y)}h26" {dashed}/>')
        lines.append(text(58, y + 3.5, "dashed or pale: not there today", DETAIL))
        y += LINE
    signs = list(_signs(view, y + 6))
    if signs:
        lines += signs
        y += _SIGN_LINE + 4
    for sentence in view.hidden:
        for line in wrap(printable(sentence), DETAIL_SIZE, wide - 2 * _LEFT, 3):
            lines.append(text(_LEFT, y + 3.5, line, DETAIL))
            y += LINE
    return lines, y + 6 if lines else y


def _signs(view: View, y: float) -> Iterator[str]:
    """Yield the signs of changes and findings that the picture has, each with its meaning, in a row."""
    changes = ((change, mark(change, (0, 0))) for change in changes_in(view))
    found = (
        (severity.name.lower(), "".join(badges((Badge(severity, 1),), (0, 0)))) for severity in severities_in(view)
    )
    x = _LEFT + 10
    for word, sign in chain(changes, found):
        yield f'<g transform="translate({number(x)} {number(y)})">{sign}</g>'
        yield text(x + 14, y + 3.5, word, DETAIL)
        x += 14 + width(word, DETAIL_SIZE) + 28
