"""Caches in ElastiCache."""

from collections.abc import Iterator

from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, origin, reasons, refer, slug
from archspec.exporters.terraform.stores import class_variable, encryption, security_groups, subnet_group
from archspec.model.architecture import Architecture
from archspec.model.data import Cache

_NAME_LIMIT = 40
_VERSIONS = {"redis": "7.1", "valkey": "8.0"}
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the caches with their subnet groups."""
    for cache in architecture.data.caches.values():
        yield from _cache(cache, architecture)


def _cache(cache: Cache, architecture: Architecture) -> Iterator[Part]:
    token = Variable(f"auth_token_{slug(cache.id)}", f"password of {cache.id}, 16 to 128 characters", sensitive=True)
    yield token
    if not cache.class_:
        yield class_variable(cache)
    yield subnet_group("aws_elasticache_subnet_group", cache, architecture)
    default = _VERSIONS[cache.engine]
    version = "" if cache.engine_version else f"derived: no engine version is stated, so it is {default}"
    yield Resource(
        "aws_elasticache_replication_group",
        slug(cache.id),
        origin(cache),
        {
            "replication_group_id": named(architecture, cache.id, _NAME_LIMIT),
            "description": f"{cache.id} of {architecture.name}",
            "engine": cache.engine,
            "engine_version": cache.engine_version or default,
            "node_type": cache.class_ or class_variable(cache).reference,
            "port": cache.listens,
            **_nodes(cache),
            "subnet_group_name": refer("aws_elasticache_subnet_group", cache.id, "name"),
            "security_group_ids": security_groups(cache),
            **encryption(cache, "at_rest_encryption_enabled"),
            "transit_encryption_enabled": True,
            "auth_token": token.reference,
            "auto_minor_version_upgrade": True,
        },
        reasons(cache, version),
    )


def _nodes(cache: Cache) -> Body:
    """Count the nodes that are there today. Where none is stated, Multi-AZ means two, else there is one."""
    members = cache.members
    count = len(members) or (2 if cache.multi_az else 1)
    zones = [one.az for one in sorted(members, key=lambda one: one.role != "primary")]
    spread = count > 1 and (cache.multi_az or len({*zones}) > 1)
    return {
        "num_cache_clusters": count,
        "preferred_cache_cluster_azs": zones or None,
        "automatic_failover_enabled": count > 1,
        "multi_az_enabled": spread,
    }
