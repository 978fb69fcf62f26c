"""Clusters of Memcached."""

from collections.abc import Iterator

from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.resource import Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.stores import class_variable, maintenance_window, security_groups, unsaid
from archspec.model.architecture import Architecture
from archspec.model.data import Cache

_NAME_LIMIT = 40
_VERSION = "1.6.22"
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.mc.html"""

_FIRST_WITH_TLS = (1, 6, 12)
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-mc.html"""


def cluster(cache: Cache, architecture: Architecture) -> Resource:
    """Return a cluster of Memcached, whose nodes know nothing of each other."""
    return Resource(
        "aws_elasticache_cluster",
        slug(cache.id),
        origin(cache),
        {
            "cluster_id": named(architecture, cache.id, _NAME_LIMIT),
            "engine": cache.engine,
            "engine_version": cache.engine_version or _VERSION,
            "node_type": cache.class_ or class_variable(cache).reference,
            "port": cache.listens,
            **_nodes(cache),
            "subnet_group_name": refer("aws_elasticache_subnet_group", cache.id, "name"),
            "security_group_ids": security_groups(cache),
            "transit_encryption_enabled": _has_tls(cache),
            "maintenance_window": maintenance_window(cache),
            "auto_minor_version_upgrade": True,
        },
        reasons(cache, *_notes(cache)),
    )


def _nodes(cache: Cache) -> Body:
    zones = [one.az for one in cache.members]
    count = len(zones) or (2 if cache.multi_az else 1)
    spread = count > 1 and (cache.multi_az or len({*zones}) > 1)
    return {
        "num_cache_nodes": count,
        "az_mode": "cross-az" if spread else "single-az",
        "preferred_availability_zones": zones if zones and all(zones) else None,
    }


def _has_tls(cache: Cache) -> bool:
    version = tuple(int(part) for part in (cache.engine_version or _VERSION).split(".") if part.isdigit())
    return cache.tls is not False and version >= _FIRST_WITH_TLS


def _notes(cache: Cache) -> Iterator[str]:
    """https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SelectEngine.html"""
    if not cache.engine_version:
        yield f"derived: no engine version is stated, so it is {_VERSION}"
    if cache.tls and not _has_tls(cache):
        yield f"Not exported: TLS, which Memcached {cache.engine_version} does not have."
    refused = {
        "encryption at rest": bool(cache.encrypted),
        f"signing in by {cache.auth}": cache.auth not in {None, "none"},
        "cluster mode": bool(cache.cluster_mode),
        "logs": bool(cache.logs or cache.log_group),
        "backups": bool(cache.backups and cache.backups.retention),
        "credentials": bool(cache.credentials),
    }
    for what, stated in refused.items():
        if stated:
            yield f"Not exported: {what}: ElastiCache has none for nodes of Memcached."
    yield from unsaid(cache)
