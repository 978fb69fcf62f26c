"""Databases: instances of RDS, clusters of Aurora and DocumentDB, with what they need around them."""

from collections.abc import Iterator

from archspec.exporters.terraform import aurora, docdb, instances
from archspec.exporters.terraform.database_logs import CLUSTERS
from archspec.exporters.terraform.engines import parameter_group
from archspec.exporters.terraform.monitoring import monitoring_role
from archspec.exporters.terraform.resource import Part
from archspec.exporters.terraform.seats import is_unsized
from archspec.exporters.terraform.stores import class_variable, subnet_group
from archspec.model.architecture import Architecture
from archspec.model.data import Database


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the databases with what they need around them."""
    for database in architecture.data.databases.values():
        yield from _database(database, architecture)


def _database(database: Database, architecture: Architecture) -> Iterator[Part]:
    if is_unsized(database):
        yield class_variable(database)
    group = "aws_docdb_subnet_group" if database.engine == "docdb" else "aws_db_subnet_group"
    yield subnet_group(group, database, architecture)
    yield parameter_group(database, architecture)
    yield from monitoring_role(database, architecture)
    match database.engine:
        case "docdb":
            yield from docdb.resources(database, architecture)
        case engine if engine in CLUSTERS:
            yield from aurora.resources(database, architecture)
        case _:
            yield from instances.resources(database, architecture)
