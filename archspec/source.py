"""YAML text in; plain data and the place of every value out. The only reader of YAML.

Scalars stay text. What `22:22`, `no`, `1.10` or `007` mean is decided by the typed model that reads them, so none of
YAML's guesses happen. The exceptions are the empty value, `~` and `null`: they are `None`, "not stated".

Refused with a located message: tags, merge keys, duplicate keys, keys that are not scalars, several documents, too
deep nesting, an alias to the node it stands in, and aliases that expand beyond `MAX_ALIAS_NODES`.
"""

import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from archspec.errors import KeyPath, Location, Problem, SpecError

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 64
MAX_ALIAS_NODES = 100_000

# A mark packs file, line and column (all from 0) into one integer: 100,000 elements hold two million of them.
_FILE_SHIFT, _LINE_SHIFT, _COLUMN_MAX = 44, 16, 0xFFFF
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NO_KEY = object()
# The characters that YAML 1.2 (5.1) does not allow in a stream.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


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
    positions: dict[int, dict[str, int]]

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
        return self.place(mark)

    def _position(self, node: dict[Any, Any], step: str | int) -> int:
        known = self.positions.get(id(node))
        if known is None:
            known = self.positions[id(node)] = {key: i for i, key in enumerate(node)}
        return known[step]

    def place(self, mark: int) -> Location:
        """Unpack a mark."""
        file, line = mark >> _FILE_SHIFT, mark >> _LINE_SHIFT & 0xFFFFFFF
        lines = _lines(self.texts[file])
        text = lines[line] if line < len(lines) else ""
        return Location(self.files[file], line + 1, (mark & _COLUMN_MAX) + 1, text)


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    return text.splitlines()


def read(path: Path, name: str | None = None) -> Source:
    """Read and parse one YAML file. Raises `SpecError` when it is missing, too large, not text or not plain YAML.

    `name` is how locations call the file; it defaults to the path as it was given.
    """
    name = name or path.as_posix()
    return parse(_read_text(path, name), name)


def parse(text: str, name: str = "<text>") -> Source:
    """Parse YAML text into a `Source`. Raises `SpecError` with every problem up to the first that stops the parser."""
    bad = _FORBIDDEN.search(text)
    if bad:
        line = text.count("\n", 0, bad.start())
        column = bad.start() - text.rfind("\n", 0, bad.start())
        raise SpecError(
            (_problem(name, text, (line, column - 1), f"the character U+{ord(bad.group()):04X}", _AS_TEXT),)
        )
    builder = _Builder(text, name)
    try:
        builder.run()
    except (yaml.YAMLError, _StopParsingError) as error:
        builder.note(error)
    if builder.problems:
        raise SpecError(tuple(builder.problems))
    return Source(builder.root, (name,), (text,), builder.marks, {})


_AS_TEXT = "save the file as plain UTF-8 text"


def _read_text(path: Path, name: str) -> str:
    try:
        size = path.stat().st_size
        if path.is_file() and size <= MAX_BYTES:
            return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        place = (before.count(b"\n"), error.start - before.rfind(b"\n") - 1)
        message = f"is not UTF-8 text: byte 0x{error.object[error.start]:02x} at offset {error.start}"
        raise SpecError((_problem(name, "", place, message, _AS_TEXT),)) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise SpecError((_problem(name, "", (0, 0), message, _similar_file(path)),)) from None
    if not path.is_file():
        raise SpecError((_problem(name, "", (0, 0), "is not a file", "name a spec, or a folder of specs"),))
    message = f"is {size / 2**20:.0f} MB; a spec may have {MAX_BYTES // 2**20} MB"
    raise SpecError((_problem(name, "", (0, 0), message, "split it with `include:`"),))


def _similar_file(path: Path) -> str:
    names = [entry.name for entry in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    close = get_close_matches(path.name, sorted(names), n=1)
    return f"did you mean {path.with_name(close[0]).as_posix()}?" if close else "check the path"


def _problem(name: str, text: str, place: tuple[int, int], message: str, hint: str) -> Problem:
    line, column = place
    lines = text.splitlines()
    return Problem(message, Location(name, line + 1, column + 1, lines[line] if line < len(lines) else ""), hint)


class _StopParsingError(Exception):
    """Raised where going on makes no sense; the problem is already noted."""


class _Builder:
    """Turns PyYAML's C events into data and marks.

    Built from events because `compose` and the loaders make one Python object a node on top of them: three times
    slower, and slower than linear once the garbage collector walks them.
    """

    __slots__ = (
        "added",
        "anchors",
        "container",
        "count",
        "documents",
        "here",
        "key",
        "marks",
        "name",
        "pending",
        "problems",
        "root",
        "stack",
        "text",
    )

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.root: Any = None
        self.marks: dict[int, list[int]] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.stack: list[tuple[Any, list[int], Any, tuple[str, int] | None]] = []
        self.container: Any = None
        self.here: list[int] = []
        self.key: Any = _NO_KEY
        self.pending: tuple[str, int] | None = None
        self.count = self.added = self.documents = 0

    def run(self) -> None:
        """Read all events. The garbage collector is left to the caller: `importers.spec` freezes it while loading."""
        take = {
            ScalarEvent: self.scalar,
            MappingStartEvent: self.start,
            SequenceStartEvent: self.start,
            MappingEndEvent: self.end,
            SequenceEndEvent: self.end,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
            DocumentEndEvent: _ignore,
            StreamStartEvent: _ignore,
            StreamEndEvent: _ignore,
        }
        parser = CParser(self.text)
        get = parser.get_event
        event = get()
        while event is not None:
            take[event.__class__](event)
            event = get()

    def scalar(self, event: Any) -> None:
        value = event.value
        if event.tag is not None:
            self.refuse_tag(event)
        if event.style is None and value in _NULLS:
            value = None
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)
        self.count += 1
        self.add(value, event.start_mark)

    def add(self, value: Any, start: Any) -> None:
        container, mark = self.container, start.line << _LINE_SHIFT | min(start.column, _COLUMN_MAX)
        if container.__class__ is dict:
            if self.key is _NO_KEY:
                if not isinstance(value, str) or value in container:
                    value = self.refuse_key(value, start)
                self.key = value
            else:
                container[self.key] = value
                self.key = _NO_KEY
        elif container is None:
            self.root = value
        else:
            container.append(value)
        self.here.append(mark)

    def start(self, event: Any) -> None:
        mark = event.start_mark
        if event.tag is not None:
            self.refuse_tag(event)
        value: Any = {} if event.__class__ is MappingStartEvent else []
        if self.container.__class__ is dict and self.key is _NO_KEY:
            self.key = self.refuse_key(value, mark)
            self.here.append(0)
        else:
            self.add(value, mark)
        if len(self.stack) >= MAX_DEPTH:
            self.stop(mark, f"is nested more than {MAX_DEPTH} levels deep", "a spec needs fewer than ten")
        self.stack.append((self.container, self.here, self.key, self.pending))
        self.pending = None
        if event.anchor is not None:
            self.pending = (event.anchor, self.count)
            self.anchors[event.anchor] = (value, 0)
        self.container, self.key = value, _NO_KEY
        self.here = self.marks[id(value)] = [mark.line << _LINE_SHIFT | min(mark.column, _COLUMN_MAX)]
        self.count += 1

    def end(self, _event: Any) -> None:
        value = self.container
        if self.pending is not None:
            anchor, before = self.pending
            self.anchors[anchor] = (value, self.count - before)
        self.container, self.here, self.key, self.pending = self.stack.pop()

    def alias(self, event: Any) -> None:
        found = self.anchors.get(event.anchor)
        if found is None:
            self.stop(event.start_mark, f"*{event.anchor} refers to no anchor", f"write &{event.anchor} before it")
        value, size = found
        if size == 0:
            self.stop(event.start_mark, f"*{event.anchor} refers to the node it stands in", "write the value out")
        self.added += size
        self.count += size
        if self.added > MAX_ALIAS_NODES:
            self.stop(
                event.start_mark,
                f"aliases expand to more than {MAX_ALIAS_NODES} values",
                "write the values out",
            )
        self.add(value, event.start_mark)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(
                event.start_mark,
                "a second YAML document starts here",
                "keep one document a file; use `include:`",
            )

    def refuse_tag(self, event: Any) -> None:
        self.report(event.start_mark, f"the tag {event.tag} is not allowed", "remove it; the key decides the type")

    def refuse_key(self, value: Any, start: Any) -> str:
        """Report a key that cannot stand, and return a stand-in so that what follows is still read."""
        if not isinstance(value, str):
            self.report(start, "a key must be a word, not a list, a mapping or nothing", "write `key: value`")
        else:
            first = self.marks[id(self.container)][1 + 2 * list(self.container).index(value)]
            line = (first >> _LINE_SHIFT) + 1
            self.report(start, f"the key '{value}' is already written on line {line}", "keep one of the two")
        return f"\0{start.index}"

    def report(self, mark: Any, message: str, hint: str) -> None:
        self.problems.append(_problem(self.name, self.text, (mark.line, mark.column), message, hint))

    def stop(self, mark: Any, message: str, hint: str) -> NoReturn:
        self.report(mark, message, hint)
        raise _StopParsingError

    def note(self, error: Exception) -> None:
        """Turn PyYAML's exception into a problem at its mark."""
        if isinstance(error, yaml.MarkedYAMLError):
            mark = error.problem_mark or error.context_mark
            context = f" {error.context}" if error.context else ""
            self.report(mark, f"is not valid YAML: {error.problem}{context}", "check quotes, brackets and indentation")
        elif isinstance(error, yaml.YAMLError):
            self.problems.append(_problem(self.name, self.text, (0, 0), f"is not valid YAML: {error}", _AS_TEXT))


def _ignore(_event: Any) -> None:
    pass


def merge(sources: list[Source]) -> Source:
    """Join several files into one `Source`: sections and kinds are joined, lists follow each other.

    Raises `SpecError` where two files write the same key.
    """
    marks: dict[int, list[int]] = {}
    for number, found in enumerate(sources):
        offset = number << _FILE_SHIFT
        marks |= {key: [mark + offset for mark in values] for key, values in found.marks.items()}
    joined = Source({}, tuple(s.files[0] for s in sources), tuple(s.texts[0] for s in sources), marks, {})
    marks[id(joined.data)] = list(marks.get(id(sources[0].data), [0]))[:1]
    problems: list[Problem] = []
    for found in sources:
        if isinstance(found.data, dict):
            _join(joined, joined.data, found.data, (), problems)
    if problems:
        raise SpecError(tuple(problems))
    return joined


# Sections hold kinds, kinds hold elements: what lies deeper is one element's own and is never written in two files.
_JOINED_LEVELS = 2


def _join(joined: Source, into: dict[str, Any], more: dict[str, Any], path: KeyPath, problems: list[Problem]) -> None:
    marks = joined.marks
    here, there = marks[id(into)], marks[id(more)]
    for position, (key, value) in enumerate(more.items()):
        key_mark, value_mark = there[1 + 2 * position : 3 + 2 * position]
        if key not in into:
            into[key] = _shell(value, marks) if len(path) < _JOINED_LEVELS else value
            here += (key_mark, value_mark)
        elif isinstance(value, dict) and isinstance(into[key], dict) and len(path) < _JOINED_LEVELS:
            _join(joined, into[key], value, (*path, key), problems)
        elif isinstance(value, list) and isinstance(into[key], list) and len(path) < _JOINED_LEVELS:
            into[key] += value
            marks[id(into[key])] += marks[id(value)][1:]
        else:
            first = joined.locate((*path, key))
            message = f"the key '{key}' is already written at {first}"
            problems.append(Problem(message, joined.place(key_mark), "keep one of the two"))


def _shell(value: Any, marks: dict[int, list[int]]) -> Any:
    """Copy a container that others will be joined into, so that no file's own data changes."""
    if not isinstance(value, dict | list):
        return value
    shell = value.copy()
    marks[id(shell)] = list(marks[id(value)])
    return shell
