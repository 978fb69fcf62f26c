"""What instances and clusters of RDS have in common."""

from collections.abc import Iterator

from archspec.exporters.terraform.copies import MOST_DAYS, has_plan, odd_interval, retention_days
from archspec.exporters.terraform.database_logs import CLUSTERS, database_identifier, database_logs, unknown_logs
from archspec.exporters.terraform.engines import assumed_version, version
from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.keys import key
from archspec.exporters.terraform.resource import refer
from archspec.exporters.terraform.stores import (
    backup_window,
    encryption,
    maintenance_window,
    security_groups,
    unsaid,
    written,
)
from archspec.model.architecture import Architecture
from archspec.model.data import Database
from archspec.model.observability import LogGroup

_BACKUP_DAYS = 7


def sign_in(database: Database) -> Body:
    """Return how clients sign in: AWS makes the password, keeps it in a secret and changes it every week."""
    return {
        "manage_master_user_password": True,
        "master_user_secret_kms_key_id": key("secrets"),
        "iam_database_authentication_enabled": database.iam_auth is not False,
    }


def cluster(database: Database, architecture: Architecture, password: Body) -> Body:
    """Return what clusters of Aurora and DocumentDB begin with; `password` says how clients sign in."""
    group = "aws_docdb_cluster_parameter_group" if database.engine == "docdb" else "aws_rds_cluster_parameter_group"
    return {
        "cluster_identifier": database_identifier(database, architecture),
        "engine": database.engine,
        "engine_version": version(database),
        "master_username": "dbadmin",
        **password,
        "db_cluster_parameter_group_name": refer(group, database.id, "name"),
        **placement(database),
        **protection(database, architecture),
        "preferred_backup_window": written(backup_window(database)),
        "preferred_maintenance_window": maintenance_window(database),
    }


def placement(database: Database) -> Body:
    """Return the subnets, the security groups and the port of a database."""
    group = "aws_docdb_subnet_group" if database.engine == "docdb" else "aws_db_subnet_group"
    return {
        "db_subnet_group_name": refer(group, database.id, "name"),
        "vpc_security_group_ids": security_groups(database),
        "port": database.listens,
    }


def protection(database: Database, architecture: Architecture) -> Body:
    """Return what keeps data from being read or lost: on, unless the spec says no."""
    has_last = database.final_snapshot is not False
    return {
        **encryption(database, "storage_encrypted"),
        "backup_retention_period": backup_days(database),
        "deletion_protection": database.deletion_protection is not False,
        "skip_final_snapshot": not has_last,
        "final_snapshot_identifier": f"{database_identifier(database, architecture)}-final" if has_last else None,
    }


def backup_days(database: Database) -> int:
    """Return how many days automated backups are kept."""
    days = retention_days(database)
    least = 1 if database.engine in CLUSTERS else 0
    return _BACKUP_DAYS if days is None else min(max(days, least), MOST_DAYS)


def notes(database: Database, architecture: Architecture) -> Iterator[str]:
    """Yield what is derived for a database of any engine, and what of it its resources have no argument for."""
    yield assumed_version(database)
    days = retention_days(database)
    if days is None:
        yield f"derived: no retention of backups is stated, so it is {_BACKUP_DAYS} days"
    elif days > MOST_DAYS:
        yield f"Automated backups stay {MOST_DAYS} days, AWS's most; a plan of AWS Backup keeps them {days} days."
    elif days < backup_days(database):
        yield "Not exported: that no backups are kept: a cluster keeps those of a day at least."
    yield "" if has_plan(database, architecture) else odd_interval(database)
    if database.backups and database.backups.point_in_time is False and backup_days(database):
        yield "Not exported: no restore to a point in time: AWS can do it wherever backups are kept."
    if database.credentials:
        yield f"Not exported: its credentials in {', '.join(database.credentials)}: AWS makes a secret of its own."
    yield from _log_notes(database, architecture)
    if database.grows_at or database.grows_by:
        yield f"Not exported: grows at {database.grows_at}, by {database.grows_by}: AWS decides both."
    yield from unsaid(database)


def _log_notes(database: Database, architecture: Architecture) -> Iterator[str]:
    for log in unknown_logs(database):
        yield f"Not exported: the log '{log}', which {database.engine} does not send to CloudWatch."
    if "audit" in database_logs(database) and database.engine in {"mysql", "mariadb"}:
        yield "The audit log stays empty without an option group with MARIADB_AUDIT_PLUGIN, which is not exported."
    group = architecture.elements.get(database.log_group)
    if isinstance(group, LogGroup):
        yield f"Logs go to groups that AWS names, kept as {group.id} is."
