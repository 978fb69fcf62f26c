"""ElastiCache: the members of replication groups."""

from inspect import signature
from typing import Any

from moto.elasticache.models import ElastiCacheBackend

from tests.cloud.untyped import Moto

_NOT_ASKED = {"engine": "redis", "num_cache_nodes": 1, "tags": [], "log_delivery_configurations": []}


def patch() -> None:
    """Create the clusters that a replication group consists of, as many as are asked for.

    moto names them and does not make them, and the provider reads the first.
    """
    create = ElastiCacheBackend.create_replication_group
    taken = [name for name in signature(ElastiCacheBackend.create_cache_cluster).parameters if name != "self"]

    def with_members(self: Moto, **said: Any) -> Moto:
        nodes = said.get("num_cache_clusters") or 0
        if nodes > 1 and not said.get("replicas_per_node_group"):
            said["replicas_per_node_group"] = nodes - 1
        group = create(self, **said)
        for id_ in group.member_clusters:
            arguments = {name: said.get(name) for name in taken} | _NOT_ASKED | {"cache_cluster_id": id_}
            _be_member(self.create_cache_cluster(**arguments), group, said)
        return group

    ElastiCacheBackend.create_replication_group = with_members


def _be_member(cluster: Moto, group: Moto, said: dict[str, Any]) -> None:
    engine = said.get("engine") or "redis"
    name = said.get("cache_parameter_group_name") or f"default.{engine}{(said.get('engine_version') or '7')[0]}"
    cluster.engine = engine
    cluster.at_rest_encryption_enabled = group.at_rest_encryption_enabled
    cluster.transit_encryption_enabled = group.transit_encryption_enabled
    cluster.security_groups = [
        {"SecurityGroupId": id_, "Status": "active"} for id_ in said.get("security_group_ids") or ()
    ]
    cluster.preferred_maintenance_window = said.get("preferred_maintenance_window") or "sun:05:00-sun:06:00"
    cluster.cache_parameter_group_name = name
    status: dict[str, Any] = {
        "CacheParameterGroupName": name,
        "ParameterApplyStatus": "in-sync",
        "CacheNodeIdsToReboot": [],
    }
    cluster.cache_parameter_group = status
