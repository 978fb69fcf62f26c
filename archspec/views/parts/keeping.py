"""What stands on the cards of what keeps data: engine, size, encryption, instances, backups; only what is stated."""

from collections.abc import Iterator, Mapping
from typing import Literal

from archspec.model.data import Backups, Bucket, Cache, Database, Instance, Pool, Proxy, Store
from archspec.model.element import Element
from archspec.views.parts.words import listing

ENGINES = {
    "postgres": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "aurora-postgresql": "Aurora PostgreSQL",
    "aurora-mysql": "Aurora MySQL",
    "docdb": "DocumentDB",
    "redis": "Redis",
    "valkey": "Valkey",
    "memcached": "Memcached",
}
_ENCRYPTIONS = {"sse-s3": "SSE-S3", "sse-kms": "SSE-KMS", "none": "not encrypted"}
_NOTE = 60
"""Characters of a note that fit on a card; a longer one is for the document."""

_LONG = 90
"""Characters of a note that is all that is said of a thing."""


def facts(element: Element, elements: Mapping[str, Element]) -> tuple[str, ...]:
    """Return the lines of a store, bucket or proxy; none for anything else."""
    match element:
        case Store():
            return tuple(_of_store(element, elements))
        case Bucket():
            return tuple(_of_bucket(element, elements))
        case Proxy():
            return tuple(_of_proxy(element, elements))
        case _:
            return ()


def _of_store(store: Store, elements: Mapping[str, Element]) -> Iterator[str]:
    yield from _purpose(store)
    yield " ".join(filter(None, [ENGINES[store.engine], store.engine_version, _serverless(store)]))
    yield ", ".join(filter(None, [store.class_, *_size(store)]))
    yield ", ".join(_places(store))
    yield from _primary(store)
    yield ", ".join(_encryption(store, elements))
    if store.backups:
        yield ", ".join(_backups(store.backups))
    yield f"logs: {', '.join(store.logs)}" if store.logs else ""


def _purpose(element: Store | Bucket) -> Iterator[str]:
    if element.note and len(element.note) <= _NOTE:
        yield element.note
    if element.record_of:
        yield f"record of {listing(element.record_of)}"
    if element.copy_of:
        yield f"copy of {listing(element.copy_of)}"
    if element.classification:
        yield f"{element.classification} data"


def _serverless(store: Store) -> str:
    return "serverless" if isinstance(store, Cache) and store.serverless else ""


def _size(store: Store) -> Iterator[str]:
    if isinstance(store, Database):
        yield f"{store.capacity.min}-{store.capacity.max} ACU" if store.capacity else ""
        yield store.storage


def _places(store: Store) -> Iterator[str]:
    """Yield in how many AZs a store is, where that is stated, and in which one its primary."""
    members = store.members
    if store.multi_az:
        yield "Multi-AZ"
    elif members and all(one.az for one in members) and len({one.az for one in members}) == 1:
        yield "Single-AZ"
    if len(members) == 1:
        yield "single node" if isinstance(store, Cache) else "single instance"
    else:
        yield from (instance_words(one) for one in members if one.role == "primary")


def _primary(store: Store) -> Iterator[str]:
    """Yield what is said about a primary that others follow; of a single instance, that is said about the store."""
    for one in store.members if len(store.members) > 1 else ():
        if one.role == "primary":
            yield one.note if len(one.note) <= _LONG else ""
            yield "" if one.promotion_tier is None else f"promotion tier {one.promotion_tier}"


def instance_words(instance: Instance) -> str:
    """Return the role of an instance and where it stands: `reader in us-east-1b`."""
    return f"{instance.role} in {instance.az}" if instance.az else instance.role


def _encryption(store: Store, elements: Mapping[str, Element]) -> Iterator[str]:
    if store.encrypted is False:
        yield "not encrypted"
    elif store.encrypted or store.key:
        yield "encrypted" + (f" with {_label(store.key, elements)}" if store.key else "")
    if store.tls is not None:
        yield "TLS required" if store.tls else "no TLS"


def _label(id_: str, elements: Mapping[str, Element]) -> str:
    return elements[id_].label if id_ in elements else id_


def _backups(backups: Backups) -> Iterator[str]:
    """Yield how often backups are made, when, and how long they are kept."""
    if backups.every or backups.retention or backups.window or backups.point_in_time:
        yield f"backups every {backups.every}" if backups.every else "backups"
    if backups.window:
        yield f"at {backups.window}"
    if backups.retention:
        yield f"kept {backups.retention}"
    if backups.point_in_time:
        yield "point in time"


def _of_bucket(bucket: Bucket, elements: Mapping[str, Element]) -> Iterator[str]:
    yield from _purpose(bucket)
    encryption: Literal["", "sse-s3", "sse-kms", "none"] = bucket.encryption or ""
    key = f"with {_label(bucket.key, elements)}" if bucket.key else ""
    yield " ".join(filter(None, [_ENCRYPTIONS.get(encryption) or ("encrypted" if key else ""), key]))
    yield "versioned" if bucket.versioning else "not versioned" if bucket.versioning is False else ""
    yield f"lifecycle: {bucket.lifecycle}" if bucket.lifecycle else ""
    yield "public" if bucket.public else ""


def _of_proxy(proxy: Proxy, elements: Mapping[str, Element]) -> Iterator[str]:
    yield proxy.note if len(proxy.note) <= _NOTE else ""
    yield "MySQL" if proxy.family == "mysql" else "PostgreSQL"
    yield ", ".join(_pool(proxy.pool)) if proxy.pool else ""
    yield "TLS required" if proxy.tls else "no TLS" if proxy.tls is False else ""
    yield "IAM sign-in" if proxy.iam_auth else "no IAM sign-in" if proxy.iam_auth is False else ""
    yield f"signs in with {listing(_label(id_, elements) for id_ in proxy.credentials)}" if proxy.credentials else ""


def _pool(pool: Pool) -> Iterator[str]:
    if pool.max is not None:
        yield f"connections {pool.max}"
    if pool.idle is not None:
        yield f"idle {pool.idle}"
    if pool.timeout:
        yield f"timeout {pool.timeout}"
