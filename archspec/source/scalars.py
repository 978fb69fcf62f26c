"""Where a character of a text value stands in the file: behind quotes, escapes, indentation and folded lines.

https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions and chapter 8 say how a value is written.
"""

from collections.abc import Iterator

from archspec.errors import KeyPath, Location
from archspec.source import Source
from archspec.source.lines import location

_SPACE = " \t\r\n"
_KEPT = '"\\/'
"""What a backslash in double quotes leaves as it is."""


def inside(read: Source, path: KeyPath, index: int) -> Location | None:
    """Return the place of the character at `index` of the text at `path`, in a source of one file.

    What is behind the last character stands behind it. None where it cannot be told: the value came through an alias,
    or is written with escapes.
    """
    value = _value(read, path)
    length = len(value[0]) if value else 0
    found = next(places(read, path, [min(index, max(length - 1, 0))]), None)
    return found._replace(column=found.column + 1) if found and index >= length else found


def places(read: Source, path: KeyPath, indexes: list[int]) -> Iterator[Location | None]:
    """Yield the place of each character of a text, as `inside` does; `indexes` are sorted."""
    found = _value(read, path)
    if found is None:
        return
    value, start = found
    written = read.texts[0]
    style = written[start : start + 1]
    at, reached = _first(written, start, style), 0
    for index in indexes:
        reached, at = _follow(value, (reached, index), (written, at, style))
        there = at >= 0 and index < len(value) and _fits(value[index], written, at)
        yield location(read.files[0], written, at) if there else None


def _fits(wanted: str, written: str, at: int) -> bool:
    return wanted in _SPACE or written.startswith(wanted, at) or written.startswith(f"\\{wanted}", at)


def _value(read: Source, path: KeyPath) -> tuple[str, int] | None:
    """Return the text at a path, and the offset at which it starts in the file."""
    holder, step = read.data, path[-1]
    for key in path[:-1]:
        holder = holder[key]
    number = list(holder).index(step) if isinstance(holder, dict) else int(step)
    mark = read.marks[id(holder)][2 + 2 * number if isinstance(holder, dict) else 1 + number]
    value = holder[step]
    return (value, mark) if isinstance(value, str) else None


def _first(written: str, start: int, style: str) -> int:
    """Return where the content starts: behind the quote, or on the line after `|` or `>`."""
    if style in ("|", ">"):
        return written.find("\n", start) + 1
    return start + 1 if style in ("'", '"') else start


def _follow(value: str, span: tuple[int, int], where: tuple[str, int, str]) -> tuple[int, int]:
    """Walk through the value and what is written side by side; -1 where the two part."""
    (i, end), (written, at, style) = span, where
    while i <= end and 0 <= at < len(written):
        if value[i : i + 1] not in _SPACE or not value[i : i + 1]:
            at = _skip(written, at)
        if i == end:
            return i, at
        if value[i] in _SPACE:
            i, at = _word(value, i, end), _skip(written, at)
        else:
            at = _step(value[i], written, at, style)
            i += 1
    return i, at if 0 <= at < len(written) else -1


def _word(value: str, i: int, end: int) -> int:
    """Return where the next word starts, but not beyond the end: between words, one space is as good as another."""
    while i < end and value[i] in _SPACE:
        i += 1
    return i


def _skip(written: str, at: int) -> int:
    while at < len(written) and written[at] in _SPACE:
        at += 1
    return at


def _step(wanted: str, written: str, at: int, style: str) -> int:
    """Return the offset behind one character of the value."""
    if style == "'" and wanted == "'":
        return at + 2 if written.startswith("''", at) else -1
    if style == '"' and written[at] == "\\":
        return at + 2 if wanted in _KEPT and written.startswith(wanted, at + 1) else -1
    return at + 1 if written[at] == wanted else -1
