"""YAML text → from where to where everything in it is written: for changing a text. Reading one needs only marks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_ENDS = (MappingEndEvent, SequenceEndEvent)
_STARTS = (MappingStartEvent, SequenceStartEvent)


@dataclass(slots=True)
class Span:
    """Something that is written in a text: from its first character to behind its last.

    `flow` says that a mapping or list is in brackets; `text` is what a scalar says; `is_shared` that it has an anchor
    or is an alias.
    """

    start: int
    end: int
    form: Literal["scalar", "mapping", "list"]
    flow: bool
    is_shared: bool
    text: str = ""
    style: str = ""
    children: list["Child"] = field(default_factory=list)


class Child(NamedTuple):
    """An entry of a mapping, or an item of a list, which has no key."""

    key: Span | None
    value: Span

    @property
    def start(self) -> int:
        """Where the key, or the item, begins."""
        return self.key.start if self.key else self.value.start

    @property
    def end(self) -> int:
        """Where the value ends, or the key where there is no value."""
        return max(self.key.end, self.value.end) if self.key else self.value.end


class Place(NamedTuple):
    """A child and what it stands in; `outer` is the place of that, and nothing at the top."""

    holder: Span
    position: int
    outer: "Place | None"

    @property
    def child(self) -> Child:
        """The entry or item itself."""
        return self.holder.children[self.position]

    @property
    def step(self) -> str | int:
        """The key or position that leads from the holder to it."""
        return self.child.key.text if self.child.key else self.position

    @property
    def path(self) -> tuple[str | int, ...]:
        """The keys and positions that lead to it in its text."""
        return (*self.outer.path, self.step) if self.outer else (self.step,)


def spans(text: str) -> Span:
    """Return the span of a text that `parse` accepts."""
    top = Span(0, len(text), "list", flow=False, is_shared=False)
    stack: list[tuple[Span, list[Span]]] = [(top, [])]  # with the key that waits for its value
    for event in iter(CParser(text).get_event, None):
        if isinstance(event, _STARTS):
            stack.append((_container(event), []))
        elif isinstance(event, _ENDS):
            ended, _ = stack.pop()
            # A mapping or list without brackets "ends" where the next token begins, after comments of something else.
            ended.end = _end(event) if ended.flow else ended.children[-1].end
            _add(stack[-1], ended)
        elif isinstance(event, ScalarEvent | AliasEvent):
            _add(stack[-1], _scalar(event))
    return top.children[0].value if top.children else top


def _container(event: Any) -> Span:  # noqa: ANN401  PyYAML's types leave out what its events have
    form: Literal["mapping", "list"] = "mapping" if isinstance(event, MappingStartEvent) else "list"
    return Span(event.start_mark.index, 0, form, bool(event.flow_style), bool(event.anchor))


def _scalar(event: Any) -> Span:  # noqa: ANN401  as above
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        return Span(start, end, "scalar", flow=False, is_shared=True)
    return Span(start, end, "scalar", False, bool(event.anchor), event.value, event.style or "")  # noqa: FBT003


def _end(event: Any) -> int:  # noqa: ANN401  as above
    return int(event.end_mark.index)


def _add(into: tuple[Span, list[Span]], found: Span) -> None:
    holder, key = into
    if holder.form == "list":
        holder.children.append(Child(None, found))
    elif key:
        holder.children.append(Child(key.pop(), found))
    else:
        key.append(found)


def places(top: Span) -> Iterator[Place]:
    """Yield the place of every entry and item, each before what is in it."""
    waiting: list[tuple[Span, Place | None]] = [(top, None)]
    while waiting:
        holder, outer = waiting.pop()
        for position, child in enumerate(holder.children):
            place = Place(holder, position, outer)
            yield place
            waiting.append((child.value, place))
