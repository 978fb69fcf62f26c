"""How texts, boxes and numbers are written in SVG. A text of a spec is only ever a text."""

from html import escape  # xml.sax.saxutils does as much, and imports an HTTP client for it
from typing import Final, NamedTuple

from archspec.layout.measure import DETAIL_SIZE, NAME_SIZE
from archspec.layout.placed import Point, Rect
from archspec.layout.text import isolated, printable
from archspec.renderers.palette import INK, MUTED

CENTRE: Final = 0.364  # how far under the middle of its capitals Inter's baseline lies, in em
PLANNED: Final = "5 3"
"""The dashes of what is not there today."""


class Pen(NamedTuple):
    """How a text is written; `anchor` is what its x means, its start unless said."""

    size: float
    fill: str
    bold: bool = False
    anchor: str = ""
    more: str = ""


NAME: Final = Pen(NAME_SIZE, INK, bold=True)
DETAIL: Final = Pen(DETAIL_SIZE, MUTED)


def text(x: float, y: float, words: str, pen: Pen) -> str:
    """Return a line of text; `y` is its baseline."""
    weight = ' font-weight="600"' if pen.bold else ""
    anchored = f' text-anchor="{pen.anchor}"' if pen.anchor else ""
    at = f'x="{number(x)}" y="{number(y)}" font-size="{number(pen.size)}"'
    shown = escape(isolated(printable(words)), quote=False)
    return f'<text {at} fill="{pen.fill}"{weight}{anchored}{pen.more}>{shown}</text>'


def escaped(words: str) -> str:
    """Return a text as the content of a tag."""
    return escape(printable(words), quote=False)


def quoted(words: str) -> str:
    """Return a text as the value of an attribute, with its quotes."""
    return f'"{escape(printable(words))}"'


def rect(box: Rect) -> str:
    """Return a box as attributes."""
    x, y, wide, high = (number(part) for part in box)
    return f'x="{x}" y="{y}" width="{wide}" height="{high}"'


def spot(point: Point) -> str:
    """Return a point as path data."""
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """Return a coordinate, to a tenth of a px: enough to look right, and equal on every machine."""
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 100_000 else f"{value:.1f}"
