"""Caches of Terraform come back as a person writes them in a spec."""

from typing import Any

import pytest

from archspec.importers.draft import data
from tests.importers.draft.reading import NETWORK, read

_WHERE = {"subnets": ["a", "b"], "security_groups": ["db"]}
_CACHE_PLACE = {
    "subnet_group_name": "@aws_elasticache_subnet_group.db",
    "security_group_ids": ["@aws_security_group.db"],
}
_CACHE_SUBNETS = {"aws_elasticache_subnet_group.db": {"subnet_ids": ["@aws_subnet.a", "@aws_subnet.b"]}}


def _one(resources: dict[str, dict[str, Any]], id_: str) -> dict[str, Any]:
    return read(data, {**NETWORK, **resources})[id_].data


def test_a_replication_group_comes_back_with_its_nodes() -> None:
    resources: dict[str, dict[str, Any]] = {
        **_CACHE_SUBNETS,
        "aws_elasticache_replication_group.redis": {
            "engine": "valkey",
            "engine_version": "8.0",
            "node_type": "cache.t4g.small",
            **_CACHE_PLACE,
            "num_cache_clusters": 2,
            "preferred_cache_cluster_azs": ["us-east-1a", "us-east-1b"],
            "multi_az_enabled": True,
            "at_rest_encryption_enabled": True,
            "transit_encryption_enabled": True,
            "auth_token": "secret",
            "snapshot_retention_limit": 1,
            "snapshot_window": "05:00-06:00",
            "log_delivery_configuration": [{"log_type": "slow-log", "destination": "@aws_cloudwatch_log_group.slow"}],
        },
        "aws_cloudwatch_log_group.slow": {"name": "slow"},
    }
    assert _one(resources, "redis") == {
        "engine": "valkey",
        "engine_version": "8.0",
        "class": "cache.t4g.small",
        **_WHERE,
        "cluster_mode": False,
        "instances": [{"role": "primary", "az": "us-east-1a"}, {"role": "replica", "az": "us-east-1b"}],
        "multi_az": True,
        "encrypted": True,
        "tls": True,
        "auth": "token",
        "backups": {"every": "1 day", "retention": "1 day", "window": "05:00-06:00"},
        "logs": ["slow-log"],
        "log_group": "slow",
    }


@pytest.mark.parametrize(
    ("values", "auth"),
    [
        ({"auth_token": "x"}, "token"),
        ({"user_group_ids": ["@aws_elasticache_user_group.roles"]}, "iam"),
        ({"user_group_ids": ["@aws_elasticache_user_group.passwords"]}, "rbac"),
        ({"transit_encryption_enabled": False}, "none"),
        ({"transit_encryption_enabled": True}, None),
    ],
)
def test_how_clients_of_a_cache_sign_in(values: dict[str, Any], auth: str | None) -> None:
    resources = {
        **_CACHE_SUBNETS,
        "aws_elasticache_replication_group.redis": {**_CACHE_PLACE, **values},
        "aws_elasticache_user_group.roles": {
            "user_ids": ["@aws_elasticache_user.app", "@aws_elasticache_user.default"]
        },
        "aws_elasticache_user_group.passwords": {"user_ids": ["@aws_elasticache_user.person"]},
        "aws_elasticache_user.app": {"authentication_mode": [{"type": "iam"}]},
        "aws_elasticache_user.default": {"authentication_mode": [{"type": "no-password-required"}]},
        "aws_elasticache_user.person": {"authentication_mode": [{"type": "password"}]},
    }
    assert _one(resources, "redis").get("auth") == auth


def test_a_serverless_cache_is_encrypted_and_in_several_azs_by_nature() -> None:
    resources = {
        "aws_elasticache_serverless_cache.sessions": {
            "engine": "valkey",
            "subnet_ids": ["@aws_subnet.a", "@aws_subnet.b"],
            "security_group_ids": ["@aws_security_group.db"],
        }
    }
    assert _one(resources, "sessions") == {
        "engine": "valkey", "serverless": True, **_WHERE, "multi_az": True, "encrypted": True, "tls": True,
    }  # fmt: skip


def test_a_node_of_a_group_is_no_cache_of_its_own() -> None:
    resources = {
        **NETWORK,
        **_CACHE_SUBNETS,
        "aws_elasticache_replication_group.redis": _CACHE_PLACE,
        "aws_elasticache_cluster.node": {
            "replication_group_id": "@aws_elasticache_replication_group.redis",
            "availability_zone": "us-east-1b",
        },
    }
    assert {id_: piece.data["instances"] for id_, piece in read(data, resources).items()} == {
        "redis": [{"role": "primary", "az": "us-east-1b"}]
    }
