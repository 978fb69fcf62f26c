"""The bucket for the access logs of load balancers."""

from collections.abc import Collection, Iterator

from archspec.exporters.terraform.hcl import Block, Body, Json, Reference, Template, Value
from archspec.exporters.terraform.resource import ACCOUNT, Resource, named, origin, partition, shortened
from archspec.model.architecture import Architecture
from archspec.model.network import LoadBalancer

_NAME = "load_balancer_logs"
_BUCKET = Reference(f"aws_s3_bucket.{_NAME}.id")
_ARN = Reference(f"aws_s3_bucket.{_NAME}.arn")
_BUCKET_NAME_LIMIT = 63
_ACCOUNT_LENGTH = 12
_NETWORK_PRINCIPAL = {"Service": "delivery.logs.amazonaws.com"}
_NO_KMS = "SSE-S3 on purpose: load balancers cannot write access logs to a bucket that is encrypted with KMS."

_ACCOUNTS = {
    "af-south-1": "098369216593",
    "ap-east-1": "754344448648",
    "ap-northeast-1": "582318560864",
    "ap-northeast-2": "600734575887",
    "ap-northeast-3": "383597477331",
    "ap-south-1": "718504428378",
    "ap-southeast-1": "114774131450",
    "ap-southeast-2": "783225319266",
    "ap-southeast-3": "589379963580",
    "ca-central-1": "985666609251",
    "cn-north-1": "638102146993",
    "cn-northwest-1": "037604701340",
    "eu-central-1": "054676820928",
    "eu-north-1": "897822967062",
    "eu-south-1": "635631232127",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
    "eu-west-3": "009996457667",
    "me-south-1": "076674570225",
    "sa-east-1": "507241528517",
    "us-east-1": "127311923021",
    "us-east-2": "033677994240",
    "us-gov-east-1": "190560391635",
    "us-gov-west-1": "048591011584",
    "us-west-1": "027434742980",
    "us-west-2": "797873946194",
}
"""Region → the AWS account that writes the logs of application load balancers; newer regions have a service for it.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
"""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the log bucket, if there is a load balancer."""
    balancers = [*architecture.network.load_balancers.values()]
    for balancer in balancers[:1]:
        kinds = {one.type for one in balancers}
        for kind, body in _bodies(architecture, kinds).items():
            reason = _NO_KMS if kind.endswith("encryption_configuration") else f"Access logs of {_listed(balancers)}."
            yield Resource(kind, _NAME, origin(balancer), body, (reason,))


def _listed(balancers: list[LoadBalancer]) -> str:
    return ", ".join(balancer.id for balancer in balancers)


def _bodies(architecture: Architecture, kinds: Collection[str]) -> dict[str, Body]:
    stem = shortened(named(architecture, f"lb-logs-{architecture.region}"), _BUCKET_NAME_LIMIT - _ACCOUNT_LENGTH - 1)
    blocked = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    sse: Body = {"apply_server_side_encryption_by_default": Block({"sse_algorithm": "AES256"})}
    return {
        # Names of buckets are shared by the whole world, hence the account.
        "aws_s3_bucket": {"bucket": Template((f"{stem}-", ACCOUNT))},
        "aws_s3_bucket_ownership_controls": {
            "bucket": _BUCKET,
            "rule": Block({"object_ownership": "BucketOwnerEnforced"}),
        },
        "aws_s3_bucket_public_access_block": {"bucket": _BUCKET, **dict.fromkeys(blocked, True)},
        "aws_s3_bucket_server_side_encryption_configuration": {"bucket": _BUCKET, "rule": Block(sse)},
        "aws_s3_bucket_versioning": {
            "bucket": _BUCKET,
            "versioning_configuration": Block({"status": "Enabled"}),
        },
        "aws_s3_bucket_lifecycle_configuration": _lifecycle(),
        "aws_s3_bucket_policy": {
            "bucket": _BUCKET,
            "policy": Json({"Version": "2012-10-17", "Statement": _statements(kinds, architecture.region)}),
            "depends_on": [Reference(f"aws_s3_bucket_public_access_block.{_NAME}")],
        },
    }


def _lifecycle() -> Body:
    rule: Body = {
        "id": "expire",
        "status": "Enabled",
        "filter": Block({}),
        "expiration": Block({"days": 365}),
        "noncurrent_version_expiration": Block({"noncurrent_days": 30}),
        "abort_incomplete_multipart_upload": Block({"days_after_initiation": 7}),
    }
    return {
        "bucket": _BUCKET,
        "rule": Block(rule),
        "depends_on": [Reference(f"aws_s3_bucket_versioning.{_NAME}")],
    }


def _statements(kinds: Collection[str], region: str) -> list[Value]:
    logs = Template((_ARN, "/AWSLogs/", ACCOUNT, "/*"))
    statements: list[Value] = [
        {
            "Sid": "OnlyEncryptedTransport",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [_ARN, Template((_ARN, "/*"))],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]
    if "application" in kinds:
        statements.append(_allow("ApplicationLogs", _application_principal(region), "s3:PutObject", logs))
    if "network" in kinds:
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
        statements.append(_allow("NetworkLogs", _NETWORK_PRINCIPAL, "s3:PutObject", logs))
        statements.append(_allow("NetworkLogsCheck", _NETWORK_PRINCIPAL, "s3:GetBucketAcl", _ARN))
    return statements


def _application_principal(region: str) -> Value:
    if region in _ACCOUNTS:
        return {"AWS": f"arn:{partition(region)}:iam::{_ACCOUNTS[region]}:root"}
    return {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}


def _allow(name: str, principal: Value, action: str, resource: Value) -> Value:
    return {"Sid": name, "Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource}
