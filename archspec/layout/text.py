"""How wide a text is, and how it breaks into lines, without drawing it.

Widths are those of Inter as shipped in `renderers/fonts`, without kerning, so they add up by character.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypedDict
from unicodedata import bidirectional, category, east_asian_width, normalize

ELLIPSIS: Final = "…"

# Most are narrower in Noto Sans. A guess that is too wide costs some space; one too narrow leaves its box.
_LETTER_EM: Final = 0.7
_CAPITAL_EM: Final = 0.9
_WIDE_EM: Final = 1.0
_PICTURE_EM: Final = 1.3
_SCRIPTS: Final = ((0x0B80, 0x0BFF, 1.2), (0x0C00, 0x0DFF, 1.0), (0x1000, 0x109F, 1.0), (0x1780, 0x17FF, 0.8))
"""First and last code point of scripts that are wider than others: Tamil; Telugu to Sinhala; Burmese; Khmer."""
_ZERO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc"})
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_BREAKS_AFTER: Final = frozenset("-/._:@")

_Weight = Literal["regular", "bold"]


class _Widths(TypedDict):
    units_per_em: int
    regular: dict[str, int]
    bold: dict[str, int]


def printable(text: str) -> str:
    """Return `text` as one line without what drives terminals, parsers or the direction of reading.

    Line ends and tabs become spaces; other control and formatting characters, lone surrogates and the code points
    that XML forbids (https://www.w3.org/TR/xml/#charsets) vanish. A letter and its accent become one character where
    there is one, which more fonts have.
    """
    spaced = (" " if char.isspace() else char for char in normalize("NFC", text))
    return "".join(char for char in spaced if category(char) not in _UNPRINTABLE and char not in "\ufffe\uffff")


def isolated(text: str) -> str:
    """Return a line of text so that it is read in its own direction, wherever it stands.

    One that starts from right to left is put between U+2067 and U+2069, https://www.unicode.org/reports/tr9/: its words
    and numbers then stand in the order that its readers expect, in the same place.
    """
    first = next((kind for kind in map(bidirectional, text) if kind == "L" or kind in _RIGHT_TO_LEFT), "L")
    return f"\u2067{text}\u2069" if first in _RIGHT_TO_LEFT else text


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of `text` on one line at font size `size`, in the unit of `size`."""
    ems = _ems("bold" if bold else "regular")
    return size * sum(ems[char] if char in ems else _guess(char) for char in text)


def wrap(text: str, size: float, max_width: float, max_lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into at most `max_lines` lines (one or more), none of them wider than `max_width`.

    Lines break at spaces; a word wider than a line breaks after its punctuation, else before a capital, or else
    anywhere. Runs of spaces become one. If text is left over, the last line ends in an ellipsis. `max_width` is in the
    unit of `size` and holds from three em upwards, because a line has a character and perhaps the ellipsis.
    """
    room = max_width / size
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", 1, bold=bold) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_pieces(word, room, bold=bold))
    if len(lines) <= max_lines:
        return tuple(lines)
    last = lines[max_lines - 1]
    cut = last[: _fitting(last, room, bold=bold, tail=ELLIPSIS)].rstrip() + ELLIPSIS
    return (*lines[: max_lines - 1], cut)


def _pieces(word: str, room: float, *, bold: bool) -> Iterator[str]:
    while word:
        end = _fitting(word, room, bold=bold)
        if end < len(word):
            end = _break(word, end)
        yield word[:end]
        word = word[end:]


def _break(word: str, most: int) -> int:
    """Return where a word breaks of which `most` characters fit: after punctuation, before a capital, or there."""
    marks = [at for at, char in enumerate(word[:most], 1) if char in _BREAKS_AFTER]
    humps = [at for at in range(1, most + 1) if word[at - 1].islower() and word[at].isupper()]
    return max(marks or humps or [most])


def _fitting(text: str, room: float, *, bold: bool, tail: str = "") -> int:
    """Count the characters that fit into `room` em before `tail`; at least one, so that work ends."""
    counts = range(1, len(text) + 1)
    return max(1, bisect_right(counts, room, key=lambda count: width(text[:count] + tail, 1, bold=bold)))


def _guess(char: str) -> float:
    kind = category(char)
    if kind in _ZERO_WIDTH:
        return 0.0
    if kind == "So":
        return _PICTURE_EM
    if east_asian_width(char) in "WF":
        return _WIDE_EM
    of_script = next((em for first, last, em in _SCRIPTS if first <= ord(char) <= last), _LETTER_EM)
    return _CAPITAL_EM if kind in {"Lu", "Lt"} else of_script


def is_drawn(char: str) -> bool:
    """Whether the fonts that are shipped have a character, or it shows nothing."""
    return char in _ems("regular") or category(char) in {"Cf", "Cc"}


@cache
def _ems(weight: _Weight) -> dict[str, float]:
    table = _table()
    return {char: units / table["units_per_em"] for char, units in table[weight].items()}


@cache
def _table() -> _Widths:
    table: _Widths = json.loads(Path(__file__).with_name("widths.json").read_text("utf-8"))
    return table
