"""AWS Config: a recorder, and the bucket to which it delivers."""

from collections.abc import Iterator

from archspec.exporters.terraform import identity, policies, service_buckets
from archspec.exporters.terraform.hcl import Block, Body, Reference, Template
from archspec.exporters.terraform.keys import key
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.security import Detector

_PURPOSE = "snapshots"


def resources(detector: Detector, architecture: Architecture) -> Iterator[Part]:
    """Yield a recorder of everything that there is, and what it needs.

    https://docs.aws.amazon.com/config/latest/developerguide/gs-cli-prereq.html
    """
    arn = service_buckets.arn(detector, _PURPOSE)
    yield from service_buckets.bucket(detector, _PURPOSE, key("data"), architecture)
    needs = [
        policies.allow(("s3:GetBucketAcl", "s3:ListBucket"), [arn]),
        policies.allow(("s3:PutObject",), [Template((arn, "/AWSLogs/", ACCOUNT, "/Config/*"))]),
        policies.allow(("kms:Decrypt", "kms:GenerateDataKey"), [key("data")]),
    ]
    yield from identity.taken(detector, _PURPOSE, "config", architecture, needs)
    yield from identity.managed(detector, _PURPOSE, "service-role/AWS_ConfigRole", architecture)
    recorded: Body = {"all_supported": True, "include_global_resource_types": True}
    body: Body = {
        "name": named(architecture, detector.id),
        "role_arn": identity.role_arn(detector, _PURPOSE),
        "recording_group": Block(recorded),
    }
    yield Resource("aws_config_configuration_recorder", slug(detector.id), origin(detector), body, reasons(detector))
    yield from _delivery(detector, architecture)


def _delivery(detector: Detector, architecture: Architecture) -> Iterator[Part]:
    name = slug(detector.id)
    body: Body = {
        "name": named(architecture, detector.id),
        "s3_bucket_name": refer("aws_s3_bucket", (detector.id, _PURPOSE)),
        "s3_kms_key_arn": key("data"),
        "depends_on": [
            Reference(f"aws_config_configuration_recorder.{name}"),
            Reference(f"aws_s3_bucket_policy.{slug(detector.id, _PURPOSE)}"),
        ],
    }
    yield Resource("aws_config_delivery_channel", name, origin(detector), body)
    status: Body = {
        "name": refer("aws_config_configuration_recorder", detector.id, "name"),
        "is_enabled": True,
        # A recorder starts only once it can deliver.
        "depends_on": [Reference(f"aws_config_delivery_channel.{name}")],
    }
    yield Resource("aws_config_configuration_recorder_status", name, origin(detector), status)
