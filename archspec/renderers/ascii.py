"""A view → the drawing of `text` in ASCII alone, for what shows nothing else: old terminals, mails, code comments.

Frames and arrows become `+ - | . : > < =`, an ellipsis one point. Letters lose their accents, other signs are spelled
where ASCII has a way to (`→` is `->`); what then is left, such as Chinese or Arabic, becomes a `?` for each letter.
"""

from dataclasses import replace
from typing import Final
from unicodedata import category, normalize

from archspec.layout.text import printable
from archspec.renderers import text
from archspec.views.view import View

EXTENSION = "ascii.txt"

_DRAWN: Final = str.maketrans("┌┐└┘─│╌╎═►◄•…", "++++-|.:=><*.")
_SPELLED: Final = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "·": "-",
        "•": "*",
        "×": "x",
        "→": "->",
        "←": "<-",
        "↔": "<->",
        "≤": "<=",
        "≥": ">=",
        "≈": "~",
        "±": "+-",
        "€": "EUR ",
        "£": "GBP ",
        "°": " deg ",
        "Æ": "AE",
        "æ": "ae",
        "Œ": "OE",
        "œ": "oe",
        "Ø": "O",
        "ø": "o",
        "ß": "ss",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
    }
)
"""Signs and letters that have no accent to lose → how they are spelled."""


def render(view: View, width: int = text.WIDTH) -> bytes:
    """Return the drawing, `width` characters wide at most; raises what `text` raises."""
    return text.render(_spelled(view), width).decode().translate(_DRAWN).encode("ascii")


def _spelled(view: View) -> View:
    return replace(
        view,
        title=spelled(view.title),
        groups=tuple(replace(one, title=spelled(one.title), subtitle=spelled(one.subtitle)) for one in view.groups),
        nodes=tuple(
            replace(one, title=spelled(one.title), detail=tuple(map(spelled, one.detail))) for one in view.nodes
        ),
        edges=tuple(replace(one, label=spelled(one.label)) for one in view.edges),
        hidden=tuple(map(spelled, view.hidden)),
    )


def spelled(words: str) -> str:
    """Return words in ASCII alone."""
    return "".join(map(_letter, printable(words).translate(_SPELLED)))


def _letter(char: str) -> str:
    apart = "".join(part for part in normalize("NFKD", char) if not category(part).startswith("M"))
    return apart if apart.isascii() else "?"
