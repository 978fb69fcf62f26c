"""Where data rests: databases, caches and buckets, their instances, their backups, and proxies before them."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from archspec.model.classification import Classification
from archspec.model.element import (
    Element,
    ElementId,
    Feature,
    KeyId,
    LogGroupId,
    Model,
    Refers,
    RoleId,
    SecretId,
    SecurityGroupId,
    Status,
    SubnetId,
    Switch,
    WholeNumber,
)
from archspec.model.policy import Statement
from archspec.model.ports import Port
from archspec.model.quantity import Count, Duration, Percent, Size

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


_CLASS = r"\.[a-z0-9][a-z0-9.-]*"


def _class(prefix: str) -> BeforeValidator:
    def parse(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(f"{prefix}{_CLASS}", value):
            raise PydanticCustomError("class", "expected a class such as {prefix}.t4g.medium", {"prefix": prefix})
        return value

    return BeforeValidator(parse)


DatabaseClass = Annotated[str, _class("db"), WithJsonSchema({"type": "string", "pattern": rf"^db{_CLASS}$"})]
CacheClass = Annotated[str, _class("cache"), WithJsonSchema({"type": "string", "pattern": rf"^cache{_CLASS}$"})]


class Instance(Model):
    """A member of a database or cache, and the AZ it stands in."""

    role: Literal["primary", "standby", "reader", "replica"]
    """What it does: it is written to, stands by, or is read from."""
    az: str = ""
    """The Availability Zone that it stands in: `us-east-1a`."""
    name: str = ""
    """What AWS calls it."""
    class_: str = Field("", alias="class")
    """Its class, where it differs from that of the store: `db.r6g.large`."""
    promotion_tier: WholeNumber | None = None
    """Its place in the order of failover of an Aurora cluster: 0 is first."""
    status: Status = "current"
    note: str = ""


class Backups(Model):
    """What is kept to restore from: backups that AWS makes, copies of them, and snapshots that people take."""

    every: Duration | None = None
    """The interval of automated backups."""
    takes: Duration | None = None
    """How long a backup takes to be complete."""
    retention: Duration | None = None
    """How long backups are kept."""
    window: str = ""
    """When they are made: `03:00-04:00 UTC`."""
    point_in_time: Switch | None = None
    """Whether any second within the retention can be restored to."""
    cross_region: Feature | None = None
    """Whether backups are copied to another Region."""
    copy_every: Duration | None = None
    """How often they are copied; left out, as often as they are made."""
    copy_takes: Duration | None = None
    """How long a copy takes to be complete."""
    copy_key: KeyId = ""
    """The KMS key of the copies, in the other Region."""
    isolated: Feature | None = None
    """Whether a copy is out of reach of whoever can delete the database: in another account, or in a locked vault."""
    restore: Duration | None = None
    """How long a restore takes."""
    manual: str = ""
    """When people take snapshots of their own: `before each release`."""
    manual_retention: Duration | None = None
    """How long those are kept."""


class DistantReplica(Model):
    """A copy of a store in another Region that follows it."""

    region: str
    """The Region that it stands in."""
    lag: Duration | None = None
    """How far it may be behind."""
    promotion: Duration | None = None
    """How long it takes to become what is written to."""
    status: Status = "current"


class Capacity(Model):
    """The bounds of a serverless database, in Aurora Capacity Units (ACU)."""

    min: Count
    """The least capacity units (ACU); 0 where it may pause."""
    max: Count
    """The most capacity units (ACU)."""


class Pool(Model):
    """Connections that are kept open to a database."""

    library: str = ""
    """What keeps the connections: `pgbouncer`, `HikariCP`."""
    max: Percent | Count | None = None
    """The most connections, as a number or as a share of the database's limit."""
    idle: Percent | Count | None = None
    """The connections that are kept open while nobody uses them, as a number or as a share of the limit."""
    timeout: Duration | None = None
    """How long a client waits for a connection."""
    idle_timeout: Duration | None = None
    """After how long an idle connection is closed."""


class Index(Model):
    """An index of a document database, and what asks for it."""

    on: tuple[str, ...]
    """The fields that it is on, in their order."""
    note: str = ""
    """What asks for it."""
    status: Status = "current"


class CachedKey(Model):
    """A pattern of keys in a cache, how long they live, and who keeps them there."""

    pattern: str
    """The pattern of the keys: `session:{id}`."""
    lifetime: Duration | None = None
    """How long they live."""
    owner: ElementId = ""
    """The element that keeps them there."""
    strategy: str = ""
    """How they are kept: `cache-aside`, `write-through`."""
    dropped_on: str = ""
    """What makes them be dropped before their time."""
    note: str = ""


class Store(Element):
    """What databases and caches share."""

    attached: ClassVar[bool] = True

    engine: DatabaseEngine | CacheEngine
    """What it is."""
    engine_version: str = ""
    """The version of the engine: `16.4`."""
    class_: str = Field("", alias="class")
    """The class of its instances."""
    port: Port | None = None
    """The port on which it listens; left out, the engine's own."""
    domain: str = ""
    """The name under which clients find it."""
    subnets: tuple[SubnetId, ...]
    """The subnets that it may stand in."""
    security_groups: tuple[SecurityGroupId, ...]
    instances: tuple[Instance, ...] = ()
    """Its members, with the Availability Zone of each."""
    multi_az: Switch = False
    """Whether AWS keeps a standby, or replicas, in another Availability Zone and fails over to it."""
    encrypted: Switch | None = None
    """Whether its disks are encrypted."""
    key: KeyId = ""
    """The KMS key that it is encrypted with; left out, AWS's own."""
    tls: Switch | None = None
    """Whether clients have to use TLS."""
    credentials: tuple[SecretId, ...] = ()
    """The secrets by which clients sign in."""
    backups: Backups | None = None
    """What is kept to restore from."""
    maintenance_window: str = ""
    """When AWS may change it: `Sun 05:00-06:00 UTC`."""
    logs: tuple[str, ...] = ()
    """The logs that it exports: `postgresql`, `slowquery`."""
    log_group: LogGroupId = ""
    """The log group that those go to."""
    rebuild_from: Annotated[str, Refers(("database", "cache"))] = ""
    """The store that a cache is filled from again."""
    classification: Classification | None = None
    """The class of the most sensitive data in it."""
    record_of: tuple[str, ...] = ()
    """What it keeps the one record of: `orders`."""
    copy_of: tuple[str, ...] = ()
    """What it keeps copies of."""
    residency: tuple[str, ...] = ()
    """The AWS Regions that its data may be in."""
    lag: Duration | None = None
    """How far replicas in the Region that are written asynchronously may be behind."""
    distant_replicas: tuple[DistantReplica, ...] = ()
    """Its replicas in other Regions."""

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
    """What it is: RDS, Aurora or DocumentDB."""
    class_: DatabaseClass = Field("", alias="class")
    """The class of its instances: `db.r6g.large`."""
    storage: str = ""
    """Its storage, in words: `100 GB gp3`."""
    max_storage: Size | None = None
    """How large its storage may grow by itself."""
    grows_at: Percent | None = None
    """The share of the storage that is still free when it grows."""
    grows_by: Percent | None = None
    """By which share it grows."""
    capacity: Capacity | None = None
    """The bounds of a serverless database, in capacity units (ACU)."""
    pool: Pool | None = None
    """The connections that clients keep open to it."""
    indexes: tuple[Index, ...] = ()
    """The indexes of a document database."""
    performance_insights: Switch | None = None
    """Whether Performance Insights is on."""
    enhanced_monitoring: Switch | None = None
    """Whether the metrics of its operating system are collected."""
    provisioned_iops: Switch | None = None
    """Whether its storage has provisioned IOPS."""
    public: Switch = False
    """Whether it has a public address."""
    iam_auth: Switch | None = None
    """Whether clients sign in by a role and not with a password."""
    deletion_protection: Switch | None = None
    """Whether AWS refuses to delete it."""
    final_snapshot: Switch | None = None
    """Whether a snapshot is taken when it is deleted."""
    owners: tuple[Annotated[str, Refers(("service", "cluster"))], ...] = ()
    """The services whose data it is."""


class Cache(Store):
    """An ElastiCache cache: a primary and its replicas, or a serverless one.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
    """

    kind: ClassVar[str] = "cache"
    home: ClassVar[tuple[str, str]] = ("data", "caches")

    engine: CacheEngine
    """What it is."""
    class_: CacheClass = Field("", alias="class")
    """The class of its nodes: `cache.t4g.medium`."""
    serverless: Switch = False
    """Whether it is serverless, without nodes of its own."""
    auth: Literal["token", "rbac", "iam", "none"] | None = None
    """How clients sign in: with a token, as a user of access control (`rbac`), by a role (`iam`), or not at all."""
    cluster_mode: Switch | None = None
    """Whether its keys are spread over several shards."""
    keys: tuple[CachedKey, ...] = ()
    """The patterns of keys that are kept in it."""


class Proxy(Element):
    """An RDS Proxy: keeps a pool of connections to its target, and clients connect to it instead.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
    """

    kind: ClassVar[str] = "proxy"
    home: ClassVar[tuple[str, str]] = ("data", "proxies")
    attached: ClassVar[bool] = True

    target: Annotated[str, Refers(("database",))]
    """The database that it keeps connections to."""
    family: Literal["mysql", "postgresql"] = "postgresql"
    """The family of that database's engine; it decides on the port."""
    subnets: tuple[SubnetId, ...]
    """The subnets that it stands in."""
    security_groups: tuple[SecurityGroupId, ...]
    pool: Pool | None = None
    """The connections that it keeps open."""
    tls: Switch | None = None
    """Whether clients have to use TLS."""
    iam_auth: Switch | None = None
    """Whether clients sign in by a role and not with a password."""
    credentials: tuple[SecretId, ...] = ()
    """The secrets by which it signs in to the database."""
    role: RoleId = ""
    """The role by which it reads those secrets."""

    @property
    def listens(self) -> int:
        """The port on which it listens, which is its family's."""
        return DEFAULT_PORTS["mysql" if self.family == "mysql" else "postgres"]


class Bucket(Element):
    """An S3 bucket. AWS has encrypted new objects with SSE-S3 since January 2023.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
    """

    kind: ClassVar[str] = "bucket"
    home: ClassVar[tuple[str, str]] = ("data", "buckets")

    encryption: Literal["sse-s3", "sse-kms", "none"] | None = None
    """How its objects are encrypted; left out, it is not stated."""
    key: KeyId = ""
    """The KMS key of `sse-kms`; left out, AWS's own."""
    versioning: Switch | None = None
    """Whether it keeps older versions of its objects."""
    lifecycle: str = ""
    """What becomes of older objects, in words: `Glacier after 90 days`."""
    replication: Feature | None = None
    """Whether its objects are copied to another bucket."""
    public: Switch = False
    """Whether everybody may read it."""
    public_access_block: Switch | None = None
    """Whether all four settings of its public access block are on."""
    policy: tuple[Statement, ...] = ()
    tls_only: Switch | None = None
    """Whether its policy refuses requests without TLS."""
    classification: Classification | None = None
    """The class of the most sensitive data in it."""
    record_of: tuple[str, ...] = ()
    """What it keeps the one record of."""
    copy_of: tuple[str, ...] = ()
    """What it keeps copies of."""
    residency: tuple[str, ...] = ()
    """The AWS Regions that its data may be in."""
    readers: tuple[ElementId, ...] = ()
    """Who reads it."""
    writers: tuple[ElementId, ...] = ()
    """Who writes to it."""


class DataArea(Model):
    """The `data:` section."""

    databases: dict[str, Database] = {}
    """RDS, Aurora and DocumentDB databases by id."""
    caches: dict[str, Cache] = {}
    """ElastiCache caches by id."""
    proxies: dict[str, Proxy] = {}
    """RDS proxies by id."""
    buckets: dict[str, Bucket] = {}
    """S3 buckets by id."""
