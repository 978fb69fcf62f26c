"""Databases in RDS: instances, with their logs, monitoring and parameters."""

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING
from typing import NamedTuple

from archspec.exporters.terraform import identity
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated
from archspec.exporters.terraform.observability import (
    DATABASE_LOGS,
    database_identifier,
    database_log_groups,
)
from archspec.exporters.terraform.resource import (
    Part,
    Resource,
    named,
    origin,
    reasons,
    refer,
    slug,
)
from archspec.exporters.terraform.security import key
from archspec.exporters.terraform.stores import class_variable, encryption, security_groups, subnet_group
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_DAY = 86400
_BACKUP_DAYS = 7
_STORAGE_GIB = 20
_STORAGE = re.compile(r"(?P<size>\d+)\s*(?P<unit>[GT])i?B(\s+(?P<type>gp[23]))?", re.IGNORECASE)
_UNITS = {"G": 1, "T": 1024}


class _Engine(NamedTuple):
    """What differs between engines: the default version, how many parts of it name the family, settings."""

    version: str
    family_parts: int
    parameters: dict[str, str]


_SLOW_QUERIES = {"log_output": "FILE", "long_query_time": "1", "slow_query_log": "1"}
_ENGINES = {
    "postgres": _Engine("17", 1, {"log_min_duration_statement": "1000", "log_statement": "ddl", "rds.force_ssl": "1"}),
    "mysql": _Engine("8.4", 2, {**_SLOW_QUERIES, "require_secure_transport": "1"}),
    "mariadb": _Engine("11.4", 2, {**_SLOW_QUERIES, "require_secure_transport": "1"}),
}
"""Encrypted connections: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html

A version stands in a parameter group's family, so one has to be named where a spec names none. These are archspec's own
choice: majors that RDS supports, the same in every export whatever AWS's own default is that day. RDS completes a major
with its latest minor.
https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
"""

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
_NO_INSIGHTS = re.compile(r"db\.(t2\..*|t3\.(micro|small)|t4g\.(micro|small))")


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the databases with what they need around them."""
    for database in architecture.data.databases.values():
        yield from _database(database, architecture)


def _database(database: Database, architecture: Architecture) -> Iterator[Part]:
    if not database.class_:
        yield class_variable(database)
    yield subnet_group("aws_db_subnet_group", database, architecture)
    yield _parameter_group(database, architecture)
    yield identity.role(database, "monitoring", "monitoring.rds", architecture)
    policy = "service-role/AmazonRDSEnhancedMonitoringRole"
    yield from identity.managed(database, "monitoring", policy, architecture)
    yield Resource(
        "aws_db_instance",
        slug(database.id),
        origin(database),
        {
            **_instance(database, architecture),
            **_placement(database),
            **_protection(database, architecture),
            **_observation(database),
        },
        reasons(database, *_assumptions(database)),
    )


def _assumptions(database: Database) -> Iterator[str]:
    if not database.engine_version:
        yield f"derived: no engine version is stated, so it is {_version(database)}"
    if not database.storage:
        yield f"derived: no storage is stated, so it is {_STORAGE_GIB} GiB"
    elif not _STORAGE.fullmatch(database.storage):
        yield f"Not exported: the storage '{database.storage}', which is not like '100 GB gp3'."
    if database.backups is None or database.backups.retention is None:
        yield f"derived: no retention of backups is stated, so it is {_BACKUP_DAYS} days"


def _parameter_group(database: Database, architecture: Architecture) -> Resource:
    engine = _ENGINES[database.engine]
    family = ".".join(_version(database).split(".")[: engine.family_parts])
    parameters = [Block({"name": name, "value": value}) for name, value in engine.parameters.items()]
    return Resource(
        "aws_db_parameter_group",
        slug(database.id),
        origin(database),
        {
            # A new major version wants a group of its own while the old one is still in use.
            "name": named(architecture, f"{database.id}-{database.engine}{family.replace('.', '-')}"),
            "description": f"{database.id} of {architecture.name}",
            "family": f"{database.engine}{family}",
            "parameter": Repeated(tuple(parameters)),
            "lifecycle": Block({"create_before_destroy": True}),
        },
        ("Connections are encrypted; schema changes and slow queries are logged.",),
    )


def _version(database: Database) -> str:
    return database.engine_version or _ENGINES[database.engine].version


def _instance(database: Database, architecture: Architecture) -> Body:
    storage = _STORAGE.fullmatch(database.storage)
    return {
        "identifier": database_identifier(database, architecture),
        "engine": database.engine,
        "engine_version": _version(database),
        "instance_class": database.class_ or class_variable(database).reference,
        "allocated_storage": int(storage["size"]) * _UNITS[storage["unit"].upper()] if storage else _STORAGE_GIB,
        "storage_type": ((storage and storage["type"]) or "gp3").lower(),
        "username": "dbadmin",
        "manage_master_user_password": True,
        "master_user_secret_kms_key_id": key("secrets"),
        "iam_database_authentication_enabled": True,
        "parameter_group_name": refer("aws_db_parameter_group", database.id, "name"),
        "auto_minor_version_upgrade": True,
    }


def _placement(database: Database) -> Body:
    primary = next((one.az for one in database.members if one.role == "primary"), None)
    return {
        "multi_az": database.multi_az,
        # RDS chooses the AZs of a Multi-AZ instance itself.
        "availability_zone": None if database.multi_az else primary,
        "db_subnet_group_name": refer("aws_db_subnet_group", database.id, "name"),
        "vpc_security_group_ids": security_groups(database),
        "port": database.listens,
        "publicly_accessible": database.public,
    }


def _protection(database: Database, architecture: Architecture) -> Body:
    identifier = database_identifier(database, architecture)
    return {
        **encryption(database, "storage_encrypted"),
        "backup_retention_period": _backup_days(database),
        "copy_tags_to_snapshot": True,
        "deletion_protection": True,
        "skip_final_snapshot": False,
        "final_snapshot_identifier": f"{identifier}-final",
    }


def _backup_days(database: Database) -> int:
    """Round what is stated up to whole days, which is all that RDS counts."""
    retention = database.backups.retention if database.backups else None
    if retention is None:
        return _BACKUP_DAYS
    return int((retention.high / _DAY).to_integral_value(ROUND_CEILING))


def _observation(database: Database) -> Body:
    has_insights = database.engine == "postgres" or not _NO_INSIGHTS.fullmatch(database.class_)
    return {
        "enabled_cloudwatch_logs_exports": list(DATABASE_LOGS[database.engine]),
        "monitoring_interval": 60,
        "monitoring_role_arn": identity.role_arn(database, "monitoring"),
        "performance_insights_enabled": has_insights,
        "performance_insights_kms_key_id": key("data") if has_insights and database.encrypted is not False else None,
        "depends_on": [
            *database_log_groups(database),
            Reference(f"aws_iam_role_policy_attachment.{slug(database.id, 'monitoring')}"),
        ],
    }
