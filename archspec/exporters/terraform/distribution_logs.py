"""The bucket for the access logs of distributions."""

from collections.abc import Iterator

from archspec.exporters.terraform import access_logs, bucket_settings
from archspec.exporters.terraform.bucket_settings import Settings
from archspec.exporters.terraform.distribution_origins import exported_origins
from archspec.exporters.terraform.hcl import Block, Reference, Template
from archspec.exporters.terraform.resource import ACCOUNT, Resource, in_region, named, origin, shortened, slug
from archspec.model.architecture import Architecture

NAME = slug("derived", "bucket", "distribution-logs")  # three parts: the id of a stated bucket has two at most
_OWNERSHIP = "aws_s3_bucket_ownership_controls"
_ACLS = "With access control lists on purpose: CloudFront writes its logs to no bucket without them."
_REFUSED = {
    "af-south-1": "eu-west-1",
    "ap-east-1": "ap-southeast-1",
    "ap-south-2": "ap-south-1",
    "ap-southeast-3": "ap-southeast-1",
    "ap-southeast-4": "ap-southeast-2",
    "ca-west-1": "ca-central-1",
    "eu-central-2": "eu-central-1",
    "eu-south-1": "eu-central-1",
    "eu-south-2": "eu-central-1",
    "il-central-1": "eu-central-1",
    "me-central-1": "eu-central-1",
    "me-south-1": "eu-central-1",
}
"""Region whose buckets CloudFront does not write logs to → the one to take instead.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
"""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the bucket, if there is a distribution."""
    made = [one for one in architecture.edge.distributions.values() if exported_origins(one, architecture)]
    for owner in made[:1]:
        listed = f"Access logs of {', '.join(one.id for one in made)}."
        settings = _settings(architecture)
        for kind, body in bucket_settings.bodies(settings).items():
            if kind == _OWNERSHIP:
                writer = Block({"object_ownership": "BucketOwnerPreferred"})
                yield Resource(kind, NAME, origin(owner), {**body, "rule": writer}, (_ACLS,))
            else:
                yield Resource(kind, NAME, origin(owner), body, (listed,))
        # S3 logs to a bucket in the same Region, and there is one as soon as buckets are stated.
        if architecture.data.buckets and not settings.provider:
            body = access_logs.logging(settings, "distribution-logs")
            yield Resource("aws_s3_bucket_logging", NAME, origin(owner), body)


def bucket() -> Reference:
    """Refer to the bucket by the name under which CloudFront wants it."""
    return Reference(f"aws_s3_bucket.{NAME}.bucket_domain_name")


def ready() -> Reference:
    """Refer to what lets CloudFront have itself let in, which it does as soon as logging is switched on."""
    return Reference(f"{_OWNERSHIP}.{NAME}")


def _settings(architecture: Architecture) -> Settings:
    # Names of buckets are shared by the whole world, hence the account.
    room = bucket_settings.NAME_LIMIT - bucket_settings.ACCOUNT_LENGTH - 1
    stem = shortened(named(architecture, f"cdn-logs-{architecture.region}"), room)
    return Settings(
        address=NAME,
        name=Template((f"{stem}-", ACCOUNT)),
        rules=[bucket_settings.rule("expire", 30, expiration=Block({"days": 365}))],
        statements=[bucket_settings.only_encrypted(Reference(f"aws_s3_bucket.{NAME}.arn"))],
        provider=in_region(_REFUSED.get(architecture.region, ""), architecture),
    )
