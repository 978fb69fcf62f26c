"""Logs of what is asked of public zones.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html
"""

from collections.abc import Iterator

from archspec.exporters.terraform import log_groups, policies
from archspec.exporters.terraform.dns_names import spelled
from archspec.exporters.terraform.hcl import Reference, Template
from archspec.exporters.terraform.resource import ACCOUNT, Resource, in_region, named, origin, partition, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.edge import Zone

REGION = "us-east-1"
"""Where the log groups have to be."""

_PART = "queries"
_POLICY = slug("derived", "policy", "query-logs")
_GROUPS = "/aws/route53/"


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield a log group for each public zone, and what lets Route 53 write there. Only in `aws` it does that."""
    public = [one for one in architecture.edge.zones.values() if not one.private and spelled(one.domain)]
    logged = public if partition(architecture.region) == "aws" else []
    for owner in logged[:1]:
        yield _permission(owner, architecture)
    for zone in logged:
        there = in_region(REGION, architecture)
        name = f"{_GROUPS}{named(architecture, zone.id)}"
        yield log_groups.derived(zone, name, _PART, there=there)
        yield Resource(
            "aws_route53_query_log",
            slug(zone.id),
            origin(zone),
            {
                "zone_id": refer("aws_route53_zone", zone.id, "zone_id"),
                "cloudwatch_log_group_arn": refer("aws_cloudwatch_log_group", (zone.id, _PART), "arn"),
                # Route 53 tries to write as soon as logging is switched on.
                "depends_on": [Reference(f"aws_cloudwatch_log_resource_policy.{_POLICY}")],
            },
        )


def _permission(owner: Zone, architecture: Architecture) -> Resource:
    """For all groups at once: an account has ten such policies in a Region, of 5120 characters each.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    """
    groups = f":log-group:{_GROUPS}{named(architecture, '*')}:*"
    allowed = policies.allow(
        ("logs:CreateLogStream", "logs:PutLogEvents"),
        [Template((f"arn:{partition(architecture.region)}:logs:{REGION}:", ACCOUNT, groups))],
        Sid="QueryLogs",
        **policies.of_this_account("route53"),
    )
    return Resource(
        "aws_cloudwatch_log_resource_policy",
        _POLICY,
        origin(owner),
        {
            **in_region(REGION, architecture),
            "policy_name": named(architecture, "query-logs"),
            "policy_document": policies.document([allowed]),
        },
        ("Route 53 may log what is asked of public zones.",),
    )
