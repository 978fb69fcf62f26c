"""Nodes → the text in its canonical form."""

import re
from collections.abc import Iterator, Sequence

from archspec.formatting.columns import align
from archspec.formatting.flow import lay
from archspec.formatting.lines import WIDTH, Cell, Line, Room, head, one_line
from archspec.formatting.nodes import Comment, Document, Entry, Node

_STEP = 2
"""Columns by which a block is indented."""


def printed(document: Document) -> str:
    """Return a text in its canonical form."""
    lines = _comments(document.start, 0)
    root = document.root
    lines += [*_comments(document.head, 0), ""] if document.head else []
    if root and root.flow:
        lines += [_at(line) for line in lay(root, Room(0, 0, 0, json=True))]
    elif root:
        lines += [*([root.anchor] if root.anchor else []), *_block(root, 0)]
    lines += _apart(document.end, 0, behind=root, is_first=not lines)
    return "".join(f"{line}\n" for line in lines)


def _comments(comments: Sequence[Comment], indent: int) -> list[str]:
    return _apart(comments, indent, behind=None, is_first=True)


def _apart(comments: Sequence[Comment], indent: int, *, behind: Node | None, is_first: bool) -> list[str]:
    """Return comments with their empty lines; one without a text stands for whatever follows.

    None stands at the start of a block, nor where a text that keeps its last line breaks would take it as its own.
    """
    lines: list[str] = []
    is_close = is_first or (behind is not None and _keeps_breaks(behind))
    for comment in comments:
        lines += [""] * (comment.blank and not is_close)
        lines += [" " * indent + comment.text] * bool(comment.text)
        is_close = is_close and not comment.text
    return lines


def _keeps_breaks(node: Node) -> bool:
    """Whether the last of a node is a text behind `|+` or `>+`, which every empty line below is a part of."""
    while node.is_block and node.entries and not node.tail:
        node = node.entries[-1].value
    return node.is_text_block and "+" in node.text


def _block(node: Node, indent: int) -> list[str]:
    """Return the lines of a mapping or a list without brackets."""
    lines: list[str] = []
    before: Node | None = None
    for rows in _runs(node.entries):
        entry = rows[0]
        above = (*entry.above, Comment("", entry.blank))
        lines += _apart(above, indent, behind=before, is_first=not lines)
        lines += _rows(rows, indent) if _is_row(entry) else _alone(entry, indent)
        before = rows[-1].value
    return lines + _apart(node.tail, indent, behind=before, is_first=not lines)


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield neighbours that may be a table, which are in brackets with nothing between them, and all others alone."""
    run: list[Entry] = []
    for entry in entries:
        may_follow = entry.value.flow and _is_row(entry) and not (entry.blank or entry.above)
        if run and not (may_follow and run[-1].value.flow and _is_row(run[-1])):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _is_row(entry: Entry) -> bool:
    """Whether a value stands beside its key, or may."""
    value = entry.value
    is_below = value.flow and entry.behind_key
    return not (value.is_block or value.is_text_block or is_below or value.is_missing)


def _head(entry: Entry) -> str:
    return head(entry, ":") if entry.key else "-"


def _alone(entry: Entry, indent: int) -> list[str]:
    """Return the lines of an entry that is no row: with a block below, or without a value."""
    value, behind = entry.value, entry.behind_key or entry.beside
    words = [_head(entry), value.anchor, value.text, f" {behind}" if behind else ""]
    first = " " * indent + " ".join(word for word in words if word)
    if value.is_text_block:
        stated = re.sub(r"\D", "", value.text)
        inner = " " * (indent + (int(stated) if stated else _STEP))
        return [first, *(inner + line if line else "" for line in value.more)]
    if value.flow:
        below = indent + _STEP
        words = [_head(entry), f" {entry.behind_key}"]
        lines = [" " * indent + " ".join(words), *map(_at, lay(value, Room(below, below, below)))]
        lines[-1] += f"  {entry.beside}" if entry.beside else ""
        return lines
    lines = _block(value, indent + _STEP) if value.is_block else []
    is_beside = entry.key is None and lines and not (value.anchor or behind or value.entries[0].above)
    return [f"{first} {lines[0].lstrip(' ')}", *lines[1:]] if is_beside else [first, *lines]


def _at(line: Line) -> str:
    return " " * line.indent + line.text if line.cells else ""


def _rows(entries: Sequence[Entry], indent: int) -> list[str]:
    """Return the lines of values that stand beside their keys, in columns where their author wants some."""
    heads = [_head(entry) for entry in entries]
    width = max(map(len, heads)) if len(entries) > 1 and any(entry.wide_key for entry in entries) else 0
    heads = [one.ljust(width) for one in heads]
    rows = [_row(entry, indent, len(one)) for entry, one in zip(entries, heads, strict=True)]
    align(rows)
    lines: list[str] = []
    for entry, one, row in zip(entries, heads, rows, strict=True):
        if row[0].indent == indent + len(one) + 1:
            first, *more = row
            lines.append(f"{' ' * indent}{one} {first.text}")
        else:
            lines.append(" " * indent + one.rstrip())
            more = row
        lines += map(_at, more)
        lines[-1] += f"  {entry.beside}" if entry.beside else ""
    return lines


def _row(entry: Entry, indent: int, width: int) -> list[Line]:
    """Return a value beside its key, or below it where its author put it there and it would not fit."""
    at, below, value = indent + width + 1, indent + _STEP, entry.value
    if value.form == "scalar":
        text = f"{value.anchor} {value.text}" if value.anchor else value.text
        begins = below if entry.key and entry.broken and at + len(text) > WIDTH else at
        more = [Line(below, [Cell(line)] if line else []) for line in value.more]
        return [Line(begins, [Cell(text)]), *more]
    flat = one_line(value, anew=False)
    fits = flat is not None and at + len(flat) <= WIDTH
    is_below = entry.key is not None and entry.broken and not fits
    room = Room(below, below, below, is_row=True)
    return lay(value, room if is_below else room._replace(at=at, margin=indent))
