"""Where pipelines keep what their stages hand on, and what it takes to use it."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.exporters.terraform import policies, service_buckets
from archspec.exporters.terraform.hcl import Reference, Template, Value
from archspec.exporters.terraform.keys import key, key_of
from archspec.exporters.terraform.resource import Resource, refer
from archspec.model.architecture import Architecture
from archspec.model.delivery import Pipeline

_PURPOSE = "artifacts"


class Store(NamedTuple):
    """A bucket, and the key of it, where that is one of KMS."""

    name: Reference
    arn: Reference
    key: Reference | None


def made(pipeline: Pipeline, architecture: Architecture) -> Iterator[Resource]:
    """Yield the bucket for the artifacts of a pipeline that states none."""
    if not pipeline.artifacts:
        yield from service_buckets.bucket(pipeline, _PURPOSE, key("data"), architecture)


def store_of(pipeline: Pipeline, architecture: Architecture) -> Store:
    """Return where a pipeline keeps its artifacts."""
    stated = architecture.data.buckets.get(pipeline.artifacts)
    id_ = stated.id if stated else (pipeline.id, _PURPOSE)
    encrypted = stated is None or stated.encryption in {None, "sse-kms"}
    own = key_of(stated, "data") if stated else key("data")
    return Store(refer("aws_s3_bucket", id_), refer("aws_s3_bucket", id_, "arn"), own if encrypted else None)


def access(store: Store) -> list[Value]:
    """Return what it takes to read and write artifacts.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
    """
    objects = ("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")
    return [
        policies.allow(("s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"), [store.arn]),
        policies.allow(objects, [Template((store.arn, "/*"))]),
        *([policies.allow(("kms:Decrypt", "kms:GenerateDataKey"), [store.key])] if store.key else []),
    ]
