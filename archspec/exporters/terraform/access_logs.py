"""The bucket for access logs that name none of their own, and what load balancers need to write theirs."""

from collections.abc import Collection, Iterator, Sequence

from archspec.exporters.terraform import bucket_settings, policies
from archspec.exporters.terraform.bucket_settings import Settings
from archspec.exporters.terraform.hcl import Block, Body, Reference, Template, Value
from archspec.exporters.terraform.policies import IamStatement
from archspec.exporters.terraform.resource import ACCOUNT, Resource, named, origin, partition, shortened, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket
from archspec.model.element import Element
from archspec.model.network import LoadBalancer

NAME = slug("derived", "bucket", "logs")  # three parts: the id of a stated bucket has two at most
NO_KMS = "SSE-S3 on purpose: access logs of load balancers cannot be written to a bucket that is encrypted with KMS."

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


_SERVICES = frozenset({"cloudtrail", "config"})
"""Detectors that write into a bucket of their own."""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the log bucket, if something has its access logs there."""
    balancers = [one for one in architecture.network.load_balancers.values() if not stated_bucket(one, architecture)]
    logged = _logged(architecture)
    owners: list[Element] = [*balancers, *logged]
    for owner in owners[:1]:
        settings = _settings(owner, balancers, architecture, has_bucket_logs=bool(logged))
        for kind, body in bucket_settings.bodies(settings).items():
            listed = f"Access logs of {', '.join(one.id for one in owners)}."
            reason = NO_KMS if kind.endswith("encryption_configuration") else listed
            yield Resource(kind, NAME, origin(owner), body, (reason,))


def _logged(architecture: Architecture) -> list[Element]:
    """Return the elements whose buckets have their access logs in the log bucket."""
    detectors = architecture.security.detectors.values()
    pipelines = architecture.delivery.pipelines.values()
    return [
        *architecture.data.buckets.values(),
        *(one for one in detectors if one.service in _SERVICES),
        *(one for one in pipelines if not one.artifacts),
    ]


def logging(bucket: Settings, folder: str) -> Body:
    """Return the `aws_s3_bucket_logging` of a bucket, which writes its access logs to a folder of the log bucket.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    return {
        "bucket": bucket.bucket,
        "target_bucket": Reference(f"aws_s3_bucket.{NAME}.id"),
        "target_prefix": f"buckets/{folder}/",
        "depends_on": [Reference(f"aws_s3_bucket_policy.{NAME}")],
    }


def stated_bucket(balancer: LoadBalancer, architecture: Architecture) -> str:
    """Return the id of the bucket that a load balancer writes its access logs to, or nothing where none is stated."""
    written = (id_ for id_, bucket in architecture.data.buckets.items() if balancer.id in bucket.writers)
    return balancer.access_logs or next(written, "")


def is_target(element: Element, architecture: Architecture) -> bool:
    """Whether a bucket takes access logs of load balancers, and leaves open how it is encrypted."""
    return isinstance(element, Bucket) and element.encryption is None and bool(writers(element, architecture))


def is_left_to_s3(element: Element, architecture: Architecture) -> bool:
    """Whether a bucket leaves open how it is encrypted, and is for load balancers or for everybody.

    None of these can use a key of KMS: https://repost.aws/knowledge-center/s3-troubleshoot-403
    """
    is_open = isinstance(element, Bucket) and element.encryption is None and not element.key and element.public
    return is_open or is_target(element, architecture)


def writers(bucket: Bucket, architecture: Architecture) -> list[LoadBalancer]:
    """Return the load balancers that write their access logs to a bucket."""
    balancers = architecture.network.load_balancers.values()
    # First what is quick: each of them asks all buckets.
    near = (one for one in balancers if one.access_logs == bucket.id or one.id in bucket.writers)
    return [one for one in near if stated_bucket(one, architecture) == bucket.id]


def takes_flow_logs(element: Element, architecture: Architecture) -> bool:
    """Whether flow logs of a VPC are written to a bucket."""
    return any(one.bucket == element.id for one in architecture.observability.flow_logs.values())


def bucket(balancer: LoadBalancer, architecture: Architecture, attribute: str = "id") -> Reference:
    """Refer to the bucket that a load balancer writes its access logs to."""
    return Reference(f"aws_s3_bucket.{_name(balancer, architecture)}.{attribute}")


def policy(balancer: LoadBalancer, architecture: Architecture) -> Reference:
    """Refer to the policy of that bucket: Elastic Load Balancing tries to write as soon as logging is switched on."""
    return Reference(f"aws_s3_bucket_policy.{_name(balancer, architecture)}")


def _name(balancer: LoadBalancer, architecture: Architecture) -> str:
    stated = stated_bucket(balancer, architecture)
    return slug(stated) if stated else NAME


def _settings(
    owner: Element, balancers: Sequence[LoadBalancer], architecture: Architecture, *, has_bucket_logs: bool
) -> Settings:
    # Names of buckets are shared by the whole world, hence the account.
    end = f"-logs-{architecture.region}"
    room = bucket_settings.NAME_LIMIT - bucket_settings.ACCOUNT_LENGTH - 1 - len(end)
    stem = shortened(named(architecture, "").rstrip("-"), room)
    arn = Reference(f"aws_s3_bucket.{NAME}.arn")
    return Settings(
        address=NAME,
        part_of=owner.id,
        name=Template((f"{stem}-", ACCOUNT, end)),
        rules=[bucket_settings.rule("expire", 30, expiration=Block({"days": 365}))],
        statements=[
            *([_bucket_logs(arn)] if has_bucket_logs else []),
            bucket_settings.only_encrypted(arn),
            *delivery(balancers, arn, architecture.region),
        ],
    )


def _bucket_logs(arn: Reference) -> Value:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html"""
    who = policies.of_this_account("logging.s3")
    return {**policies.allow(("s3:PutObject",), (), Sid="BucketLogs", **who), "Resource": Template((arn, "/*"))}


def delivery(balancers: Collection[LoadBalancer], arn: Reference, region: str) -> Iterator[Value]:
    """Yield the statements that let load balancers write their access logs to a bucket."""
    kinds = {one.type for one in balancers}
    logs = Template((arn, "/AWSLogs/", ACCOUNT, "/*"))
    if "application" in kinds:
        yield _allow("ApplicationLogs", {"Principal": _application_principal(region)}, "s3:PutObject", logs)
    if "network" in kinds:
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
        who = policies.of_this_account("delivery.logs")
        yield _allow("NetworkLogs", who, "s3:PutObject", logs)
        yield _allow("NetworkLogsCheck", who, "s3:GetBucketAcl", arn)


def _application_principal(region: str) -> Value:
    if region in _ACCOUNTS:
        return {"AWS": f"arn:{partition(region)}:iam::{_ACCOUNTS[region]}:root"}
    return {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}


def _allow(name: str, who: IamStatement, action: str, resource: Value) -> IamStatement:
    return {"Sid": name, "Effect": "Allow", **who, "Action": action, "Resource": resource}
