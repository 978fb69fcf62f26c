"""ElastiCache: serverless caches."""

import datetime
from types import SimpleNamespace
from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from tests.cloud.untyped import Moto

_HOST = "abc123.serverless.use1.cache.amazonaws.com"


def patch() -> None:
    """Add CreateServerlessCache, DescribeServerlessCaches and their tags; moto has none of them."""
    kept: dict[str, SimpleNamespace] = {}
    tags = ElastiCacheBackend.list_tags_for_resource

    def create(self: Moto) -> ActionResult:
        arn = f"arn:aws:elasticache:{self.region}:{self.current_account}:serverlesscache:"
        one = _cache(self._get_params(), arn)
        kept[one.serverless_cache_name] = one
        if self._get_param("Tags"):
            self.elasticache_backend.tagging_service.tag_resource(one.arn, self._get_param("Tags"))
        return ActionResult({"ServerlessCache": one})

    def describe(self: Moto) -> ActionResult:
        name = self._get_param("ServerlessCacheName")
        return ActionResult({"ServerlessCaches": [one for key, one in kept.items() if name in {None, key}]})

    def listed(self: Moto, arn: str) -> Moto:
        return self.tagging_service.list_tags_for_resource(arn) if ":serverlesscache:" in arn else tags(self, arn)

    ElastiCacheResponse.create_serverless_cache = create
    ElastiCacheResponse.describe_serverless_caches = describe
    ElastiCacheBackend.list_tags_for_resource = listed


def _cache(said: dict[str, Any], prefix: str) -> SimpleNamespace:
    name = said["ServerlessCacheName"]
    version = said.get("MajorEngineVersion") or "7"
    host = f"{name}-{_HOST}"
    return SimpleNamespace(
        serverless_cache_name=name,
        description=said.get("Description") or " ",
        status="available",
        engine=said["Engine"],
        major_engine_version=version,
        full_engine_version=f"{version}.2",
        cache_usage_limits=said.get("CacheUsageLimits"),
        kms_key_id=said.get("KmsKeyId"),
        security_group_ids=said.get("SecurityGroupIds") or [],
        subnet_ids=said.get("SubnetIds") or [],
        snapshot_retention_limit=int(said.get("SnapshotRetentionLimit") or 0),
        daily_snapshot_time=said.get("DailySnapshotTime") or "03:00",
        user_group_id=said.get("UserGroupId"),
        arn=prefix + name,
        create_time=datetime.datetime.now(datetime.UTC),
        endpoint={"Address": host, "Port": 6379},
        reader_endpoint={"Address": host, "Port": 6380},
    )
