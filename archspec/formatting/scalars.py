"""Texts over several lines: taken apart into lines without what indents them, and folded where a line is too long."""

import re
from typing import NamedTuple

_HEADER = re.compile(r"([|>][-+0-9]*)[ \t]*(#[^\n]*)?\n?")
_BACKSLASHES = re.compile(r"\\+\Z")


class TextBlock(NamedTuple):
    """A text behind `|` or `>`: its first line, the comment on it, its other lines, and how long all of it is."""

    header: str
    comment: str
    lines: list[str]
    length: int


def text_block(written: str, outer: int) -> TextBlock:
    """Take a text block apart that stands in a block at the column `outer`.

    Empty lines at the end are no part of it, unless `+` keeps them.
    """
    found = _HEADER.match(written)
    assert found  # noqa: S101  the parser has read it
    header, comment, body = found[1], found[2] or "", written[found.end() :]
    raw = body.removesuffix("\n").split("\n") if body else []
    stated = re.sub(r"\D", "", header)
    first = next((line for line in raw if line.strip(" ")), "")
    indent = max(outer, 0) + int(stated) if stated else len(first) - len(first.lstrip(" "))
    lines = [line[indent:] if stated or first else "" for line in raw]
    is_cut = bool(body) and not body.endswith("\n")  # at the end of a text, which the value may lack as well
    if is_cut and lines[-1]:
        header = re.sub("[-+]", "", header) + "-"
    if "+" in header:
        return TextBlock(header, comment, lines[: len(lines) - is_cut], len(written))
    while lines and not lines[-1]:
        lines.pop()
    length = found.end() + len("\n".join(raw[: len(lines)])) if lines else len(found[0].rstrip("\n"))
    return TextBlock(header, comment, lines, length)


def lines_of(written: str) -> list[str]:
    """Return the lines of a scalar without the space around them, which means nothing."""
    if "\n" not in written:
        return [written]
    first, *middle, last = written.split("\n")
    trimmed = [_without_end(line, written[0]).lstrip(" \t") for line in middle]
    return [_without_end(first, written[0]), *trimmed, last.lstrip(" \t")]


def _without_end(line: str, quote: str) -> str:
    """Cut the space at the end of a line, but not a character of it that a backslash means."""
    cut = line.rstrip(" \t")
    slashes = _BACKSLASHES.search(cut) if quote == '"' else None
    return line[: len(cut) + 1] if slashes and len(slashes[0]) % 2 and len(cut) < len(line) else cut


def joined(lines: list[str]) -> str | None:
    """Return a scalar on one line; nothing where it holds line breaks of its own."""
    if any(not line or line.endswith("\\") for line in lines[:-1]) or not lines[-1]:
        return None
    return " ".join(lines)


def folded(text: str, width: int, rest: int) -> list[str]:
    """Break a scalar at single spaces, so that its first line has at most `width` characters and the others `rest`.

    A word that is longer stays whole.
    """
    words = _words(text)
    lines, room = [words[0]], width
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
            room = rest
    return lines


def _words(text: str) -> list[str]:
    """Split where a line may break instead of a space, and the same text is read."""
    words: list[str] = []
    for part in text.split(" "):
        before = words[-1] if words else ""
        is_open = not words or before.endswith((" ", "\\")) or not part or part.startswith("#")
        if words and (is_open or before in ("'", '"') or part in ("'", '"')):
            words[-1] += f" {part}"
        else:
            words.append(part)
    return words
