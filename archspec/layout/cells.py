"""Blocks of text in a grid of character cells, as a terminal or a code block shows them.

A block is a list of lines of one width. Letters of East Asian scripts take two cells, combining marks none:
https://www.unicode.org/reports/tr11/.
"""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Final
from unicodedata import category, east_asian_width

from archspec.layout.text import ELLIPSIS, printable

Block = list[str]

_LINES: Final = ("┌", "┐", "└", "┘", "─", "│")
_DASHED: Final = ("┌", "┐", "└", "┘", "╌", "╎")


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def fold(text: str, room: int, max_lines: int = 3) -> Block:
    """Break a text into lines of at most `room` cells, at spaces where it can; an ellipsis marks what is left out."""
    lines: Block = []
    for word in printable(text).split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room)
    if len(lines) <= max_lines:
        return lines
    return [*lines[: max_lines - 1], f"{_cut(lines[max_lines - 1], room - 1)}{ELLIPSIS}"]


def _pieces(word: str, room: int) -> Block:
    pieces = [""]
    for char in word:
        if pieces[-1] and cells(pieces[-1]) + _cells(char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _cut(text: str, room: int) -> str:
    while cells(text) > room:
        text = text[:-1]
    return text


def fitted(text: str, room: int) -> str:
    """Return a text on one line of at most `room` cells."""
    return (fold(text, max(room, 2), 1) or [""])[0]


def centred(text: str, room: int) -> str:
    """Return a text in the middle of `room` cells."""
    free = max(room - cells(text), 0)
    return f"{' ' * (free // 2)}{text}{' ' * (free - free // 2)}"


def frame(title: str, body: Iterable[str], room: int, *, dashed: bool = False) -> Block:
    """Return a box of `room` cells around centred lines, its title in the top border."""
    top_left, top_right, low_left, low_right, across, down = _DASHED if dashed else _LINES
    shown = fitted(title, room - 6)
    head = f"{across} {shown} " if shown else ""
    top = f"{top_left}{head}{across * (room - 2 - cells(head))}{top_right}"
    lines = [f"{down} {centred(line, room - 4)} {down}" for line in body]
    return [top, *lines, f"{low_left}{across * (room - 2)}{low_right}"]


def beside(blocks: list[Block], gap: int) -> Block:
    """Put blocks side by side, shorter ones filled up below."""
    widths = [cells(block[0]) if block else 0 for block in blocks]
    rows = zip_longest(*blocks, fillvalue="")
    return [
        (" " * gap).join(line + " " * (wide - cells(line)) for line, wide in zip(row, widths, strict=True))
        for row in rows
    ]


def stretched(block: Block, height: int) -> Block:
    """Return a frame made higher by empty lines above its lower border."""
    missing = height - len(block)
    if missing <= 0:
        return block
    side = block[1][0] if len(block) > 2 else "│"
    empty = f"{side}{' ' * (cells(block[0]) - 2)}{side}"
    return [*block[:-1], *[empty] * missing, block[-1]]
