"""Where things stand in a text: offsets → lines and columns, as editors count them."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from archspec.errors import Location

_LINE_BREAK = re.compile("\r\n|\r|\n")
# No one reads a longer line in a report, and a thousand findings on it would each carry it.
_LONGEST_SHOWN = 10_000


def location(name: str, text: str, offset: int) -> Location:
    """Find the line and column of an offset; the end of a text is the end of its last line that holds anything."""
    offset = min(offset, len(text.rstrip("\r\n"))) if offset >= len(text) else offset
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Location(name, line, offset - starts[line - 1] + 1, _line(text, line))


def offset(text: str, line: int, column: int) -> int:
    """Return the offset of a line and a column, as `location` counts them."""
    return _line_starts(text)[line - 1] + column - 1


def line_start(text: str, offset: int) -> int:
    """Return where the line begins that an offset is on."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Return where the line ends that an offset is on, before what breaks it."""
    found = _LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)


@lru_cache(maxsize=128)
def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
    # The same, four times as fast: in a large spec the first finding would otherwise cost as much as a rule.
    return list(accumulate(map(len, text.split("\n")[:-1]), lambda start, length: start + length + 1, initial=0))


@lru_cache(maxsize=128)
def _line(text: str, number: int) -> str:
    start, *end = _line_starts(text)[number - 1 : number + 1]
    line = text[start : end[0] if end else None].rstrip("\r\n")
    return line if len(line) <= _LONGEST_SHOWN else ""
