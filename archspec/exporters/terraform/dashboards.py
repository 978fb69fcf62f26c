"""Dashboards of CloudWatch: a graph for each thing shown that it has metrics for."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import metrics
from archspec.exporters.terraform.dimensions import subjects
from archspec.exporters.terraform.hcl import Body, Json, Value
from archspec.exporters.terraform.metrics import Metric
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.observability import Dashboard

_WIDTH, _HEIGHT = 12, 6
_MOST = 40
_KINDS = (
    (r"\becs\b|service|task|container", ("service",)),
    (r"\balb\b|\bnlb\b|\belb\b|load balancer", ("load_balancer",)),
    (r"\brds\b|aurora|docdb|database|\bdb\b", ("database",)),
    (r"redis|valkey|elasticache|cache", ("cache",)),
    (r"\bsqs\b|queue|\bdlq\b", ("queue",)),
    (r"\bsns\b|topic", ("topic",)),
    (r"\bwaf\b|web acl", ("web_acl",)),
    (r"cloudfront|\bcdn\b", ("distribution",)),
    (r"\bnat\b", ("nat_gateway",)),
)
"""Words of what is shown → the kinds of elements that are meant."""

_WHOLE = re.compile(r"health|load|metrics|overview|performance|status", re.IGNORECASE)
_USUAL = {
    "service": ("cpu", "memory"),
    "load_balancer": ("request", "latency", "5xx"),
    "database": ("cpu", "connection"),
    "cache": ("cpu", "memory", "hit"),
    "queue": ("visible",),
    "topic": ("publish",),
    "web_acl": ("block",),
    "distribution": ("request", "error"),
    "nat_gateway": ("port",),
}
"""What is shown of a kind where the text says no more than `performance` or `health`."""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the dashboards of which CloudWatch can show something.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
    """
    for dashboard in architecture.observability.dashboards.values():
        widgets: list[Value] = []
        for i, shown in enumerate(dashboard.shows):
            lines = _lines(shown, architecture)
            if lines:
                widgets.append(_widget(len(widgets), shown, lines, architecture))
            else:
                yield Omission((*dashboard.path, "shows", i), "CloudWatch has no metrics of that name by itself")
        if widgets:
            yield _resource(dashboard, widgets, architecture)
        elif not dashboard.shows:
            yield Omission(dashboard.path, "says nothing of what it shows")
        else:
            yield Omission(dashboard.path, "CloudWatch can show nothing of it by itself")


def _resource(dashboard: Dashboard, widgets: list[Value], architecture: Architecture) -> Resource:
    body: Body = {
        "dashboard_name": named(architecture, dashboard.id),
        "dashboard_body": Json({"widgets": widgets}),
    }
    return Resource("aws_cloudwatch_dashboard", slug(dashboard.id), origin(dashboard), body, reasons(dashboard))


def _widget(number: int, title: str, lines: list[Value], architecture: Architecture) -> Value:
    return {
        "type": "metric",
        "x": number % 2 * _WIDTH,
        "y": number // 2 * _HEIGHT,
        "width": _WIDTH,
        "height": _HEIGHT,
        "properties": {
            "title": title,
            "region": architecture.region,
            "view": "timeSeries",
            "stacked": False,
            "period": 300,
            "metrics": lines,
        },
    }


def _lines(shown: str, architecture: Architecture) -> list[Value]:
    """Return the lines of a graph: each metric that a text names, of each element that it is about."""
    kinds = [kind for words, kinds in _KINDS if re.search(words, shown, re.IGNORECASE) for kind in kinds]
    found: dict[str, Value] = {}
    for element in architecture.elements.values():
        for metric in _meant(shown, element) if element.kind in kinds[:1] else ():
            for subject in subjects(element, metric, architecture):
                line: list[Value] = [metric.namespace, metric.name]
                for name, value in subject.dimensions.items():
                    line += [name, value]
                found[repr(line)] = [*line, {"stat": metric.statistic}]
    return [*found.values()][:_MOST]


def _meant(shown: str, element: Element) -> list[Metric]:
    """Return the metrics that the parts of a text mean; of an element the text is about as a whole, the usual ones."""
    _, colon, listed = shown.partition(":")
    parts = [one for part in re.split(r",|\band\b", listed if colon else shown) for one in _both(part)]
    found = [metric for part in parts if (metric := metrics.find(part, element))]
    if not found and _WHOLE.search(shown):
        found = [metric for word in _USUAL[element.kind] if (metric := metrics.find(word, element))]
    return [*dict.fromkeys(found)]


def _both(part: str) -> list[str]:
    """Return `Read IOPS` and `Write IOPS` for `Read/Write IOPS`."""
    pair = re.search(r"(\w+)/(\w+)", part)
    return [part.replace(pair[0], one) for one in pair.groups()] if pair else [part]
