"""Thresholds as people write them (`> 500 ms`, `> 10/min`) → numbers in the unit of CloudWatch's metric."""

import re
from decimal import Decimal
from typing import NamedTuple

from archspec.exporters.terraform.metrics import Metric
from archspec.model.quantity import Measure

_COMPARISONS = {
    ">": "GreaterThanThreshold",
    ">=": "GreaterThanOrEqualToThreshold",
    "≥": "GreaterThanOrEqualToThreshold",
    "": "GreaterThanOrEqualToThreshold",
    "<": "LessThanThreshold",
    "<=": "LessThanOrEqualToThreshold",
    "≤": "LessThanOrEqualToThreshold",
}
_SECONDS = {"ms": "0.001", "s": "1", "m": "60", "h": "3600", "d": "86400"}
_MILLISECONDS = {"ms": "1", "s": "1000", "m": "60000"}
_BYTES = {"b": "1", "kb": "1024", "mb": "1048576", "gb": "1073741824", "tb": "1099511627776"}
_FACTORS = {
    "percent": {"": "1", "%": "1"},
    "seconds": {"": "1", **_SECONDS},
    "milliseconds": {"": "1", **_MILLISECONDS},
    "bytes": {"": "1", **_BYTES},
}
"""Unit of a metric → the units that it is stated in, and how many of its own each is."""

_SHORT = {
    "percent": "%", "msec": "ms", "millisecond": "ms", "sec": "s", "second": "s", "min": "m", "minute": "m",
    "hr": "h", "hour": "h", "day": "d", "byte": "b", "kib": "kb", "mib": "mb", "gib": "gb", "tib": "tb",
}  # fmt: skip
_UNIT = re.compile(r"[0-9.,]+\s*(.*)$", re.DOTALL)
_RATE = re.compile(r"(.*?)\s*(?:/|\bper\b|\ba\b|\ban\b)\s*([a-z]+)")


class Threshold(NamedTuple):
    """A number, and how a value is compared with it so that the alarm goes off."""

    value: Decimal
    comparison: str


def convert(stated: Measure, metric: Metric, period: int) -> Threshold | str:
    """Return a threshold in the unit of a metric over a period in seconds, or why that cannot be.

    A threshold without a comparator is the least value that is too much.
    """
    if stated.low != stated.high:
        return "a range is no threshold"
    written = _UNIT.search(stated.text)
    factor = _factor(" ".join(written[1].lower().split()) if written else "", metric, period)
    if isinstance(factor, str):
        return factor
    if stated.comparator == "=":
        return Threshold(Decimal(0), _COMPARISONS["<="]) if not stated.low else "CloudWatch compares by more or less"
    return Threshold(stated.low * factor, _COMPARISONS[stated.comparator])


def _factor(unit: str, metric: Metric, period: int) -> Decimal | str:
    if metric.unit == "count":
        return _count(unit, metric, period)
    short = unit.removesuffix("s") if len(unit) > 2 else unit
    factor = _FACTORS[metric.unit].get(_SHORT.get(short, short))
    return f"CloudWatch measures {metric.name} in {metric.unit}, not in '{unit}'" if factor is None else Decimal(factor)


def _count(unit: str, metric: Metric, period: int) -> Decimal | str:
    """Return 1 for a number of things, and for a rate how many of its times a period is."""
    rate = _RATE.fullmatch(unit)
    time = Decimal(_SECONDS.get(_SHORT.get(rate[2].removesuffix("s"), rate[2]), 0)) if rate else Decimal(0)
    if "%" in unit or "percent" in unit:
        return f"{metric.name} is a number, not a share"
    if rate and time:
        is_summed = metric.statistic == "Sum"
        return Decimal(period) / time if is_summed else f"{metric.name} is a state, not a rate"
    return Decimal(1)
