"""Log groups: those that are stated, and one for each service that states none."""

from collections.abc import Iterator, Mapping

from archspec.exporters.terraform.database_logs import database_logs, log_group_names
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.keys import key
from archspec.exporters.terraform.resource import Resource, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Database
from archspec.model.element import Element
from archspec.model.observability import LogGroup

_DAY = 86400
_DEFAULT_DAYS = 365
_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""The days that CloudWatch keeps logs for.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
"""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the log groups that are stated, and those of the services that state none."""
    for group in architecture.observability.log_groups.values():
        if not _is_only_of_databases(group, architecture):
            yield _stated(group, architecture)
    for service in architecture.compute.services.values():
        if not service.log_group:
            yield derived(service, f"/ecs/{architecture.name}/{service.id}")
    for database in architecture.data.databases.values():
        yield from _of_database(database, architecture)


def derived(element: Element, name: str, *parts: str, there: Mapping[str, Reference] | None = None) -> Resource:
    """Return a log group that no one stated, for an element that writes logs.

    `there` is the provider of another Region, where the key for logs is not.
    """
    where: Body = there or {"kms_key_id": key("logs")}
    return Resource(
        "aws_cloudwatch_log_group",
        slug(element.id, *parts),
        origin(element),
        {"name": name, "retention_in_days": _DEFAULT_DAYS, **where},
        (f"Logs of {element.id}; no retention is stated, so they stay a year.",),
    )


def _of_database(database: Database, architecture: Architecture) -> Iterator[Resource]:
    """Make the log groups before RDS does, which would neither encrypt them nor ever delete anything.

    A stated group of a database is one for each of its logs, because AWS chooses the names.
    """
    stated = architecture.observability.log_groups.get(database.log_group)
    for log, name in log_group_names(database, architecture).items():
        if stated is None:
            yield derived(database, name, log)
        else:
            reason = f"RDS writes the {log} log of {database.id} here."
            yield Resource(
                "aws_cloudwatch_log_group",
                slug(database.id, log),
                origin(stated),
                _body(stated, name),
                reasons(stated, _why_so_long(stated), reason),
            )


def retention(group: LogGroup) -> int:
    """Return for how many days CloudWatch keeps a stated group's logs: at least as long as stated, 0 for ever."""
    if group.retention is None:
        return _DEFAULT_DAYS
    return next((days for days in _DAYS if days * _DAY >= group.retention.high), 0)


def _stated(group: LogGroup, architecture: Architecture) -> Resource:
    body = _body(group, _name(group, architecture))
    return Resource(
        "aws_cloudwatch_log_group", slug(group.id), origin(group), body, reasons(group, _why_so_long(group))
    )


def _body(group: LogGroup, name: str) -> Body:
    encryption_key = refer("aws_kms_key", group.key, "arn") if group.key else key("logs")
    return {"name": name, "retention_in_days": retention(group), "kms_key_id": encryption_key}


def _name(group: LogGroup, architecture: Architecture) -> str:
    """Return a group's name; WAF writes only to groups whose name begins so.

    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    """
    if any(acl.log_group == group.id for acl in architecture.edge.web_acls.values()):
        return f"aws-waf-logs-{named(architecture, group.id)}"
    return f"/{architecture.name}/{group.id}"


def _why_so_long(group: LogGroup) -> str:
    if group.retention is None:
        return "derived: no retention is stated, so logs stay a year"
    days = retention(group)
    if days * _DAY == group.retention.high:
        return ""
    kept = f"{days} days" if days else "for ever"
    return f"CloudWatch keeps logs for certain times only: {kept} is the next to {group.retention}."


def arns(group: Element, architecture: Architecture) -> list[Reference]:
    """Refer to the ARNs of what a stated group is: mostly itself, but of databases one for each of their logs."""
    if not isinstance(group, LogGroup) or not _is_only_of_databases(group, architecture):
        return [refer("aws_cloudwatch_log_group", group.id, "arn")]
    databases = [one for one in architecture.data.databases.values() if one.log_group == group.id]
    logs = [(one.id, log) for one in databases for log in database_logs(one)]
    return [refer("aws_cloudwatch_log_group", parts, "arn") for parts in logs]


def _is_only_of_databases(group: LogGroup, architecture: Architecture) -> bool:
    """Whether only databases write to a group: AWS chooses the names of their groups, one for each log."""
    named_by = {one.id for one in architecture.elements.values() if getattr(one, "log_group", "") == group.id}
    writers = {*named_by, *group.writers}
    return bool(named_by) and writers <= architecture.data.databases.keys()
