"""A text → its nodes: along the parser's spans, with what stands between them, which is comments and empty lines."""

import re

from archspec.errors import Problem, SpecError
from archspec.formatting.gaps import Cursor, tidy
from archspec.formatting.nodes import Comment, Document, Entry, Node
from archspec.formatting.scalars import lines_of, text_block
from archspec.source.lines import location
from archspec.source.spans import Child, Span, spans

_ANCHOR = re.compile(r"&[0-9A-Za-z_-]+")
_PREAMBLE = re.compile(r"%|---(?!\S)")
_LONGEST_KEY = 1000
"""Characters of a key. The parser takes 1024 of one without `?`, from its first to the colon."""


def read(text: str, name: str) -> Document:
    r"""Return the nodes of a text that `parse` accepts and whose lines end with `\n`.

    Raises `SpecError` for a key that only `?` can write.
    """
    return _Reader(text, name).document()


class _Reader(Cursor):
    """Goes along the spans. `in_brackets` is how many of them are open."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name, self.in_brackets = name, 0

    def document(self) -> Document:
        """Read the whole text."""
        span = spans(self.text)
        start = self.preamble()
        is_bare = self.is_missing(span) and not span.is_shared
        if (span.form == "list" and not span.flow and not span.children) or is_bare:
            return Document([*start, *self.own()], None, self.ending())
        if span.form == "scalar" or span.flow or _has_anchor(span):
            start += self.own()
        root = Entry(Node("scalar"))
        self.value(root, span, -1)
        beside = [Comment(root.beside)] if root.beside else []
        if root.behind_key:
            start.append(Comment(root.behind_key))
        return Document([*start, *root.above], root.value, [*beside, *self.ending()])

    def preamble(self) -> list[Comment]:
        """Read directives and the mark of a document's start, with the comments before them."""
        lines: list[Comment] = []
        beside = self.skip()
        while _PREAMBLE.match(self.text, self.at) and self.column() == 0:
            lines += self.own()
            end = self.at + 3 if self.text[self.at] == "-" else self.line_end()
            words, blank = " ".join(self.text[self.at : end].split()), self.blank
            self.at = end
            beside = self.skip()
            lines.append(Comment(f"{words}  {beside}" if beside else words, blank))
        return lines

    def ending(self) -> list[Comment]:
        """Read what stands behind the value: comments, and the mark of a document's end."""
        lines = self.own()
        while self.text.startswith("...", self.at):
            blank = self.blank
            self.at += 3
            beside = self.skip()
            lines += [Comment(f"...  {beside}" if beside else "...", blank), *self.own()]
        return lines

    def block(self, span: Span, made: Node) -> None:
        """Read the entries of a mapping or a list without brackets, and the comments that end it."""
        indent = self.column()
        for child in span.children:
            entry = Entry(Node("scalar"), above=self.own(), blank=self.blank)
            made.entries.append(entry)
            if child.key:
                self.key(entry, child.key)
            if child.key is None or self.has_colon():
                self.at += 1  # the dash or the colon
                self.value(entry, child.value, indent)
        made.tail = self.own(max(indent, self.column() + 1))

    def key(self, entry: Entry, span: Span) -> None:
        """Read a key and what stands behind it, which is a colon, unless its value is missing."""
        if self.text[self.at] == "?" and self.at < span.start:
            self.at += 1
            self.aside(entry)
        anchor = self.anchor(entry) if span.is_shared else ""
        written = self.text[self.at : span.end]
        if "\n" in written or span.style in ("|", ">") or len(anchor) + len(written) > _LONGEST_KEY:
            problem = "a key over several lines, or a very long one, cannot be written without `?`"
            raise SpecError((Problem(problem, location(self.name, self.text, span.start), "write a short key"),))
        if entry.behind_key:
            entry.above.append(Comment(entry.behind_key))
        entry.key, entry.behind_key = Node("scalar", anchor=anchor, text=written), ""
        self.at = span.end
        entry.beside = self.skip()
        if self.has_colon():
            entry.above += [*([Comment(entry.beside)] if entry.beside else []), *self.own()]
            entry.beside = ""

    def has_colon(self) -> bool:
        """Whether the colon of a key stands here. Behind `?`, the next key may begin with one, but not in brackets."""
        behind = self.text[self.at + 1 : self.at + 2]
        return self.text.startswith(":", self.at) and (self.in_brackets > 0 or behind in ("", " ", "\t", "\n"))

    def aside(self, entry: Entry) -> None:
        """Go on, and put the comments on the way above the entry: where they stand, none may stay."""
        beside = self.skip()
        entry.above += [*([Comment(beside)] if beside else []), *self.own()]

    def anchor(self, entry: Entry) -> str:
        """Read an anchor, if one stands here; the comment behind it is that behind the key."""
        found = _ANCHOR.match(self.text, self.at)
        if not found:
            return ""
        self.at = found.end()
        beside, broken = self.skip(), entry.broken
        entry.broken = broken or self.broken
        if beside and entry.behind_key:
            entry.above.append(Comment(beside))
        entry.behind_key = entry.behind_key or beside
        return found.group()

    def is_missing(self, span: Span) -> bool:
        """Whether a value is nothing but an anchor, or not even that."""
        written = self.text[span.start : span.end]
        return span.form == "scalar" and not (_ANCHOR.sub("", written, count=1) if span.is_shared else written).strip()

    def value(self, entry: Entry, span: Span, indent: int) -> None:
        """Read what stands behind a dash or a colon, in a block at the column `indent`, and its comments."""
        entry.behind_key = self.skip() if indent >= 0 else ""
        entry.broken, entry.wide_key = self.broken, self.wide
        anchor = self.anchor(entry) if _has_anchor(span) else ""
        if self.is_missing(span):
            entry.value.anchor = anchor
            entry.beside, entry.behind_key = entry.behind_key, ""
        elif span.form == "scalar" or span.flow:
            entry.above += self.own()
            self.content(entry, span, indent)
            if span.form == "scalar":
                _join_comments(entry)
        else:
            entry.value = Node(span.form)
            self.block(span, entry.value)
        entry.value.anchor = anchor

    def content(self, entry: Entry, span: Span, indent: int) -> None:
        """Read a scalar, or what is in brackets, and the comment behind it."""
        if span.style in ("|", ">"):
            block = text_block(self.text[self.at : span.end], indent)
            entry.value = Node("scalar", text=block.header, more=block.lines)
            self.at += block.length
            self.skip()
            entry.beside = tidy(block.comment)
        elif span.form == "scalar":
            first, *more = lines_of(self.text[self.at : span.end])
            entry.value = Node("scalar", text=first, more=more)
            self.at = span.end
            entry.beside = self.skip()
        elif self.text[self.at] in "{[":
            entry.value = Node(span.form, flow=True)
            self.brackets(span, entry.value)
            entry.beside = self.skip()
        else:
            self.bare_pair(entry, span.children[0])

    def bare_pair(self, entry: Entry, child: Child) -> None:
        """Read an item such as `a: b` in brackets, a mapping without any of its own; one without a value gets them."""
        pair = Entry(Node("scalar"))
        self.pair(pair, child)
        entry.value = Node("mapping", flow=True, bare=not pair.value.is_missing, entries=[pair])
        entry.above += pair.above
        entry.beside, pair.beside, pair.above = pair.beside, "", []

    def brackets(self, span: Span, made: Node) -> None:
        """Read what is in brackets."""
        self.at += 1
        self.in_brackets += 1
        made.opened = self.skip()
        broken = made.spread = self.broken
        for child in span.children:
            entry = Entry(Node("scalar"), above=self.own(), broken=broken)
            made.entries.append(entry)
            self.pair(entry, child)
            broken = self.broken
            if self.text[self.at] == ",":
                self.at += 1
                waiting, self.waiting = self.waiting, []
                beside = self.skip()
                if beside and entry.beside:
                    waiting.append((0, Comment(beside)))
                entry.beside, entry.wide = entry.beside or beside, self.wide
                self.waiting = [*waiting, *self.waiting]
                broken = broken or self.broken
        made.tail = self.own()
        self.at += 1
        self.in_brackets -= 1

    def pair(self, entry: Entry, child: Child) -> None:
        """Read an entry or item in brackets, up to the comma."""
        broken = entry.broken
        if child.key:
            self.key(entry, child.key)
            if not self.has_colon():
                return
            self.at += 1
            self.aside(entry)
        anchor = self.anchor(entry) if _has_anchor(child.value) else ""
        if entry.behind_key:
            entry.above.append(Comment(entry.behind_key))
        entry.above += self.own()
        if not self.is_missing(child.value):
            self.content(entry, child.value, 0)
        entry.value.anchor, entry.broken, entry.behind_key = anchor, broken, ""


def _has_anchor(span: Span) -> bool:
    """Whether an anchor stands before a value itself, and not before the first key in it."""
    return span.is_shared and not (span.children and span.children[0].start == span.start)


def _join_comments(entry: Entry) -> None:
    """Put the comment behind a key behind its value, which comes to stand on the same line."""
    if entry.beside and entry.behind_key:
        entry.above.append(Comment(entry.behind_key))
    entry.beside, entry.behind_key = entry.beside or entry.behind_key, ""
