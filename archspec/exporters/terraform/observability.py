"""Log groups, and the flow logs of VPCs."""

from collections.abc import Iterator

from archspec.exporters.terraform import identity
from archspec.exporters.terraform.hcl import Reference, Template
from archspec.exporters.terraform.resource import Resource, named, origin, refer, slug
from archspec.exporters.terraform.security import key
from archspec.model.architecture import Architecture
from archspec.model.data import Database
from archspec.model.element import Element
from archspec.model.network import Vpc

_RETENTION_DAYS = 365

DATABASE_LOGS = {
    "postgres": ("postgresql", "upgrade"),
    "mysql": ("error", "slowquery"),
    "mariadb": ("error", "slowquery"),
}
"""Engine → the logs that go to CloudWatch. Not MySQL's general log: it holds every statement's data.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
"""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield a log group for everything that writes logs, and the flow logs of every VPC."""
    for vpc in architecture.network.vpcs.values():
        yield from _flow_logs(vpc, architecture)
    for service in architecture.compute.services.values():
        yield _log_group(service, (), f"/ecs/{architecture.name}/{service.id}")
    for database in architecture.data.databases.values():
        yield from _database_log_groups(database, architecture)


def _log_group(element: Element, log: tuple[str, ...], name: str) -> Resource:
    return Resource(
        "aws_cloudwatch_log_group",
        slug(element.id, *log),
        origin(element),
        {"name": name, "retention_in_days": _RETENTION_DAYS, "kms_key_id": key("logs")},
        (f"Logs of {element.id}; no retention is stated, so they stay a year.",),
    )


def _flow_logs(vpc: Vpc, architecture: Architecture) -> Iterator[Resource]:
    """https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html"""
    group = refer("aws_cloudwatch_log_group", vpc.id, "arn")
    actions = (
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
    )
    yield _log_group(vpc, (), f"/vpc/{named(architecture, vpc.id)}/flow-logs")
    yield identity.role(vpc, "flow-logs", "vpc-flow-logs", architecture)
    yield identity.inline(vpc, "flow-logs", actions, [group, Template((group, ":*"))])
    yield Resource(
        "aws_flow_log",
        slug(vpc.id),
        origin(vpc),
        {
            "vpc_id": refer("aws_vpc", vpc.id),
            "traffic_type": "ALL",
            "log_destination": group,
            "iam_role_arn": identity.role_arn(vpc, "flow-logs"),
            "tags": {"Name": named(architecture, vpc.id)},
        },
    )


def _database_log_groups(database: Database, architecture: Architecture) -> Iterator[Resource]:
    """Make the log groups before RDS does, which would neither encrypt them nor ever delete anything."""
    for log in DATABASE_LOGS[database.engine]:
        name = f"/aws/rds/instance/{database_identifier(database, architecture)}/{log}"
        yield _log_group(database, (log,), name)


def database_log_groups(database: Database) -> list[Reference]:
    """Refer to the log groups of a database, for what has to come after them."""
    return [Reference(f"aws_cloudwatch_log_group.{slug(database.id, log)}") for log in DATABASE_LOGS[database.engine]]


def database_identifier(database: Database, architecture: Architecture) -> str:
    """Return what RDS calls a database; its log groups are named for it."""
    return named(architecture, database.id, 63)
