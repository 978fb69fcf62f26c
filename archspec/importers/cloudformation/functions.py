"""CloudFormation's functions → references and values, as far as a template says them without being deployed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from archspec.importers.cloudformation.addresses import ranges, zones
from archspec.importers.cloudformation.scope import NOTHING, UNKNOWN, Scope
from archspec.importers.cloudformation.speaking import attribute_of, spoken
from archspec.model.data import DEFAULT_PORTS
from archspec.resources.resource import Ref

_WORD = re.compile(r"(\$\{[A-Za-z0-9:.]+\})")
_LONGEST = 1_000_000
"""Characters: more than a whole template may have."""
_TOLD = {"CidrBlock": "CidrBlock", "Endpoint.Port": "Port", "PrimaryEndPoint.Port": "Port"}
"""Attributes that are properties as well, which a range of addresses or a port is read from."""
_Function: TypeAlias = Callable[[Any, Scope], Any]


def value_of(value: Any, scope: Scope) -> Any:  # noqa: ANN401  a template holds data of any shape
    """Return plain data with `Ref`s in it, or `UNKNOWN`; what is not known inside it is left out."""
    match value:
        case dict() if len(value) == 1 and (function := FUNCTIONS.get(name := next(iter(value)))):
            return function(value[name], scope)
        case dict() if len(value) == 1 and next(iter(value)).startswith("Fn::"):
            return UNKNOWN
        case dict():
            found = {key: value_of(one, scope) for key, one in value.items()}
            return {key: one for key, one in found.items() if one is not UNKNOWN and one is not NOTHING}
        case list():
            return [one for one in _all(value, scope) if one is not UNKNOWN and one is not NOTHING]
        case _:
            return value


def _all(values: list[Any], scope: Scope) -> list[Any]:
    return [value_of(one, scope) for one in values]


def _ref(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    if not isinstance(argument, str):
        return UNKNOWN
    if argument in scope.resources:
        return Ref(argument)
    if argument == "AWS::NoValue":
        return NOTHING
    if argument in {"AWS::Region", "AWS::Partition"}:
        return f"${{{argument}}}"
    return scope.parameters.get(argument, UNKNOWN)


def _attribute(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument.split(".", 1) if isinstance(argument, str) else argument:
        case [str(name), str(attribute)] if name in scope.resources:
            one = scope.resources[name]
            return _told(one.get("Properties"), attribute, scope) or Ref(name, attribute_of(one["Type"], attribute))
        case _:
            return UNKNOWN


def _told(properties: Any, attribute: str, scope: Scope) -> Any:  # noqa: ANN401
    """Return an attribute that a resource says itself, or whose default is known."""
    if not isinstance(properties, dict) or attribute not in _TOLD:
        return None
    value = properties.get(_TOLD[attribute])
    if isinstance(value, str | int):
        return value
    engine = value_of(properties.get("Engine"), scope)
    return DEFAULT_PORTS.get(engine) if attribute != "CidrBlock" and isinstance(engine, str) else None


def _sub(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case str():
            text, own = argument, {}
        case [str(), dict()]:
            text, own = argument
        case _:
            return UNKNOWN
    parts = [_word(part, own, scope) if i % 2 else part for i, part in enumerate(_WORD.split(text))]
    said = [part.replace("${!", "${") if isinstance(part, str) else part for part in parts if part != ""]
    return _together("", said, scope)


def _word(written: str, own: Mapping[str, Any], scope: Scope) -> Any:  # noqa: ANN401
    name = written[2:-1]
    if name in own:
        return value_of(own[name], scope)
    first, dot, attribute = name.partition(".")
    found = _attribute([first, attribute], scope) if dot else _ref(name, scope)
    return written if found is UNKNOWN else found


def _join(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case [str(between), list(parts)]:
            found = [_kept(part, value_of(part, scope)) for part in parts]
            return _together(between, [one for one in found if one is not NOTHING], scope)
        case [str(between), dict() as listed]:
            items = value_of(listed, scope)
            return _together(between, items, scope) if isinstance(items, list) else UNKNOWN
        case _:
            return UNKNOWN


def _kept(part: Any, value: Any) -> Any:  # noqa: ANN401
    """Keep the name of a parameter in a text, where its value is not known."""
    name = part.get("Ref") if value is UNKNOWN and isinstance(part, dict) else None
    return f"${{{name}}}" if isinstance(name, str) else value


def _together(between: str, parts: list[Any], scope: Scope) -> Any:  # noqa: ANN401
    if len(parts) == 1:
        return parts[0]
    written = [_text(part) for part in parts]
    if sum(map(len, written)) + len(between) * len(written) > _LONGEST:
        return UNKNOWN
    first = parts[0] if parts else ""
    if isinstance(first, Ref):
        return replace(first, rest=first.rest + between + between.join(written[1:]))
    return spoken(between.join(written), scope)


def _text(value: object) -> str:
    match value:
        case Ref():
            return f"${{{value.address}.{value.attribute}}}{value.rest}"
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return str(value)
        case _:
            return "${?}"


def _select(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case [int() | str() as index, listed]:
            number = str(value_of(index, scope))
            items = _all(listed, scope) if isinstance(listed, list) else value_of(listed, scope)
            is_there = isinstance(items, list) and number.isascii() and number.isdigit() and len(number) < len("1000")
            return items[int(number)] if is_there and int(number) < len(items) else UNKNOWN
        case _:
            return UNKNOWN


def _split(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case [str(between), whole] if between:
            text = value_of(whole, scope)
            return text.split(between) if isinstance(text, str) else UNKNOWN
        case _:
            return UNKNOWN


def _found_in_map(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    steps = _all(argument[:3], scope) if isinstance(argument, list) else [UNKNOWN]
    section = scope.sections.get("Mappings")
    for step in steps:
        section = section.get(step) if isinstance(section, dict) and isinstance(step, str | int) else None
    is_plain = isinstance(section, str | int | float) or (
        isinstance(section, list) and all(isinstance(one, str | int | float) for one in section)
    )
    return section if is_plain else UNKNOWN


def _if(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case [str(name), when, otherwise]:
            holds = scope.conditions.get(name)
            return UNKNOWN if holds is None else value_of(when if holds else otherwise, scope)
        case _:
            return UNKNOWN


def _cidr(argument: Any, scope: Scope) -> Any:  # noqa: ANN401
    match argument:
        case [block, count, *bits]:
            given = [value_of(one, scope) for one in (block, count, *bits[:1])]
            return ranges(*map(_text, given)) or UNKNOWN
        case _:
            return UNKNOWN


FUNCTIONS: Mapping[str, _Function] = {
    "Ref": _ref,
    "Fn::Base64": value_of,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _found_in_map,
    "Fn::GetAZs": lambda *_: zones(),
    "Fn::GetAtt": _attribute,
    "Fn::If": _if,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": value_of,
}
"""Function → what it gives. All others only CloudFormation can carry out."""
