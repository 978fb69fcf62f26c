"""Buckets of S3, with what protects them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from archspec.artifacts import Omission, Origin
from archspec.exporters.terraform import access_logs, bucket_settings, policies, replication
from archspec.exporters.terraform.bucket_settings import Settings
from archspec.exporters.terraform.distributions import reading_statements
from archspec.exporters.terraform.hcl import Reference, Template, Value
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.lifecycles import lifecycle_rule
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, named, origin, reasons, shortened, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket

_NAME = re.compile(
    r"(?!xn--|sthree-|amzn-s3-demo-|.*\.\.|\d+(\.\d+){3}$|.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)"
    r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
)
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""

_NO_KEY = "SSE-S3 on purpose: everybody may read it, and who has no account cannot use a key of KMS."
_OLD_VERSIONS_DAYS = 90

_FIELDS = {
    "aws_s3_bucket_lifecycle_configuration": "lifecycle",
    "aws_s3_bucket_policy": "policy",
    "aws_s3_bucket_public_access_block": "public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration": "encryption",
    "aws_s3_bucket_versioning": "versioning",
}
"""Type of resource → the field of a bucket that decides it, where it is stated."""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the stated buckets."""
    for bucket in architecture.data.buckets.values():
        yield from _bucket(bucket, architecture)


def _bucket(bucket: Bucket, architecture: Architecture) -> Iterator[Part]:
    stated = policies.written(bucket.policy, (*bucket.path, "policy"), _arns(bucket), "s3:GetObject", architecture)
    settings = _settings(bucket, stated.statements, architecture)
    yield from stated.omissions
    yield from _unexported(bucket, stated.statements)
    for kind, body in bucket_settings.bodies(settings).items():
        yield Resource(kind, slug(bucket.id), _origin(bucket, kind), body, _reasons(bucket, kind, architecture))
    logs = access_logs.logging(settings, bucket.id)
    yield Resource("aws_s3_bucket_logging", slug(bucket.id), origin(bucket), logs)
    if bucket.replication is True:
        yield from replication.resources(bucket, settings, architecture)


def _settings(bucket: Bucket, stated: Sequence[Value], architecture: Architecture) -> Settings:
    arn, balancers = _arns(bucket)[0], access_logs.writers(bucket, architecture)
    is_sse_s3 = bucket.encryption in {"sse-s3", "none"} or access_logs.is_left_to_s3(bucket, architecture)
    is_private = not bucket.public if bucket.public_access_block is None else bucket.public_access_block
    rule = lifecycle_rule(bucket.lifecycle, _OLD_VERSIONS_DAYS)
    return Settings(
        address=slug(bucket.id),
        name=_name(bucket, architecture),
        rules=[rule or bucket_settings.rule("tidy", _OLD_VERSIONS_DAYS)],
        statements=[
            *([bucket_settings.only_encrypted(arn)] if bucket.tls_only is not False else []),
            *stated,
            *access_logs.delivery(balancers, arn, architecture.region),
            *reading_statements(bucket, architecture),
            *(_flow_logs(arn) if access_logs.takes_flow_logs(bucket, architecture) else ()),
        ],
        key=None if is_sse_s3 else key_of(bucket, "data"),
        has_versions=bucket.versioning is not False,
        is_blocked=is_private,
    )


def _flow_logs(arn: Reference) -> Iterator[Value]:
    """https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html"""
    who = policies.of_this_account("delivery.logs")
    logs = Template((arn, "/AWSLogs/", ACCOUNT, "/*"))
    yield policies.allow(("s3:PutObject",), [logs], Sid="FlowLogs", **who)
    yield policies.allow(("s3:GetBucketAcl", "s3:ListBucket"), [arn], Sid="FlowLogsCheck", **who)


def _name(bucket: Bucket, architecture: Architecture) -> str | Template:
    """Return the name that is stated, or one made of the id: the whole world shares names, hence the account."""
    if _NAME.fullmatch(bucket.name):
        return bucket.name
    room = bucket_settings.NAME_LIMIT - bucket_settings.ACCOUNT_LENGTH - 1
    return Template((f"{shortened(named(architecture, bucket.id), room)}-", ACCOUNT))


def _arns(bucket: Bucket) -> tuple[Reference, Template]:
    arn = Reference(f"aws_s3_bucket.{slug(bucket.id)}.arn")
    return arn, Template((arn, "/*"))


def _origin(bucket: Bucket, kind: str) -> Origin:
    field = _FIELDS.get(kind, "")
    stated = getattr(bucket, field, None)
    return origin(bucket, field) if stated or stated is False else origin(bucket)


def _reasons(bucket: Bucket, kind: str, architecture: Architecture) -> tuple[str, ...]:
    if kind == "aws_s3_bucket":
        is_unlike = bucket.name and not _NAME.fullmatch(bucket.name)
        return reasons(bucket, f"Not exported: the name '{bucket.name}', which S3 does not take." if is_unlike else "")
    is_encryption = kind == "aws_s3_bucket_server_side_encryption_configuration"
    if is_encryption and access_logs.is_target(bucket, architecture):
        return (access_logs.NO_KMS,)
    return (_NO_KEY,) if is_encryption and access_logs.is_left_to_s3(bucket, architecture) else ()


def _unexported(bucket: Bucket, stated: Sequence[Value]) -> Iterator[Omission]:
    if bucket.encryption == "none":
        yield Omission(
            (*bucket.path, "encryption"), "S3 encrypts every new object; with SSE-S3 where nothing is stated"
        )
    if bucket.lifecycle and lifecycle_rule(bucket.lifecycle, _OLD_VERSIONS_DAYS) is None:
        reason = "archspec reads a lifecycle such as '7 days' or 'GLACIER after 90 days, deleted after 365 days'"
        yield Omission((*bucket.path, "lifecycle"), reason)
    if bucket.public and not any(map(_lets_everybody_read, stated)):
        reason = 'reading by everybody is not exported; state it in `policy`: {principal: "*", does: s3:GetObject}'
        yield Omission((*bucket.path, "public"), reason)


def _lets_everybody_read(statement: Value) -> bool:
    if not isinstance(statement, Mapping) or "Condition" in statement:
        return False
    who, actions = (statement.get("Effect"), statement.get("Principal")), statement.get("Action")
    some = actions if isinstance(actions, list) else [actions]
    return who == ("Allow", "*") and any(fnmatchcase("s3:getobject", str(one).lower()) for one in some)
