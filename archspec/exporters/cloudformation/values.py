"""Values of Terraform's language → values of a template: references become `Ref`, `Fn::GetAtt` and `Fn::Sub`."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from archspec.errors import UsageError
from archspec.exporters.cloudformation.meaning import is_function
from archspec.exporters.terraform import hcl
from archspec.resources.cloudformation import FORMS, PATTERN, REF

_PSEUDO = {"account_id": "AWS::AccountId"}
"""Variables that CloudFormation knows by itself.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
"""

_MARK = "\ue000"
"""Stands for a function in a text; no text of a spec may hold it, as it means nothing."""


_OPENED = re.compile(r"\$\{([A-Za-z:]*)\}")


class Names(NamedTuple):
    """Where references lead: the logical id of an address that is in the template, what the resources of addresses
    say themselves, and what makes a parameter.
    """

    ids: Mapping[str, str]
    bodies: Mapping[str, hcl.Body]
    parameter: Callable[[str], str]


def written(value: object, names: Names) -> Any:  # noqa: ANN401  a template holds data of any shape
    """Return a value as a template holds it."""
    match value:
        case hcl.Reference():
            return _referred(value.expression, names)
        case hcl.Template():
            return _joined([_referred(p.expression, names) if isinstance(p, hcl.Reference) else p for p in value.parts])
        case hcl.Json():
            return written(value.value, names)
        case Mapping():
            return {key_of(str(key)): written(one, names) for key, one in value.items() if one is not None}
        case list() | tuple():
            return [written(one, names) for one in value]
        case _:
            return value


def key_of(key: str) -> str:
    """Return a key of data. Raises `UsageError` where CloudFormation would not take it for data."""
    if is_function(key):
        raise UsageError(f"a template cannot hold the key '{key}' of the spec: CloudFormation takes it for a function")
    return key


def _joined(parts: list[Any]) -> Any:  # noqa: ANN401
    flat = [inner for part in parts for inner in (part["Fn::Join"][1] if _is_join(part) else [part])]
    return {"Fn::Join": ["", flat]} if any(isinstance(part, dict) for part in flat) else "".join(map(str, flat))


def _is_join(part: object) -> bool:
    return isinstance(part, dict) and "Fn::Join" in part


def text(value: Any) -> Any:  # noqa: ANN401
    """Return data as one text of JSON, with what only a deployment knows put in."""
    found: list[Any] = []

    def kept(one: Any) -> Any:  # noqa: ANN401
        match one:
            case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _}:
                found.append(one)
                return f"{_MARK}{len(found) - 1}{_MARK}"
            case dict():
                return {key: kept(inner) for key, inner in one.items()}
            case list():
                return [kept(inner) for inner in one]
            case _:
                return one

    parts = json.dumps(kept(value), ensure_ascii=False, separators=(",", ":")).split(_MARK)
    return _joined([found[int(part)] if i % 2 else part for i, part in enumerate(parts)])


def _referred(expression: str, names: Names) -> Any:  # noqa: ANN401
    first, _, rest = expression.partition(".")
    if first == "var":
        return {"Ref": _PSEUDO.get(rest) or names.parameter(expression)}
    name, _, attribute = rest.partition(".")
    address, attribute = f"{first}.{name}", attribute or "id"
    if address in names.ids:
        gives = FORMS[first].gives
        given = gives.get(attribute, REF if attribute == "id" else "Arn" if attribute == "arn" else None)
        if given is not None:
            return _given(names.ids[address], given)
        if (stated := names.bodies[address].get(attribute)) is not None:
            return written(stated, names)
    return {"Ref": names.parameter(expression)}


def _given(id_: str, given: str) -> Any:  # noqa: ANN401
    """Return what reads an attribute of a resource: `given` says how."""
    if given == REF:
        return {"Ref": id_}
    if not given.startswith(PATTERN):
        return {"Fn::GetAtt": [id_, given]}
    parts = _OPENED.split(given.removeprefix(PATTERN))
    return _joined([{"Ref": part or id_} if i % 2 else part for i, part in enumerate(parts) if part or i % 2])
