"""Budgets and monitors of unusual costs → `observability.budgets`, `observability.anomaly_monitors`."""

from collections.abc import Iterator, Sequence
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, blocks, number, text, texts
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.spelling import dollars, percent
from archspec.resources.resource import Resource, Value

TYPES = frozenset({"aws_budgets_budget", "aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription"})
_MONTHS = {"MONTHLY": 1, "QUARTERLY": 3, "ANNUALLY": 12}
_DEEPEST = 5


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the budgets and the monitors."""
    for id_, found in links.by_id(given, "aws_budgets_budget").items():
        yield _budget(given, id_, found[0])
    subscriptions = links.parts(given, "aws_ce_anomaly_subscription", "monitor_arn_list")
    for id_, found in links.by_id(given, "aws_ce_anomaly_monitor").items():
        yield _monitor(given, id_, found[0], subscriptions.get(found[0].address, []))


def _budget(given: Given, id_: str, one: Resource) -> Piece:
    values = one.values
    notices = blocks(values.get("notification"))
    mailed = [mail for notice in notices for mail in texts(notice.get("subscriber_email_addresses"))]
    guesses, limit = _limit(values)
    data = {
        "name": text(values.get("name")),
        "note": f"mails to {', '.join(dict.fromkeys(mailed))}" if mailed else "",
        "limit": limit,
        "alerts": _shares(notices, "ACTUAL"),
        "forecast_alerts": _shares(notices, "FORECASTED"),
        "notifies": links.elements(
            given, [topic for notice in notices for topic in _list(notice.get("subscriber_sns_topic_arns"))]
        ),
    }
    return Piece(("observability", "budgets"), id_, data, one.address, guesses)


def _list(value: Value) -> list[Value]:
    return [*value] if isinstance(value, list | tuple) else [value]


def _limit(values: Values) -> tuple[tuple[str, ...], str]:
    """Return the limit a month, and what is guessed about it."""
    amount, unit = number(values.get("limit_amount")), text(values.get("time_unit")) or "MONTHLY"
    months = _MONTHS.get(unit)
    if amount is None or months is None or text(values.get("limit_unit")) not in ("USD", ""):
        return (), ""
    said = (f"the budget of {dollars(str(amount))} is {unit.lower()}: a share of it a month",) if months > 1 else ()
    return said, f"{dollars(str(round(amount / months, 2)))}/month"


def _shares(notices: Sequence[Values], kind: str) -> list[str]:
    found = {
        share
        for notice in notices
        if notice.get("notification_type") == kind and notice.get("threshold_type", "PERCENTAGE") == "PERCENTAGE"
        if (share := number(notice.get("threshold"))) is not None
    }
    return [percent(str(share)) for share in sorted(found)]


def _monitor(given: Given, id_: str, one: Resource, subscriptions: Sequence[Resource]) -> Piece:
    values = next((each.values for each in subscriptions), {})
    subscribers = blocks(values.get("subscriber"))
    mailed = [text(each.get("address")) for each in subscribers if each.get("type") == "EMAIL"]
    data: dict[str, Any] = {
        "name": text(one.values.get("name")),
        "note": f"mails to {', '.join(filter(None, mailed))}" if any(mailed) else "",
        "level": _level(one.values),
        "threshold": _threshold(values.get("threshold_expression")),
        "frequency": text(values.get("frequency")).capitalize(),
        "subscription": text(values.get("name")),
        "notifies": links.elements(given, [each.get("address") for each in subscribers]),
    }
    more = len(subscriptions) - 1
    guesses = (f"{more} more subscriptions tell of it",) if more > 0 else ()
    return Piece(("observability", "anomaly_monitors"), id_, data, one.address, guesses)


def _level(values: Values) -> str:
    dimension = text(values.get("monitor_dimension"))
    return f"{dimension.capitalize().replace('_', ' ')}-level" if dimension else ""


def _threshold(expression: Value, depth: int = 0) -> str:
    """Return the amount in dollars that an expression asks for, wherever in it."""
    for each in blocks(expression) if depth < _DEEPEST else ():
        for test in blocks(each.get("dimension")):
            if test.get("key") == "ANOMALY_TOTAL_IMPACT_ABSOLUTE":
                return dollars(next(iter(texts(test.get("values"))), ""))
        inner = (_threshold(each.get(word), depth + 1) for word in ("and", "or"))
        found = next((amount for amount in inner if amount), "")
        if found:
            return found
    return ""
