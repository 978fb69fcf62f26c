"""A view → SVG that needs nothing else: icons and fonts are inside, and so are title and description for readers."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from archspec.layout import place
from archspec.layout.placed import Placed
from archspec.layout.text import printable, wrap
from archspec.renderers.icons import data_uri
from archspec.renderers.palette import INK
from archspec.renderers.svg.captions import captions
from archspec.renderers.svg.edges import edges, labels, markers
from archspec.renderers.svg.frames import TILE_ICONS, frames, titles
from archspec.renderers.svg.nodes import marks, nodes
from archspec.renderers.svg.pen import Pen, escaped, number, quoted, text
from archspec.views.view import View

EXTENSION = "svg"
FONTS: Final = Path(__file__).parent.with_name("fonts")
_HEADER: Final = 36.0
_LEAST_WIDTH: Final = 360.0
_HEADING: Final = Pen(16, INK, bold=True)


def render(view: View) -> bytes:
    """Return the picture with its fonts embedded."""
    return draw(view).encode()


def draw(view: View, *, fonts: bool = True, icons: bool = True) -> str:
    """Return the picture as SVG, https://www.w3.org/TR/SVG11/. Raises `UsageError` for a view that shows nothing.

    Without `fonts` and `icons`, whoever shows it brings them: a page with several pictures needs each of them once.
    """
    placed = place(view)
    wide = max(placed.width, _LEAST_WIDTH)
    foot, total = captions(view, wide, _HEADER + placed.height)
    size = f'width="{number(wide)}" height="{number(total)}" viewBox="0 0 {number(wide)} {number(total)}"'
    font = "font-family=\"Inter, 'Open Sans', Arial, sans-serif\""
    title = "".join(wrap(printable(view.title), _HEADING.size, wide - 48, 1, bold=True))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {font}>',
        f'<title id="title">{escaped(view.title)}</title>',
        f'<desc id="desc">{escaped(" ".join([view.description, *view.hidden]))}</desc>',
        *([f"<style>{font_faces()}</style>"] if fonts else []),
        f"<defs>{markers(placed)}{icon_images(icon_kinds(view)) if icons else ''}</defs>",
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
        text(24, 34, title, _HEADING),
        f'<g transform="translate({number((wide - placed.width) / 2)} {number(_HEADER)})">',
        *(line for layer in _LAYERS for line in layer(placed) if line),
        "</g>",
        *foot,
        "</svg>",
    ]
    return "".join(f"{line}\n" for line in lines)


@cache
def font_faces() -> str:
    """Return the fonts of pictures as CSS."""
    faces = []
    for weight, name in ((400, "Inter-Regular.woff2"), (600, "Inter-SemiBold.woff2")):
        data = b64encode((FONTS / name).read_bytes()).decode("ascii")
        source = f'url(data:font/woff2;base64,{data}) format("woff2")'
        faces.append(f"@font-face{{font-family:Inter;font-weight:{weight};src:{source}}}")
    return "".join(faces)


def icon_kinds(view: View) -> set[str]:
    """Return the kinds of icon that a picture of the view needs."""
    kinds = {node.kind for node in view.nodes}
    return kinds | {TILE_ICONS[group.kind] for group in view.groups if group.kind in TILE_ICONS}


def icon_images(kinds: Iterable[str]) -> str:
    """Return icons as definitions that pictures refer to by `#icon-<kind>`."""
    return "".join(
        f'<image id={quoted(f"icon-{kind}")} width="48" height="48" href="{data_uri(kind)}"/>' for kind in sorted(kinds)
    )


_LAYERS: Final[tuple[Callable[[Placed], Iterator[str]], ...]] = (frames, edges, nodes, titles, labels, marks)
"""What is drawn over what: words over lines, lines over frames, marks over everything."""
