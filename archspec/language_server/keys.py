"""The keys of a part of a spec in words, from the model: shape, default, and what its class says about each."""

import re
from enum import Enum
from functools import lru_cache

from pydantic_core import PydanticUndefined

from archspec.documents.markup import message
from archspec.language_server.expected import Expected, fields, of_field
from archspec.model.element import Model
from archspec.model.ports import ALL_PORTS
from archspec.reference.keys import meanings

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z`])")


@lru_cache(maxsize=1024)
def describe(model: type[Model], key: str) -> str:
    """Return what a key of a part means, as Markdown."""
    expected = of_field(model, key)
    head = f"**{key}**: {message(expected.said)}{_default(model, key)}"
    name = next(name for name, field in model.model_fields.items() if key == (field.alias or name))
    about = meanings(model).get(name) or _about(model, key) or _of_part(expected)
    return f"{head}\n\n{message(about)}" if about else head


def _default(model: type[Model], key: str) -> str:
    field = fields(model)[key]
    if field.is_required():
        return ", required"
    default = field.default
    if default is PydanticUndefined or default in (None, "", (), {}):
        return ""
    if default == (ALL_PORTS,):
        return ", by default `all`"
    word = (
        str(default).lower()
        if isinstance(default, bool)
        else str(default.value if isinstance(default, Enum) else default)
    )
    return f", by default `{word}`"


def _about(model: type[Model], key: str) -> str:
    """Return the sentences in which a class, or what it is made from, speaks of a key."""
    for one in model.__mro__:
        found = [part for part in _sentences(one) if f"`{key}`" in part or f"`{key}:" in part]
        if found:
            return " ".join(found)
    return ""


def _sentences(model: type) -> list[str]:
    text = model.__dict__.get("__doc__") or ""
    return _SENTENCE.split(" ".join(text.split()))


def _of_part(expected: Expected) -> str:
    """Return what the part is that stands under a key: the first sentence about it."""
    inner = expected
    while not inner.models and (inner.by_id or inner.items):
        inner = inner.by_id or inner.items or inner
    return _sentences(inner.models[0])[0] if inner.models else ""
