"""Columns: rows under each other whose author left more than one space somewhere stay a table, a true one."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from archspec.formatting.lines import WIDTH, Line


def align(rows: Sequence[Sequence[Line]]) -> None:
    """Widen the cells of rows, in place: those of their first lines under each other, those of their second …"""
    for lines in zip_longest(*rows):
        for indent, group in groupby(lines, key=lambda line: line.indent if line else -1):
            if indent >= 0:
                _widen([line for line in group if line], 0)


def _widen(lines: Sequence[Line], column: int) -> None:
    for group in _alike(lines, column):
        if not any(cell.wide for line in group for cell in line.cells[column:-1]):
            continue
        width = max(len(line.cells[column].text) for line in group)
        if any(line.end + width - len(line.cells[column].text) > WIDTH for line in group):
            continue
        for line in group:
            cell = line.cells[column]
            line.cells[column] = cell._replace(text=cell.text.ljust(width))
        _widen(group, column + 1)


def _alike(lines: Sequence[Line], column: int) -> Iterator[Sequence[Line]]:
    """Yield neighbours that have the same key in a column and another one behind it."""
    for keys, group in groupby(lines, key=lambda line: tuple(cell.key for cell in line.cells[column : column + 2])):
        found = list(group)
        if len(keys) == 2 and len(found) > 1:  # a cell, and one behind it
            yield found
