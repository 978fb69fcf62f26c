"""What a model of the architecture can state, and what one of them does: facts in the order of the model's fields."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from archspec.model.architecture import Architecture
from archspec.model.element import Model, reference_plan, references


class Fact(NamedTuple):
    """One fact: the attribute and the key in a spec that hold it, its value if nobody states it, whether it is ids."""

    name: str
    key: str
    default: object
    refers: bool


_ALWAYS_TOLD = frozenset({"id", "title", "status", "derived", "environment"})
"""What the name of an element says already where it is described. In a model within one, only `derived` is left out."""


@cache
def facts_of(model: type[Model]) -> tuple[Fact, ...]:
    """List what a class can state."""
    ids = {name for name, _, kinds in reference_plan(model) if kinds is not None}
    return tuple(
        Fact(name, field.alias or name, field.get_default(call_default_factory=True), name in ids)
        for name, field in model.model_fields.items()
    )


def stated_in(holder: Model) -> list[Fact]:
    """List what a model states: what is not the value that it has if nobody states it.

    An element's id, title and status are left out: its name tells them.
    """
    told = _ALWAYS_TOLD if hasattr(holder, "home") else {"derived"}
    return [
        fact for fact in facts_of(type(holder)) if fact.name not in told and getattr(holder, fact.name) != fact.default
    ]


def models_listed(value: object) -> tuple[Model, ...]:
    """Return the models of a value that is a list of them; nothing of any other value."""
    return tuple(item for item in value if isinstance(item, Model)) if isinstance(value, tuple) else ()


def is_shown(holder: Model, fact: Fact, shown: Iterable[str]) -> bool:
    """Whether a fact is among the keys that are shown elsewhere.

    `backups.every` is a key within a model: a fact whose every stated key is shown, is shown.
    """
    if fact.key in shown:
        return True
    value = getattr(holder, fact.name)
    inner = (value,) if isinstance(value, Model) else models_listed(value)
    keys = {f"{fact.key}.{one.key}" for model in inner for one in stated_in(model)}
    return bool(keys) and keys <= set(shown)


def referrers(architecture: Architecture) -> Mapping[str, Sequence[str]]:
    """Return id of an element → the ids of those that refer to it, each once, in the order of the architecture."""
    found: dict[str, dict[str, None]] = {}
    for element in architecture.elements.values():
        for reference in references(element):
            if reference.id != element.id:
                found.setdefault(reference.id, {})[element.id] = None
    return {id_: tuple(holders) for id_, holders in found.items()}
