"""Instances of RDS, and their read replicas."""

import re
from collections.abc import Iterator

from archspec.exporters.terraform import engines
from archspec.exporters.terraform.database_logs import database_identifier, database_log_groups, database_logs
from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.monitoring import can_have_insights, insights, monitoring, monitoring_policy
from archspec.exporters.terraform.rds import backup_days, notes, placement, protection, sign_in
from archspec.exporters.terraform.resource import Part, Resource, Variable, origin, reasons, refer, slug
from archspec.exporters.terraform.seats import Seat, instance_class, replicas, seat_name
from archspec.exporters.terraform.stores import (
    backup_window,
    class_variable,
    maintenance_window,
    security_groups,
    written,
)
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_STORAGE = re.compile(
    r"(?P<size>[0-9]+)\s*(?P<unit>[GT])i?B(\s+(?P<type>gp[23]|io[12]))?(\s*\(.*\))?", re.IGNORECASE | re.DOTALL
)
_UNITS = {"G": 1, "T": 1024}
_LEAST_GIB = {"gp": 20, "io": 100}
"""Kind of storage → the least of it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"""


def resources(database: Database, architecture: Architecture) -> Iterator[Part]:
    """Yield an instance with its read replicas, and the variable for what nobody states."""
    if database.provisioned_iops:
        yield _iops(database)
    yield Resource(
        "aws_db_instance",
        slug(database.id),
        origin(database),
        {
            **_instance(database, architecture),
            **_where(database),
            **protection(database, architecture),
            "backup_window": written(backup_window(database)),
            "maintenance_window": maintenance_window(database),
            "copy_tags_to_snapshot": True,
            **_observation(database, architecture),
        },
        reasons(database, *notes(database, architecture), *_notes(database, architecture)),
    )
    for seat in replicas(database):
        yield _replica(database, seat, architecture)


def _iops(database: Database) -> Variable:
    return Variable(f"iops_{slug(database.id)}", f"provisioned IOPS of {database.id}, which the spec does not state")


def _instance(database: Database, architecture: Architecture) -> Body:
    return {
        "identifier": database_identifier(database, architecture),
        "engine": database.engine,
        "engine_version": engines.version(database),
        "instance_class": instance_class(database) or class_variable(database).reference,
        **_storage(database),
        "username": "dbadmin",
        **sign_in(database),
        "parameter_group_name": refer("aws_db_parameter_group", database.id, "name"),
        "auto_minor_version_upgrade": True,
    }


def _storage(database: Database) -> Body:
    stated = _STORAGE.fullmatch(database.storage)
    default = "io2" if database.provisioned_iops else "gp3"
    kind = ((stated and stated["type"]) or default).lower()
    least = _LEAST_GIB[kind[:2]]
    size = int(stated["size"]) * _UNITS[stated["unit"].upper()] if stated else least
    return {
        "allocated_storage": size,
        "max_allocated_storage": int(database.max_storage.high) if database.max_storage else None,
        "storage_type": kind,
        "iops": _iops(database).reference if database.provisioned_iops else None,
    }


def _where(database: Database) -> Body:
    primary = next((one.az for one in database.members if one.role == "primary"), None)
    multi_az = database.multi_az or any(one.role == "standby" for one in database.members)
    return {
        "multi_az": multi_az,
        # RDS chooses the AZs of a Multi-AZ instance itself.
        "availability_zone": None if multi_az else primary or None,
        **placement(database),
        "publicly_accessible": database.public,
    }


def _observation(database: Database, architecture: Architecture) -> Body:
    class_ = instance_class(database)
    return {
        "enabled_cloudwatch_logs_exports": list(database_logs(database)),
        **monitoring(database),
        **insights(database, class_, "performance_insights_enabled", architecture),
        "depends_on": [*database_log_groups(database), *monitoring_policy(database)] or None,
    }


def _notes(database: Database, architecture: Architecture) -> Iterator[str]:
    least = _LEAST_GIB["io" if database.provisioned_iops else "gp"]
    if not database.storage:
        yield f"derived: no storage is stated, so it is {least} GiB"
    elif not _STORAGE.fullmatch(database.storage):
        yield f"Not exported: the storage '{database.storage}', which is not like '100 GB gp3'."
    class_ = instance_class(database)
    if database.performance_insights is not False and not can_have_insights(database, class_, architecture):
        yield f"Not exported: Performance Insights, which AWS does not offer for {class_}."
    if database.capacity:
        yield f"Not exported: the capacity: {database.engine} is not serverless."


def _replica(database: Database, seat: Seat, architecture: Architecture) -> Resource:
    """Return a read replica. It takes the engine, the storage, its key and the password of what it follows.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
    """
    class_ = (seat.stated.class_ if seat.stated else "") or instance_class(database)
    return Resource(
        "aws_db_instance",
        slug(database.id, str(seat.number)),
        origin(database, *seat.path),
        {
            "identifier": seat_name(database, seat, architecture),
            "replicate_source_db": refer("aws_db_instance", database.id, "identifier"),
            "instance_class": class_ or class_variable(database).reference,
            "availability_zone": (seat.stated.az if seat.stated else "") or None,
            "iam_database_authentication_enabled": database.iam_auth is not False,
            "parameter_group_name": refer("aws_db_parameter_group", database.id, "name"),
            "auto_minor_version_upgrade": True,
            "vpc_security_group_ids": security_groups(database),
            "port": database.listens,
            "publicly_accessible": database.public,
            "storage_encrypted": database.encrypted is not False,
            "deletion_protection": database.deletion_protection is not False,
            "skip_final_snapshot": True,
            "copy_tags_to_snapshot": True,
            **monitoring(database),
            **insights(database, class_, "performance_insights_enabled", architecture),
            "depends_on": monitoring_policy(database) or None,
        },
        (
            "A read replica; its logs stay on it, and the last snapshot is the one of what it follows.",
            *([] if backup_days(database) else ["AWS refuses it: what it follows keeps no backups."]),
        ),
    )
