"""What stands in brackets → lines: where its author broke them, and where one would be too long."""

from archspec.formatting.lines import WIDTH, Cell, Line, Room, entry_on_line, head, keeps_lines, one_line
from archspec.formatting.nodes import Entry, Node
from archspec.formatting.scalars import folded, joined

_DEEP = 60
"""The column from which on what is in brackets begins on a line of its own, where it does not fit on one."""


def lay(node: Node, room: Room) -> list[Line]:
    """Return the lines of a scalar or of what is in brackets; the first begins at `room.at`."""
    flat = one_line(node, anew=room.anew)
    if node.flow and room.is_row and node.entries and not node.bare:
        return _Brackets(node, room, is_long=flat is not None and room.at + len(flat) > WIDTH).lines()
    if flat is not None and room.at + len(flat) + room.rest <= WIDTH:
        return [Line(room.at, [Cell(flat)])]
    if node.form == "scalar":
        return _text(node, room)
    if not node.entries and not node.tail and not node.opened:
        return [Line(room.at, [Cell(flat or "")])]
    if node.bare:
        return _entry(node.entries[0], room)
    return _Brackets(node, room, is_long=flat is not None).lines()


def _text(node: Node, room: Room) -> list[Line]:
    """Return a scalar in its author's lines, or in new ones where one of those is too long."""
    start = f"{node.anchor} " if node.anchor else ""
    lines = [start + node.text, *node.more]
    if not room.anew and node.more and _fits(lines, room):
        return _as_lines(lines, room)
    whole = joined(lines)
    if whole is None or room.json:
        return _as_lines(lines, room)
    return _as_lines(folded(whole, WIDTH - room.at, WIDTH - room.hang - room.rest), room)


def _fits(lines: list[str], room: Room) -> bool:
    ends = [room.at + len(lines[0]), *(room.hang + len(line) for line in lines[1:])]
    ends[-1] += room.rest
    return max(ends) <= WIDTH


def _as_lines(lines: list[str], room: Room) -> list[Line]:
    return [Line(room.hang if i else room.at, [Cell(line)] if line else []) for i, line in enumerate(lines)]


def _entry(entry: Entry, room: Room) -> list[Line]:
    """Return the lines of an entry that does not fit on one."""
    key = head(entry)
    flat = one_line(entry.value, anew=True)
    is_free = entry.value.form == "scalar" and key and (room.anew or not entry.value.more)
    if is_free and flat and room.at + len(key) + len(flat) + room.rest > WIDTH >= room.hang + len(flat) + room.rest:
        return [Line(room.at, [Cell(key.rstrip())]), Line(room.hang, [Cell(flat)])]
    first, *more = lay(entry.value, room._replace(at=room.at + len(key)))
    return [Line(room.at, [Cell(f"{key}{first.text}")]), *more]


def _start(entry: Entry, *, anew: bool) -> int:
    """Return how many characters of an entry at least stand on its first line."""
    node, width = entry.value, len(head(entry))
    width += len(node.anchor) + bool(node.anchor)
    if node.form == "scalar":
        return width + len(node.text)
    width += 1
    keeps = keeps_lines(node, anew=anew)
    if not node.entries or node.opened or (node.spread and keeps):
        return width
    for position, inner in enumerate(node.entries):
        text = entry_on_line(inner, anew=anew or node.moved)
        if inner.above or (position and inner.broken and keeps):
            return width
        if text is None:
            return width + _start(inner, anew=anew or node.moved)
        width += len(text) + 2
    return width


class _Brackets:
    """Lays the entries of a mapping or a list in brackets."""

    def __init__(self, node: Node, room: Room, *, is_long: bool) -> None:
        self.node, self.room = node, room
        anchor = f"{node.anchor} " if node.anchor else ""
        self.opening, self.closing = (anchor + "{", "}") if node.form == "mapping" else (anchor + "[", "]")
        behind = room.at + len(self.opening)
        first = node.entries[0] if node.entries else None
        self.keeps = keeps_lines(node, anew=room.anew)
        self.spread = bool(
            (node.spread and self.keeps)
            or node.opened
            or (first is None or first.above)
            or (is_long and behind > _DEEP and behind > room.margin + 2)
        )
        self.base = room.margin + 2 if self.spread else behind
        self.done: list[Line] = []
        self.line, self.margin = Line(room.at, []), room.margin
        self.has_lines = False

    def lines(self) -> list[Line]:
        """Return all lines, brackets included."""
        if self.spread:
            opened = f"  {self.node.opened}" if self.node.opened else ""
            self.line.cells.append(Cell(self.opening + opened))
        is_forced = self.spread
        for position, entry in enumerate(self.node.entries):
            self.add(entry, position, is_forced=is_forced)
            is_forced = bool(entry.beside) or (not self.keeps and self.has_lines)
        self.close(is_forced=bool(self.node.entries) and bool(self.node.entries[-1].beside))
        return [*self.done, self.line]

    def add(self, entry: Entry, position: int, *, is_forced: bool) -> None:
        """Add an entry to the line, or to a new one."""
        is_last = position == len(self.node.entries) - 1
        rest = 1 if not is_last else 0 if entry.beside or self.node.tail else 1 + self.room.rest
        anew = self.room.anew or self.node.moved
        text = entry_on_line(entry, anew=anew)
        start = ""
        if position == 0 and not self.spread:
            column, start = self.base, self.opening
        else:
            column = self.line.end + 1
            needed = _start(entry, anew=anew) if text is None else len(text) + rest
            is_wanted = position and (entry.broken if self.keeps else text is None)
            if is_forced or entry.above or is_wanted or column + needed > WIDTH:
                self.break_line(entry)
                column = self.base
        room = Room(column, self.margin, self.base + 2, rest, anew, self.room.json)
        self.place(entry, room, start)
        self.end(entry, "" if is_last else ",")

    def break_line(self, entry: Entry) -> None:
        self.done.append(self.line)
        self.done += [Line(self.base, [Cell(comment.text)]) for comment in entry.above]
        self.line, self.margin = Line(self.base, []), self.base

    def place(self, entry: Entry, room: Room, start: str) -> None:
        """Put an entry on the line, and on further ones where it needs them."""
        text = entry_on_line(entry, anew=room.anew)
        key = entry.key.text if entry.key else ""
        if text is not None and (entry.value.is_missing or room.at + len(text) + room.rest <= WIDTH):
            self.line.cells.append(Cell(start + text, key, entry.wide))
            self.has_lines = False
            return
        first, *more = _entry(entry, room)
        self.has_lines = bool(more)
        self.line.cells.append(Cell(start + first.text, key))
        if more:
            self.done += [self.line, *more[:-1]]
            self.line, self.margin = more[-1], more[-1].indent

    def end(self, entry: Entry, comma: str) -> None:
        """Put the comma behind an entry, and its comment."""
        beside = f"  {entry.beside}" if entry.beside else ""
        if not self.line.cells:
            self.line.cells.append(Cell(""))
        last = self.line.cells[-1]
        self.line.cells[-1] = last._replace(text=f"{last.text}{comma}{beside}")

    def close(self, *, is_forced: bool) -> None:
        """Put the closing bracket behind the last entry, or on a line of its own behind a comment."""
        if is_forced or self.node.tail or (self.room.json and self.spread):
            self.done += [self.line, *(Line(self.base, [Cell(comment.text)]) for comment in self.node.tail)]
            indent = self.room.margin if self.room.json and self.spread else self.base - (not self.spread)
            self.line = Line(indent, [Cell(self.closing)])
        else:
            last = self.line.cells.pop()
            self.line.cells.append(last._replace(text=last.text + self.closing))
