"""What AWS makes by itself, and no one who describes an architecture writes down."""

import re

from archspec.resources.resource import Resource

BY_AWS = "made by AWS"

_DEFAULTS = frozenset({
    "aws_default_network_acl",
    "aws_default_security_group",
    "aws_default_subnet",
    "aws_default_vpc",
    "aws_default_vpc_dhcp_options",
    "aws_iam_service_linked_role",
})  # fmt: skip
_OF_TARGET_TRACKING = re.compile(r"TargetTracking-")
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
_OWNED_SECRET = re.compile(r"(rds|redshift|events|appflow|databrew|datasync|directconnect|opsworks-cm)!")


def by_aws(resource: Resource) -> bool:
    """Whether a resource stands in every account, or belongs to one of AWS's services that made it."""
    values = resource.values
    match resource.type:
        case "aws_vpc" | "aws_subnet" | "aws_network_acl":
            return any(values.get(key) is True for key in ("default", "is_default", "default_for_az"))
        case "aws_security_group":
            return values.get("name") == "default"
        case "aws_cloudwatch_metric_alarm":
            return bool(_OF_TARGET_TRACKING.match(str(values.get("alarm_name", ""))))
        case "aws_secretsmanager_secret":
            owned = _OWNED_SECRET.match(str(values.get("name", "")))
            return bool(owned or values.get("owning_service"))
        case "aws_iam_role":
            return str(values.get("path", "")).startswith("/aws-service-role/")
        case _:
            return resource.type in _DEFAULTS
