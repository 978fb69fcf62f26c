"""Lines of what is in brackets: their cells, how wide they may be, and what fits on one."""

from dataclasses import dataclass
from typing import NamedTuple

from archspec.formatting.nodes import Entry, Node
from archspec.formatting.scalars import joined

WIDTH = 120
"""Characters of a line."""


class Cell(NamedTuple):
    """An entry on a line, with the comma behind it; `wide` says that its author left more space behind it."""

    text: str
    key: str = ""
    wide: bool = False


@dataclass(slots=True)
class Line:
    """A line: the column where it begins, and its cells, with one space between them."""

    indent: int
    cells: list[Cell]

    @property
    def text(self) -> str:
        """The line without what indents it."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def end(self) -> int:
        """The column behind its last character."""
        return self.indent + sum(len(cell.text) + 1 for cell in self.cells) - bool(self.cells)


class Room(NamedTuple):
    """Where something is to stand: its column, that of the line, that of further lines of a text, and what follows.

    `rest` are characters that have to fit behind it; `anew` says that lines are made without regard to the author's,
    `json` that a text has to stay on one line, `is_row` that entries are to be cells, which may be columns.
    """

    at: int
    margin: int
    hang: int
    rest: int = 0
    anew: bool = False
    json: bool = False
    is_row: bool = False


def one_line(node: Node, *, anew: bool) -> str | None:
    """Return a node on one line; nothing where a comment or its author breaks it: `anew` forgets the author."""
    start = f"{node.anchor} " if node.anchor and (node.text or node.form != "scalar") else node.anchor
    if node.form == "scalar":
        text = node.text if not node.more else joined([node.text, *node.more]) if anew else None
        return None if text is None else start + text
    keeps = keeps_lines(node, anew=anew)
    if node.opened or node.tail or (node.spread and keeps and node.entries):
        return None
    cells: list[str] = []
    for position, entry in enumerate(node.entries):
        cell = entry_on_line(entry, anew=anew or node.moved)
        is_broken = entry.above or entry.beside or (position and entry.broken and keeps)
        if cell is None or is_broken:
            return None
        cells.append(cell)
    text = ", ".join(cells)
    return start + (text if node.bare else f"{{{text}}}" if node.form == "mapping" else f"[{text}]")


def keeps_lines(node: Node, *, anew: bool) -> bool:
    """Whether the lines that an author made in brackets stay: not where entries have moved, in it or around it.

    What has a line for each item, or each of several entries, keeps them all the same.
    """
    if not (anew or node.moved):
        return True
    several = 2 if node.form == "list" else 3
    return not node.moved and len(node.entries) >= several and all(entry.broken for entry in node.entries[1:])


def entry_on_line(entry: Entry, *, anew: bool) -> str | None:
    """Return an entry on one line; nothing where it has several."""
    value = one_line(entry.value, anew=anew)
    if value is None:
        return None
    if not value and entry.key and entry.key.text.endswith(":"):
        return f"{head(entry)}~"  # a key that ends with a colon needs a value behind it
    return head(entry) + value if value else head(entry, colon="")


def head(entry: Entry, colon: str = ": ") -> str:
    """Return the key of an entry with the colon behind it; nothing for an item of a list."""
    if entry.key is None:
        return ""
    anchor = f"{entry.key.anchor} " if entry.key.anchor else ""
    space = " " if entry.key.text.startswith("*") and colon else ""  # a colon may be part of an alias
    return f"{anchor}{entry.key.text}{space}{colon}"
