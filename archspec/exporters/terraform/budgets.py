"""Budgets, and monitors of costs that are out of the ordinary."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.amounts import number
from archspec.exporters.terraform.hcl import Block, Body, Repeated, Value
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.observability import AnomalyMonitor, Budget
from archspec.model.quantity import Percent

_NAME_LIMIT = 100


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the budgets and the monitors that are stated, with those whom they tell."""
    for budget in architecture.observability.budgets.values():
        yield from _budget(budget, architecture)
    for monitor in architecture.observability.anomaly_monitors.values():
        yield from _monitor(monitor, architecture)


def _email(element: Element) -> Variable:
    return Variable(f"email_{slug(element.id)}", f"e-mail address that {element.id} tells, as the spec names no topic")


def _budget(budget: Budget, architecture: Architecture) -> Iterator[Part]:
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html"""
    alerts = [*(("ACTUAL", one) for one in budget.alerts), *(("FORECASTED", one) for one in budget.forecast_alerts)]
    told: dict[str, Value] = {
        "subscriber_sns_topic_arns": [refer("aws_sns_topic", id_, "arn") for id_ in budget.notifies[:1]]
    }
    for i in range(1, len(budget.notifies)):
        yield Omission((*budget.path, "notifies", i), f"a budget tells one topic, and that is {budget.notifies[0]}")
    if alerts and not budget.notifies:
        yield _email(budget)
        told = {"subscriber_email_addresses": [_email(budget).reference]}
    body: Body = {
        "name": named(architecture, budget.id, _NAME_LIMIT),
        "budget_type": "COST",
        "limit_amount": str(number(budget.limit.high)),
        "limit_unit": "USD",
        "time_unit": "MONTHLY",
        "notification": Repeated(tuple(_alert(kind, share, told) for kind, share in alerts)),
    }
    yield Resource("aws_budgets_budget", slug(budget.id), origin(budget), body, reasons(budget))


def _alert(kind: str, share: Percent, told: dict[str, Value]) -> Block:
    return Block(
        {
            "notification_type": kind,
            "comparison_operator": "GREATER_THAN",
            "threshold": number(share.low),
            "threshold_type": "PERCENTAGE",
            **told,
        }
    )


def _monitor(monitor: AnomalyMonitor, architecture: Architecture) -> Iterator[Part]:
    if monitor.level and "service" not in monitor.level.lower():
        yield Omission((*monitor.path, "level"), "only the costs of each service are looked at by themselves")
    body: Body = {
        "name": named(architecture, monitor.id),
        "monitor_type": "DIMENSIONAL",
        "monitor_dimension": "SERVICE",
    }
    yield Resource("aws_ce_anomaly_monitor", slug(monitor.id), origin(monitor), body, reasons(monitor))
    if monitor.notifies or monitor.threshold or monitor.frequency or monitor.subscription:
        yield from _subscription(monitor, architecture)


def _subscription(monitor: AnomalyMonitor, architecture: Architecture) -> Iterator[Part]:
    """Topics are told at once; what is told daily or weekly goes to e-mail addresses only.

    https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
    """
    stated = next((one for one in ("DAILY", "WEEKLY", "IMMEDIATE") if one.lower() in monitor.frequency.lower()), "")
    if monitor.frequency and not stated:
        yield Omission((*monitor.path, "frequency"), "is neither daily nor weekly nor immediate")
    if monitor.notifies and stated in {"DAILY", "WEEKLY"}:
        yield Omission((*monitor.path, "frequency"), "AWS tells topics of an anomaly at once, and only at once")
    if not monitor.notifies:
        yield _email(monitor)
    subscribers = [("SNS", refer("aws_sns_topic", id_, "arn")) for id_ in monitor.notifies]
    told = subscribers or [("EMAIL", _email(monitor).reference)]
    body: Body = {
        "name": named(architecture, f"{monitor.id}-subscription"),
        "frequency": "IMMEDIATE" if monitor.notifies else stated or "DAILY",
        "monitor_arn_list": [refer("aws_ce_anomaly_monitor", monitor.id, "arn")],
        "subscriber": Repeated(tuple(Block({"type": kind, "address": address}) for kind, address in told)),
        "threshold_expression": Block(_threshold(monitor)),
    }
    yield Resource("aws_ce_anomaly_subscription", slug(monitor.id), origin(monitor), body)


def _threshold(monitor: AnomalyMonitor) -> Body:
    amount = str(number(monitor.threshold.low)) if monitor.threshold else "100"
    dimension: Body = {
        "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        "match_options": ["GREATER_THAN_OR_EQUAL"],
        "values": [amount],
    }
    return {"dimension": Block(dimension)}
