"""PyYAML's events → plain data and marks."""

from contextlib import suppress
from typing import Any, NoReturn, TypeAlias

import yaml
from yaml._yaml import CParser
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

from archspec.errors import Problem
from archspec.source.complaints import explain
from archspec.source.lines import location

MAX_DEPTH = 64
MAX_ALIAS_NODES = 100_000
MAX_PROBLEMS = 1000
"""Where reading one text ends: nobody mends more than that before reading it again."""

Value: TypeAlias = Any
"""A mapping, a list, text or `None`."""
Event: TypeAlias = Any
"""One of PyYAML's events: its types leave out what each kind of them always has."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# Stands for a value that an alias may not repeat, and for one that is not there.
_UNFINISHED = "an unfinished value"
_TOO_DEEP = (f"is nested more than {MAX_DEPTH} levels deep", "a spec needs fewer than ten")


class _StopParsingError(Exception):
    """Raised where going on makes no sense; the problem is already noted."""


_Open = tuple[list[Any], list[int], bool]
"""A container whose end has not come yet: its values, its marks, whether it is a mapping."""


class Builder:
    """Turns PyYAML's C events into data and marks.

    Built from events because `compose` and the loaders make one Python object a node on top of them: three times
    slower, and slower than linear once the garbage collector walks them. The values of a mapping are gathered in a
    list, key after value after key, and become a dict when it ends: that is faster than adding them one by one.
    """

    def __init__(self, text: str, name: str) -> None:
        self.text, self.file = text, name
        self.marks: dict[int, list[int]] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}
        self.anchored: dict[int, str] = {}
        self.stack: list[_Open] = []
        self.open: _Open = [], [0], False
        self.added = self.documents = 0

    @property
    def data(self) -> Value:
        """What the text holds; `None` where it holds nothing."""
        return self.open[0][0] if self.open[0] else None

    def run(self) -> None:
        """Read all events, and note what is wrong with them."""
        with suppress(_StopParsingError):
            try:
                self.read()
            except yaml.YAMLError as error:
                self.problems.append(explain(error, self.file, self.text, self.open[1][0]))
        self.refuse_keys_of_unfinished()

    def refuse_keys_of_unfinished(self) -> None:
        """Report the keys of mappings whose end was not reached; all others have been looked at when they ended."""
        with suppress(_StopParsingError):
            for values, marks, is_mapping in (*self.stack, self.open):
                if is_mapping and len(self.problems) < MAX_PROBLEMS:
                    self.refuse_keys(values, marks)

    def read(self) -> None:
        """Read all events. The garbage collector is left to the caller: `importers.spec` freezes it while loading."""
        take = {
            MappingStartEvent: self.start,
            SequenceStartEvent: self.start,
            MappingEndEvent: self.end_mapping,
            SequenceEndEvent: self.end_list,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
            DocumentEndEvent: _ignore,
            StreamStartEvent: _ignore,
            StreamEndEvent: _ignore,
        }
        event: Event
        annotates = "&" in self.text or "!" in self.text
        add, mark = self.open[0].append, self.open[1].append
        # One object for each text: ids are looked up millions of times, which is faster where they are the same object.
        same = dict[Any, Any]().setdefault
        for event in iter(CParser(self.text).get_event, None):
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if value in _NULLS and not event.style:  # the parser's name for "without quotes" is ""
                    value = None
                if annotates and (event.anchor or event.tag):
                    self.annotated(event, value)
                add(same(value, value))
                mark(event.start_mark.index)
            else:
                take[kind](event)
                values, marks, _ = self.open
                add, mark = values.append, marks.append

    def annotated(self, event: Event, value: Value) -> None:
        if event.tag:
            self.refuse_tag(event)
        if event.anchor:
            self.anchors[event.anchor] = value

    def start(self, event: Event) -> None:
        at, stack, opened = event.start_mark.index, self.stack, self.open
        if event.anchor or event.tag:
            self.annotated(event, _UNFINISHED)
            self.anchored[len(stack)] = event.anchor
        if len(stack) >= MAX_DEPTH:
            self.stop(at, *_TOO_DEEP)
        opened[1].append(at)
        stack.append(opened)
        self.open = [], [at], event.__class__ is MappingStartEvent

    def end_mapping(self, _event: Event) -> None:
        values, marks, _ = self.open
        pairs = iter(values)
        try:
            value = dict(zip(pairs, pairs, strict=True))
        except TypeError:  # a key that is a mapping or a list
            value = {}
        if 2 * len(value) != len(values) or None in value or "<<" in value:
            self.refuse_keys(values, marks)
        self.marks[id(value)] = marks
        self.open = outer = self.stack.pop()
        outer[0].append(value)
        if self.anchored:
            self.name(value)

    def end_list(self, _event: Event) -> None:
        value, marks, _ = self.open
        self.marks[id(value)] = marks
        self.open = outer = self.stack.pop()
        outer[0].append(value)
        if self.anchored:
            self.name(value)

    def name(self, value: Value) -> None:
        """Remember a container that has ended, where an anchor stands before it."""
        anchor = self.anchored.pop(len(self.stack), None)
        if anchor:
            self.anchors[anchor] = value

    def alias(self, event: Event) -> None:
        at, anchor = event.start_mark.index, event.anchor
        value = self.anchors.get(anchor, _UNFINISHED)
        if anchor not in self.anchors:
            self.report(at, f"*{anchor} refers to no anchor", f"write &{anchor} before it; put a text with * in quotes")
        elif value is _UNFINISHED:
            self.report(at, f"*{anchor} refers to the node it stands in", "write the value out")
        size, depth = _extent(value)
        self.added += size
        if self.added > MAX_ALIAS_NODES:
            self.stop(at, f"aliases expand to more than {MAX_ALIAS_NODES} values", "write the values out")
        if len(self.stack) + depth > MAX_DEPTH:
            self.stop(at, *_TOO_DEEP)
        self.open[1].append(at)
        self.open[0].append(value)

    def document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(event.start_mark.index, "a second YAML document starts here", "remove the `---` before it")

    def refuse_tag(self, event: Event) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        hint = "remove it: the key decides the type; put a text that starts with ! in quotes"
        self.report(event.start_mark.index, f"the tag {tag} is not allowed", hint)

    def refuse_keys(self, values: list[Any], marks: list[int]) -> None:
        """Report every key of a mapping that cannot stand."""
        first: dict[str, int] = {}
        for key, at in zip(values[::2], marks[1::2], strict=False):
            if not isinstance(key, str):
                shape = "a mapping" if isinstance(key, dict) else "a list" if isinstance(key, list) else "nothing"
                self.report(at, f"a key is a word, not {shape}", "write `key: value`; put a text with braces in quotes")
            elif key == "<<":
                hint = "write the keys out; `key: *anchor` repeats a whole value"
                self.report(at, "the merge key << is not allowed", hint)
            elif key in first:
                line = location(self.file, self.text, first[key]).line
                self.report(at, f"the key '{key}' is already written on line {line}", "keep one of the two")
            else:
                first[key] = at

    def report(self, at: int, message: str, hint: str) -> None:
        self.problems.append(Problem(message, location(self.file, self.text, at), hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopParsingError

    def stop(self, at: int, message: str, hint: str) -> NoReturn:
        self.report(at, message, hint)
        raise _StopParsingError


def _ignore(_event: Event) -> None:
    pass


def _extent(value: Value) -> tuple[int, int]:
    """Count the values in a value, itself included, and how deep they are nested: never deeper than `MAX_DEPTH`."""
    if not isinstance(value, dict | list):
        return 1, 0
    extents = [_extent(item) for item in (value.values() if isinstance(value, dict) else value)]
    return 1 + sum(size for size, _ in extents), 1 + max((depth for _, depth in extents), default=0)
