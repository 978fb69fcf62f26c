"""How an environment differs from what all of them share: value by value, as its overlay writes them."""

from collections.abc import Iterator
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.spec.expansion import inner
from archspec.model.architecture import AREAS
from archspec.model.environment import Difference
from archspec.source import Source


def differences(read: Source, name: str) -> tuple[Difference, ...]:
    """Return where the environment's overlay says something else, in its order."""
    return tuple(
        found
        for area in AREAS
        for key, elements in inner(read.data, "environments", name, area).items()
        for id_, body in inner(elements).items()
        for found in _changed(id_, inner(read.data, area, key), body)
    )


def _changed(id_: str, base: dict[str, Any], body: object) -> Iterator[Difference]:
    if body is None:
        yield Difference(subject=id_, key="", here="left out", otherwise="there")
    elif id_ not in base:
        yield Difference(subject=id_, key="", here="there", otherwise="left out")
    else:
        for path, here, otherwise in _values(base[id_], body, ()):
            yield Difference(subject=id_, key=".".join(map(str, path)), here=here, otherwise=otherwise)


def _values(base: object, over: object, path: KeyPath) -> Iterator[tuple[KeyPath, str, str]]:
    if isinstance(over, dict):
        for key, value in over.items():
            yield from _values(base.get(key) if isinstance(base, dict) else None, value, (*path, key))
    elif over != base:
        yield path, _spell(over), _spell(base)


def _spell(value: object) -> str:
    match value:
        case None:
            return "not stated"
        case list():
            return ("; " if any(isinstance(one, dict) for one in value) else ", ").join(map(_spell, value)) or "none"
        case dict():
            return ", ".join(f"{key} {_spell(item)}" for key, item in value.items())
        case _:
            return str(value)
