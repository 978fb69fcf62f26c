"""Resources whose values name each other by id, name or ARN → the same with a `Ref` wherever one does.

`depends_on` is never asked: it says in which order things are made, and also what follows from that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from archspec.resources.named_by import CONTINUED, NAMED_BY, NOT_THEIR_OWN, NOTHING, SCALED, Keys
from archspec.resources.resource import Ref, Resource, Value

_ITSELF = frozenset({"arn", "arn_suffix", "dns_name", "endpoint", "id", "name", "tags", "tags_all", "url"})
"""Attributes at the top of a resource that say what it is itself."""
_NOT_ITSELF = {"aws_sns_topic_subscription": frozenset({"endpoint"})}
"""Types in which one of these says something else: who is told of a topic."""
_JOINTS = re.compile(r"[-/:@]")
_LONGEST = 2048
"""The longest ARN that AWS allows; longer text is none, and is not searched for one."""
_INDEXED = frozenset(key for keys in NAMED_BY.values() for key in keys)


class _Owner(NamedTuple):
    """Whom a text means. Where two are called the same, nobody."""

    ref: Ref | None
    type: str


_Names: TypeAlias = "dict[str, _Owner]"


class _Index(NamedTuple):
    by_key: Mapping[tuple[str, str], _Names]
    by_arn: _Names


class _Place(NamedTuple):
    """Where a value stands: in a resource, under a name, in a block or map of another name."""

    type: str
    block: str
    name: str


def joined(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Return the resources with references in place of what names another one of them.

    A name that two resources of a type have, such as that of a log group in two Regions, stays text.
    """
    resources = tuple(resources)
    index = _index(resources)
    return tuple(_joined(one, index) for one in resources)


def _index(resources: Sequence[Resource]) -> _Index:
    by_key: dict[tuple[str, str], _Names] = {key: {} for key in _INDEXED}
    by_arn: _Names = {}
    attributes: dict[str, list[str]] = {}
    for type_, attribute in sorted(_INDEXED):
        attributes.setdefault(type_, []).append(attribute)
    for one in resources:
        for attribute in attributes.get(one.type, ()):
            _add(by_key[one.type, attribute], one, attribute, one.values.get(attribute))
        if one.type not in NOT_THEIR_OWN:
            _add(by_arn, one, "arn", one.values.get("arn"))
    clusters = {one.address: one.values.get("name") for one in resources if one.type == "aws_ecs_cluster"}
    for one in resources:
        if (one.type, SCALED) in by_key:
            _add(by_key[one.type, SCALED], one, "id", _scaled(one, clusters))
    return _Index(by_key, by_arn)


def _add(names: _Names, one: Resource, attribute: str, value: Value) -> None:
    if isinstance(value, str) and value:
        names[value] = _Owner(None if value in names else Ref(one.address, attribute), one.type)


def _scaled(one: Resource, clusters: Mapping[str, Value]) -> str:
    match one.type:
        case "aws_ecs_service":
            cluster = one.values.get("cluster")
            name = clusters.get(cluster.address) if isinstance(cluster, Ref) else str(cluster).rpartition("/")[2]
            return f"service/{name}/{one.values.get('name')}"
        case "aws_rds_cluster":
            return f"cluster:{one.values.get('cluster_identifier')}"
        case _:
            return f"table/{one.values.get('name')}"


def _joined(one: Resource, index: _Index) -> Resource:
    itself = (_ITSELF - {"arn"} if one.type in NOT_THEIR_OWN else _ITSELF) - _NOT_ITSELF.get(one.type, frozenset())
    values = {
        name: value if name in itself else _other(value, _join(value, _Place(one.type, "", name), index), one.address)
        for name, value in one.values.items()
    }
    return one._replace(values=values)


def _other(before: Value, after: Value, address: str) -> Value:
    """An attribute that names the resource itself, such as the id of a key, stays text."""
    return before if isinstance(after, Ref) and isinstance(before, str) and after.address == address else after


def _join(value: Value, place: _Place, index: _Index) -> Value:
    match value:
        case str():
            return _meant(value, place, index) or value
        case Mapping():
            found = {name: _join(one, _Place(place.type, place.name, name), index) for name, one in value.items()}
            return {**found, **_service(value, index)}
        case list() | tuple():
            return [_join(one, place, index) for one in value]
        case _:
            return value


def _service(value: Mapping[str, Value], index: _Index) -> dict[str, Value]:
    """Services of two clusters may have one name; where the cluster stands beside it, it is clear which is meant."""
    name, cluster = value.get("ServiceName"), value.get("ClusterName")
    names = index.by_key["aws_ecs_service", SCALED]
    owner = names.get(f"service/{cluster}/{name}") if isinstance(name, str) and isinstance(cluster, str) else None
    return {"ServiceName": Ref(owner.ref.address, "name")} if owner and owner.ref else {}


def _meant(text: str, place: _Place, index: _Index) -> Ref | None:
    for key in _keys(place):
        found = _owner(text, index.by_key[key])
        if found is not None:
            return found
    return _owner(text, index.by_arn) if text.startswith("arn:") else None


@lru_cache(maxsize=4096)
def _keys(place: _Place) -> Keys:
    names = (f"{place.type}.{place.name}", f"{place.block}.{place.name}", place.name)
    return next((NAMED_BY[name] for name in names if name in NAMED_BY), NOTHING)


def _owner(text: str, names: _Names) -> Ref | None:
    """Find whom a text means, by all of it or by what stands before a `/`, `:`, `@` or `-`."""
    if text in names:
        return names[text].ref
    if not names or len(text) > _LONGEST:
        return None
    for joint in _JOINTS.finditer(text):
        start = text[: joint.start()]
        owner = names.get(start)
        if owner and owner.ref and joint.group() in CONTINUED.get(owner.type, ""):
            return replace(owner.ref, rest=text[joint.start() :])
    return None
