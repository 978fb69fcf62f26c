"""Where data rests: databases and caches, their instances and their backups."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from archspec.model.element import Element, Feature, Model, Refers, SecurityGroupId, Status, SubnetId, Switch
from archspec.model.ports import Port
from archspec.model.quantity import Duration

DatabaseEngine = Literal["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql", "docdb"]
CacheEngine = Literal["redis", "valkey", "memcached"]

DEFAULT_PORTS: dict[str, int] = {
    "postgres": 5432,
    "aurora-postgresql": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "aurora-mysql": 3306,
    "docdb": 27017,
    "redis": 6379,
    "valkey": 6379,
    "memcached": 11211,
}
"""Engine → the port on which it listens unless told otherwise.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html,
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""


def _class(prefix: str) -> BeforeValidator:
    def parse(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(rf"{prefix}\.[a-z0-9][a-z0-9.-]*", value):
            raise PydanticCustomError("class", "expected a class such as {prefix}.t4g.medium", {"prefix": prefix})
        return value

    return BeforeValidator(parse)


DatabaseClass = Annotated[str, _class("db")]
CacheClass = Annotated[str, _class("cache")]


class Instance(Model):
    """A member of a database or cache, and the AZ it stands in."""

    role: Literal["primary", "standby", "reader", "replica"]
    az: str
    status: Status = "current"


class Backups(Model):
    """What is kept to restore from. `every` is the interval of automated backups."""

    every: Duration | None = None
    retention: Duration | None = None
    point_in_time: Switch = False
    cross_region: Feature | None = None


class Store(Element):
    """What databases and caches share. `rebuild_from` names the store that a cache is filled from again."""

    attached: ClassVar[bool] = True

    engine: DatabaseEngine | CacheEngine
    engine_version: str = ""
    class_: str = Field("", alias="class")
    port: Port | None = None
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...]
    instances: tuple[Instance, ...] = ()
    multi_az: Switch = False
    encrypted: Switch | None = None
    backups: Backups | None = None
    rebuild_from: Annotated[str, Refers(("database", "cache"))] = ""

    @property
    def members(self) -> tuple[Instance, ...]:
        """The instances that are there today."""
        return tuple(instance for instance in self.instances if instance.status == "current")

    @property
    def listens(self) -> int:
        """The port on which it listens."""
        return self.port if self.port is not None else DEFAULT_PORTS[self.engine]


class Database(Store):
    """An RDS database: an instance with an optional standby, or a cluster with a writer and readers.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
    """

    kind: ClassVar[str] = "database"
    home: ClassVar[tuple[str, str]] = ("data", "databases")

    engine: DatabaseEngine
    class_: DatabaseClass = Field("", alias="class")
    storage: str = ""
    public: Switch = False


class Cache(Store):
    """An ElastiCache cache: a primary and its replicas."""

    kind: ClassVar[str] = "cache"
    home: ClassVar[tuple[str, str]] = ("data", "caches")

    engine: CacheEngine
    class_: CacheClass = Field("", alias="class")


class DataArea(Model):
    """The `data:` section."""

    databases: dict[str, Database] = {}
    caches: dict[str, Cache] = {}
