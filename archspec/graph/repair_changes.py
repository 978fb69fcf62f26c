"""A change of a spec that lets through what one question stops, as a person would write it."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from archspec.errors import KeyPath

Value = str | int | bool | Sequence[str] | Mapping[str, "str | int | Sequence[str]"]
Kind = Literal["group", "nacl", "route", "listening"]


class Repair(NamedTuple):
    """One change: values are added to the list or mapping at `path`, the key there is set, or what is there removed.

    `place` is where a reader looks: the element that holds it, where no line of the spec is the path itself. What
    takes a person's decision, such as where a NAT gateway is to stand, has no values: `words` says it.
    """

    kind: Kind
    does: Literal["add", "set", "remove", "decide"]
    path: KeyPath
    values: tuple[Value, ...]
    words: str
    place: KeyPath


def added(kind: Kind, path: KeyPath, values: Sequence[Value], place: KeyPath) -> Repair:
    """Return the repair that adds items to a list of an element."""
    written = ", ".join(spell(value) for value in values)
    return Repair(kind, "add", path, tuple(values), f"add to the {path[-1]} of {path[-2]}: {written}", place)


def put(kind: Kind, path: KeyPath, value: Value) -> Repair:
    """Return the repair that sets a key of an element."""
    return Repair(kind, "set", path, (value,), f"write `{path[-1]}: {spell(value)}` on {path[-2]}", path[:-1])


def decided(kind: Kind, words: str, place: KeyPath) -> Repair:
    """Return what somebody has to decide."""
    return Repair(kind, "decide", place, (), words, place)


def spell(value: Value) -> str:
    """Write a value in YAML's flow style."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"' if "::" in value else value
        case int():
            return str(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {spell(item)}" for key, item in value.items()) + "}"
        case _:
            return "[" + ", ".join(value) + "]"
