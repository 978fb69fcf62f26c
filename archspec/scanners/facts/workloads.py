"""Facts about what runs, what ships it, what watches it, and what may do what."""

import json
from collections.abc import Mapping

from archspec.model.observability import LogGroup
from archspec.model.security import Role, Secret
from archspec.scanners.facts.fact import Asked, Fact, Question, always, first_of, stated, unstated

_YEAR = 365 * 86400


def _short_retention(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, LogGroup) or asked.element.retention is None:
        return None
    if asked.element.retention.high >= _YEAR:
        return None
    return Fact((*asked.element.path, "retention"), f"`retention: {asked.element.retention}`")


def _no_function(asked: Asked) -> Fact | None:
    """A secret that is said to be rotated: the function that does it is of Lambda, which a spec does not describe.

    https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
    """
    if not isinstance(asked.element, Secret) or asked.element.rotation is not True:
        return None
    path = (*asked.element.path, "rotation")
    return Fact(path, "`rotation: true`, and no function that changes the secret")


def _platform(asked: Asked) -> Fact | None:
    platform = getattr(asked.element, "platform", "")
    if asked.element is None or not platform or platform.upper() == "LATEST" or platform.endswith("+"):
        return None
    return Fact((*asked.element.path, "platform"), f"`platform: {platform}`")


def _wide_permission(asked: Asked) -> Fact | None:
    """A permission of a role on everything, or of everything; in the role's own words or in its policy."""
    role = asked.element
    if not isinstance(role, Role):
        return None
    for i, one in enumerate(role.may):
        if "*" in one.arns or "*" in one.does:
            return Fact((*role.path, "may", i), f"the role may do `{one.does}` on {', '.join(one.arns) or 'its part'}")
    if "*" in role.policy and _is_json(role.policy):
        return Fact((*role.path, "policy"), "its policy allows it")
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


_WIDE = ("CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355",
         "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_60", "CKV_AWS_61", "CKV2_AWS_40")  # fmt: skip

FACTS: Mapping[str, Question] = {
    "CKV_AWS_65": stated("container_insights", "false"),
    "CKV_AWS_332": _platform,
    "CKV_AWS_333": stated("public_ip", "true"),
    "CKV_AWS_336": stated("read_only_root", "false"),
    "CKV_AWS_316": stated("privileged", "true"),
    "CKV_AWS_51": stated("immutable_tags", "false"),
    "CKV_AWS_163": stated("scan_on_push", "false"),
    "CKV_AWS_136": stated("encrypted", "false"),
    "CKV_AWS_338": _short_retention,
    "CKV2_AWS_57": first_of(
        unstated("rotation", "no `rotation`, which takes a function that changes the secret"),
        _no_function,
    ),
    "CKV_AWS_7": stated("rotation", "false"),
    "CKV_AWS_36": stated("file_validation", "false"),
    "CKV_AWS_67": stated("multi_region", "false"),
    "CKV2_AWS_3": always("whether an organisation has GuardDuty is no fact of one account"),
    **dict.fromkeys(_WIDE, _wide_permission),
}
"""Check → the fact about what runs that makes it fail."""
