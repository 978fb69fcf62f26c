"""S3 buckets with the resources that say the rest of them → `data.buckets`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, document, switch, text
from archspec.importers.draft.lifecycles import lifecycle
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.policies import is_tls_only, statements, unstated
from archspec.resources.resource import Ref, Resource

HOME = ("data", "buckets")
_PARTS = (
    "aws_s3_bucket_acl",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_replication_configuration",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
)
TYPES = frozenset({"aws_s3_bucket", "aws_s3_bucket_logging", "aws_s3_bucket_notification",
                   "aws_s3_bucket_ownership_controls", *_PARTS})  # fmt: skip
_BLOCKED = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
_ENCRYPTIONS = {"AES256": "sse-s3", "aws:kms": "sse-kms", "aws:kms:dsse": "sse-kms"}
_VERSIONS = {"Enabled": True, "Suspended": False, "Disabled": False}

_FIELDS = {
    "lifecycle_configuration": "lifecycle",
    "policy": "policy",
    "public_access_block": "public_access_block",
    "replication_configuration": "replication",
    "server_side_encryption_configuration": "encryption",
    "versioning": "versioning",
}
"""What stands beside a bucket → what it says of it."""

Parts = Mapping[str, Mapping[str, list[Resource]]]


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the buckets."""
    parts = {type_: links.parts(given, type_, "bucket") for type_ in _PARTS}
    for id_, found in links.by_id(given, "aws_s3_bucket").items():
        yield _bucket(given, parts, id_, found[0])


def _bucket(given: Given, parts: Parts, id_: str, one: Resource) -> Piece:
    own = {type_.removeprefix("aws_s3_bucket_"): found.get(one.address, []) for type_, found in parts.items()}
    policies = [each.values.get("policy") for each in own["policy"]] or [one.values.get("policy")]
    read = statements(given, *policies)
    said = [each for each in read.said if not is_tls_only(each) and not _is_implied(given, one, each)]
    blocked = _blocked(own["public_access_block"])
    data = {
        "name": text(one.values.get("bucket")),
        **_encryption(given, one, own["server_side_encryption_configuration"]),
        "versioning": _versioning(one, own["versioning"]),
        "lifecycle": lifecycle(_rules(one, own["lifecycle_configuration"])),
        "replication": _replicated(one, own["replication_configuration"]),
        "public": (_is_public(one, read.said, own["acl"]) and not blocked) or None,
        "public_access_block": blocked,
        "policy": said,
        "tls_only": any(map(is_tls_only, read.said)) if any(map(document, policies)) else None,
    }
    stated: dict[KeyPath, str] = {
        (field,): some[0].address for kind, field in _FIELDS.items() for some in [own[kind]] if some
    }
    return Piece(HOME, id_, data, one.address, (*read.guesses, *unstated(said)), stated)


def _is_implied(given: Given, bucket: Resource, statement: Mapping[str, Any]) -> bool:
    """Whether a statement lets in what something else says: a distribution's origin, a load balancer's logs."""
    who, does = statement["principal"], statement["does"]
    is_delivery = who == "delivery.logs.amazonaws.com" or who.startswith("logdelivery.elasticloadbalancing.")
    is_logging = does in ("s3:PutObject", "s3:GetBucketAcl") and (is_delivery or who.isdigit())
    is_reading = who == "cloudfront.amazonaws.com" and does == "s3:GetObject"
    return is_reading or (is_logging and bucket.address in _logged_to(given))


def _logged_to(given: Given) -> set[str]:
    logs = [block(one.values, "access_logs").get("bucket") for one in given.inventory.of("aws_lb", "aws_alb")]
    return {value.address for value in logs if isinstance(value, Ref)}


def _encryption(given: Given, one: Resource, configurations: Sequence[Resource]) -> dict[str, str]:
    rules = [block(each.values, "rule", _DEFAULT) for each in configurations]
    rules.append(block(one.values, "server_side_encryption_configuration", "rule", _DEFAULT))
    rule = next((each for each in rules if each), {})
    return {
        "encryption": _ENCRYPTIONS.get(text(rule.get("sse_algorithm")), ""),
        "key": links.element(given, rule.get("kms_master_key_id")),
    }


_DEFAULT = "apply_server_side_encryption_by_default"


def _versioning(one: Resource, configurations: Sequence[Resource]) -> bool | None:
    for each in configurations:
        return _VERSIONS.get(text(block(each.values, "versioning_configuration").get("status")))
    return switch(block(one.values, "versioning").get("enabled"))


def _rules(one: Resource, configurations: Sequence[Resource]) -> list[Values]:
    rules = [rule for each in configurations for rule in blocks(each.values.get("rule"))]
    return rules or blocks(one.values.get("lifecycle_rule"))


def _replicated(one: Resource, configurations: Sequence[Resource]) -> bool | None:
    rules: list[Values] = [rule for each in configurations for rule in blocks(each.values.get("rule"))]
    rules += blocks(block(one.values, "replication_configuration").get("rules"))
    return any(rule.get("status") == "Enabled" for rule in rules) or None


def _blocked(some: Sequence[Resource]) -> bool | None:
    """Whether all four settings are on; without a resource for them it is not stated."""
    return all(switch(some[0].values.get(setting)) for setting in _BLOCKED) if some else None


def _is_public(one: Resource, policy: Sequence[Mapping[str, Any]], acls: Sequence[Resource]) -> bool:
    """Whether an access list or a statement without conditions lets everybody in."""
    lists = [one.values.get("acl"), *(each.values.get("acl") for each in acls)]
    let_in = any(
        each["principal"] == "*" and each.get("effect") != "deny" and each.get("conditions") == {} for each in policy
    )
    return let_in or any(text(value).startswith("public-") for value in lists)
