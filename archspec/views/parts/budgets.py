"""What is written on the cards of budgets, and of what looks for amounts that are unusual."""

from collections.abc import Iterator

from archspec.model.observability import AnomalyMonitor, Budget


def budget_facts(element: Budget | AnomalyMonitor) -> Iterator[str]:
    """Yield the limit of a budget and when it tells somebody, or the threshold of an anomaly monitor; some empty."""
    match element:
        case Budget(limit=limit, alerts=alerts, forecast_alerts=forecasts):
            yield f"limit {limit}"
            yield f"at {', '.join(map(str, alerts))}" if alerts else ""
            yield f"forecast at {', '.join(map(str, forecasts))}" if forecasts else ""
        case AnomalyMonitor(level=level, threshold=threshold, frequency=frequency):
            yield f"anomalies from {threshold}" if threshold else ""
            yield ", ".join(filter(None, (level, frequency)))
