"""Clusters of Aurora: the cluster with its storage, and instances that share it."""

from collections.abc import Iterator
from decimal import Decimal

from archspec.exporters.terraform.amounts import number
from archspec.exporters.terraform.database_logs import database_log_groups, database_logs
from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.monitoring import can_have_insights, insights, monitoring, monitoring_policy
from archspec.exporters.terraform.rds import cluster, notes, sign_in
from archspec.exporters.terraform.resource import Part, Resource, origin, reasons, refer, slug
from archspec.exporters.terraform.seats import Seat, is_serverless, seat_class, seat_name, seats, sized
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_LEAST_CAPACITY = (Decimal("0.5"), Decimal(1))
_BACKTRACK_SECONDS = 86400
_NO_BACKTRACK = ("af-south-1", "ap-east-1", "cn-northwest-1", "eu-north-1", "eu-south-1", "me-south-1", "sa-east-1")
"""https://repost.aws/knowledge-center/aurora-mysql-cluster-backtrack"""


def resources(database: Database, architecture: Architecture) -> Iterator[Part]:
    """Yield a cluster and its instances."""
    yield Resource(
        "aws_rds_cluster",
        slug(database.id),
        origin(database),
        _cluster(database, architecture),
        reasons(database, *notes(database, architecture), *_notes(database)),
    )
    for seat in seats(database):
        yield _instance(database, seat, architecture)


def _cluster(database: Database, architecture: Architecture) -> Body:
    return {
        **cluster(database, architecture, sign_in(database)),
        "copy_tags_to_snapshot": True,
        "backtrack_window": _backtrack(database, architecture),
        "enabled_cloudwatch_logs_exports": list(database_logs(database)),
        "serverlessv2_scaling_configuration": _scaling(database),
        "depends_on": database_log_groups(database) or None,
    }


def _backtrack(database: Database, architecture: Architecture) -> int | None:
    """Return how many seconds a cluster can be turned back: a day, where Aurora can do that.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
    """
    can = database.engine == "aurora-mysql" and not is_serverless(database)
    is_there = architecture.region not in _NO_BACKTRACK
    return _BACKTRACK_SECONDS if can and is_there else None


def _scaling(database: Database) -> Block | None:
    if not is_serverless(database):
        return None
    stated = database.capacity
    least, most = (stated.min.low, stated.max.high) if stated else _LEAST_CAPACITY
    return Block({"min_capacity": number(least), "max_capacity": number(most)})


def _notes(database: Database) -> Iterator[str]:
    if is_serverless(database) and not database.capacity:
        yield "derived: no capacity is stated, so it is the least there is"
    if not database.members and database.multi_az:
        yield "derived: no instance is stated, and Multi-AZ takes a second one"
    if database.multi_az and len(database.members) == 1:
        yield "Not exported: Multi-AZ: a cluster of one instance is in one AZ."
    if database.storage:
        yield f"Not exported: the storage '{database.storage}': Aurora's grows by itself."
    if database.max_storage or database.provisioned_iops:
        yield "Not exported: the bounds of storage: Aurora has none to set."


def _instance(database: Database, seat: Seat, architecture: Architecture) -> Resource:
    writer = [] if seat.number == 1 else [Reference(f"aws_rds_cluster_instance.{slug(database.id, '1')}")]
    class_ = seat_class(database, seat.stated)
    what = "reader" if writer else "writer"
    cannot = database.performance_insights is not False and not can_have_insights(database, class_, architecture)
    without = f"Not exported: Performance Insights, which AWS does not offer for {class_}." if cannot else ""
    return Resource(
        "aws_rds_cluster_instance",
        slug(database.id, str(seat.number)),
        origin(database, *seat.path),
        {
            "identifier": seat_name(database, seat, architecture),
            "cluster_identifier": refer("aws_rds_cluster", database.id),
            "engine": refer("aws_rds_cluster", database.id, "engine"),
            "engine_version": refer("aws_rds_cluster", database.id, "engine_version"),
            "instance_class": sized(database, seat.stated),
            "availability_zone": (seat.stated.az if seat.stated else "") or None,
            "promotion_tier": promotion_tier(seat),
            "publicly_accessible": database.public,
            "auto_minor_version_upgrade": True,
            "copy_tags_to_snapshot": True,
            **monitoring(database),
            **insights(database, class_, "performance_insights_enabled", architecture),
            "depends_on": [*writer, *monitoring_policy(database)] or None,
        },
        tuple(filter(None, (f"The {what} of {database.id}.", without))),
    )


def promotion_tier(seat: Seat) -> int:
    """Return the tier of an instance: as stated, else 0 for the writer and 1 for those that take its place."""
    stated = seat.stated.promotion_tier if seat.stated else None
    return stated if stated is not None else min(seat.number - 1, 1)
