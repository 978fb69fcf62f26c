"""Caches: ElastiCache replication groups, clusters and serverless caches → `data.caches`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, items, switch, text, texts, whole
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.piece import Given, Piece, unplaced
from archspec.importers.draft.spelling import counted
from archspec.model.data import DEFAULT_PORTS
from archspec.resources.resource import Resource, Value

HOME = ("data", "caches")
TYPES = frozenset({
    "aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_elasticache_serverless_cache",
    "aws_elasticache_subnet_group", "aws_elasticache_parameter_group", "aws_elasticache_user",
    "aws_elasticache_user_group", "aws_elasticache_user_group_association",
})  # fmt: skip
_MOST_NODES = 500
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html"""


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the caches; a node that is a member of a replication group is no cache of its own."""
    logs = LogGroups(given)
    members = links.parts(given, "aws_elasticache_cluster", "replication_group_id")
    for id_, found in links.by_id(given, "aws_elasticache_replication_group").items():
        yield _group(given, logs, id_, found[0], members.get(found[0].address, []))
    for id_, found in links.by_id(given, "aws_elasticache_cluster").items():
        if not found[0].values.get("replication_group_id"):
            yield _cluster(given, logs, id_, found[0])
    for id_, found in links.by_id(given, "aws_elasticache_serverless_cache").items():
        yield _serverless(given, id_, found[0])


def _group(given: Given, logs: LogGroups, id_: str, one: Resource, members: Sequence[Resource]) -> Piece:
    values = one.values
    is_sharded = _is_sharded(values)
    data = {
        "name": text(values.get("replication_group_id")),
        "engine": text(values.get("engine")) or "redis",
        **_node(given, values),
        "domain": text(values.get("primary_endpoint_address")) or text(values.get("configuration_endpoint_address")),
        "cluster_mode": is_sharded,
        "instances": _shards(values) if is_sharded else _nodes(values, members),
        "multi_az": switch(values.get("multi_az_enabled")) or None,
        "encrypted": switch(values.get("at_rest_encryption_enabled")),
        "key": links.element(given, values.get("kms_key_id")),
        "tls": switch(values.get("transit_encryption_enabled")),
        **_signing_in(given, one),
        "backups": _snapshots(values, "snapshot_window"),
        "maintenance_window": text(values.get("maintenance_window")),
        **_logs(logs, values),
    }
    return Piece(HOME, id_, data, one.address, _unsaid(data))


def _node(given: Given, values: Values) -> dict[str, Any]:
    group = links.resource(given, values.get("subnet_group_name"))
    port = whole(values.get("port"))
    return {
        "engine_version": text(values.get("engine_version")),
        "class": text(values.get("node_type")),
        "port": port if port != DEFAULT_PORTS.get(text(values.get("engine")) or "redis") else None,
        "subnets": links.placed(given, group.values.get("subnet_ids")) if group else [],
        "security_groups": links.placed(given, values.get("security_group_ids")),
    }


def _unsaid(data: Mapping[str, Any]) -> tuple[str, ...]:
    where = unplaced(data)
    if "auth" in data or data["engine"] == "memcached":
        return where
    return (*where, "the source does not say how clients sign in")


def _is_sharded(values: Values) -> bool:
    """Whether a group is in cluster mode, which more than one shard needs."""
    if values.get("cluster_mode") in ("enabled", "compatible"):
        return True
    return bool(switch(values.get("cluster_enabled"))) or (whole(values.get("num_node_groups")) or 1) > 1


def _shards(values: Values) -> list[dict[str, str]]:
    shards, replicas = whole(values.get("num_node_groups")) or 1, whole(values.get("replicas_per_node_group")) or 0
    primaries = min(shards, _MOST_NODES)
    return [{"role": "primary"}] * primaries + [{"role": "replica"}] * min(shards * replicas, _MOST_NODES - primaries)


def _nodes(values: Values, members: Sequence[Resource]) -> list[dict[str, str]]:
    """Return the nodes with the AZs that are asked for, or those that member clusters name."""
    zones = texts(values.get("preferred_cache_cluster_azs"))
    zones = zones or [text(one.values.get("availability_zone")) for one in members]
    count = whole(values.get("num_cache_clusters")) or whole(values.get("number_cache_clusters")) or len(zones)
    count = min(count or (whole(values.get("replicas_per_node_group")) or 0) + 1, _MOST_NODES)
    placed = [*zones, *[""] * count][:count]
    return [{"role": "replica" if i else "primary", "az": az} for i, az in enumerate(placed)]


def _signing_in(given: Given, one: Resource) -> dict[str, str]:
    """Tell how clients sign in. A token needs TLS: without TLS there is none.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
    """
    groups = [*items(one.values.get("user_group_ids")), *items(one.values.get("user_group_id"))]
    if groups:
        return {"auth": "iam" if _are_roles(given, groups) else "rbac"}
    if one.values.get("auth_token") or "auth_token" in one.unknown:
        return {"auth": "token"}
    if switch(one.values.get("transit_encryption_enabled")) is False:
        return {"auth": "none"}
    return {}


def _are_roles(given: Given, groups: Sequence[Value]) -> bool:
    """Whether the users of groups sign in by a role: all but those who may do nothing."""
    found = [group for value in groups if (group := links.resource(given, value))]
    named = [links.resource(given, user) for group in found for user in items(group.values.get("user_ids"))]
    ways = {text(block(user.values, "authentication_mode").get("type")) for user in named if user}
    return "iam" in ways and ways <= {"iam", "no-password-required"}


def _snapshots(values: Values, window: str) -> dict[str, Any]:
    days = whole(values.get("snapshot_retention_limit"))
    if not days:
        return {} if days is None else {"retention": "0 days"}
    return {"every": "1 day", "retention": counted(days, "day"), "window": text(values.get(window))}


def _logs(logs: LogGroups, values: Values) -> dict[str, Any]:
    deliveries = blocks(values.get("log_delivery_configuration"))
    return {
        "logs": [text(one.get("log_type")) for one in deliveries if text(one.get("log_type"))],
        "log_group": logs.one(*(one.get("destination") for one in deliveries)),
    }


def _cluster(given: Given, logs: LogGroups, id_: str, one: Resource) -> Piece:
    values = one.values
    engine = text(values.get("engine")) or "redis"
    zones = texts(values.get("preferred_availability_zones")) or texts(values.get("availability_zone"))
    count = min(whole(values.get("num_cache_nodes")) or 1, _MOST_NODES)
    nodes = [{"role": "primary", "az": az} for az in [*zones, *[""] * count][:count]]
    data = {
        "name": text(values.get("cluster_id")),
        "engine": engine,
        **_node(given, values),
        "domain": text(values.get("cluster_address")),
        "cluster_mode": False if engine != "memcached" else None,
        "instances": nodes,
        "multi_az": values.get("az_mode") == "cross-az" or None,
        "tls": switch(values.get("transit_encryption_enabled")),
        # A node without a replication group has neither encryption at rest nor passwords.
        # https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
        "encrypted": False if engine != "memcached" else None,
        **({"auth": "none"} if engine != "memcached" else {}),
        "backups": _snapshots(values, "snapshot_window"),
        "maintenance_window": text(values.get("maintenance_window")),
        **_logs(logs, values),
    }
    return Piece(HOME, id_, data, one.address, _unsaid(data))


def _serverless(given: Given, id_: str, one: Resource) -> Piece:
    """Read a serverless cache: AWS keeps each in several AZs, encrypted at rest and on the way.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.corecomponents.html
    """
    values = one.values
    data = {
        "name": text(values.get("name")),
        "engine": text(values.get("engine")),
        "engine_version": text(values.get("major_engine_version")),
        "serverless": True,
        "domain": text(next((found.get("address") for found in blocks(values.get("endpoint"))), "")),
        "subnets": links.placed(given, values.get("subnet_ids")),
        "security_groups": links.placed(given, values.get("security_group_ids")),
        "multi_az": True,
        "encrypted": True,
        "key": links.element(given, values.get("kms_key_id")),
        "tls": True,
        **_signing_in(given, one),
        "backups": _snapshots(values, "daily_snapshot_time"),
    }
    return Piece(HOME, id_, data, one.address, _unsaid(data))
