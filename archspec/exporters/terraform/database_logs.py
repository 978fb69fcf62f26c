"""The logs of databases that go to CloudWatch: which, and the log groups that AWS writes them to."""

from collections.abc import Mapping

from archspec.exporters.terraform.hcl import Reference
from archspec.exporters.terraform.resource import named, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Database

CLUSTERS = frozenset({"aurora-mysql", "aurora-postgresql", "docdb"})
"""The engines that run as clusters, whose storage their instances share."""

_NAME_LIMIT = 63
_KINDS: Mapping[str, tuple[str, ...]] = {
    "postgres": ("postgresql", "upgrade", "iam-db-auth-error"),
    "mysql": ("audit", "error", "general", "slowquery", "iam-db-auth-error"),
    "mariadb": ("audit", "error", "general", "slowquery"),
    "aurora-postgresql": ("postgresql", "instance", "iam-db-auth-error"),
    "aurora-mysql": ("audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"),
    "docdb": ("audit", "profiler"),
}
"""Engine → the logs that it can send.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html
"""

_USUAL: Mapping[str, tuple[str, ...]] = {
    "postgres": ("postgresql", "upgrade"),
    "mysql": ("error", "slowquery"),
    "mariadb": ("error", "slowquery"),
    "aurora-postgresql": ("postgresql",),
    "aurora-mysql": ("audit", "error", "slowquery"),
    "docdb": ("audit", "profiler"),
}
"""Engine → what it sends unless the spec says so. Not MySQL's general log: it holds every statement's data.

Not the audit log of MySQL and MariaDB in RDS, which takes an option group.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
"""


def database_logs(database: Database) -> tuple[str, ...]:
    """Return the logs that a database sends to CloudWatch, by the names that AWS has for them."""
    known = _KINDS[database.engine]
    stated = {_normal(log) for log in database.logs}
    return tuple(log for log in known if _normal(log) in stated) if database.logs else _USUAL[database.engine]


def unknown_logs(database: Database) -> tuple[str, ...]:
    """Return the stated logs that the engine cannot send."""
    known = {_normal(log) for log in _KINDS[database.engine]}
    return tuple(log for log in database.logs if _normal(log) not in known)


def _normal(log: str) -> str:
    """Write `slow query log` and `slowquery` alike."""
    return "".join(filter(str.isalnum, log.lower().removesuffix("logs").removesuffix("log")))


def log_group_names(database: Database, architecture: Architecture) -> dict[str, str]:
    """Return the log group of each log, by log. AWS chooses the names."""
    shape = "docdb" if database.engine == "docdb" else f"rds/{'cluster' if database.engine in CLUSTERS else 'instance'}"
    identifier = database_identifier(database, architecture)
    return {log: f"/aws/{shape}/{identifier}/{log}" for log in database_logs(database)}


def database_log_groups(database: Database) -> list[Reference]:
    """Refer to the log groups of a database, for what has to come after them."""
    return [Reference(f"aws_cloudwatch_log_group.{slug(database.id, log)}") for log in database_logs(database)]


def database_identifier(database: Database, architecture: Architecture) -> str:
    """Return what AWS calls a database; its log groups are named for it."""
    return named(architecture, database.id, _NAME_LIMIT)
