"""Specs of everything at once: two elements of every kind, with whatever their fields take."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from archspec.model.architecture import element_kinds
from archspec.model.element import Model, id_fields, inner_classes
from tests.exporters.hostile import HOSTILE

_EACH = 2
_TEXTS = (
    *HOSTILE,
    "acme.test",
    "us-east-1a",
    "us-west-2",
    "us-east-1",
    "30 days",
    "07:00-09:00 UTC",
    "Sunday 05:00-06:00 UTC",
    "s3:GetObject",
    "logs.amazonaws.com",
    "db.t4g.medium",
    "cache.t4g.small",
    "arn:aws:iam::123456789012:role/somebody",
    "*",
)
_POOL = (True, False, "planned", 1, 2, 80, 443, 5432, "1", "70%", "5m", "2 GB", "100 GB", "$30", "all", "10.0.64.0/18",
         "internet", ["http"], {"KEY": HOSTILE[0]}, *_TEXTS)  # fmt: skip
"""Values to try for a field: it takes those that its type accepts."""

_NEVER = frozenset({"id", "index", "derived", "rebuild_from"})
_ALWAYS = frozenset({"vpc"})


def any_spec(seed: int) -> str:
    """Return the text of a spec: always the same for a number."""
    random = Random(seed)  # noqa: S311 - nothing to guess
    spec: dict[str, Any] = {"archspec": "1", "name": f"any-{seed}", "region": "us-east-1"}
    for (area, key), kind in element_kinds().items():
        made = {id_: _element(kind, random) for id_ in _ids(kind.kind)}
        spec.setdefault(area, {})[key] = made
    spec["recovery"] = {"region": random.choice(["us-west-2", HOSTILE[2]])}
    return json.dumps(_placed(spec, random), ensure_ascii=False)


def _ids(kind: str) -> list[str]:
    return [f"{kind.replace('_', '-')}-{i}" for i in range(_EACH)]


@cache
def _known() -> Mapping[str, list[str]]:
    return {kind.kind: _ids(kind.kind) for kind in element_kinds().values()} | {
        "internet": ["internet"],
        "cidr": ["10.0.9.0/24"],
    }


def _placed(spec: dict[str, Any], random: Random) -> dict[str, Any]:
    """Give networks ranges that fit together, and zones domains of their own: nothing random does."""
    network = spec["network"]
    for peering in network["peerings"].values():
        peering["vpcs"] = _ids("vpc")
    for i, vpc in enumerate(network["vpcs"].values()):
        vpc["cidr"] = f"10.{i}.0.0/16"
    for i, subnet in enumerate(network["subnets"].values()):
        subnet |= {"cidr": f"10.0.{i}.0/24", "vpc": "vpc-0", "az": f"us-east-1{'ab'[i % 2]}"}
    for kind in ("route_tables", "nacls"):  # a subnet is in one
        for i, one in enumerate(network[kind].values()):
            one |= {"vpc": "vpc-0", "subnets": [f"subnet-{i}"]}
    for i, zone in enumerate(spec["edge"]["zones"].values()):
        zone["domain"] = random.choice(["", f"z{i}.acme.test"])
    return spec


def _element(kind: type[Model], random: Random) -> dict[str, Any]:
    return {key: value for key, value in _fields(kind, random, 3) if key not in _NEVER}


def _fields(model: type[Model], random: Random, depth: int) -> Iterator[tuple[str, Any]]:
    ids, inner = id_fields(model), inner_classes(model)
    for name, field in model.model_fields.items():
        is_said = name in _ALWAYS or field.is_required() or random.random() < 0.5
        if name in _NEVER or not is_said:
            continue
        key = field.alias or name
        if name in ids:
            yield key, _named(ids[name], random, is_list=_is_list(field.annotation))
        elif name not in inner:
            yield from _leaf(model, name, key, random)
        elif depth or field.is_required():
            yield from _inner(key, field.annotation, (inner[name][0], depth), random)


def _leaf(model: type[Model], name: str, key: str, random: Random) -> Iterator[tuple[str, Any]]:
    if name == "status":
        yield key, random.choice(["current", "current", "current", "planned"])
    elif name == "az":
        yield key, f"us-east-1{random.choice('ab')}"
    elif taken := _taken(model, name):
        yield key, random.choice(taken)


def _inner(key: str, annotation: Any, what: tuple[type[Model], int], random: Random) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    model, depth = what
    one = [dict(_fields(model, random, depth - 1)) for _ in range(random.randint(1, 2))]
    if _is_list(annotation):
        yield key, one
    elif _holds(annotation, dict):
        yield key, {f"n{i}": value for i, value in enumerate(one)}
    else:
        yield key, one[0]


def _named(kinds: tuple[str, ...], random: Random, *, is_list: bool) -> Any:  # noqa: ANN401
    known = [id_ for kind in kinds or sorted(_known()) for id_ in _known().get(kind, ()) if kinds or kind != "cidr"]
    return random.sample(known, random.randint(1, min(2, len(known)))) if is_list else random.choice(known)


def _is_list(annotation: Any) -> bool:  # noqa: ANN401
    return _holds(annotation, tuple)


def _holds(annotation: Any, kind: type) -> bool:  # noqa: ANN401
    return get_origin(annotation) is kind or any(_holds(one, kind) for one in get_args(annotation))


@cache
def _taken(model: type[Model], name: str) -> list[Any]:
    """Return the values that a field takes."""
    field = model.model_fields[name]
    # What a field is made of is known when it runs.
    form: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(form)
    found = [value for value in (*_literals(field.annotation), *_POOL) if _is_valid(adapter, value)]
    # In a name, `{x}` is a variable of the spec.
    return [value for value in found if name != "name" or "{" not in str(value)]


def _is_valid(adapter: TypeAdapter[Any], value: object) -> bool:
    try:
        found = adapter.validate_python(value)
    except ValidationError:
        return False
    return not isinstance(value, bool) or isinstance(found, bool)  # `true` is no number in a spec


def _literals(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for argument in get_args(annotation):
        yield from _literals(argument)
