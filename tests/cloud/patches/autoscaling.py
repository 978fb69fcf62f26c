"""Application Auto Scaling: the tags of scalable targets."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from tests.cloud.untyped import Moto


def patch() -> None:
    """Add ListTagsForResource, TagResource and UntagResource, and keep the tags that a target is registered with.

    The provider reads them after it has registered a target.
    """
    tags: dict[str, dict[str, str]] = {}
    register = ApplicationAutoScalingResponse.register_scalable_target

    def registered(self: Moto) -> str:
        answer: str = register(self)
        tags.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(self._get_param("Tags") or {})
        return answer

    def listed(self: Moto) -> str:
        return json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})

    def tagged(self: Moto) -> str:
        tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
        return "{}"

    def untagged(self: Moto) -> str:
        for key in self._get_param("TagKeys") or ():
            tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    ApplicationAutoScalingResponse.register_scalable_target = registered
    ApplicationAutoScalingResponse.list_tags_for_resource = listed
    ApplicationAutoScalingResponse.tag_resource = tagged
    ApplicationAutoScalingResponse.untag_resource = untagged
