"""The attributes of a resource as Terraform writes them → as an inventory holds them."""

from collections.abc import Mapping
from typing import NamedTuple

from archspec.importers.terraform.document import parsed
from archspec.resources.named_by import NAMED_BY
from archspec.resources.resource import Value

JSON_TEXT = frozenset({
    "access_policies",
    "access_policy",
    "assume_role_policy",
    "container_definitions",
    "dashboard_body",
    "definition",
    "delivery_policy",
    "event_pattern",
    "filter_policy",
    "policy",
    "policy_document",
    "redrive_allow_policy",
    "redrive_policy",
    "resource_policy",
})  # fmt: skip
"""Attributes of the AWS provider that hold JSON as text."""
SECRET = frozenset({
    "auth_token",
    "certificate_private_key",
    "client_secret",
    "db_password",
    "master_password",
    "master_user_password",
    "oauth_token",
    "password",
    "passwords",
    "private_key",
    "secret_binary",
    "secret_string",
    "shared_secret",
    "tunnel1_preshared_key",
    "tunnel2_preshared_key",
})  # fmt: skip
"""Attributes that are secret in the provider's schema. A raw state does not say so."""

_SPARED = frozenset(NAMED_BY) | {"name", "origin_id", "origin_protocol_policy", "origin_ssl_protocols", "type"}
"""Attributes that name something, and so are no secrets themselves."""


class Cleaned(NamedTuple):
    """Values without nulls, with the data of JSON text, and the attributes of which something is secret."""

    values: dict[str, Value]
    secret: frozenset[str]


def cleaned(values: Mapping[str, object], sensitive: object) -> Cleaned:
    """Bring a resource's values into the form of an inventory. What is secret is left out.

    `sensitive` has the shape of the values, with `true` where one is secret.
    """
    secrets = sensitive if isinstance(sensitive, dict) else dict.fromkeys(values, sensitive)
    found: dict[str, Value] = {}
    hidden = set()
    for name, value in values.items():
        marks = True if name in SECRET else secrets.get(name)
        if value is None or (value == "" and marks is True):
            continue
        if any_true(marks):
            hidden.add(name)
        if marks is not True:
            found[name] = _clean(value, marks, name)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            found[name] = [_spared(one) for one in value]
    return Cleaned(found, frozenset(hidden))


def _clean(value: object, marks: object, name: str) -> Value:
    match value:
        case dict():
            own = marks if isinstance(marks, dict) else {}
            kept = {key: one for key, one in value.items() if one is not None and own.get(key) is not True}
            return {key: _clean(one, own.get(key), key) for key, one in kept.items()}
        case list():
            own_marks = marks if isinstance(marks, list) and len(marks) == len(value) else [None] * len(value)
            pairs = zip(value, own_marks, strict=True)
            return [_clean(one, mark, name) for one, mark in pairs if one is not None and mark is not True]
        case str() if name in JSON_TEXT:
            return _data(value)
        case str() | int() | float():
            return value
        case _:
            return None


def _spared(block: Mapping[str, object]) -> dict[str, Value]:
    """Return what is surely no secret of a block, where Terraform only says that the whole set of blocks has one.

    A secret header of one origin must not hide all origins of a distribution.
    """
    found: dict[str, Value] = {}
    for name, value in block.items():
        if isinstance(value, list):
            blocks = [_spared(one) for one in value if isinstance(one, dict)]
            found[name] = blocks or [one for one in value if not isinstance(one, dict | list) and name in _SPARED]
        elif isinstance(value, bool | int | float) or (isinstance(value, str) and name in _SPARED):
            found[name] = value
    return found


def _data(text: str) -> Value:
    """Return what JSON text holds; text that is none stays what it is."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        data = parsed(text)
    except ValueError:
        return text
    return _clean(data, None, "")


def any_true(marks: object) -> bool:
    """Whether anything is true, at any depth."""
    match marks:
        case dict():
            return any(map(any_true, marks.values()))
        case list():
            return any(map(any_true, marks))
        case _:
            return marks is True
