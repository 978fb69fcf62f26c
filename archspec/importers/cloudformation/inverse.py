"""Properties of a template → the attributes of the same resource in Terraform's words."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from archspec.importers.cloudformation.forms import READ
from archspec.resources.cloudformation import Form, spelling
from archspec.resources.resource import Ref, Value

DATA = frozenset(
    {"policy", "assume_role_policy", "policy_document", "redrive_policy", "redrive_allow_policy", "dashboard_body"}
    | {"parameters", "filter_policy", "configuration"}
)
"""Attributes that hold data of any shape, whose keys are no names of CloudFormation's."""

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_Types: TypeAlias = Callable[[Mapping[str, Any]], Iterator[tuple[str, Form]]]


def snake(name: str) -> str:
    """Spell a property as Terraform does.

    >>> snake("VpcId"), snake("EnableDnsSupport"), snake("KMSKeyId")
    ('vpc_id', 'enable_dns_support', 'kms_key_id')
    """
    return "_".join(word.lower() for word in _WORDS.findall(name))


def values(properties: Mapping[str, Any], form: Form) -> Iterator[dict[str, Value]]:
    """Yield the attributes that properties say. Of what is only a part of a resource, those alone that it names;
    several, where Terraform has a resource for each item of a list.
    """
    for given in _inside(properties, form):
        body = _object(given, form, "")
        for name, value in body.items():
            if many := _each(value, form.names.get(name, "")):
                yield from ({**body, name: one} for one in many)
                break
        else:
            if not form.part_of or any(value != [] for value in body.values()):
                yield body


def _inside(properties: Mapping[str, Any], form: Form) -> list[Mapping[str, Any]]:
    """Return what the attributes stand in: the properties, one of these with those beside it, or items of a list."""
    held = properties.get(form.within.removesuffix("[]")) if form.within else {}
    if form.within.endswith("[]"):
        return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    beside = {name: one for name, one in properties.items() if name != form.within}
    return [{**beside, **held}] if isinstance(held, dict) else [beside]


def _each(value: Value, place: str) -> list[Value]:
    """Return the items of a list that stands where Terraform has one of them alone."""
    listed = [*value] if place.endswith("[]") and isinstance(value, list | tuple) else []
    return [] if any(isinstance(one, Mapping) for one in listed) else listed


def _object(given: Mapping[str, Any], form: Form, prefix: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    taken: set[str] = set()
    for path, place in form.names.items():
        name = path.removeprefix(prefix)
        if not path.startswith(prefix) or "." in name:
            continue
        value = _at(given, place.removeprefix("/")) if place else _gathered(given, form, path)
        if value is not None:
            found[name] = _value(value, form, path) if place else [value]
            taken.add(_first(place))
    if not form.part_of or form.within or prefix:
        rest = {snake(key): (key, value) for key, value in given.items() if key not in taken | _claimed(form, prefix)}
        found |= {
            name: _value(value, form, f"{prefix}{name}") for name, (_, value) in rest.items() if name not in found
        }
    return found


def _claimed(form: Form, prefix: str) -> set[str]:
    """Return the properties that stand for attributes deeper inside, such as those of a health check."""
    return {_first(place) for path, place in form.names.items() if path.startswith(prefix) and place.startswith("/")}


def _first(place: str) -> str:
    return place.removeprefix("/").removeprefix("@").partition(".")[0].removesuffix("[]").removesuffix("{}")


def _gathered(given: Mapping[str, Any], form: Form, block: str) -> dict[str, Value] | None:
    """Return a block whose entries stand at the resource itself."""
    found: dict[str, Value] = {}
    for path, place in form.names.items():
        name = path.removeprefix(f"{block}.")
        if path.startswith(f"{block}.") and "." not in name and place.startswith("/"):
            value = _at(given, place.removeprefix("/"))
            if value is not None:
                found[name] = _value(value, form, path)
    return found or None


def _at(given: Any, place: str) -> Any:  # noqa: ANN401  a template holds data of any shape
    if place.startswith("@"):
        name, _, key = place[1:].partition(".")
        entries = given.get(name) if isinstance(given, Mapping) else None
        listed = entries if isinstance(entries, list) else []
        return next((one.get("Value") for one in listed if isinstance(one, dict) and one.get("Key") == key), None)
    first, _, rest = place.partition(".")
    value = given.get(_first(first)) if isinstance(given, Mapping) else None
    if first.endswith("{}") and isinstance(value, dict):
        value = [{"Name": name, "Value": one} for name, one in value.items()]
    if not rest or value is None:
        return value
    if first.endswith("[]"):
        value = value[0] if isinstance(value, list) and value else None
    return _at(value, rest)


def _value(value: Any, form: Form, path: str) -> Value:  # noqa: ANN401
    spelt = form.values.get(path, {})
    match value:
        case Ref():
            return value
        case _ if path.rpartition(".")[2] in DATA:
            return value  # type: ignore[no-any-return]
        case float() if path.endswith("_version"):
            return str(value)  # `EngineVersion: 8.0` is a number for YAML, and the text 8.0 for AWS
        case list():
            return _list(value, form, path)
        case dict():
            return [_object(value, form, f"{path}.")]
        case _:
            return next((key for key, one in spelt.items() if one == value), value)  # type: ignore[return-value]


def _list(items: list[Any], form: Form, path: str) -> Value:
    if path in {"tags", "dimensions"}:
        return {str(one.get("Key") or one.get("Name")): one.get("Value") for one in items if isinstance(one, dict)}
    if path == "container_definitions":
        return [_lower(one) for one in items]
    return [_object(one, form, f"{path}.") if isinstance(one, dict) else one for one in items]


def _lower(value: Any) -> Any:  # noqa: ANN401
    """Write a container definition as ECS's own JSON has it."""
    match value:
        case dict():
            return {
                key[:1].lower() + key[1:]: one if key in {"Options", "DockerLabels"} else _lower(one)
                for key, one in value.items()
            }
        case list():
            return [_lower(one) for one in value]
        case _:
            return value


def _by_type() -> dict[str, _Types]:
    found: dict[str, list[tuple[str, Form]]] = {}
    for type_, form in READ:
        found.setdefault(form.type, []).append((type_, form))
    return {type_: _chooser(forms) for type_, forms in found.items()}


def _chooser(forms: list[tuple[str, Form]]) -> _Types:
    def choose(properties: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
        whole = [one for one in forms if not one[1].part_of]
        # An instance of a cluster names the cluster.
        members = [one for one in whole if "cluster_identifier" in one[1].names and "engine" not in one[1].names]
        if len(whole) > 1 and members:
            is_member = spelling("DBClusterIdentifier") in properties
            whole = members if is_member else [one for one in whole if one not in members]
        yield from whole[:1]
        yield from (one for one in forms if one[1].part_of)

    return choose


BY_TYPE: Mapping[str, _Types] = _by_type()
"""CloudFormation type → the Terraform types that a resource of it is."""
