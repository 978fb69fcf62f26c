"""What every bucket has around it: who owns objects, who may reach them, their encryption, versions and lifecycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archspec.exporters.terraform import policies
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated, Template, Value
from archspec.resources.kinds import PART_TAG

NAME_LIMIT = 63
ACCOUNT_LENGTH = 12
ABORT = {"abort_incomplete_multipart_upload": Block({"days_after_initiation": 7})}
"""Parts of objects that were never completed cost money and are seen nowhere."""


@dataclass(frozen=True)
class Settings:
    """A bucket: its name in Terraform and in AWS, and its settings. Without a key, S3's own encrypts it (SSE-S3).

    `part_of` is the id of the element that needs it, where it is no element itself.
    """

    address: str
    name: Value
    rules: Sequence[Body]
    statements: Sequence[Value]
    key: Reference | None = None
    has_versions: bool = True
    is_blocked: bool = True
    provider: Mapping[str, Reference] = field(default_factory=dict)
    part_of: str = ""

    @property
    def bucket(self) -> Reference:
        """Its name, as the resources around it want it."""
        return Reference(f"aws_s3_bucket.{self.address}.id")

    @property
    def arn(self) -> Reference:
        """Its ARN."""
        return Reference(f"aws_s3_bucket.{self.address}.arn")


def bodies(bucket: Settings) -> dict[str, Body]:
    """Return the type and the body of a bucket's resource, and those of the resources around it."""
    blocked = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    status = "Enabled" if bucket.has_versions else "Disabled"
    found: dict[str, Body] = {
        "aws_s3_bucket": {"bucket": bucket.name, "tags": {PART_TAG: bucket.part_of} if bucket.part_of else None},
        "aws_s3_bucket_ownership_controls": _of(bucket, rule=Block({"object_ownership": "BucketOwnerEnforced"})),
        "aws_s3_bucket_public_access_block": _of(bucket, **dict.fromkeys(blocked, bucket.is_blocked)),
        "aws_s3_bucket_server_side_encryption_configuration": _of(bucket, rule=_encryption(bucket)),
        "aws_s3_bucket_versioning": _of(bucket, versioning_configuration=Block({"status": status})),
        # https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html: whoever wants to be told of new and
        # deleted objects then only adds a rule.
        "aws_s3_bucket_notification": _of(bucket, eventbridge=True),
        "aws_s3_bucket_lifecycle_configuration": _of(
            bucket,
            rule=Repeated(tuple(map(Block, bucket.rules))),
            depends_on=[Reference(f"aws_s3_bucket_versioning.{bucket.address}")],
        ),
    }
    if bucket.statements:
        found["aws_s3_bucket_policy"] = _of(
            bucket,
            policy=policies.document(bucket.statements),
            depends_on=[Reference(f"aws_s3_bucket_public_access_block.{bucket.address}")],
        )
    return {kind: {**bucket.provider, **body} for kind, body in found.items()}


def rule(name: str, days_of_old_versions: int, **more: "Value | Block | Repeated") -> Body:
    """Return a lifecycle rule for all objects that drops old versions, and does `more`."""
    return {
        "id": name,
        "status": "Enabled",
        "filter": Block({}),
        **more,
        "noncurrent_version_expiration": Block({"noncurrent_days": days_of_old_versions}),
        **ABORT,
    }


def only_encrypted(arn: Reference) -> Value:
    """Return the statement of a bucket's policy that refuses requests without TLS."""
    return policies.only_encrypted("s3", [arn, Template((arn, "/*"))])


def _of(bucket: Settings, **body: "Value | Block | Repeated") -> Body:
    return {"bucket": bucket.bucket, **body}


def _encryption(bucket: Settings) -> Block:
    algorithm = "aws:kms" if bucket.key else "AES256"
    default: Body = {"sse_algorithm": algorithm, "kms_master_key_id": bucket.key}
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html: one call of KMS for many objects.
    enabled = True if bucket.key else None
    return Block({"bucket_key_enabled": enabled, "apply_server_side_encryption_by_default": Block(default)})
