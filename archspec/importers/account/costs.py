"""Budgets, and monitors of unusual costs.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Operations_AWS_Budgets.html
https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Operations_AWS_Cost_Explorer_Service.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, made, picked
from archspec.resources.resource import Resource, Value

_NOTICE = {
    "comparison_operator": "ComparisonOperator",
    "notification_type": "NotificationType",
    "threshold": "Threshold",
    "threshold_type": "ThresholdType",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield budgets, monitors, and what tells of them."""
    told = _told(answers)
    alerts: dict[Any, list[Value]] = {}
    for asked in answers.asked("budgets.describe_notifications_for_budget"):
        name = asked.parameters["BudgetName"]
        notice: dict[str, Value] = {"threshold_type": "PERCENTAGE", **picked(asked.item, _NOTICE)}
        alerts.setdefault(name, []).append({**notice, **told.get(_key(name, asked.item), {})})
    for one in answers.items("budgets.describe_budgets"):
        values = {**_budget(one), "notification": alerts.get(one["BudgetName"], [])}
        yield made("aws_budgets_budget", f"{answers.account}:{one['BudgetName']}", values)
    names = {
        "arn": "MonitorArn",
        "name": "MonitorName",
        "monitor_type": "MonitorType",
        "monitor_dimension": "MonitorDimension",
    }
    tagged = answers.tags("ce.list_tags_for_resource", "ResourceArn", "ResourceTags")
    for one in answers.items("ce.get_anomaly_monitors"):
        yield made("aws_ce_anomaly_monitor", one["MonitorArn"], picked(one, names), tagged.get(one["MonitorArn"]))
    for one in answers.items("ce.get_anomaly_subscriptions"):
        yield made("aws_ce_anomaly_subscription", one["SubscriptionArn"], _subscription(one))


def _key(budget: Any, notice: Item) -> str:  # noqa: ANN401
    told = {name: notice.get(name) for name in sorted(_NOTICE.values())}
    return f"{budget} {json.dumps(told, sort_keys=True)}"


def _told(answers: Answers) -> Mapping[str, dict[str, Value]]:
    """Return whom a notice of a budget tells."""
    found: dict[str, dict[str, list[Value]]] = {}
    for asked in answers.asked("budgets.describe_subscribers_for_notification"):
        key = _key(asked.parameters["BudgetName"], asked.parameters["Notification"])
        kind = "email_addresses" if asked.item.get("SubscriptionType") == "EMAIL" else "sns_topic_arns"
        found.setdefault(key, {}).setdefault(f"subscriber_{kind}", []).append(asked.item.get("Address"))
    return {key: {**some} for key, some in found.items()}


def _budget(one: Item) -> dict[str, Value]:
    return {
        **picked(one, {"name": "BudgetName", "budget_type": "BudgetType", "time_unit": "TimeUnit"}),
        "limit_amount": at(one, "BudgetLimit.Amount"),
        "limit_unit": at(one, "BudgetLimit.Unit"),
    }


def _subscription(one: Item) -> dict[str, Value]:
    names = {
        "arn": "SubscriptionArn",
        "name": "SubscriptionName",
        "frequency": "Frequency",
        "monitor_arn_list": "MonitorArnList",
    }
    subscribers: list[Value] = [
        picked(each, {"address": "Address", "type": "Type"}) for each in one.get("Subscribers", [])
    ]
    expression = one.get("ThresholdExpression")
    threshold: list[Value] = [_expression(expression)] if expression else []
    return {**picked(one, names), "subscriber": subscribers, "threshold_expression": threshold}


def _expression(one: Item) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if one.get("Dimensions"):
        names = {"key": "Key", "values": "Values", "match_options": "MatchOptions"}
        found["dimension"] = [picked(one["Dimensions"], names)]
    for word in ("And", "Or"):
        if one.get(word):
            found[word.lower()] = [_expression(each) for each in one[word]]
    return found
