"""Serverless caches of ElastiCache."""

from collections.abc import Iterator

from archspec.exporters.terraform.cache_users import Access, access, access_notes
from archspec.exporters.terraform.copies import MOST_DAYS, odd_interval, retention_days
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.stores import backup_window, data_key, security_groups, unsaid
from archspec.exporters.terraform.windows import clock
from archspec.model.architecture import Architecture
from archspec.model.data import DEFAULT_PORTS, Cache

_NAME_LIMIT = 40
_MOST_SUBNETS = 3
_MAJORS = {"redis": "7", "valkey": "8", "memcached": "1.6"}
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html"""


def resources(cache: Cache, architecture: Architecture) -> Iterator[Part]:
    """Yield a serverless cache, with the users that sign in to it. Memcached has none.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html
    """
    given = Access() if cache.engine == "memcached" else access(cache, architecture)
    yield from given.parts
    days = retention_days(cache)
    window = backup_window(cache)
    yield Resource(
        "aws_elasticache_serverless_cache",
        slug(cache.id),
        origin(cache),
        {
            "name": named(architecture, cache.id, _NAME_LIMIT),
            "description": f"{cache.id} of {architecture.name}",
            "engine": cache.engine,
            "major_engine_version": _major(cache),
            "kms_key_id": data_key(cache) if cache.encrypted is not False else None,
            "subnet_ids": [refer("aws_subnet", subnet) for subnet in cache.subnets[:_MOST_SUBNETS]],
            "security_group_ids": security_groups(cache),
            "user_group_id": given.group,
            "snapshot_retention_limit": None if days is None else min(days, MOST_DAYS),
            "daily_snapshot_time": clock(window.start) if window else None,
        },
        reasons(cache, *_notes(cache)),
    )


def _major(cache: Cache) -> str:
    stated = cache.engine_version.split(".")
    return ".".join(stated[: 2 if cache.engine == "memcached" else 1]) or _MAJORS[cache.engine]


def _notes(cache: Cache) -> Iterator[str]:
    """https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html"""
    if not cache.engine_version:
        yield f"derived: no engine version is stated, so it is {_major(cache)}"
    refused = {
        "the class": bool(cache.class_),
        "its instances": bool(cache.members),
        "the port": cache.port not in {None, DEFAULT_PORTS[cache.engine]},
        "connections without TLS": cache.tls is False,
        "data that is not encrypted": cache.encrypted is False,
        "no cluster mode": cache.cluster_mode is False,
        "the hours of maintenance": bool(cache.maintenance_window),
        "logs": bool(cache.logs or cache.log_group),
        f"subnets after the first {_MOST_SUBNETS}": len(cache.subnets) > _MOST_SUBNETS,
    }
    for what, stated in refused.items():
        if stated:
            yield f"Not exported: {what}: a serverless cache has no such choice."
    if (retention_days(cache) or 0) > MOST_DAYS:
        yield f"Not exported: backups of {retention_days(cache)} days: ElastiCache keeps them {MOST_DAYS}."
    if cache.engine != "memcached":
        yield from access_notes(cache)
    yield odd_interval(cache)
    yield from unsaid(cache)
