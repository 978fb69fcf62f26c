"""A text as it is written: its mappings, lists and scalars, each with its comments and with what its author chose."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Comment(NamedTuple):
    """A comment on a line of its own, from its `#` on; `blank` says that an empty line stands above it."""

    text: str
    blank: bool = False


@dataclass(slots=True)
class Node:
    """A mapping, a list or a scalar.

    `text` is the first line of a scalar as it is written, quotes included, and nothing where no value is; `more` are
    its other lines without what indents them. Of brackets, `opened` is the comment behind the first one, `spread`
    says that a line breaks behind it, `bare` that there are none, as in `[a: b]`. `moved` says that entries have been
    brought into order, and with them the lines that their author made. `tail` are comments behind the last entry.
    """

    form: Literal["scalar", "mapping", "list"]
    flow: bool = False
    anchor: str = ""
    text: str = ""
    more: list[str] = field(default_factory=list)
    opened: str = ""
    spread: bool = False
    bare: bool = False
    moved: bool = False
    entries: list["Entry"] = field(default_factory=list)
    tail: list[Comment] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or a list without brackets."""
        return self.form != "scalar" and not self.flow

    @property
    def is_missing(self) -> bool:
        """Whether no value is written, or nothing but an anchor."""
        return self.form == "scalar" and not self.text

    @property
    def is_text_block(self) -> bool:
        """Whether it is a text behind `|` or `>`."""
        return self.form == "scalar" and self.text[:1] in ("|", ">")


@dataclass(slots=True)
class Entry:
    """An entry of a mapping, or an item of a list, which has no key.

    `above` are comments on lines of their own, `behind_key` is one at the end of the key's line where the value stands
    below, `beside` one at the end of the entry's last line. `blank` says that an empty line stands above the key
    itself, `broken` that a line breaks before it (in brackets) or before its value (without). `wide` and `wide_key` say
    that the author left more than one space behind it, or behind its colon: that is how columns are asked for.
    """

    value: Node
    key: Node | None = None
    above: list[Comment] = field(default_factory=list)
    behind_key: str = ""
    beside: str = ""
    blank: bool = False
    broken: bool = False
    wide: bool = False
    wide_key: bool = False


class Document(NamedTuple):
    """A whole text: what stands before its value (`%YAML`, `---`, comments), the value, and what stands behind it.

    `root` is nothing where the text holds none. `head` are comments about the file that stood above a key that moved.
    """

    start: list[Comment]
    root: Node | None
    end: list[Comment]
    head: list[Comment] = []  # noqa: RUF012  a tuple's default, which nobody changes


def nodes(root: Node) -> Iterator[Node]:
    """Yield a node and all nodes in it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [entry.value for entry in node.entries]


def comments(document: Document) -> list[str]:
    """Return all comments of a text, sorted."""
    found = [one.text for one in (*document.start, *document.head, *document.end) if one.text.startswith("#")]
    for node in nodes(document.root) if document.root else ():
        found += [node.opened, *(one.text for one in node.tail)]
        for entry in node.entries:
            found += [entry.behind_key, entry.beside, *(one.text for one in entry.above)]
    return sorted(filter(None, found))
