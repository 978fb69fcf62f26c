"""A CloudFormation template, in JSON or in YAML with CloudFormation's short forms (`!Ref`), as plain data.

Plain text stays text here as well, except for what YAML 1.1 and CloudFormation both take for a number or a switch, and
what looks the same when it is written out again: an account of leading zeros is none.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from archspec.errors import Location, Problem, SpecError
from archspec.source.complaints import explain
from archspec.source.lines import location

_DEEPEST = 100
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_ESCAPE = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\.", re.DOTALL)
"""Two halves of a character, as JSON writes one outside the first plane, or any other escape."""


class Template(NamedTuple):
    """What a template says, and where each of its resources stands."""

    data: Mapping[str, Any]
    places: Mapping[str, Location]


def read_template(text: str, file: str) -> Template:
    """Read a template. Raises `SpecError` where it is neither JSON nor YAML, too deep, has aliases or says a key twice,
    or is no mapping.
    """
    read = _Reader(_plain_json(text), file)
    try:
        for event in yaml.parse(read.text, Loader=yaml.CSafeLoader):
            read.take(event)
    except yaml.YAMLError as error:
        raise SpecError((explain(error, file, read.text, read.opened),)) from None
    if not isinstance(read.root, dict):
        raise SpecError((Problem("the template is no mapping of sections", Location(file, 1, 1)),))
    return Template(read.root, read.places)


def _plain_json(text: str) -> str:
    """Bring JSON into the part of it that is YAML as well."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return text
    return _ESCAPE.sub(_character, text.replace("\t", " "))


def _character(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return bytes.fromhex(found[1] + found[2]).decode("utf-16-be")


@dataclass
class _Open:
    """A mapping or a list that is not at its end yet. `key` is the one whose value is awaited."""

    into: dict[str, Any] | list[Any]
    tag: str
    at: int
    key: str | None = None


@dataclass
class _Reader:
    """Builds the data of a template from the events of its text, without recursion: a hostile one is deep."""

    text: str
    file: str
    root: Any = None
    places: dict[str, Location] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    @property
    def opened(self) -> int:
        """Where the innermost thing that is not at its end begins."""
        return self.stack[-1].at if self.stack else 0

    def take(self, event: Event) -> None:
        """Take the next event."""
        match event:
            case MappingStartEvent() | SequenceStartEvent():
                self._start(event)
            case MappingEndEvent() | SequenceEndEvent():
                ended = self.stack.pop()
                self._value(_function(ended.tag, ended.into), ended.at)
            case ScalarEvent():
                self._scalar(event)
            case AliasEvent():
                self._refuse("an alias, which CloudFormation does not take", _at(event))
            case DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._refuse("a second document; a template is one", _at(event))

            case _:
                pass

    def _start(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        at = _at(event)
        if len(self.stack) >= _DEEPEST:
            self._refuse(f"a value that is nested more than {_DEEPEST} levels deep", at)
        self._no_key(at)
        into: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        self.stack.append(_Open(into, _tag(event), at))

    def _no_key(self, at: int) -> None:
        if self.stack and isinstance(self.stack[-1].into, dict) and self.stack[-1].key is None:
            self._refuse("a key that is no text", at)

    def _scalar(self, event: ScalarEvent) -> None:
        at = _at(event)
        above = self.stack[-1] if self.stack else None
        if above and isinstance(above.into, dict) and above.key is None:
            if event.value in above.into:
                self._refuse(f"the key {event.value[:80]} for the second time", at)
            above.key = event.value
            if len(self.stack) == 2 and self.stack[0].key == "Resources":  # the template, its section
                self.places[event.value] = location(self.file, self.text, at)
            return
        tag = _tag(event)
        is_plain = event.implicit[0] and not event.style and not tag
        self._value(_plain(event.value) if is_plain else _function(tag, event.value), at)

    def _value(self, value: Any, at: int) -> None:  # noqa: ANN401  a template holds data of any shape
        if not self.stack:
            self.root = value
            return
        above = self.stack[-1]
        if isinstance(above.into, list):
            above.into.append(value)
        elif above.key is None:
            self._refuse("a key that is no text", at)
        else:
            above.into[above.key] = value
            above.key = None

    def _refuse(self, what: str, at: int) -> NoReturn:
        raise SpecError((Problem(f"the template has {what}", location(self.file, self.text, at)),))


def _at(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _tag(event: NodeEvent) -> str:
    """Return a tag that is CloudFormation's, or might be."""
    tag = getattr(event, "tag", None) or ""
    return tag if tag.startswith("!") and tag != "!" else ""


def _plain(text: str) -> object:
    """Return what an unquoted word means."""
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return None if text in _NOTHING else _SWITCHES.get(text.lower(), text)


def _function(tag: str, value: object) -> object:
    if not tag:
        return value
    name = tag.removeprefix("!")
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in {"Ref", "Condition"} else f"Fn::{name}": value}
