"""The copy of a bucket in the Region that a recovery goes to."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import bucket_settings, identity, policies
from archspec.exporters.terraform.bucket_settings import Settings
from archspec.exporters.terraform.hcl import Block, Body, Reference, Template, Value
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, in_region, named, origin, shortened, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket

_KEY = slug("derived", "key", "replicas")
_PURPOSE = "replication"


def resources(bucket: Bucket, source: Settings, architecture: Architecture) -> Iterator[Part]:
    """Yield a bucket's copy, its encryption, and the role with which S3 fills it.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
    """
    region = architecture.recovery.region
    reason = "" if in_region(region, architecture) else "recovery.region names no other Region for the copy"
    if not source.has_versions:
        reason = "S3 copies only what has versions, and versioning is off"
    if reason:
        yield Omission((*bucket.path, "replication"), reason)
        return
    replica = _replica(bucket, source, architecture)
    for kind, body in bucket_settings.bodies(replica).items():
        yield Resource(kind, replica.address, origin(bucket, "replication"), body, (f"Copy of {bucket.id}.",))
    yield from identity.taken(bucket, _PURPOSE, "s3", architecture, _needs(source, replica))
    yield _configuration(bucket, source, replica)


def keys(buckets: list[Bucket], architecture: Architecture) -> Iterator[Resource]:
    """Yield the key for the copies of buckets that are encrypted with KMS, in the Region of the copies."""
    provider = in_region(architecture.recovery.region, architecture)
    for owner in buckets[:1] if provider else ():
        reason = f"Encrypts the copies of {', '.join(one.id for one in buckets)}."
        body: Body = {
            **provider,
            "description": f"replicas of {architecture.name}",
            "deletion_window_in_days": 30,
            "enable_key_rotation": True,
            "policy": policies.document([policies.administration(architecture)]),
        }
        yield Resource("aws_kms_key", _KEY, origin(owner, "replication"), body, (reason,))
        alias: Body = {
            **provider,
            "name": f"alias/{architecture.name}/replicas",
            "target_key_id": Reference(f"aws_kms_key.{_KEY}.key_id"),
        }
        yield Resource("aws_kms_alias", _KEY, origin(owner, "replication"), alias, (reason,))


def _replica(bucket: Bucket, source: Settings, architecture: Architecture) -> Settings:
    region = architecture.recovery.region
    address = slug(bucket.id, "replica")
    arn = Reference(f"aws_s3_bucket.{address}.arn")
    end = f"-{region}"
    room = bucket_settings.NAME_LIMIT - bucket_settings.ACCOUNT_LENGTH - 1 - len(end)
    return Settings(
        address=address,
        name=Template((f"{shortened(named(architecture, bucket.id), room)}-", ACCOUNT, end)),
        rules=source.rules,
        statements=[bucket_settings.only_encrypted(arn)],
        key=Reference(f"aws_kms_key.{_KEY}.arn") if source.key else None,
        provider=in_region(region, architecture),
        part_of=bucket.id,
    )


def _needs(source: Settings, replica: Settings) -> list[Value]:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html"""
    read = ("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging")
    write = ("s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags")
    return [
        policies.allow(("s3:GetReplicationConfiguration", "s3:ListBucket"), [source.arn]),
        policies.allow(read, [Template((source.arn, "/*"))]),
        policies.allow(write, [Template((replica.arn, "/*"))]),
        *([policies.allow(("kms:Decrypt",), [source.key])] if source.key else []),
        *([policies.allow(("kms:Encrypt",), [replica.key])] if replica.key else []),
    ]


def _configuration(bucket: Bucket, source: Settings, replica: Settings) -> Resource:
    destination: Body = {
        "bucket": replica.arn,
        "encryption_configuration": Block({"replica_kms_key_id": replica.key}) if replica.key else None,
    }
    encrypted = Block({"sse_kms_encrypted_objects": Block({"status": "Enabled"})})
    rule: Body = {
        "id": "everything",
        "status": "Enabled",
        "filter": Block({}),
        # What is deleted here by mistake is still in the copy.
        "delete_marker_replication": Block({"status": "Disabled"}),
        "source_selection_criteria": encrypted if source.key else None,
        "destination": Block(destination),
    }
    versioning = [Reference(f"aws_s3_bucket_versioning.{one.address}") for one in (source, replica)]
    body: Body = {
        "bucket": source.bucket,
        "role": identity.role_arn(bucket, _PURPOSE),
        "rule": Block(rule),
        "depends_on": versioning,
    }
    return Resource("aws_s3_bucket_replication_configuration", slug(bucket.id), origin(bucket, "replication"), body)
