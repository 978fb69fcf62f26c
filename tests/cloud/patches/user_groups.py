"""ElastiCache: groups of users."""

from types import SimpleNamespace

from moto.core.responses import ActionResult
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from tests.cloud.untyped import Moto


def patch() -> None:
    """Add CreateUserGroup, DescribeUserGroups and their tags; moto has users and no groups of them."""
    kept: dict[str, SimpleNamespace] = {}
    tags = ElastiCacheBackend.list_tags_for_resource

    def create(self: Moto) -> ActionResult:
        said = self._get_params()
        id_ = said["UserGroupId"]
        kept[id_] = SimpleNamespace(
            user_group_id=id_,
            status="active",
            engine=said["Engine"],
            user_ids=said.get("UserIds") or [],
            minimum_engine_version="6.0",
            arn=f"arn:aws:elasticache:{self.region}:{self.current_account}:usergroup:{id_}",
        )
        self.elasticache_backend.tagging_service.tag_resource(kept[id_].arn, said.get("Tags") or [])
        return ActionResult(kept[id_])

    def describe(self: Moto) -> ActionResult:
        id_ = self._get_param("UserGroupId")
        return ActionResult({"UserGroups": [one for key, one in kept.items() if id_ in {None, key}]})

    def listed(self: Moto, arn: str) -> Moto:
        return self.tagging_service.list_tags_for_resource(arn) if ":usergroup:" in arn else tags(self, arn)

    ElastiCacheResponse.create_user_group = create
    ElastiCacheResponse.describe_user_groups = describe
    ElastiCacheBackend.list_tags_for_resource = listed
