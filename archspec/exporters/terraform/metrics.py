"""What people call a metric → CloudWatch's names for it, by the kind of element that it is of."""

import re
from typing import NamedTuple

from archspec.model.data import Cache, Database
from archspec.model.element import Element
from archspec.model.network import LoadBalancer

INSIGHTS = "ECS/ContainerInsights"
"""Measured only where a cluster's Container Insights are on."""


class Metric(NamedTuple):
    """A metric of CloudWatch: where it is, its name, how its values are put together, and their unit."""

    namespace: str
    name: str
    statistic: str = "Sum"
    unit: str = "count"


_Rows = tuple[tuple[str, Metric], ...]


def _in(namespace: str, *rows: tuple[str, ...]) -> _Rows:
    """Return metrics by the words that mean them. The first one that fits is meant."""
    return tuple((words, Metric(namespace, *names)) for words, *names in rows)


_PERCENT = ("Average", "percent")
_CPU = ("cpu", "CPUUtilization", *_PERCENT)
_ECS = _in("AWS/ECS", _CPU, ("memory", "MemoryUtilization", *_PERCENT))
_HEALTHY = (
    ("unhealthy", "UnHealthyHostCount", "Maximum"),
    ("healthy|service health", "HealthyHostCount", "Minimum"),
)
_RESPONSES = (
    ("5xx", "HTTPCode_Target_5XX_Count"),
    ("4xx", "HTTPCode_Target_4XX_Count"),
    ("latency|response time", "TargetResponseTime", "Average", "seconds"),
    ("request", "RequestCount"),
)
_STORED = (
    _CPU,
    ("connection", "DatabaseConnections", "Average"),
    ("memory", "FreeableMemory", "Average", "bytes"),
    ("read.*latency", "ReadLatency", "Average", "seconds"),
    ("write.*latency", "WriteLatency", "Average", "seconds"),
    ("read.*iops", "ReadIOPS", "Average"),
    ("write.*iops", "WriteIOPS", "Average"),
)
_CACHED = (
    (r"\bhit", "CacheHitRate", *_PERCENT),
    ("evict", "Evictions"),
    ("connection", "CurrConnections", "Average"),
)
_ROWS: dict[str, _Rows] = {
    "service": (
        *_ECS,
        *_in(
            INSIGHTS,
            ("pending", "PendingTaskCount", "Maximum"),
            ("desired", "DesiredTaskCount", "Maximum"),
            (r"task ?count|\btasks?\b", "RunningTaskCount", "Average"),
        ),
        *_in("AWS/ApplicationELB", *_HEALTHY, *_RESPONSES),
    ),
    "cluster": (*_ECS, *_in(INSIGHTS, (r"task ?count|\btasks?\b", "TaskCount", "Average"))),
    "target_group": _in("AWS/ApplicationELB", *_HEALTHY, *_RESPONSES),
    "application": _in(
        "AWS/ApplicationELB",
        *_HEALTHY,
        (r"target.*5xx", "HTTPCode_Target_5XX_Count"),
        (r"target.*4xx", "HTTPCode_Target_4XX_Count"),
        ("5xx", "HTTPCode_ELB_5XX_Count"),
        ("4xx", "HTTPCode_ELB_4XX_Count"),
        ("latency|response time", "TargetResponseTime", "Average", "seconds"),
        ("active connection", "ActiveConnectionCount"),
        ("connection", "NewConnectionCount"),
        ("request", "RequestCount"),
    ),
    "network": _in("AWS/NetworkELB", *_HEALTHY, ("connection|flow", "ActiveFlowCount", "Average")),
    "instance": _in(
        "AWS/RDS",
        *_STORED,
        ("storage|disk", "FreeStorageSpace", "Minimum", "bytes"),
        ("lag", "ReplicaLag", "Maximum", "seconds"),
    ),
    "aurora": _in("AWS/RDS", *_STORED, ("lag", "AuroraReplicaLagMaximum", "Maximum", "milliseconds")),
    "docdb": _in("AWS/DocDB", *_STORED, ("lag", "DBClusterReplicaLagMaximum", "Maximum", "milliseconds")),
    "cache": _in(
        "AWS/ElastiCache",
        ("engine.*cpu", "EngineCPUUtilization", *_PERCENT),
        _CPU,
        ("memory", "DatabaseMemoryUsagePercentage", *_PERCENT),
        *_CACHED,
        ("lag", "ReplicationLag", "Maximum", "seconds"),
    ),
    "memcached": _in("AWS/ElastiCache", _CPU, ("memory", "FreeableMemory", "Average", "bytes"), *_CACHED),
    "serverless": _in("AWS/ElastiCache", ("memory|storage", "BytesUsedForCache", "Maximum", "bytes"), *_CACHED),
    "queue": _in(
        "AWS/SQS",
        (r"\bage\b|AgeOf|oldest", "ApproximateAgeOfOldestMessage", "Maximum", "seconds"),
        ("flight|not ?visible", "ApproximateNumberOfMessagesNotVisible", "Maximum"),
        ("sent", "NumberOfMessagesSent"),
        ("received", "NumberOfMessagesReceived"),
        ("deleted", "NumberOfMessagesDeleted"),
        ("depth|visible|backlog|message|length", "ApproximateNumberOfMessagesVisible", "Maximum"),
    ),
    "topic": _in(
        "AWS/SNS",
        ("fail|error", "NumberOfNotificationsFailed"),
        ("deliver", "NumberOfNotificationsDelivered"),
        ("publish|message", "NumberOfMessagesPublished"),
    ),
    "web_acl": _in(
        "AWS/WAFV2",
        ("block", "BlockedRequests"),
        ("allow", "AllowedRequests"),
        ("counted", "CountedRequests"),
    ),
    "distribution": _in(
        "AWS/CloudFront",
        ("5xx", "5xxErrorRate", *_PERCENT),
        ("4xx", "4xxErrorRate", *_PERCENT),
        ("error", "TotalErrorRate", *_PERCENT),
        ("request", "Requests"),
    ),
    "nat_gateway": _in(
        "AWS/NATGateway",
        (r"\bports?\b", "ErrorPortAllocation"),
        ("drop", "PacketsDropCount"),
        ("connection", "ActiveConnectionCount", "Maximum"),
    ),
}
"""What an element is → the words for its metrics, and those.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
https://docs.aws.amazon.com/documentdb/latest/developerguide/cloud_watch.html
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
"""


def find(text: str, element: Element) -> Metric | None:
    """Return the metric that a text means of an element, by CloudWatch's name for it or by people's words."""
    rows = _ROWS.get(form(element), ())
    exact = next((metric for _, metric in rows if metric.name.lower() == text.strip().lower()), None)
    return exact or next((metric for words, metric in rows if re.search(words, text, re.IGNORECASE)), None)


def form(element: Element) -> str:
    """Return what an element is, as far as its metrics depend on it: its kind, type or engine."""
    match element:
        case LoadBalancer():
            return element.type
        case Database():
            return "docdb" if element.engine == "docdb" else "aurora" if "aurora" in element.engine else "instance"
        case Cache():
            return "serverless" if element.serverless else "memcached" if element.engine == "memcached" else "cache"
        case _:
            return element.kind
