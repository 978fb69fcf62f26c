"""Resources that CloudFormation puts together in another way than Terraform."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from archspec.resources.resource import Value

_Body: TypeAlias = "dict[str, Value]"
_Stated: TypeAlias = Mapping[str, Any]


def _blocks(value: Value) -> list[_Body]:
    return [dict(one) for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _security_group(body: _Body, _: _Stated) -> _Body:
    """Write the rules that stand inside a group as blocks."""
    directions = {"ingress": "source", "egress": "destination"}
    found = {key: value for key, value in body.items() if not key.startswith("security_group_")}
    for direction, side in directions.items():
        rules = body.get(f"security_group_{direction}")
        if isinstance(rules, list):
            found[direction] = [_rule(one, side) for one in _blocks(rules)]
    return found


def _rule(rule: Mapping[str, Value], side: str) -> _Body:
    group, prefix_list = rule.get(f"{side}_security_group_id"), rule.get(f"{side}_prefix_list_id")
    lists = {
        "cidr_blocks": rule.get("cidr_ip"),
        "ipv6_cidr_blocks": rule.get("cidr_ipv6"),
        "security_groups": group,
        "prefix_list_ids": prefix_list,
    }
    plain = {
        "protocol": rule.get("ip_protocol"),
        **{key: rule.get(key) for key in ("from_port", "to_port", "description")},
    }
    found: _Body = {key: value for key, value in plain.items() if value is not None}
    return found | {key: [value] for key, value in lists.items() if value is not None}


def _database(body: _Body, stated: _Stated) -> _Body:
    """What has no policy is deleted with a last snapshot.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
    """
    policy = stated.get("DeletionPolicy", "Snapshot")
    skips: _Body = {"skip_final_snapshot": policy == "Delete"} if policy in ("Delete", "Snapshot") else {}
    return {**body, **skips}


def _budget(body: _Body, _: _Stated) -> _Body:
    notices = [{**one, **_subscribers(one.get("subscribers"))} for one in _blocks(body.get("notification"))]
    return {**body, "notification": notices}


def _subscribers(value: Value) -> _Body:
    kinds = {"EMAIL": "subscriber_email_addresses", "SNS": "subscriber_sns_topic_arns"}
    listed = _blocks(value)
    return {
        name: [one.get("address") for one in listed if one.get("subscription_type") == k] for k, name in kinds.items()
    }


def _anomaly_subscription(body: _Body, _: _Stated) -> _Body:
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Expression.html"""
    text = body.get("threshold_expression")
    try:
        said = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        said = None
    test = said.get("Dimensions") if isinstance(said, dict) else None
    if not isinstance(test, dict):
        return body
    dimension: _Body = {"key": test.get("Key"), "match_options": test.get("MatchOptions"), "values": test.get("Values")}
    return {**body, "threshold_expression": [{"dimension": [dimension]}]}


def _pipeline(body: _Body, _: _Stated) -> _Body:
    stages = [
        {**stage, "action": [{**each, **_artifacts(each)} for each in _blocks(stage.get("action"))]}
        for stage in _blocks(body.get("stage"))
    ]
    return {**body, "stage": stages}


def _artifacts(action: Mapping[str, Value]) -> _Body:
    listed = {name: action[name] for name in ("input_artifacts", "output_artifacts") if name in action}
    return {name: [one.get("name") for one in _blocks(value)] for name, value in listed.items()}


def _listener_rule(body: _Body, _: _Stated) -> _Body:
    """Bring conditions that name their field and its values into the form that has a block for each field."""
    fields = {"path-pattern": "path_pattern", "host-header": "host_header"}
    conditions = [
        {**one, fields[str(one["field"])]: [{"values": one["values"]}]}
        if one.get("field") in fields and "values" in one
        else one
        for one in _blocks(body.get("condition"))
    ]
    return {**body, "condition": conditions}


SHAPES: Mapping[str, Callable[[_Body, _Stated], _Body]] = {
    "aws_budgets_budget": _budget,
    "aws_ce_anomaly_subscription": _anomaly_subscription,
    "aws_codepipeline": _pipeline,
    "aws_db_instance": _database,
    "aws_docdb_cluster": _database,
    "aws_lb_listener_rule": _listener_rule,
    "aws_rds_cluster": _database,
    "aws_security_group": _security_group,
}
"""Terraform type → what brings its attributes into the provider's shape."""
