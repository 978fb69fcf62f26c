"""Web ACLs of AWS WAF with what they protect and where they log → `edge.web_acls`."""

from collections.abc import Iterator
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, text, whole
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.spelling import seconds

HOME = ("edge", "web_acls")
TYPES = frozenset({"aws_wafv2_web_acl", "aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration"})
_WINDOW = 300
"""The seconds over which WAF counts unless told otherwise.

https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
"""


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the web ACLs."""
    logs = LogGroups(given)
    associations = links.parts(given, "aws_wafv2_web_acl_association", "web_acl_arn")
    loggings = links.parts(given, "aws_wafv2_web_acl_logging_configuration", "resource_arn")
    before = links.parts(given, "aws_cloudfront_distribution", "web_acl_id")
    for id_, found in links.by_id(given, "aws_wafv2_web_acl").items():
        one = found[0]
        protected = [each.values.get("resource_arn") for each in associations.get(one.address, [])]
        distributions = [given.ids.get(each.address, "") for each in before.get(one.address, [])]
        destinations = [each.values.get("log_destination_configs") for each in loggings.get(one.address, [])]
        rules = sorted(blocks(one.values.get("rule")), key=lambda rule: whole(rule.get("priority")) or 0)
        data = {
            "name": text(one.values.get("name")),
            "scope": "cloudfront" if one.values.get("scope") == "CLOUDFRONT" else "",
            "protects": [*links.elements(given, protected), *sorted(filter(None, distributions))],
            "rules": [_rule(rule) for rule in rules],
            "log_group": logs.one(*destinations),
        }
        yield Piece(HOME, id_, data, one.address)


def _rule(rule: Values) -> dict[str, Any]:
    """Return a managed group by its own name, a limit with its time, and any other rule by its name alone."""
    name, group = text(rule.get("name")), block(rule, "statement", "managed_rule_group_statement")
    if group:
        return {"name": text(group.get("name")), "managed": True, "note": _counted(rule)}
    limit = block(rule, "statement", "rate_based_statement")
    if limit and (most := whole(limit.get("limit"))) is not None:
        per = seconds(whole(limit.get("evaluation_window_sec")) or _WINDOW)
        return {"name": name, "limit": most, "per": per, "note": _counted(rule)}
    return {"name": name, "note": _counted(rule)}


def _counted(rule: Values) -> str:
    """Say of a rule that it turns nothing away."""
    counts = blocks(block(rule, "override_action").get("count")) or blocks(block(rule, "action").get("count"))
    return "only counts" if counts else ""
