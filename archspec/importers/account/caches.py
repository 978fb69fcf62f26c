"""Caches, as ElastiCache answers.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, made, picked
from archspec.resources.resource import Resource, Value

_GROUP = {
    "replication_group_id": "ReplicationGroupId",
    "arn": "ARN",
    "description": "Description",
    "node_type": "CacheNodeType",
    "engine": "Engine",
    "at_rest_encryption_enabled": "AtRestEncryptionEnabled",
    "transit_encryption_enabled": "TransitEncryptionEnabled",
    "kms_key_id": "KmsKeyId",
    "snapshot_retention_limit": "SnapshotRetentionLimit",
    "snapshot_window": "SnapshotWindow",
    "user_group_ids": "UserGroupIds",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield caches with their groups of subnets, parameters and users."""
    named = answers.tags("elasticache.list_tags_for_resource", "ResourceName", "TagList")
    yield from _groups(answers, named)
    nodes = {one["CacheClusterId"]: one for one in answers.items("elasticache.describe_cache_clusters")}
    for one in answers.items("elasticache.describe_replication_groups"):
        id_ = one["ReplicationGroupId"]
        group = made("aws_elasticache_replication_group", id_, _group(one, nodes), named.get(one.get("ARN")))
        # That there is a token is told, and nobody tells the token.
        yield group._replace(unknown=frozenset({"auth_token"})) if one.get("AuthTokenEnabled") else group
    for one in nodes.values():
        if not one.get("ReplicationGroupId"):
            yield made("aws_elasticache_cluster", one["CacheClusterId"], _node(one), named.get(one.get("ARN")))
    names = {
        "name": "ServerlessCacheName",
        "arn": "ARN",
        "engine": "Engine",
        "major_engine_version": "MajorEngineVersion",
        "kms_key_id": "KmsKeyId",
        "subnet_ids": "SubnetIds",
        "security_group_ids": "SecurityGroupIds",
        "snapshot_retention_limit": "SnapshotRetentionLimit",
        "daily_snapshot_time": "DailySnapshotTime",
        "user_group_id": "UserGroupId",
    }
    for one in answers.items("elasticache.describe_serverless_caches"):
        yield made(
            "aws_elasticache_serverless_cache",
            one["ServerlessCacheName"],
            {**picked(one, names), **_endpoint(one)},
            named.get(one.get("ARN")),
        )


def _endpoint(one: Item) -> dict[str, Value]:
    return (
        {"endpoint": [picked(one["Endpoint"], {"address": "Address", "port": "Port"})]} if one.get("Endpoint") else {}
    )


def _groups(answers: Answers, named: Mapping[Any, dict[str, str]]) -> Iterator[Resource]:
    for one in answers.items("elasticache.describe_cache_subnet_groups"):
        values = picked(one, {"name": "CacheSubnetGroupName", "subnet_ids": "Subnets[].SubnetIdentifier", "arn": "ARN"})
        yield made("aws_elasticache_subnet_group", one["CacheSubnetGroupName"], values)
    for one in answers.items("elasticache.describe_cache_parameter_groups"):
        values = picked(one, {"name": "CacheParameterGroupName", "family": "CacheParameterGroupFamily", "arn": "ARN"})
        yield made("aws_elasticache_parameter_group", one["CacheParameterGroupName"], values)
    names = {
        "user_id": "UserId",
        "user_name": "UserName",
        "engine": "Engine",
        "arn": "ARN",
        "access_string": "AccessString",
    }
    for one in answers.items("elasticache.describe_users"):
        mode: Value = [{"type": at(one, "Authentication.Type")}]
        values = {**picked(one, names), "authentication_mode": mode}
        yield made("aws_elasticache_user", one["UserId"], values, named.get(one.get("ARN")))
    names = {"user_group_id": "UserGroupId", "engine": "Engine", "arn": "ARN", "user_ids": "UserIds"}
    for one in answers.items("elasticache.describe_user_groups"):
        yield made("aws_elasticache_user_group", one["UserGroupId"], picked(one, names), named.get(one.get("ARN")))


def _group(one: Item, nodes: dict[Any, Item]) -> dict[str, Value]:
    members = [nodes[id_] for id_ in one.get("MemberClusters", []) if id_ in nodes]
    first: Item = members[0] if members else {}
    shards = one.get("NodeGroups") or []
    nodes_in = [node for shard in shards for node in shard.get("NodeGroupMembers", [])]
    zones: list[Value] = [node.get("PreferredAvailabilityZone") for node in nodes_in]
    return {
        **picked(one, _GROUP),
        **{key: value for key, value in _node(first).items() if key not in {"cluster_id", "arn", "num_cache_nodes"}},
        "num_cache_clusters": len(one.get("MemberClusters", [])),
        "num_node_groups": len(shards) or None,
        "replicas_per_node_group": len(nodes_in) // len(shards) - 1 if nodes_in else None,
        "preferred_cache_cluster_azs": [zone for zone in zones if zone],
        "multi_az_enabled": one.get("MultiAZ") == "enabled",
        "automatic_failover_enabled": one.get("AutomaticFailover") in {"enabled", "enabling"},
        "primary_endpoint_address": (at(one, "NodeGroups[].PrimaryEndpoint.Address") or [None])[0],
        "configuration_endpoint_address": at(one, "ConfigurationEndpoint.Address"),
        "log_delivery_configuration": [_delivery(log) for log in one.get("LogDeliveryConfigurations", [])],
        "cluster_enabled": one.get("ClusterEnabled"),
    }


def _node(one: Item) -> dict[str, Value]:
    names = {
        "cluster_id": "CacheClusterId",
        "arn": "ARN",
        "engine": "Engine",
        "engine_version": "EngineVersion",
        "node_type": "CacheNodeType",
        "num_cache_nodes": "NumCacheNodes",
        "subnet_group_name": "CacheSubnetGroupName",
        "security_group_ids": "SecurityGroups[].SecurityGroupId",
        "parameter_group_name": "CacheParameterGroup.CacheParameterGroupName",
        "port": "ConfigurationEndpoint.Port",
        "maintenance_window": "PreferredMaintenanceWindow",
        "transit_encryption_enabled": "TransitEncryptionEnabled",
    }
    return picked(one, names)


def _delivery(log: Item) -> dict[str, Value]:
    names = {"log_type": "LogType", "log_format": "LogFormat", "destination_type": "DestinationType"}
    group = at(log, "DestinationDetails.CloudWatchLogsDetails.LogGroup")
    return {
        **picked(log, names),
        "destination": group or at(log, "DestinationDetails.KinesisFirehoseDetails.DeliveryStream"),
    }
