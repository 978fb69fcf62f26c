"""Secrets, in Secrets Manager or as parameters of Systems Manager."""

import re
from collections.abc import Iterator, Sequence

from archspec.artifacts import Omission
from archspec.exporters.terraform import policies
from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.resource import Part, Resource, Variable, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.security import Secret, SecretStore

_NAME = re.compile(r"[A-Za-z0-9/_+=.@-]{1,512}")
_DAY = 86400
_WINDOW = range(7, 31)
_WINDOW_DAYS = 30

_IN_MANAGER = "aws_secretsmanager_secret"
_PARAMETER = "aws_ssm_parameter"


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the secrets, and one for each store in Secrets Manager of which none is named."""
    for secret in architecture.security.secrets.values():
        yield from (
            _parameter(secret, architecture)
            if _type(secret, architecture) == _PARAMETER
            else _secret(secret, architecture)
        )
    for store in architecture.security.secret_stores.values():
        if store.service == "secrets-manager" and not _kept_in(store, architecture):
            yield _resource(store, architecture, _WINDOW_DAYS, reasons(store))


def secrets(ids: Sequence[str], architecture: Architecture) -> list[Secret | SecretStore]:
    """Return the secrets that ids of secrets and of stores stand for; a store stands for all that are in it."""
    found: dict[str, Secret | SecretStore] = {}
    for id_ in ids:
        store = architecture.security.secret_stores.get(id_)
        if store is None:
            found[id_] = architecture.security.secrets[id_]
        elif kept := _kept_in(store, architecture):
            found |= {one.id: one for one in kept}
        elif store.service == "secrets-manager":
            found[id_] = store
    return [*found.values()]


def secret_arn(secret: Secret | SecretStore, architecture: Architecture) -> Reference:
    """Refer to one of `secrets`, by the ARN that container definitions and policies want."""
    return refer(_type(secret, architecture), secret.id, "arn")


def is_parameter(secret: Secret | SecretStore, architecture: Architecture) -> bool:
    """Whether a secret is a parameter of Systems Manager: other actions read it."""
    return _type(secret, architecture) == _PARAMETER


def _type(secret: Secret | SecretStore, architecture: Architecture) -> str:
    store = architecture.security.secret_stores.get(getattr(secret, "store", ""))
    return _PARAMETER if store is not None and store.service == "parameter-store" else _IN_MANAGER


def _kept_in(store: SecretStore, architecture: Architecture) -> list[Secret]:
    return [one for one in architecture.security.secrets.values() if one.store == store.id]


def _name(secret: Secret | SecretStore, architecture: Architecture) -> str:
    return secret.name if _NAME.fullmatch(secret.name) else f"{architecture.name}/{secret.id}"


def _secret(secret: Secret, architecture: Architecture) -> Iterator[Part]:
    days = _days(secret)
    yield from _unexported(secret, days)
    yield _resource(secret, architecture, days if days in {0, *_WINDOW} else _WINDOW_DAYS, reasons(secret))
    arn = secret_arn(secret, architecture)
    usual = "secretsmanager:GetSecretValue"
    found = policies.written(secret.policy, (*secret.path, "policy"), [arn], usual, architecture)
    yield from found.omissions
    if found.statements:
        body: Body = {"secret_arn": arn, "policy": policies.document(found.statements)}
        yield Resource("aws_secretsmanager_secret_policy", slug(secret.id), origin(secret, "policy"), body)


def _days(secret: Secret) -> int:
    return _WINDOW_DAYS if secret.recovery_window is None else int(secret.recovery_window.high // _DAY)


def _unexported(secret: Secret, days: int) -> Iterator[Omission]:
    if secret.rotation is True:
        reason = "a secret is rotated by a function of Lambda, and the spec states none"
        yield Omission((*secret.path, "rotation"), reason)
    if days not in {0, *_WINDOW}:
        reason = f"Secrets Manager keeps a deleted secret for 7 to 30 days, or not at all; it is {_WINDOW_DAYS} here"
        yield Omission((*secret.path, "recovery_window"), reason)


def _resource(secret: Secret | SecretStore, architecture: Architecture, days: int, why: tuple[str, ...]) -> Resource:
    holds = secret.holds if isinstance(secret, Secret) else ""
    body: Body = {
        "name": _name(secret, architecture),
        "description": holds or f"Secrets of {architecture.name}",
        "kms_key_id": key_of(secret, "secrets"),
        "recovery_window_in_days": days,
    }
    return Resource(_IN_MANAGER, slug(secret.id), origin(secret), body, why)


def _parameter(secret: Secret, architecture: Architecture) -> Iterator[Part]:
    value = Variable(f"value_{slug(secret.id)}", f"what the parameter {secret.id} holds", sensitive=True)
    yield value
    for field in ("rotation", "recovery_window", "policy"):
        if getattr(secret, field):
            yield Omission((*secret.path, field), "a parameter of Systems Manager has none")
    body: Body = {
        "name": f"/{_name(secret, architecture).removeprefix('/')}",
        "description": secret.holds or None,
        "type": "SecureString",
        "key_id": key_of(secret, "secrets"),
        "value": value.reference,
        # Whoever changes it later does not do so with these files.
        "lifecycle": Block({"ignore_changes": [Reference("value")]}),
    }
    yield Resource(_PARAMETER, slug(secret.id), origin(secret), body, reasons(secret))
