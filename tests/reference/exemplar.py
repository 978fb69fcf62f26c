"""A spec with every key that the model has, made from the model's own annotations: one small spec for each place."""

import datetime
from collections.abc import Iterator
from ipaddress import IPv4Network
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from archspec.model.architecture import AREAS, Architecture, element_kinds
from archspec.model.element import Model, Refers
from archspec.model.memory import Mebibytes
from archspec.model.ports import PortRange
from archspec.model.quantity import Count, Duration, Measure, Money, Percent, Size, UnitPrice

HEADER = {"archspec": 1, "name": "exemplar", "region": "us-east-1"}
FILLED_IN = {"id", "index", "derived", "differences"}

_SCALARS: dict[object, Any] = {
    bool: True,
    int: 2,
    str: "text",
    datetime.date: "2027-03-31",
    IPv4Network: "10.0.0.0/16",
    Mebibytes: 512,
    Duration: "5 minutes",
    Money: "$150",
    UnitPrice: "$0.045/GB",
    Count: 2,
    Percent: "70%",
    Size: "20 GB",
    Measure: "> 85%",
}
_TEXTS = {
    ("Architecture", "name"): "exemplar",
    ("Architecture", "region"): "us-east-1",
    ("OwnView", "name"): "picture",
    ("Database", "class_"): "db.t4g.medium",
    ("Cache", "class_"): "cache.t4g.medium",
    ("Subnet", "az"): "us-east-1a",
    ("Instance", "az"): "us-east-1a",
    ("Code", "language"): "sql",
}


class Place(NamedTuple):
    """A key of a spec, or a kind of element, with everything that can stand there."""

    name: str
    tree: dict[str, Any]


def places() -> Iterator[Place]:
    """Yield every section that holds elements kind by kind, and every other key at the top of a spec."""
    for (area, key), kind in element_kinds().items():
        yield Place(f"{area}.{key}", {area: {key: {"one": body(kind)}}})
    for key, field in Architecture.model_fields.items():
        if key not in {*HEADER, *AREAS, "environments", "shared", "include"}:
            yield Place(key, {key: _value((Architecture, key), field.annotation, tuple(field.metadata))})


def fields(model: type[Model]) -> dict[str, str]:
    """Return the keys of a model, with the names of its fields."""
    return {field.alias or name: name for name, field in model.model_fields.items() if name not in FILLED_IN}


def body(model: type[Model]) -> dict[str, Any]:
    """Return a model with all of its keys, as a spec writes them."""
    return {
        key: _value((model, name), model.model_fields[name].annotation, tuple(model.model_fields[name].metadata))
        for key, name in fields(model).items()
    }


def _value(place: tuple[type[Model], str], annotation: Any, marks: tuple[Any, ...]) -> Any:  # noqa: ANN401  a kind of annotation each
    origin, arguments = get_origin(annotation), get_args(annotation)
    if any(isinstance(mark, Refers) for mark in marks):
        found: Any = "internet"
    elif origin is Annotated:
        found = _value(place, arguments[0], (*marks, *arguments[1:]))
    elif origin in (Union, UnionType):
        found = _value(place, arguments[0], marks)
    elif origin is Literal:
        found = arguments[0]
    elif origin is tuple:
        each = [_value(place, one, ()) for one in arguments if one not in (Ellipsis, PortRange)]
        found = each or 443
    elif origin is dict:
        found = {"key": _value(place, arguments[1], ())}
    elif issubclass(annotation, Model):
        found = body(annotation)
    else:
        own = _TEXTS.get((place[0].__name__, place[1]))
        found = own if own is not None and annotation is str else _SCALARS[annotation]
    return found
