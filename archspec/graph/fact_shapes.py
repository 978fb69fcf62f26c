"""What expressions can ask, before there is an architecture: the shape of every fact, from the fields of the model."""

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from ipaddress import IPv4Network, IPv6Network
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from archspec.expressions.checking import Knowledge
from archspec.expressions.shapes import ANY, NUMBER, TEXT, TRUTH, WHOLE, Shape, by_id, list_of, one_of
from archspec.graph.facts import COMPUTED, LISTED
from archspec.graph.facts import WHOLE as SECTIONS
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.compute import Service
from archspec.model.element import Element, Listed, Model, spell_kind, with_article
from archspec.model.flow import Flow
from archspec.model.quantity import Quantity

SPEC = "spec"
"""What a rule of a pack is `for` that asks about the whole spec, once."""

_COMPUTED: Mapping[str, Shape] = {"azs": list_of(TEXT), "subnet_azs": list_of(TEXT)}
_NOT_ASKED = frozenset({"derived", "differences"})
"""What loading fills in, and a spec does not say."""


@cache
def of_pack(kind: str) -> Knowledge:
    """Return what an entry of a rule pack knows that is `for` a kind: `self`, or everything for the whole spec."""
    if kind == SPEC:
        return of_claims()
    models: dict[str, type[Model]] = {key: model for (_, key), model in element_kinds().items()}
    return Knowledge({"self": of_model(LISTED.get(kind) or models[kind])}, _answers())


@cache
def of_claims() -> Knowledge:
    """Return what an expression about the whole architecture knows: tables of elements, and other sections."""
    tables = {key: by_id(of_model(model)) for (_, key), model in element_kinds().items()}
    sections = {name: of_annotation(Architecture.model_fields[name].annotation) for name in SECTIONS}
    return Knowledge(tables | sections, _answers())


@cache
def _answers() -> Mapping[str, Shape]:
    elements, flows = list_of(_any_element()), list_of(of_model(Flow))
    return {
        "element": _any_element(),
        "members": list_of(of_model(Service)),
        "named_by": elements,
        "flows_to": flows,
        "flows_from": flows,
    }


@cache
def of_model(model: type[Model]) -> Shape:
    """Return the shape of a part of a spec, an element or what it holds, with its keys."""
    if issubclass(model, Element):
        return Shape(with_article(spell_kind(model.kind)), has=partial(_keys, model))
    name = " ".join(re.findall(r"[A-Z][a-z0-9]*", model.__name__)).lower()  # ScalingPolicy → scaling policy
    return Shape(f"'{name}'", has=partial(_keys, model))


@cache
def _any_element() -> Shape:
    """Return the shape of an element of which the kind is not known: it has the keys of all of them."""
    return Shape("an element", has=_keys_of_any)


@cache
def _keys_of_any() -> Mapping[str, Shape]:
    found: dict[str, list[Shape]] = {}
    for model in element_kinds().values():
        for key, shape in _keys(model).items():
            found.setdefault(key, []).append(shape)
    return {key: _common(shapes) for key, shapes in found.items()}


def _common(shapes: Iterable[Shape]) -> Shape:
    found = one_of(tuple(shapes))
    return TEXT if found.words else found


@cache
def _keys(model: type[Model]) -> Mapping[str, Shape]:
    stated = {
        field.alias or name: of_annotation(field.annotation)
        for name, field in model.model_fields.items()
        if name not in _NOT_ASKED
    }
    if issubclass(model, Listed):
        return stated | {"id": TEXT}
    return stated | {key: _COMPUTED.get(key, TEXT) for key in COMPUTED} if issubclass(model, Element) else stated


def of_annotation(annotation: Any) -> Shape:
    """Return the shape of the plain data that `facts` makes of a field of this type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of_annotation(arguments[0])
    if origin in (Union, UnionType):
        return one_of(tuple(dict.fromkeys(of_annotation(one) for one in arguments if one is not NoneType)))
    if origin is Literal:
        words = all(isinstance(one, str) for one in arguments)
        return Shape(TEXT.family, words=arguments) if words else ANY
    if origin is tuple:
        return list_of(of_annotation(arguments[0]))
    if origin is dict:
        return by_id(of_annotation(arguments[1]))
    return _of_class(annotation) if isinstance(annotation, type) else ANY


_SIMPLE: tuple[tuple[tuple[type, ...], Shape], ...] = (
    ((bool,), TRUTH),
    ((int,), WHOLE),
    ((float, Quantity), NUMBER),
    ((str, IPv4Network, IPv6Network, datetime.date), TEXT),
    ((tuple,), list_of(WHOLE)),  # a range of ports
)


def _of_class(kind: type) -> Shape:
    if issubclass(kind, Model):
        return of_model(kind)
    return next((shape for kinds, shape in _SIMPLE if issubclass(kind, kinds)), ANY)
