"""Web ACLs of AWS WAF, what they protect, and where they log."""

import re
from collections.abc import Iterator, Sequence

from archspec.artifacts import Omission
from archspec.exporters.terraform import log_groups
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.certificates import CLOUDFRONT_REGION
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated
from archspec.exporters.terraform.resource import Part, Resource, in_region, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.edge import WebAcl, WebAclRule
from archspec.model.quantity import Count, Duration

_NAME_LIMIT = 128
_RULE_LIMIT = 120
_GROUP = re.compile(r"AWSManagedRules[A-Za-z0-9]{1,100}")
_REFUSED = re.compile(r"[^A-Za-z0-9_-]+")
_WINDOWS = (60, 120, 300, 600)
"""Over how many seconds WAF counts requests.

https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
"""
_FEWEST, _MOST = 10, 2_000_000_000
_USUAL = (
    WebAclRule.model_construct(name="AWSManagedRulesCommonRuleSet", managed=True),
    WebAclRule.model_construct(name="AWSManagedRulesKnownBadInputsRuleSet", managed=True),
    WebAclRule.model_construct(name="AWSManagedRulesAmazonIpReputationList", managed=True),
    WebAclRule.model_construct(name="requests-from-one-address", limit=Count.parse("2000"), per=Duration.parse("5m")),
)
"""https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the web ACLs that nobody else manages, with their logs and what they protect."""
    protected: set[str] = set()
    for acl in architecture.edge.web_acls.values():
        if acl.managed_by:
            yield Omission(acl.path, f"{acl.managed_by} makes and changes it")
            continue
        yield from _web_acl(acl, architecture)
        yield from _logging(acl, architecture)
        yield from _protection(acl, protected, architecture)


def web_acl_of(distribution: str, architecture: Architecture) -> Reference | None:
    """Refer to the web ACL before a distribution: the first that names it; CloudFront takes one."""
    for acl in architecture.edge.web_acls.values():
        if distribution in acl.protects and acl.scope == "cloudfront" and not acl.managed_by:
            return refer("aws_wafv2_web_acl", acl.id, "arn")
    return None


def _there(acl: WebAcl, architecture: Architecture) -> dict[str, Reference]:
    return in_region(CLOUDFRONT_REGION, architecture) if acl.scope == "cloudfront" else {}


def _web_acl(acl: WebAcl, architecture: Architecture) -> Iterator[Part]:
    rules = acl.rules or _USUAL
    found = [_rule(rule, i, name) for i, (rule, name) in enumerate(zip(rules, _names(rules), strict=True))]
    for i, one in enumerate(found):
        if isinstance(one, str):
            yield Omission((*acl.path, "rules", i), one)
    name = named(architecture, acl.id, _NAME_LIMIT)
    body: Body = {
        **_there(acl, architecture),
        "name": name,
        "description": f"{acl.id} of {architecture.name}",
        "scope": acl.scope.upper(),
        "default_action": Block({"allow": Block({})}),
        "rule": Repeated(tuple(one for one in found if isinstance(one, Block))),
        "visibility_config": _visible(name),
    }
    why = "" if acl.rules else "derived: no rule is stated, so it has AWS's usual ones and a limit of requests"
    yield Resource("aws_wafv2_web_acl", slug(acl.id), origin(acl), body, reasons(acl, why))


def _names(rules: Sequence[WebAclRule]) -> list[str]:
    """Return the names of rules as WAF takes them, each once."""
    found: list[str] = []
    for i, rule in enumerate(rules):
        name = _REFUSED.sub("-", rule.name).strip("-")[:_RULE_LIMIT] or "rule"
        found.append(f"{name}-{i}" if name in found else name)
    return found


def _rule(rule: WebAclRule, index: int, name: str) -> Block | str:
    """Return a rule as Terraform has it, or why WAF has none like it."""
    if rule.managed and _GROUP.fullmatch(rule.name):
        group: Body = {"name": rule.name, "vendor_name": "AWS"}
        decides: Body = {"override_action": Block({"none": Block({})})}
        statement = Block({"managed_rule_group_statement": Block(group)})
    elif rule.managed:
        return f"AWS manages no group of rules called {rule.name}: their names begin with AWSManagedRules"
    else:
        limit = _limit(rule)
        if isinstance(limit, str):
            return limit
        decides = {"action": Block({"block": Block({})})}
        statement = Block({"rate_based_statement": Block(limit)})
    body: Body = {"name": name, "priority": index, **decides, "statement": statement}
    return Block({**body, "visibility_config": _visible(name)})


def _limit(rule: WebAclRule) -> Body | str:
    if rule.limit is None:
        return "it names neither a group of rules that AWS manages nor a limit of requests"
    limit, window = int(rule.limit.high), seconds(rule.per)
    if not _FEWEST <= limit <= _MOST:
        return f"WAF limits requests from {_FEWEST} on, not {rule.limit}"
    if window is not None and window not in _WINDOWS:
        return f"WAF counts requests over 1, 2, 5 or 10 minutes, not {rule.per}"
    return {"limit": limit, "aggregate_key_type": "IP", "evaluation_window_sec": window}


def _visible(name: str) -> Block:
    return Block({"cloudwatch_metrics_enabled": True, "metric_name": name, "sampled_requests_enabled": True})


def _logging(acl: WebAcl, architecture: Architecture) -> Iterator[Part]:
    """https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html"""
    there = _there(acl, architecture)
    group = refer("aws_cloudwatch_log_group", acl.log_group or (acl.id, "logs"), "arn")
    if there and acl.log_group:
        group = refer("aws_cloudwatch_log_group", (acl.id, "logs"), "arn")
        yield Omission((*acl.path, "log_group"), f"CloudFront's web ACLs log in {CLOUDFRONT_REGION} only")
    if there or not acl.log_group:
        yield _log_group(acl, there, architecture)
    body: Body = {
        **there,
        "resource_arn": refer("aws_wafv2_web_acl", acl.id, "arn"),
        "log_destination_configs": [group],
    }
    path = ("log_group",) if acl.log_group else ()
    yield Resource("aws_wafv2_web_acl_logging_configuration", slug(acl.id), origin(acl, *path), body)


def _log_group(acl: WebAcl, there: dict[str, Reference], architecture: Architecture) -> Resource:
    return log_groups.derived(acl, f"aws-waf-logs-{named(architecture, acl.id)}", "logs", there=there)


def _protection(acl: WebAcl, protected: set[str], architecture: Architecture) -> Iterator[Part]:
    for id_ in acl.protects:
        reason = _unprotected(acl, id_, protected, architecture)
        if reason:
            yield Omission((*acl.path, "protects"), reason)
            continue
        protected.add(id_)
        if acl.scope == "regional":
            body: Body = {
                "resource_arn": refer("aws_lb", id_, "arn"),
                "web_acl_arn": refer("aws_wafv2_web_acl", acl.id, "arn"),
            }
            yield Resource("aws_wafv2_web_acl_association", slug(acl.id, id_), origin(acl, "protects"), body)


def _unprotected(acl: WebAcl, id_: str, protected: set[str], architecture: Architecture) -> str:
    balancer = architecture.network.load_balancers.get(id_)
    if (balancer is None) != (acl.scope == "cloudfront"):
        protectable = "load balancers" if acl.scope == "regional" else "distributions"
        return f"{id_} is out of reach: a {acl.scope} web ACL protects {protectable} only"
    if id_ in protected:
        return f"another web ACL protects {id_}, and AWS takes one"
    is_network = balancer is not None and balancer.type == "network"
    return f"{id_} is a network load balancer, and WAF protects none of those" if is_network else ""
