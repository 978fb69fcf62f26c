"""Offsets in a text ↔ positions as the client counts them: lines from 0, and columns in its own units.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position
"""

import re
from bisect import bisect_right
from collections.abc import Callable

from lsprotocol.types import Position, Range

Units = Callable[[str], int]
"""Counts a text in the client's units: UTF-16 code units, unless client and server have agreed on others."""

MARK = "\ufeff"
"""A byte order mark, which an editor may send; what reads YAML takes it away."""

_BREAK = re.compile("\r\n|\r|\n")


class Lines:
    """The lines of a text as a client has it. Offsets are those of the text without a byte order mark."""

    def __init__(self, text: str, units: Units) -> None:
        self.text, self.units = text, units
        self.shift = len(MARK) if text.startswith(MARK) else 0
        self.starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        at = max(0, min(offset + self.shift, len(self.text)))
        line = bisect_right(self.starts, at) - 1
        return Position(line, self.units(self.text[self.starts[line] : at]))

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; one behind the end of a line, or of the text, means that end."""
        if position.line >= len(self.starts):
            return len(self.text) - self.shift
        at = self.starts[position.line]
        end = self._end(position.line)
        left = position.character
        while at < end and (left := left - self.units(self.text[at])) >= 0:
            at += 1
        return max(at - self.shift, 0)

    def _end(self, line: int) -> int:
        found = _BREAK.search(self.text, self.starts[line])
        return found.start() if found else len(self.text)

    def all(self) -> Range:
        """Return the range of the whole text."""
        return Range(Position(0, 0), self.position(len(self.text)))
