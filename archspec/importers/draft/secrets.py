"""Secrets, parameters and their stores → `security.secrets`, `security.secret_stores`."""

from collections.abc import Iterator

from archspec.importers.draft import links
from archspec.importers.draft.attributes import block, text, whole
from archspec.importers.draft.naming import architecture_name
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.policies import statements, unstated
from archspec.importers.draft.secret_stores import MANAGER, PARAMETERS, held, stores
from archspec.importers.draft.spelling import counted
from archspec.resources.resource import Resource, Value

HOME = ("security", "secrets")
TYPES = frozenset({
    "aws_secretsmanager_secret", "aws_secretsmanager_secret_policy", "aws_secretsmanager_secret_rotation",
    "aws_secretsmanager_secret_version", "aws_ssm_parameter",
})  # fmt: skip
_WINDOW = "30 days"
"""What Secrets Manager takes unless told otherwise.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
"""
_PLAIN = ("String", "StringList")


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the stores, and the secrets in them."""
    known, standing = stores(given), {id_: address for address, id_ in held(given).items()}
    for service, id_ in sorted(known.items()):
        data = {"service": service if service != MANAGER else ""}
        yield Piece(("security", "secret_stores"), id_, data, standing.get(id_, ""))
    yield from _secrets(given, known.get(MANAGER, ""))
    for id_, found in links.by_id(given, "aws_ssm_parameter").items():
        yield _parameter(given, id_, found[0], known.get(PARAMETERS, ""))


def _secrets(given: Given, store: str) -> Iterator[Piece]:
    usual = f"Secrets of {architecture_name(given.inventory)}"
    rotations = links.parts(given, "aws_secretsmanager_secret_rotation", "secret_id")
    policies = links.parts(given, "aws_secretsmanager_secret_policy", "secret_arn")
    for id_, found in links.by_id(given, "aws_secretsmanager_secret").items():
        one = found[0]
        rotation = rotations.get(one.address, [])
        own = [each.values.get("policy") for each in policies.get(one.address, [])] or [one.values.get("policy")]
        read = statements(given, *own)
        window = _days(one.values.get("recovery_window_in_days"))
        data = {
            "name": text(one.values.get("name")),
            "store": store,
            "holds": "" if text(one.values.get("description")) == usual else text(one.values.get("description")),
            "key": links.element(given, one.values.get("kms_key_id")),
            "rotation": bool(rotation) or one.values.get("rotation_enabled") is True,
            "rotate_every": next(map(_interval, [*rotation, one]), ""),
            "policy": read.said,
            "recovery_window": window if window != _WINDOW else "",
        }
        yield Piece(HOME, id_, data, one.address, (*read.guesses, *unstated(read.said)))


def _interval(rotation: Resource) -> str:
    rules = block(rotation.values, "rotation_rules")
    every = _days(rules.get("automatically_after_days"))
    rate = text(rules.get("schedule_expression")).removeprefix("rate(").removesuffix(")")
    return every or (rate if rate.endswith(("day", "days", "hour", "hours")) else "")


def _days(value: Value) -> str:
    days = whole(value)
    return counted(days, "day") if days else ""


def _parameter(given: Given, id_: str, one: Resource, store: str) -> Piece:
    kind = text(one.values.get("type"))
    data = {
        "name": text(one.values.get("name")),
        "note": f"a {kind}, which is not encrypted" if kind in _PLAIN else "",
        "store": store,
        "holds": text(one.values.get("description")),
        "key": links.element(given, one.values.get("key_id")),
    }
    return Piece(HOME, id_, data, one.address)
