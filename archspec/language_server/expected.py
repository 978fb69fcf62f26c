"""The typed model → what may stand somewhere in a spec: keys, ids, words, or something that words describe."""

import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from archspec.model.architecture import AREAS, Architecture, Shared
from archspec.model.element import Model, Refers, either, spell_kind, with_article
from archspec.model.environment import Environment
from archspec.model.memory import Mebibytes
from archspec.model.quantity import Quantity

FILLED_IN = frozenset({"id", "index", "derived", "differences"})
"""Fields that loading fills in and no spec states."""

_NO_IDS = {"internet": "`internet`", "cidr": "a CIDR block"}
_FORMATS = {"cidr": "a CIDR block such as 10.0.0.0/16", "boolean": "true or false"}


class Expected(NamedTuple):
    """What may stand somewhere.

    A mapping with the keys of one of the `models`; a mapping of ids to what `by_id` says; a list of `items`; one of
    the `words`; an id of one of the `kinds`, where none means any. `said` describes it for a reader.
    """

    models: tuple[type[Model], ...] = ()
    by_id: "Expected | None" = None
    items: "Expected | None" = None
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] | None = None
    said: str = "text"


WHOLE = Expected(models=(Architecture,), said="a spec")
NOTHING = Expected()


@cache
def fields(model: type[Model]) -> dict[str, FieldInfo]:
    """Return the fields of a model that a spec may state, by their keys in it."""
    stated = {field.alias or name: field for name, field in model.model_fields.items() if name not in FILLED_IN}
    if model is not Environment:
        return stated
    # What differs in an environment is typed like what all of them share; the model keeps it as plain data.
    overlaid = {name: Shared.model_fields[name] for name in (*AREAS, "flows")}
    return {key: field for key, field in stated.items() if key not in overlaid} | overlaid


@cache
def of_field(model: type[Model], key: str) -> Expected:
    """Return what may stand under a key of a model; nothing is known of a key that it has not."""
    field = fields(model).get(key)
    return of(field.annotation, tuple(field.metadata)) if field else NOTHING


def of(annotation: Any, marks: tuple[Any, ...] = ()) -> Expected:  # noqa: ANN401  any annotation
    """Return what may stand where a field, an item or a value is annotated so."""
    kinds = next((mark.kinds for mark in marks if isinstance(mark, Refers)), None)
    if kinds is not None:
        return Expected(kinds=kinds, said=_spell_kinds(kinds))
    schema = next((mark.json_schema for mark in marks if isinstance(mark, WithJsonSchema)), None) or {}
    described = schema.get("description") or _FORMATS.get(schema.get("format") or schema.get("type", ""))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of(arguments[0], arguments[1:])
    found = _of_generic(origin, arguments) if origin else _of_class(annotation)
    return found._replace(items=None, said=described) if described else found


def _of_generic(origin: Any, arguments: tuple[Any, ...]) -> Expected:  # noqa: ANN401  as above
    if origin in (Union, UnionType):
        return _any_of([of(one) for one in arguments if one is not NoneType])
    if origin is Literal:
        return Expected(words=arguments, said=either(f"`{word}`" for word in arguments))
    if origin is tuple:
        items = of(arguments[0])
        return Expected(items=items, said=f"a list, each {items.said}")
    inner = of(arguments[1]) if origin is dict else NOTHING
    return Expected(by_id=inner, said=f"by id, each {inner.said}") if origin is dict else NOTHING


def _any_of(ways: list[Expected]) -> Expected:
    found = ways[0]
    for way in ways[1:]:
        found = found._replace(models=found.models + way.models, words=found.words + way.words)
    return found._replace(said=either(dict.fromkeys(way.said for way in ways)))


_SAID: tuple[tuple[type, str], ...] = (
    (Mebibytes, "memory such as 512 (MiB) or 1 GB"),
    (int, "a whole number"),
    (datetime.date, "a date such as 2027-03-31"),
)


def _of_class(kind: Any) -> Expected:  # noqa: ANN401  as above
    if not isinstance(kind, type):
        return NOTHING
    if issubclass(kind, Model):
        return Expected(models=(kind,), said=with_article(spell_model(kind)))
    if issubclass(kind, bool):
        return Expected(words=("true", "false"), said="true or false")
    if issubclass(kind, Quantity):
        return Expected(said=kind.expected)
    return Expected(said=next((said for one, said in _SAID if issubclass(kind, one)), "text"))


def spell_model(model: type[Model]) -> str:
    """Write the name of a model in words: `NAT gateway`, `scaling policy`; one with an `s` at the end is a group."""
    kind = getattr(model, "kind", "")
    if kind:
        return spell_kind(kind)
    name = model.__name__
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name.removesuffix("Area")).strip()
    return f"group of keys: {words}" if name.endswith(("Area", "s")) else words


def _spell_kinds(kinds: tuple[str, ...]) -> str:
    ids = [with_article(spell_kind(kind)) for kind in kinds or ("element",) if kind not in _NO_IDS]
    others = [_NO_IDS[kind] for kind in kinds if kind in _NO_IDS]
    return either([f"the id of {either(ids)}", *others] if ids else others)
