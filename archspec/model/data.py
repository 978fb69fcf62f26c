"""Where data rests: databases, caches and buckets, their instances, their backups, and proxies before them."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
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
    az: str = ""
    name: str = ""
    class_: str = Field("", alias="class")
    promotion_tier: WholeNumber | None = None
    status: Status = "current"
    note: str = ""


class Backups(Model):
    """What is kept to restore from. `every` is the interval of automated backups, `restore` how long a restore takes.

    `takes` is how long a backup takes to be complete. Copies in another Region are made every `copy_every`, left out as
    often as backups, and take `copy_takes`; `copy_key` is their KMS key there. `isolated` says whether a copy is out of
    reach of whoever can delete the database: in another account, or in a locked vault.
    `manual` says when people take snapshots of their own, `manual_retention` how long those are kept.
    """

    every: Duration | None = None
    takes: Duration | None = None
    retention: Duration | None = None
    window: str = ""
    point_in_time: Switch | None = None
    cross_region: Feature | None = None
    copy_every: Duration | None = None
    copy_takes: Duration | None = None
    copy_key: KeyId = ""
    isolated: Feature | None = None
    restore: Duration | None = None
    manual: str = ""
    manual_retention: Duration | None = None


class DistantReplica(Model):
    """A copy of a store in another Region that follows it: at most `lag` behind, ready within `promotion`."""

    region: str
    lag: Duration | None = None
    promotion: Duration | None = None
    status: Status = "current"


class Capacity(Model):
    """The bounds of a serverless database, in Aurora Capacity Units (ACU)."""

    min: Count
    max: Count


class Pool(Model):
    """Connections that are kept open to a database. `max` and `idle` are shares of its limit, or numbers."""

    library: str = ""
    max: Percent | Count | None = None
    idle: Percent | Count | None = None
    timeout: Duration | None = None
    idle_timeout: Duration | None = None


class Index(Model):
    """An index of a document database, and what asks for it."""

    on: tuple[str, ...]
    note: str = ""
    status: Status = "current"


class CachedKey(Model):
    """A pattern of keys in a cache, how long they live, and who keeps them there."""

    pattern: str
    lifetime: Duration | None = None
    owner: ElementId = ""
    strategy: str = ""
    dropped_on: str = ""
    note: str = ""


class Store(Element):
    """What databases and caches share. `rebuild_from` names the store that a cache is filled from again.

    `classification` is the class of the most sensitive data in it. `record_of` lists what it keeps the one record of,
    `copy_of` what it keeps copies of; `residency` the AWS Regions that its data may be in.
    `lag` is how far replicas in the Region that are written asynchronously may be behind, `distant_replicas` are those
    in other Regions.
    """

    attached: ClassVar[bool] = True

    engine: DatabaseEngine | CacheEngine
    engine_version: str = ""
    class_: str = Field("", alias="class")
    port: Port | None = None
    domain: str = ""
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...]
    instances: tuple[Instance, ...] = ()
    multi_az: Switch = False
    encrypted: Switch | None = None
    key: KeyId = ""
    tls: Switch | None = None
    credentials: tuple[SecretId, ...] = ()
    backups: Backups | None = None
    maintenance_window: str = ""
    logs: tuple[str, ...] = ()
    log_group: LogGroupId = ""
    rebuild_from: Annotated[str, Refers(("database", "cache"))] = ""
    classification: Classification | None = None
    record_of: tuple[str, ...] = ()
    copy_of: tuple[str, ...] = ()
    residency: tuple[str, ...] = ()
    lag: Duration | None = None
    distant_replicas: tuple[DistantReplica, ...] = ()

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

    `owners` are the services whose data it is. With `iam_auth`, clients sign in by a role and not with a password.
    `final_snapshot` says whether one is taken when it is deleted. With `capacity` it is serverless. Storage grows by
    itself up to `max_storage`, by `grows_by` when only `grows_at` of it is free.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
    """

    kind: ClassVar[str] = "database"
    home: ClassVar[tuple[str, str]] = ("data", "databases")

    engine: DatabaseEngine
    class_: DatabaseClass = Field("", alias="class")
    storage: str = ""
    max_storage: Size | None = None
    grows_at: Percent | None = None
    grows_by: Percent | None = None
    capacity: Capacity | None = None
    pool: Pool | None = None
    indexes: tuple[Index, ...] = ()
    performance_insights: Switch | None = None
    enhanced_monitoring: Switch | None = None
    provisioned_iops: Switch | None = None
    public: Switch = False
    iam_auth: Switch | None = None
    deletion_protection: Switch | None = None
    final_snapshot: Switch | None = None
    owners: tuple[Annotated[str, Refers(("service", "cluster"))], ...] = ()


class Cache(Store):
    """An ElastiCache cache: a primary and its replicas, or a serverless one. `keys` are the patterns kept in it.

    `auth` is how clients sign in: with a token, as a user of access control (`rbac`), by a role (`iam`), or not at all.
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
    """

    kind: ClassVar[str] = "cache"
    home: ClassVar[tuple[str, str]] = ("data", "caches")

    engine: CacheEngine
    class_: CacheClass = Field("", alias="class")
    serverless: Switch = False
    auth: Literal["token", "rbac", "iam", "none"] | None = None
    cluster_mode: Switch | None = None
    keys: tuple[CachedKey, ...] = ()


class Proxy(Element):
    """An RDS Proxy: keeps a pool of connections to its target, and clients connect to it instead.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
    """

    kind: ClassVar[str] = "proxy"
    home: ClassVar[tuple[str, str]] = ("data", "proxies")
    attached: ClassVar[bool] = True

    target: Annotated[str, Refers(("database",))]
    family: Literal["mysql", "postgresql"] = "postgresql"
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...]
    pool: Pool | None = None
    tls: Switch | None = None
    iam_auth: Switch | None = None
    credentials: tuple[SecretId, ...] = ()
    role: RoleId = ""

    @property
    def listens(self) -> int:
        """The port on which it listens, which is its family's."""
        return DEFAULT_PORTS["mysql" if self.family == "mysql" else "postgres"]


class Bucket(Element):
    """An S3 bucket. `encryption` left out is not stated; AWS has encrypted new objects with SSE-S3 since January 2023.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html

    `public_access_block` says whether all four of its settings are on, `tls_only` whether the policy of the bucket
    refuses requests without TLS. `policy` are the statements of its own policy.
    `classification`, `record_of`, `copy_of` and `residency` mean what they do in a store.
    """

    kind: ClassVar[str] = "bucket"
    home: ClassVar[tuple[str, str]] = ("data", "buckets")

    encryption: Literal["sse-s3", "sse-kms", "none"] | None = None
    key: KeyId = ""
    versioning: Switch | None = None
    lifecycle: str = ""
    replication: Feature | None = None
    public: Switch = False
    public_access_block: Switch | None = None
    policy: tuple[Statement, ...] = ()
    tls_only: Switch | None = None
    classification: Classification | None = None
    record_of: tuple[str, ...] = ()
    copy_of: tuple[str, ...] = ()
    residency: tuple[str, ...] = ()
    readers: tuple[ElementId, ...] = ()
    writers: tuple[ElementId, ...] = ()


class DataArea(Model):
    """The `data:` section."""

    databases: dict[str, Database] = {}
    caches: dict[str, Cache] = {}
    proxies: dict[str, Proxy] = {}
    buckets: dict[str, Bucket] = {}
