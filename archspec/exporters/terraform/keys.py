"""Keys of AWS KMS: those that are stated, and one for each kind of thing that nobody stated a key for."""

import re
from collections.abc import Iterator, Sequence

from archspec.exporters.terraform import key_users, policies, replication
from archspec.exporters.terraform.copies import key_region
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.key_policies import administers, usual_statements
from archspec.exporters.terraform.resource import (
    Part,
    Resource,
    in_region,
    named,
    origin,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.security import Key

ALIAS_LIMIT = 250
"""What AWS allows behind `alias/`: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html"""

_ALIAS = re.compile(r"alias/(?!aws/)[A-Za-z0-9/_-]{1,250}")


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the stated keys, and a key for each kind of thing to encrypt that has none."""
    for stated in architecture.security.keys.values():
        yield from _stated_key(stated, architecture)
    for purpose, users in key_users.users(architecture).items():
        if users:
            yield from _derived_key(purpose, users, architecture)
    yield from replication.keys(key_users.copied(architecture), architecture)


def key(purpose: str) -> Reference:
    """Refer to the key for what has no stated one: data, logs, messages, registry or secrets."""
    return refer("aws_kms_key", _derived(purpose), "arn")


def key_of(element: Element, purpose: str) -> Reference:
    """Refer to the key that an element states in `key`, or to that for `purpose`."""
    stated: str = getattr(element, "key", "")
    return refer("aws_kms_key", stated, "arn") if stated else key(purpose)


def _derived(purpose: str) -> tuple[str, ...]:
    return "derived", "key", purpose  # three parts: the id of a stated key has two at most


def _derived_key(purpose: str, users: Sequence[Element], architecture: Architecture) -> Iterator[Resource]:
    owner = users[0]
    reason = f"Encrypts the {purpose} of {', '.join(user.id for user in users)}."
    body: Body = {
        "description": f"{purpose} of {architecture.name}",
        "deletion_window_in_days": 30,
        "enable_key_rotation": True,
        "policy": policies.document(usual_statements(users, architecture, is_for_logs=purpose == "logs")),
    }
    name = slug(*_derived(purpose))
    yield Resource("aws_kms_key", name, origin(owner), body, (reason,))
    yield _alias(name, f"alias/{architecture.name}/{purpose}", owner, reason)


def _alias(name: str, alias: str, owner: Element, *why: str, region: Body | None = None) -> Resource:
    body: Body = {**(region or {}), "name": alias, "target_key_id": Reference(f"aws_kms_key.{name}.key_id")}
    return Resource("aws_kms_alias", name, origin(owner), body, why)


def _stated_key(stated: Key, architecture: Architecture) -> Iterator[Part]:
    users = [one for one in architecture.elements.values() if getattr(one, "key", "") == stated.id]
    found = policies.written(stated.policy, (*stated.path, "policy"), ["*"], "kms:*", architecture)
    yield from found.omissions
    if not stated.policy:
        is_for_logs = any(one.kind == "log_group" for one in users)
        found.statements.extend(usual_statements(users, architecture, is_for_logs=is_for_logs))
    elif not any(administers(one) for one in stated.policy):
        found.statements.insert(0, policies.administration(architecture))
    region = key_region(stated.id, architecture)
    body: Body = {
        **in_region(region, architecture),
        "description": stated.title or f"{stated.id} of {architecture.name}",
        "deletion_window_in_days": 30,
        "enable_key_rotation": stated.rotation is not False,
        "policy": policies.document(found.statements),
    }
    usable = _ALIAS.fullmatch(stated.alias)
    why = f"Not exported: the alias '{stated.alias}', which KMS does not take." if stated.alias and not usable else ""
    yield Resource("aws_kms_key", slug(stated.id), origin(stated), body, reasons(stated, why))
    alias = stated.alias if usable else f"alias/{named(architecture, stated.id, ALIAS_LIMIT)}"
    yield _alias(slug(stated.id), alias, stated, region=in_region(region, architecture))
