"""How resources hang together: which stand for an element, and which are parts of one."""

import re
from collections.abc import Mapping

from archspec.importers.draft.attributes import items
from archspec.importers.draft.piece import Given
from archspec.resources.resource import Ref, Resource, Value

_INSIDE = re.compile(r"\$\{(?P<address>[\w.\[\]\"-]+)\.(?P<attribute>\w+)\}")
_STANDS_FOR = {
    "aws_acm_certificate_validation": "certificate_arn",
    "aws_docdb_cluster_instance": "cluster_identifier",
    "aws_elasticache_cluster": "replication_group_id",
    "aws_iam_instance_profile": "role",
    "aws_kms_alias": "target_key_id",
    "aws_rds_cluster_instance": "cluster_identifier",
    "aws_s3_bucket_policy": "bucket",
    "aws_s3_bucket_server_side_encryption_configuration": "bucket",
    "aws_s3_bucket_versioning": "bucket",
    "aws_secretsmanager_secret_rotation": "secret_id",
    "aws_secretsmanager_secret_version": "secret_id",
    "aws_sns_topic_policy": "arn",
}
"""Type of resource → the attribute that names the one that it stands for, where something refers to it instead."""


def resource(given: Given, value: Value) -> Resource | None:
    """Return the resource that a value refers to."""
    return given.inventory.by_address.get(value.address) if isinstance(value, Ref) else None


def pointer(value: Value) -> tuple[Ref | None, str]:
    """Return what a value refers to, and what stands behind that: `${aws_s3_bucket.logs.arn}/*` is text around it."""
    found = _INSIDE.match(value) if isinstance(value, str) else None
    if found:
        return Ref(found["address"], found["attribute"]), value[found.end() :] if isinstance(value, str) else ""
    return (value, value.rest) if isinstance(value, Ref) else (None, "")


def element(given: Given, value: Value) -> str:
    """Return the id of the element that a value refers to, also by what stands for it: the alias of a key."""
    for _ in _STANDS_FOR:
        found = resource(given, value)
        meant = found.values.get(_STANDS_FOR.get(found.type, "")) if found else None
        if not isinstance(meant, Ref):
            break
        value = meant
    return given.id(value)


def elements(given: Given, value: Value) -> list[str]:
    """Return the ids of the elements that a list refers to, each once."""
    found = (element(given, one) for one in items(value))
    return [*dict.fromkeys(id_ for id_ in found if id_)]


def placed(given: Given, value: Value) -> list[str]:
    """Return the ids of subnets, groups or secrets in a set, sorted: sources list them in an order of their own."""
    return sorted(elements(given, value))


def parts(given: Given, type_: str, attribute: str) -> Mapping[str, list[Resource]]:
    """Return the resources of a type by the address of what their attribute refers to: policies by their buckets."""
    found: dict[str, list[Resource]] = {}
    for one in given.inventory.of(type_):
        for value in items(one.values.get(attribute)):
            if isinstance(value, Ref):
                found.setdefault(value.address, []).append(one)
    return found


def by_id(given: Given, *types: str) -> Mapping[str, list[Resource]]:
    """Return the resources of some types that are elements by their ids: several resources may be one element."""
    found: dict[str, list[Resource]] = {}
    for id_, one in given.elements(*types):
        found.setdefault(id_, []).append(one)
    return found


def free(id_: str, given: Given) -> str:
    """Return the id, or one like it that no resource has."""
    taken = set(given.ids.values())
    while id_ in taken:
        id_ = f"{id_}-2"
    return id_
