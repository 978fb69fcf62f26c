"""YAML text in; plain data and the place of every value out. The only reader of YAML.

Scalars stay text. What `22:22`, `no`, `1.10` or `007` mean is decided by the typed model that reads them, so none of
YAML's guesses happen. The exceptions are the empty value, `~` and `null`: they are `None`, "not stated".

Refused with a located message: tags, merge keys, duplicate keys, keys that are not scalars, several documents, too
deep nesting, an alias to the node it stands in, and aliases that expand beyond `MAX_ALIAS_NODES`.
"""

import re
from collections import Counter
from difflib import get_close_matches
from itertools import islice
from os.path import lexists
from pathlib import Path
from typing import Any, NamedTuple

from archspec.errors import KeyPath, Location, Problem, SpecError
from archspec.source.builder import MAX_ALIAS_NODES, MAX_DEPTH, MAX_PROBLEMS, Builder
from archspec.source.complaints import AS_TEXT
from archspec.source.lines import location

__all__ = ["MAX_ALIAS_NODES", "MAX_BYTES", "MAX_DEPTH", "MAX_PROBLEMS", "Source", "decode", "parse", "read"]

MAX_BYTES = 32 * 1024 * 1024

# A mark is an offset into a text, with the number of its file above: one small integer for each of two million values.
_FILE_SHIFT = 32
_OFFSET = (1 << _FILE_SHIFT) - 1
# What YAML 1.2 (5.1) does not allow in a stream, and what YAML 1.1 takes for the end of a line but no editor does.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

_HARMLESS = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])


class Source(NamedTuple):
    """A spec as plain data: mappings, lists, text and `None`, with what is needed to find each value's place.

    `marks` maps the `id()` of a container in `data` to its own mark, followed by one mark a list item or by a key's
    and a value's mark a mapping entry, in order. `positions` remembers where the keys of a mapping stand in it, once
    somebody asked.
    """

    data: Any
    files: tuple[str, ...]
    texts: tuple[str, ...]
    marks: dict[int, list[int]]
    positions: dict[int, dict[Any, int]]

    def locate(self, path: KeyPath) -> Location:
        """Return the place of the value at `path`; a step that does not resolve is skipped, the nearest parent wins.

        A mapping entry is found at its key. pydantic adds steps that are not in the text (a union's tag), hence the
        skipping.
        """
        node, mark = self.data, self.marks[id(self.data)][0] if id(self.data) in self.marks else 0
        for step in path:
            if isinstance(node, dict) and step in node:
                mark = self.marks[id(node)][1 + 2 * self._position(node, step)]
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                mark = self.marks[id(node)][1 + step]
            else:
                continue
            node = node[step]
        return self.unpack(mark)

    def _position(self, node: dict[Any, Any], step: str | int) -> int:
        known = self.positions.get(id(node))
        if known is None:
            known = self.positions[id(node)] = {key: i for i, key in enumerate(node)}
        return known[step]

    def mark(self, path: KeyPath) -> int | None:
        """Return the mark of the entry or item at `path`; nothing where a step of it is not in the text."""
        node, mark = self.data, None
        for step in path:
            if isinstance(node, dict) and step in node:
                mark = self.marks[id(node)][1 + 2 * self._position(node, step)]
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                mark = self.marks[id(node)][1 + step]
            else:
                return None
            node = node[step]
        return mark

    def written(self) -> Counter[tuple[int, bool]]:
        """Count in how many places of `data` each entry or item stands, by its mark and whether it is an item.

        What has an alias, and what environments share, is written once and stands in several.
        """
        counted: Counter[tuple[int, bool]] = Counter()
        waiting = [self.data]
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict | list):
                is_item = isinstance(node, list)
                counted.update((mark, is_item) for mark in self.marks[id(node)][1 :: 1 if is_item else 2])
                waiting += node.values() if isinstance(node, dict) else node
        return counted

    def address(self, mark: int) -> tuple[int, int]:
        """Return the number of the file and the offset in its text that a mark stands for."""
        return mark >> _FILE_SHIFT, mark & _OFFSET

    def unpack(self, mark: int) -> Location:
        """Return the place that a mark stands for."""
        file = mark >> _FILE_SHIFT
        return location(self.files[file], self.texts[file], mark & _OFFSET)

    def numbered(self, file: int) -> dict[int, list[int]]:
        """Return the marks of a source of one file as they are where it is one of several."""
        above = file << _FILE_SHIFT
        return {key: [mark + above for mark in values] for key, values in self.marks.items()}


def read(path: Path, name: str | None = None) -> Source:
    """Read and parse one YAML file. Raises `SpecError` when it is missing, too large, not text or not plain YAML.

    `name` is how locations call the file; it defaults to the path as it was given.
    """
    name = name or path.as_posix()
    return parse(decode(_read_bytes(path, name), name), name)


def parse(text: str, name: str = "<text>") -> Source:
    """Parse YAML text into a `Source`. Raises `SpecError` with every problem up to the first that stops the parser."""
    text = text.removeprefix("\ufeff")
    builder = Builder(text, name)
    if _may_hold_forbidden(text):
        forbidden = islice(_FORBIDDEN.finditer(text), MAX_PROBLEMS)
        builder.problems += [_forbidden(name, text, found.start()) for found in forbidden]
    if not builder.problems:
        builder.run()
    if builder.problems:
        raise SpecError(tuple(builder.problems))
    return Source(builder.data, (name,), (text,), builder.marks, {})


def _may_hold_forbidden(text: str) -> bool:
    """Look only at what is left without the harmless characters: ten times faster than looking at each of them."""
    left = text.encode("utf-8", "surrogatepass").translate(None, _HARMLESS)
    return bool(_FORBIDDEN.search(left.decode("utf-8", "surrogatepass")))


def _forbidden(name: str, text: str, offset: int) -> Problem:
    code = ord(text[offset])
    hint = f'remove it; where it is meant, write "\\u{code:04X}" in double quotes'
    return Problem(f"the character U+{code:04X} may not stand in YAML", location(name, text, offset), hint)


def _read_bytes(path: Path, name: str) -> bytes:
    message, hint = "is not a file", "name a spec, or a folder of specs"
    try:
        if path.is_file():
            with path.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
            if len(content) <= MAX_BYTES:
                return content
            message, hint = f"is larger than {MAX_BYTES // 2**20} MB", "split it with `include:`"
        elif not lexists(path):
            message, hint = "does not exist", _similar_file(path)
        elif not path.exists():
            message, hint = "is a link that leads nowhere", "mend the link"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        message, hint = (
            f"cannot be read: {getattr(error, 'strerror', '') or error}",
            "check the path and its permissions",
        )
    raise SpecError((Problem(message, Location(name, 1, 1), hint),))


def decode(content: bytes, name: str) -> str:
    """Return the text of a file that locations call `name`. Raises `SpecError` where it is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:2]:
        raise SpecError((Problem("is UTF-16 text; a spec is UTF-8", Location(name, 1, 1), AS_TEXT),))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        content = content.removeprefix(b"\xef\xbb\xbf")
        offset = len(content[: error.start].decode("utf-8", "replace"))
        place = location(name, content.decode("utf-8", "replace"), offset)
        message = f"is not UTF-8 text: the byte 0x{error.object[error.start]:02x} stands here"
        raise SpecError((Problem(message, place, AS_TEXT),)) from None


def _similar_file(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.suffix in (".yaml", ".yml"))
    except OSError:
        return f"there is no folder {path.parent.as_posix()}"
    close = get_close_matches(path.name, names, n=1)
    return f"did you mean {path.with_name(close[0]).as_posix()}?" if close else "check the path"
