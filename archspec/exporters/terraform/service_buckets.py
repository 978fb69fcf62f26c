"""Buckets that a service of AWS needs and nobody stated: for trails, snapshots of a configuration, artifacts."""

from collections.abc import Iterator, Sequence

from archspec.exporters.terraform import access_logs, bucket_settings
from archspec.exporters.terraform.bucket_settings import Settings
from archspec.exporters.terraform.hcl import Block, Reference, Template, Value
from archspec.exporters.terraform.resource import ACCOUNT, Resource, named, origin, refer, shortened, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element

_KEPT_DAYS = 365
_OLD_VERSIONS_DAYS = 30


def bucket(
    element: Element,
    purpose: str,
    key: Reference,
    architecture: Architecture,
    statements: Sequence[Value] = (),
) -> Iterator[Resource]:
    """Yield a bucket for `purpose`, encrypted with `key`, whose policy holds `statements` as well."""
    # Names of buckets are shared by the whole world, hence the account and the Region.
    end = f"-{architecture.region}"
    room = bucket_settings.NAME_LIMIT - bucket_settings.ACCOUNT_LENGTH - 1 - len(end)
    stem = shortened(named(architecture, f"{element.id}-{purpose}"), room)
    settings = Settings(
        address=slug(element.id, purpose),
        name=Template((f"{stem}-", ACCOUNT, end)),
        rules=[bucket_settings.rule("expire", _OLD_VERSIONS_DAYS, expiration=Block({"days": _KEPT_DAYS}))],
        statements=[bucket_settings.only_encrypted(arn(element, purpose)), *statements],
        key=key,
    )
    for kind, body in bucket_settings.bodies(settings).items():
        yield Resource(kind, settings.address, origin(element), body, (f"The {purpose} of {element.id}.",))
    logs = access_logs.logging(settings, f"{element.id}/{purpose}")
    yield Resource("aws_s3_bucket_logging", settings.address, origin(element), logs)


def arn(element: Element, purpose: str) -> Reference:
    """Refer to the ARN of such a bucket."""
    return refer("aws_s3_bucket", (element.id, purpose), "arn")
