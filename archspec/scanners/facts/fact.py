"""A fact of a spec that makes a check of another tool fail, and what asks for it."""

from collections.abc import Callable
from typing import NamedTuple

from archspec.artifacts import Origin
from archspec.errors import KeyPath
from archspec.model.architecture import Architecture
from archspec.model.element import Element


class Fact(NamedTuple):
    """What a spec states, or leaves out, in words; and where."""

    path: KeyPath
    says: str


class Asked(NamedTuple):
    """What a failed check is about: an exported resource under its address, and where it comes from."""

    architecture: Architecture
    address: str
    origin: Origin

    @property
    def type(self) -> str:
        """The type of the resource: `aws_lb`."""
        return self.address.partition(".")[0]

    @property
    def element(self) -> Element | None:
        """The element that it is, or is a part of."""
        return self.architecture.elements.get(self.origin.element)


Question = Callable[[Asked], Fact | None]
"""Answers with the fact that makes a check fail on a resource; with nothing where no fact does."""


def stated(key: str, *values: str) -> Question:
    """Ask whether the element says one of these under a key, `multi_az: false`, or has it where it says nothing."""

    def ask(asked: Asked) -> Fact | None:
        held = getattr(asked.element, key, None)
        if asked.element is None or held is None or _spelt(held) not in values:
            return None
        if key in asked.element.model_fields_set:
            return Fact((*asked.element.path, key), f"`{key}: {_spelt(held)}`")
        return Fact(asked.element.path, f"no `{key}`")

    return ask


def unstated(key: str, says: str) -> Question:
    """Ask whether the element leaves out, or denies, what only a spec can decide; `says` is what that means."""

    def ask(asked: Asked) -> Fact | None:
        if asked.element is None or getattr(asked.element, key, None) not in (None, False, "", (), "planned"):
            return None
        is_there = key in asked.element.model_fields_set
        return Fact((*asked.element.path, key) if is_there else asked.element.path, says)

    return ask


def always(says: str) -> Question:
    """Answer for every resource: what no spec can state is a fact of the element itself."""
    return lambda asked: Fact(asked.origin.path, says)


def first_of(*questions: Question) -> Question:
    """Ask one after the other."""
    return lambda asked: next(filter(None, (question(asked) for question in questions)), None)


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
