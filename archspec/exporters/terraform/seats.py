"""The instances of a cluster, and the copies of an instance: which there are, in which order, and of which class."""

from typing import NamedTuple

from archspec.exporters.terraform.database_logs import CLUSTERS
from archspec.exporters.terraform.hcl import Reference
from archspec.exporters.terraform.resource import named
from archspec.exporters.terraform.stores import class_variable
from archspec.model.architecture import Architecture
from archspec.model.data import Database, Instance

SERVERLESS = "db.serverless"

_NAME_LIMIT = 63


class Seat(NamedTuple):
    """One instance: its number from 1, what is stated of it, and its position in the spec's list."""

    number: int
    stated: Instance | None = None
    position: int | None = None

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where it stands in its database."""
        return () if self.position is None else ("instances", self.position)


def seats(database: Database) -> tuple[Seat, ...]:
    """Return the instances of a cluster, the writer first. Where none is stated, Multi-AZ means two, else there is one.

    The first instance of a cluster becomes its writer, whatever it is called.
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    """
    there = [(i, one) for i, one in enumerate(database.instances) if one.status == "current"]
    ordered = sorted(there, key=lambda item: item[1].role != "primary")
    if not ordered:
        return tuple(Seat(number + 1) for number in range(2 if database.multi_az else 1))
    return tuple(Seat(number + 1, one, i) for number, (i, one) in enumerate(ordered))


def replicas(database: Database) -> tuple[Seat, ...]:
    """Return the read replicas of an instance of RDS, numbered from 2."""
    there = [(i, one) for i, one in enumerate(database.instances) if one.status == "current"]
    readers = [(i, one) for i, one in there if one.role in {"reader", "replica"}]
    return tuple(Seat(number + 2, one, i) for number, (i, one) in enumerate(readers))


def seat_class(database: Database, stated: Instance | None) -> str:
    """Return the class of an instance; nothing where none is stated."""
    own = stated.class_ if stated else ""
    return own or database.class_ or (SERVERLESS if is_serverless(database) else "")


def sized(database: Database, stated: Instance | None) -> str | Reference:
    """Return the class of an instance, or the variable for it."""
    return seat_class(database, stated) or class_variable(database).reference


def is_serverless(database: Database) -> bool:
    """Whether instances of a cluster grow and shrink by themselves."""
    classes = {database.class_, *(one.class_ for one in database.members)}
    return database.engine in CLUSTERS and (database.capacity is not None or SERVERLESS in classes)


def seat_name(database: Database, seat: Seat, architecture: Architecture) -> str:
    """Return what AWS calls an instance. Instances of every database share their names with databases of one."""
    taken = {id_.replace("/", "-") for id_ in architecture.data.databases}
    id_ = f"{database.id}-{seat.number}"
    while id_.replace("/", "-") in taken:
        id_ = f"{id_}-instance"
    return named(architecture, id_, _NAME_LIMIT)


def is_unsized(database: Database) -> bool:
    """Whether some instance has no class, so that somebody has to say which."""
    if database.engine in CLUSTERS:
        return any(not seat_class(database, seat.stated) for seat in seats(database))
    return not instance_class(database)


def instance_class(database: Database) -> str:
    """Return the class of an instance of RDS, which its standby has as well."""
    primary = next((one for one in database.members if one.role == "primary"), None)
    return database.class_ or (primary.class_ if primary else "")
