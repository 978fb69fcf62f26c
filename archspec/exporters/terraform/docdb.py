"""Clusters of DocumentDB."""

from collections.abc import Iterator

from archspec.exporters.terraform.aurora import promotion_tier
from archspec.exporters.terraform.database_logs import database_log_groups, database_logs
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.monitoring import insights
from archspec.exporters.terraform.rds import cluster, notes
from archspec.exporters.terraform.resource import Part, Resource, origin, reasons, refer, slug
from archspec.exporters.terraform.seats import SERVERLESS, Seat, seat_class, seat_name, seats, sized
from archspec.model.architecture import Architecture
from archspec.model.data import Database


def problem(database: Database) -> str:
    """Say why a cluster cannot be exported: version 5.100 of Terraform's provider has no capacity for DocumentDB."""
    classes = {database.class_, *(one.class_ for one in database.members)}
    is_serverless = database.capacity is not None or SERVERLESS in classes
    return "serverless DocumentDB is not exported" if is_serverless and database.engine == "docdb" else ""


def resources(database: Database, architecture: Architecture) -> Iterator[Part]:
    """Yield a cluster and its instances."""
    yield Resource(
        "aws_docdb_cluster",
        slug(database.id),
        origin(database),
        _cluster(database, architecture),
        reasons(database, *notes(database, architecture), *_notes(database)),
    )
    for seat in seats(database):
        yield _instance(database, seat, architecture)


def _cluster(database: Database, architecture: Architecture) -> Body:
    return {
        **cluster(database, architecture, {"manage_master_user_password": True}),
        "enabled_cloudwatch_logs_exports": list(database_logs(database)),
        "depends_on": database_log_groups(database) or None,
    }


def _notes(database: Database) -> Iterator[str]:
    """https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html"""
    if database.storage:
        yield f"Not exported: the storage '{database.storage}': DocumentDB's grows by itself."
    if database.public:
        yield "Not exported: that it is public: DocumentDB has no public addresses."
    if database.enhanced_monitoring:
        yield "Not exported: enhanced monitoring, which DocumentDB does not have."
    if database.iam_auth is not None:
        yield "Not exported: IAM authentication, which is a matter of DocumentDB's users."
    if database.multi_az and len(database.members) == 1:
        yield "Not exported: Multi-AZ: a cluster of one instance is in one AZ."


def _instance(database: Database, seat: Seat, architecture: Architecture) -> Resource:
    writer = [] if seat.number == 1 else [Reference(f"aws_docdb_cluster_instance.{slug(database.id, '1')}")]
    class_ = seat_class(database, seat.stated)
    return Resource(
        "aws_docdb_cluster_instance",
        slug(database.id, str(seat.number)),
        origin(database, *seat.path),
        {
            "identifier": seat_name(database, seat, architecture),
            "cluster_identifier": refer("aws_docdb_cluster", database.id),
            "instance_class": sized(database, seat.stated),
            "availability_zone": (seat.stated.az if seat.stated else "") or None,
            "promotion_tier": promotion_tier(seat),
            "auto_minor_version_upgrade": True,
            "copy_tags_to_snapshot": True,
            **insights(database, class_, "enable_performance_insights", architecture),
            "depends_on": writer or None,
        },
        (f"The {'reader' if writer else 'writer'} of {database.id}.",),
    )
