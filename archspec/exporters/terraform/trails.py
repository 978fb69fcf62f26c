"""CloudTrail: a trail with its bucket, its log group, its topic and its key."""

from collections.abc import Iterator

from archspec.exporters.terraform import identity, policies, service_buckets
from archspec.exporters.terraform.hcl import Body, Reference, Template, Value
from archspec.exporters.terraform.keys import ALIAS_LIMIT
from archspec.exporters.terraform.log_groups import derived
from archspec.exporters.terraform.resource import (
    ACCOUNT,
    Part,
    Resource,
    named,
    named_part,
    origin,
    partition,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.security import Detector

_PURPOSE = "trail"
_NAME_LIMIT = 128
_SERVICE = "cloudtrail"
_FIRST = ("aws_iam_role_policy", "aws_s3_bucket_policy", "aws_sns_topic_policy")
"""CloudTrail tries to write as soon as a trail is there."""


def resources(detector: Detector, architecture: Architecture) -> Iterator[Part]:
    """Yield a trail and what it needs."""
    yield from _key(detector, architecture)
    key = refer("aws_kms_key", (detector.id, _PURPOSE), "arn")
    yield from service_buckets.bucket(detector, _PURPOSE, key, architecture, _delivery(detector, architecture))
    yield derived(detector, f"/cloudtrail/{named(architecture, detector.id)}", _PURPOSE)
    group = Template((refer("aws_cloudwatch_log_group", (detector.id, _PURPOSE), "arn"), ":*"))
    needs = [policies.allow(("logs:CreateLogStream", "logs:PutLogEvents"), [group])]
    yield from identity.taken(detector, _PURPOSE, _SERVICE, architecture, needs)
    yield from _topic(detector, architecture, key)
    body: Body = {
        "name": named(architecture, detector.id, _NAME_LIMIT),
        "s3_bucket_name": refer("aws_s3_bucket", (detector.id, _PURPOSE)),
        "kms_key_id": key,
        "is_multi_region_trail": detector.multi_region is not False,
        "include_global_service_events": True,
        "enable_log_file_validation": detector.file_validation is not False,
        "cloud_watch_logs_group_arn": group,
        "cloud_watch_logs_role_arn": identity.role_arn(detector, _PURPOSE),
        "sns_topic_name": refer("aws_sns_topic", (detector.id, _PURPOSE), "name"),
        "depends_on": [Reference(f"{kind}.{slug(detector.id, _PURPOSE)}") for kind in _FIRST],
    }
    yield Resource("aws_cloudtrail", slug(detector.id), origin(detector), body, reasons(detector))


def _trail(detector: Detector, architecture: Architecture) -> Value:
    """Return the ARN of the trail, by its name: the trail comes after everything that names it."""
    region = architecture.region
    prefix = f"arn:{partition(region)}:cloudtrail:{region}:"
    return Template((prefix, ACCOUNT, f":trail/{named(architecture, detector.id, _NAME_LIMIT)}"))


def _for_trail(detector: Detector, architecture: Architecture, **more: Value) -> dict[str, Value]:
    condition: Value = {"StringEquals": {"aws:SourceArn": _trail(detector, architecture)}}
    return {"Principal": {"Service": f"{_SERVICE}.amazonaws.com"}, "Condition": condition, **more}


def _delivery(detector: Detector, architecture: Architecture) -> list[Value]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"""
    arn = service_buckets.arn(detector, _PURPOSE)
    logs = Template((arn, "/AWSLogs/", ACCOUNT, "/*"))
    return [
        policies.allow(("s3:GetBucketAcl",), [arn], **_for_trail(detector, architecture, Sid="TrailCheck")),
        policies.allow(("s3:PutObject",), [logs], **_for_trail(detector, architecture, Sid="Trail")),
    ]


def _key(detector: Detector, architecture: Architecture) -> Iterator[Part]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"""
    everything: dict[str, Value] = {"Sid": "AccountDecides", "Principal": {"AWS": policies.root(architecture)}}
    uses = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*")
    statements = [
        policies.allow(("kms:*",), ["*"], **everything),
        policies.allow(uses, ["*"], **_for_trail(detector, architecture, Sid="Trail")),
    ]
    body: Body = {
        "description": f"{detector.id} of {architecture.name}",
        "deletion_window_in_days": 30,
        "enable_key_rotation": True,
        "policy": policies.document(statements),
    }
    name = slug(detector.id, _PURPOSE)
    why = (f"Encrypts what {detector.id} records.",)
    yield Resource("aws_kms_key", name, origin(detector), body, why)
    alias: Body = {
        "name": f"alias/{named(architecture, detector.id, ALIAS_LIMIT)}",
        "target_key_id": refer("aws_kms_key", (detector.id, _PURPOSE), "key_id"),
    }
    yield Resource("aws_kms_alias", name, origin(detector), alias, why)


def _topic(detector: Detector, architecture: Architecture, key: Reference) -> Iterator[Part]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html"""
    name = slug(detector.id, _PURPOSE)
    topic: Body = {"name": named_part(architecture, detector.id, _PURPOSE), "kms_master_key_id": key}
    why = (f"Tells whoever subscribes that {detector.id} has delivered a log file.",)
    yield Resource("aws_sns_topic", name, origin(detector), topic, why)
    arn = refer("aws_sns_topic", (detector.id, _PURPOSE), "arn")
    publish = policies.allow(("sns:Publish",), [arn], **_for_trail(detector, architecture, Sid="Trail"))
    yield Resource(
        "aws_sns_topic_policy", name, origin(detector), {"arn": arn, "policy": policies.document([publish])}, why
    )
