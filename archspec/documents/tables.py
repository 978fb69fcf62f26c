"""Tables in Markdown text → the same tables with their columns lined up, for people who read the source."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

WIDEST = 48
"""A column is padded to its longest cell, unless that is longer than this: it would pull all others along."""

_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"`{3,}")
_RULE = re.compile(r"---:?")


def align(text: str) -> str:
    """Line up every table in `text`. Lines inside code fences are left alone."""
    lines = list(_outside_fences(text.split("\n")))
    done: list[str] = []
    for is_table, block in groupby(lines, key=lambda line: line[1] and line[0].startswith("|")):
        rows = [line for line, _ in block]
        done += _aligned(rows) if is_table else rows
    return "\n".join(done)


def _outside_fences(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield every line, and whether it stands outside of code fences; a fence ends with as many backticks."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        yield line, not fence and not found
        if fence:
            fence = "" if line == fence else fence
        elif found:
            fence = found[0]


def _aligned(lines: list[str]) -> list[str]:
    rows = [[cell.strip() for cell in _BAR.split(line.strip())[1:-1]] for line in lines]
    columns = max(len(row) for row in rows)
    widths = [_width([row[i] for row in rows if i < len(row)]) for i in range(columns)]
    right = [cell.endswith(":") for cell in rows[1]] if len(rows) > 1 else [False] * columns
    return [f"| {' | '.join(map(_cell, row, widths, right))} |" for row in rows]


def _width(cells: list[str]) -> int:
    return max([3, *(len(cell) for cell in cells if len(cell) <= WIDEST and not _RULE.fullmatch(cell))])


def _cell(text: str, width: int, right: bool) -> str:  # noqa: FBT001  mapped over columns
    if _RULE.fullmatch(text):
        return "-" * (width - 1) + (":" if right else "-")
    return text.rjust(width) if right else text.ljust(width)
