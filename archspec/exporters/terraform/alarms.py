"""Alarms of CloudWatch: one for each element that is watched, because an alarm has one metric."""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.artifacts import Omission
from archspec.exporters.terraform import metrics
from archspec.exporters.terraform.amounts import number
from archspec.exporters.terraform.certificates import CLOUDFRONT_REGION
from archspec.exporters.terraform.dimensions import Subject, subjects
from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.metrics import Metric
from archspec.exporters.terraform.resource import Part, Resource, in_region, named, origin, reasons, refer, slug
from archspec.exporters.terraform.thresholds import Threshold, convert
from archspec.model.architecture import Architecture
from archspec.model.compute import Cluster, Service
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.observability import Alarm

_PERIOD = 300
_MINUTE = 60
_SHORT = (10, 20, 30)
_DAY = 86400
_PERCENTILE = re.compile(r"\bp([0-9]{1,2}(?:\.[0-9]{1,2})?)\b", re.IGNORECASE)
_MOST = 1024
_CHARGES = "CloudWatch knows what a month has cost so far, in us-east-1 only; a budget tells of it"


class _Measured(NamedTuple):
    element: Element
    metric: Metric
    threshold: Threshold


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the alarms that are stated, as far as CloudWatch has their metrics."""
    for alarm in architecture.observability.alarms.values():
        yield from _alarm(alarm, architecture)


def _alarm(alarm: Alarm, architecture: Architecture) -> Iterator[Part]:
    if not alarm.watches:
        charges = re.search("charge|cost|spend|bill", alarm.metric, re.IGNORECASE)
        yield Omission(alarm.path, _CHARGES if charges else "names nothing that it watches and that is exported")
        return
    for i, id_ in enumerate(alarm.watches):
        element = architecture.elements[id_]
        found = _measured(alarm, element, architecture)
        if isinstance(found, str):
            yield Omission((*alarm.path, "watches", i) if len(alarm.watches) > 1 else alarm.path, found)
            continue
        for subject in subjects(element, found.metric, architecture):
            yield _resource(alarm, found, subject, architecture)
        yield from _untold(alarm, element, architecture)


def _measured(alarm: Alarm, element: Element, architecture: Architecture) -> _Measured | str:
    """Return the metric of an element and the threshold, or why CloudWatch has none."""
    metric = metrics.find(alarm.metric, element)
    if metric is None:
        return f"CloudWatch has no metric '{alarm.metric}' of {element.id} by itself"
    if metric.namespace == metrics.INSIGHTS and not _has_insights(element, architecture):
        return f"{metric.name} is measured by Container Insights, which are off"
    if not subjects(element, metric, architecture):
        return f"{element.id} has nothing of which CloudWatch measures {metric.name}"
    threshold = convert(alarm.threshold, metric, period(alarm))
    return threshold if isinstance(threshold, str) else _Measured(element, metric, threshold)


def _has_insights(element: Element, architecture: Architecture) -> bool:
    cluster = element if isinstance(element, Cluster) else None
    if isinstance(element, Service):
        cluster = architecture.compute.clusters.get(element.cluster)
    return cluster is None or cluster.container_insights is not False


def period(alarm: Alarm) -> int:
    """Return a period that CloudWatch takes, in seconds: at least as long as stated, and at most a day."""
    if alarm.period is None:
        return _PERIOD
    stated = math.ceil(alarm.period.high)
    short = next((one for one in _SHORT if one >= stated), 0)
    return min(short or math.ceil(stated / _MINUTE) * _MINUTE, _DAY)


def _resource(alarm: Alarm, found: _Measured, subject: Subject, architecture: Architecture) -> Resource:
    element, metric, threshold = found
    several = len(alarm.watches) > 1
    parts = (alarm.id, *([element.id] if several else []), *([subject.name] if subject.name else []))
    percentile = _PERCENTILE.search(alarm.metric)
    body: Body = {
        **_there(element, architecture),
        "alarm_name": named(architecture, "-".join(parts)),
        "alarm_description": _description(alarm),
        "namespace": metric.namespace,
        "metric_name": metric.name,
        "dimensions": subject.dimensions,
        "statistic": None if percentile else metric.statistic,
        "extended_statistic": f"p{percentile[1]}" if percentile else None,
        "period": period(alarm),
        "evaluation_periods": alarm.datapoints or 1,
        "datapoints_to_alarm": alarm.datapoints,
        "comparison_operator": threshold.comparison,
        "threshold": number(threshold.value),
        # Where nothing happens, nothing is counted.
        "treat_missing_data": "notBreaching" if metric.statistic == "Sum" else "missing",
        "alarm_actions": [refer("aws_sns_topic", topic, "arn") for topic in _told(alarm, element, architecture)]
        or None,
        "tags": {"Severity": alarm.severity} if alarm.severity else None,
    }
    return Resource("aws_cloudwatch_metric_alarm", slug(*parts), origin(alarm), body, reasons(alarm, *_why(alarm)))


def _why(alarm: Alarm) -> Iterator[str]:
    if alarm.period is None:
        yield "derived: no period is stated, so it is 5 minutes"
    elif period(alarm) != alarm.period.high:
        yield f"CloudWatch has periods of whole minutes up to a day, and not {alarm.period}."


def _description(alarm: Alarm) -> str:
    text = f"{alarm.metric} {alarm.threshold}"
    return (f"{text}: {alarm.action}" if alarm.action else text)[:_MOST]


def _is_global(element: Element) -> bool:
    return element.kind == "distribution" or (isinstance(element, WebAcl) and element.scope == "cloudfront")


def _there(element: Element, architecture: Architecture) -> Body:
    """Put an alarm where its metric is: what CloudFront measures is in one Region."""
    return in_region(CLOUDFRONT_REGION, architecture) if _is_global(element) else {}


def _told(alarm: Alarm, element: Element, architecture: Architecture) -> tuple[str, ...]:
    return () if _there(element, architecture) else alarm.notifies


def _untold(alarm: Alarm, element: Element, architecture: Architecture) -> Iterator[Omission]:
    if alarm.notifies and not _told(alarm, element, architecture):
        reason = f"the alarm on {element.id} is in {CLOUDFRONT_REGION}, and tells only topics there"
        yield Omission((*alarm.path, "notifies"), reason)
