"""From where an id is used to where it is given, and back; from an included name to its file."""

from collections.abc import Iterator, Sequence
from os.path import realpath
from pathlib import Path
from typing import NamedTuple

from archspec.language_server.mentions import Mention, mentions
from archspec.language_server.slots import Slot, slots
from archspec.language_server.workspace import Buffers, Spec, text_at
from archspec.model.claim import Waiver


class Found(NamedTuple):
    """A mention, and the real path of its file."""

    path: str
    mention: Mention


def mention_at(text: str, offset: int) -> Mention | None:
    """Return the id that the cursor is on, or behind; nothing elsewhere."""
    return next((one for one in mentions(text) if one.start <= offset <= one.end), None)


def slot_at(text: str, offset: int) -> Slot | None:
    """Return the key or single value that the cursor is on."""
    found = (one for one in slots(text) if one.span.form == "scalar" and one.span.start <= offset <= one.span.end)
    return next((one for one in found if one.span.text), None)


def mentions_in(specs: Sequence[Spec], buffers: Buffers) -> Iterator[Found]:
    """Yield every id in the files of specs, each file once."""
    for path in dict.fromkeys(part for spec in specs for part in spec.parts):
        text = text_at(path, buffers)
        yield from (Found(path, one) for one in mentions(text or ""))


def same(mention: Mention, found: Iterator[Found]) -> list[Found]:
    """Return every mention of the same id: what environments call by one id is one."""
    return [one for one in found if one.mention.id == mention.id]


def definitions(mention: Mention, found: Iterator[Found]) -> list[Found]:
    """Return where an id is given: where all environments share it, and in the overlay that is meant.

    Where nothing shares it, in every overlay that has it.
    """
    given = [one for one in same(mention, found) if one.mention.is_definition]
    shared = [one for one in given if not one.mention.environment]
    meant = [one for one in given if mention.environment and one.mention.environment == mention.environment]
    return [*shared, *meant] or given


def file_of(slot: Slot, spec: Spec) -> str:
    """Return the real path of the file that an entry of `include:` names; nothing for any other value."""
    if len(slot.path) != 2 or slot.path[0] != "include" or slot.is_key:
        return ""
    path = realpath(Path(spec.path).parent / slot.span.text)
    return path if path in spec.parts else ""


def rule_of(slot: Slot) -> str:
    """Return the id of the rule that a waiver names; nothing for any other value."""
    is_rule = not slot.is_key and slot.path[0] == Waiver.home and slot.path[2:] == ("rule",)
    return slot.span.text if is_rule else ""
