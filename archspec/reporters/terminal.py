"""Lines for a terminal: colours by what they mean, and text that is wrapped at its width."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from archspec.reporters.plain import plain
from archspec.reporters.report import Look

# Select Graphic Rendition of ECMA-48: 1 bold, 2 faint, 31 red, 32 green, 33 yellow, 35 magenta, 36 cyan.
_CODES = {
    "error": "1;31", "warning": "1;33", "info": "1;36", "unknown": "1;35",
    "blocked": "1;31", "open": "36", "note": "2",
    "fix": "32", "strong": "1", "dim": "2",
}  # fmt: skip
_TOKENS = re.compile(r"\s+|\S+")


class Piece(NamedTuple):
    """Text of one meaning: a level, a hop's verdict, `fix`, `strong`, `dim`, or nothing in particular."""

    text: str
    means: str = ""


def cells(text: str) -> int:
    """Count the cells of a terminal that a text takes: two for a wide character, none for one put onto another."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def lines(pieces: Sequence[Piece], look: Look, indent: int = 0) -> Iterator[str]:
    """Yield pieces as one line, or as many as the width takes, each but the first that far indented."""
    made_plain = [Piece(plain(one.text), one.means) for one in pieces]
    if not look.width:
        yield _painted(made_plain, look)
        return
    line: list[Piece] = []
    used = 0
    for token in _tokens(made_plain):
        width = cells(token.text)
        if used > indent and used + width > look.width and not token.text.isspace():
            yield _painted(_without_end(line), look)
            line, used = [Piece(" " * indent)], indent
        line.append(token)
        used += width
    yield _painted(_without_end(line), look)


def _tokens(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield words and the spaces between them; words that touch belong together only inside of a piece."""
    return (Piece(text, one.means) for one in pieces for text in _TOKENS.findall(one.text))


def _without_end(line: list[Piece]) -> list[Piece]:
    return line[:-1] if line and line[-1].text.isspace() else line


def _painted(pieces: Sequence[Piece], look: Look) -> str:
    joined = [("".join(one.text for one in group), means) for means, group in groupby(pieces, lambda one: one.means)]
    return "".join(_paint(text, means) if look.is_coloured else text for text, means in joined)


def _paint(text: str, means: str) -> str:
    return f"\x1b[{_CODES[means]}m{text}\x1b[0m" if means and text else text
