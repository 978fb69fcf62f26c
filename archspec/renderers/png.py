"""A view → PNG: the SVG at twice its size, drawn by resvg with the fonts that the package brings.

They are Latin. Characters of other scripts are drawn with the fonts of the extra `fonts`, Noto Sans as the packages
justmytype-* ship it (https://pypi.org/project/justmytype-international/), under the SIL Open Font License. No font of
the machine is used, so the same packages make the same bytes everywhere.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from archspec.errors import UsageError
from archspec.layout import place
from archspec.layout.text import is_drawn, printable
from archspec.renderers import svg
from archspec.views.view import View

EXTENSION = "png"
SCALE = 2

_FONTS: Final = Path(__file__).with_name("fonts")
_OWN: Final = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
_FAMILIES: Final = {
    "justmytype_western_core": ("notosans", "notosanssymbols2"),
    "justmytype_intl_rtl": ("notosansarabic", "notosanshebrew"),
    "justmytype_intl_sea": ("notosansthai", "notosanslao", "notosanskhmer", "notosansmyanmar"),
    "justmytype_intl_south_asia": ("notosansdevanagari", "notosansbengali", "notosanstamil", "notosanstelugu"),
    "justmytype_intl_cjk": ("notosanssc", "notosansjp", "notosanskr", "notosanstc"),
}
_MOST: Final = 100_000_000  # pixels, which take four bytes each
_NAMED: Final = 3
_STYLE: Final = "image { image-rendering: smooth }"
"""Icons are shrunk to a third, where resvg's cubic filter shows nothing more than its linear one, and takes longer."""


def render(view: View) -> bytes:
    """Return the picture. Raises `UsageError` for what no font has and for what is too large."""
    import resvg_py

    drawn = svg.draw(view, fonts=False)
    more = _fonts_for(view, {char for char in drawn if not is_drawn(char)})
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=_scale(view),
            skip_system_fonts=True,
            style_sheet=_STYLE,
            font_files=[*(str(_FONTS / file) for file in _OWN), *map(str, more)],
        )
    )


def _scale(view: View) -> int:
    """Return how many pixels a px is wide: two, and one in a very large picture."""
    placed = place(view)
    size = placed.width * placed.height
    if size > _MOST:
        raise UsageError(
            f"the view {view.name} is too large for a PNG: {placed.width:,.0f} × {placed.height:,.0f} px; draw it as "
            "SVG, which has no size, or show less with --kind, --tag, --environment or --around"
        )
    return SCALE if size * SCALE**2 <= _MOST else 1


def _fonts_for(view: View, missing: set[str]) -> list[Path]:
    """Return further fonts that have all the missing characters; resvg takes a character from the first that has it."""
    chosen = []
    for package, families in _FAMILIES.items() if missing else ():
        left = {path: _characters(path) for path in _files(package, families)}
        while best := max(left, key=lambda path: len(left[path] & missing), default=None):
            if not (found := left.pop(best) & missing):
                break
            chosen.append(best)
            missing = missing - found
    if missing:
        raise UsageError(_message(view, missing))
    return chosen


def _files(package: str, families: Iterable[str]) -> Iterator[Path]:
    spec = find_spec(package)
    if spec and spec.origin:
        for family in families:
            yield from sorted((Path(spec.origin).parent / "fonts" / "ofl" / family).glob("NotoSans[!-]*.ttf"))


@cache
def _characters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _message(view: View, missing: set[str]) -> str:
    """Say what cannot be drawn, and of which of the things that are drawn."""
    texts = ((f" of '{printable(thing)}'", missing & set(printable(text))) for thing, text in _texts(view))
    where, lacking = next((found for found in texts if found[1]), ("", missing))
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in sorted(lacking)[:_NAMED])
    others = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
    installed = all(find_spec(package) for package in _FAMILIES)
    advice = "write it without them" if installed else "pip install 'archspec-toolkit[fonts]'"
    return (
        f"the view {view.name} cannot be drawn as PNG: no font has the characters {shown}{others}{where}; {advice}, or "
        "draw it as SVG, which takes the reader's fonts"
    )


def _texts(view: View) -> Iterable[tuple[str, str]]:
    """Yield what is named in the view, with its words."""
    for node in view.nodes:
        yield node.element, "".join((node.title, *node.detail))
    for group in view.groups:
        yield group.id, group.title + group.subtitle
    for edge in view.edges:
        yield f"{edge.source} -> {edge.target}", edge.label
