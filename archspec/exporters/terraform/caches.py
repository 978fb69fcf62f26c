"""Caches in ElastiCache: replication groups of Redis and Valkey, clusters of Memcached, serverless ones."""

from collections.abc import Iterator

from archspec.exporters.terraform import memcached, serverless_caches
from archspec.exporters.terraform.cache_users import Access, access, access_notes
from archspec.exporters.terraform.copies import MOST_DAYS, odd_interval, retention_days
from archspec.exporters.terraform.hcl import Block, Body, Repeated
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.stores import (
    backup_window,
    class_variable,
    encryption,
    maintenance_window,
    security_groups,
    subnet_group,
    unsaid,
    written,
)
from archspec.model.architecture import Architecture
from archspec.model.data import Cache

_NAME_LIMIT = 40
_VERSIONS = {"redis": "7.1", "valkey": "8.0"}
_LATEST = {("redis", "7"): "7.1", ("redis", "6"): "6.x", ("valkey", "7"): "7.2", ("valkey", "8"): "8.0"}
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html"""

_LOGS = {"slow": "slow-log", "engine": "engine-log"}
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the caches with what they need around them."""
    for cache in architecture.data.caches.values():
        if cache.serverless:
            yield from serverless_caches.resources(cache, architecture)
            continue
        if not cache.class_:
            yield class_variable(cache)
        yield subnet_group("aws_elasticache_subnet_group", cache, architecture)
        if cache.engine == "memcached":
            yield memcached.cluster(cache, architecture)
        else:
            yield from _replication_group(cache, architecture)


def _replication_group(cache: Cache, architecture: Architecture) -> Iterator[Part]:
    given = access(cache, architecture)
    yield from given.parts
    yield Resource(
        "aws_elasticache_replication_group",
        slug(cache.id),
        origin(cache),
        {
            "replication_group_id": named(architecture, cache.id, _NAME_LIMIT),
            "description": f"{cache.id} of {architecture.name}",
            "engine": cache.engine,
            "engine_version": _version(cache),
            "node_type": cache.class_ or class_variable(cache).reference,
            # Nodes of this family keep a part of the data on disks, always.
            "data_tiering_enabled": True if ".r6gd." in cache.class_ else None,
            "port": cache.listens,
            **_nodes(cache),
            "subnet_group_name": refer("aws_elasticache_subnet_group", cache.id, "name"),
            "security_group_ids": security_groups(cache),
            **_protection(cache, given),
            "auto_minor_version_upgrade": True,
            "log_delivery_configuration": _logs(cache),
        },
        reasons(cache, *_notes(cache)),
    )


def _version(cache: Cache) -> str:
    """Return a major version and its minor one, which is how ElastiCache counts; of Redis before 6 a patch as well."""
    stated = cache.engine_version or _VERSIONS[cache.engine]
    parts = stated.split(".")
    if len(parts) == 1:
        return _LATEST.get((cache.engine, stated), stated)
    return stated if cache.engine == "redis" and parts[0] in {"2", "3", "4", "5"} else ".".join(parts[:2])


def _protection(cache: Cache, given: Access) -> Body:
    days = retention_days(cache)
    return {
        **encryption(cache, "at_rest_encryption_enabled"),
        "transit_encryption_enabled": cache.tls is not False,
        "auth_token": given.token,
        "user_group_ids": [given.group] if given.group else None,
        "snapshot_retention_limit": None if days is None else min(days, MOST_DAYS),
        "snapshot_window": written(backup_window(cache)),
        "maintenance_window": maintenance_window(cache),
    }


def _nodes(cache: Cache) -> Body:
    """Count the nodes that are there today. Where none is stated, Multi-AZ means two, else there is one."""
    if cache.cluster_mode:
        return _shards(cache)
    members = cache.members
    count = len(members) or (2 if cache.multi_az else 1)
    zones = [one.az for one in sorted(members, key=lambda one: one.role != "primary")]
    spread = count > 1 and (cache.multi_az or len({*zones}) > 1)
    return {
        "num_cache_clusters": count,
        "preferred_cache_cluster_azs": zones if zones and all(zones) else None,
        "automatic_failover_enabled": count > 1,
        "multi_az_enabled": spread,
    }


def _shards(cache: Cache) -> Body:
    """Every shard has a primary and as many replicas. A cluster fails over by itself, always.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    """
    primaries = sum(one.role == "primary" for one in cache.members) or 1
    spare = (len(cache.members) - primaries) // primaries if cache.members else int(cache.multi_az)
    zones = {one.az for one in cache.members}
    return {
        "num_node_groups": primaries,
        "replicas_per_node_group": max(spare, 0),
        "parameter_group_name": f"default.{cache.engine}{_family(cache)}.cluster.on",
        "automatic_failover_enabled": True,
        "multi_az_enabled": spare > 0 and (cache.multi_az or len(zones) > 1),
    }


def _family(cache: Cache) -> str:
    major, *rest = _version(cache).split(".")
    # Before 6 every minor version has a family of its own.
    return ".".join((major, *rest[:1])) if major in {"2", "3", "4", "5"} else "6.x" if major == "6" else major


def _logs(cache: Cache) -> Repeated | None:
    """Send the stated logs to the stated log group; the slow ones and the engine's where no log is named."""
    if not cache.log_group:
        return None
    return Repeated(
        tuple(
            Block(
                {
                    "destination": refer("aws_cloudwatch_log_group", cache.log_group, "name"),
                    "destination_type": "cloudwatch-logs",
                    "log_format": "json",
                    "log_type": log,
                }
            )
            for log in sorted(_chosen_logs(cache))
        )
    )


def _chosen_logs(cache: Cache) -> set[str]:
    if not cache.logs:
        return {*_LOGS.values()}
    return {name for word, name in _LOGS.items() if any(word in log.lower() for log in cache.logs)}


def _notes(cache: Cache) -> Iterator[str]:
    if not cache.engine_version:
        yield f"derived: no engine version is stated, so it is {_version(cache)}"
    elif _version(cache) != cache.engine_version:
        yield f"ElastiCache takes version {cache.engine_version} as {_version(cache)}."
    yield from access_notes(cache)
    for log in cache.logs:
        if not any(word in log.lower() for word in _LOGS):
            yield f"Not exported: the log '{log}': ElastiCache has a slow log and an engine log."
    if cache.logs and not cache.log_group:
        yield "Not exported: the logs, for which no log group is named."
    if (retention_days(cache) or 0) > MOST_DAYS:
        yield f"Not exported: backups of {retention_days(cache)} days: ElastiCache keeps them {MOST_DAYS}."
    if cache.cluster_mode and any(one.az for one in cache.members):
        yield "Not exported: the AZs of nodes: ElastiCache spreads the nodes of shards itself."
    yield odd_interval(cache)
    yield from unsaid(cache)
