"""CloudWatch alarms → `observability.alarms`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, blocks, items, number, text, whole
from archspec.importers.draft.naming import architecture_name
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.spelling import amount, seconds
from archspec.resources.resource import Ref, Resource, Value, refs

HOME = ("observability", "alarms")
TYPES = frozenset({"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"})
_SEVERITIES = ("critical", "high", "medium", "low", "warning")
_COMPARED = (("GreaterThanOrEqual", ">="), ("LessThanOrEqual", "<="), ("GreaterThan", ">"), ("LessThan", "<"))
_UNITS = (
    (("Utilization", "Percentage", "HitRate", "ErrorRate"), "%"),
    (("ReplicaLagMaximum", "AuroraReplicaLag"), " ms"),
    (("ResponseTime", "Latency", "Lag", "AgeOfOldestMessage"), " s"),
)
"""What the names of metrics end in → their unit, as it is written behind a number."""
_DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "BucketName": ("aws_s3_bucket", "bucket"),
    "CacheClusterId": ("aws_elasticache_cluster", "cluster_id"),
    "ClusterName": ("aws_ecs_cluster", "name"),
    "DBClusterIdentifier": ("aws_rds_cluster aws_docdb_cluster", "cluster_identifier"),
    "DBInstanceIdentifier": ("aws_db_instance aws_rds_cluster_instance aws_docdb_cluster_instance", "identifier"),
    "DistributionId": ("aws_cloudfront_distribution", "id"),
    "LoadBalancer": ("aws_lb", "arn_suffix"),
    "NatGatewayId": ("aws_nat_gateway", "id"),
    "QueueName": ("aws_sqs_queue", "name"),
    "ReplicationGroupId": ("aws_elasticache_replication_group", "replication_group_id"),
    "ServiceName": ("aws_ecs_service", "name"),
    "TargetGroup": ("aws_lb_target_group", "arn_suffix"),
    "TopicName": ("aws_sns_topic", "name"),
    "WebACL": ("aws_wafv2_web_acl", "name"),
    "clusterId": ("aws_elasticache_serverless_cache", "name"),
}
"""Dimension of a metric → the types of resource that it is of, and the attribute that it holds.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""
_NODE = re.compile(r"(-[0-9]{4})?-[0-9]{3}$")
"""What ElastiCache puts behind the name of a group to name a node of it."""
_WIDER = {"ServiceName": "ClusterName", "TargetGroup": "LoadBalancer"}
"""Dimension → the one beside it that only says where it is."""


class _Around(NamedTuple):
    """What alarms are read with: the elements by what dimensions call them, the topics, the name of the whole."""

    given: Given
    known: Mapping[tuple[str, str], str]
    topics: set[str]
    architecture: str


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield the alarms. One without its threshold would be another alarm."""
    known = {
        (dimension, name): links.element(given, Ref(one.address))
        for dimension, (types, attribute) in _DIMENSIONS.items()
        for one in given.inventory.of(*types.split())
        if (name := text(one.values.get(attribute)))
    }
    around = _Around(given, known, {*links.by_id(given, "aws_sns_topic")}, architecture_name(given.inventory))
    for id_, found in links.by_id(given, "aws_cloudwatch_metric_alarm").items():
        limit = found[0].values.get("threshold")
        if limit is not None and number(limit) is None:
            yield Left(found[0].address, "archspec cannot write its threshold exactly")
        else:
            yield _alarm(around, id_, found)


def _alarm(around: _Around, id_: str, found: Sequence[Resource]) -> Piece:
    """Read an alarm. Several in CloudWatch may be one: each is on one of the things that it watches."""
    given, one, values = around.given, found[0], found[0].values
    name, note = text(values.get("alarm_name")), text(values.get("alarm_description"))
    metric, severity = _metric(values), one.tags.get("Severity", "").lower()
    numbered = f"{around.architecture}-{id_.replace('/', '-')}-"
    actions = items(values.get("alarm_actions"))
    data: dict[str, Any] = {
        "name": "" if len(found) > 1 or name.startswith(numbered) else name,
        "note": note,
        "metric": text(metric.get("metric_name")) or text(metric.get("label")) or text(metric.get("expression")),
        "watches": [
            *dict.fromkeys(watched for each in found for watched in _watched(given, around.known, _metric(each.values)))
        ],
        "threshold": _threshold(one, metric),
        "period": seconds(metric.get("period")) if whole(metric.get("period")) else "",
        "datapoints": _datapoints(values),
        "severity": severity if severity in _SEVERITIES else "",
        "notifies": [each for each in links.elements(given, actions) if each in around.topics],
        "action": "Auto-scale" if any(map(partial(_is_scaling, given), actions)) else "",
        "status": "disabled" if values.get("actions_enabled") is False else "",
    }
    if note == f"{data['metric']} {data['threshold']}":
        data["note"] = ""
    return Piece(HOME, id_, data, one.address)


def _datapoints(values: Values) -> int | None:
    """Return how many datapoints it takes; that it takes one goes without saying."""
    needed = whole(values.get("datapoints_to_alarm")) or whole(values.get("evaluation_periods")) or 1
    return needed if needed > 1 else None


def _metric(values: Values) -> Values:
    """Return what an alarm is about: its own metric, or of several in an expression the one that it returns."""
    queries = blocks(values.get("metric_query"))
    if not queries:
        return values
    returned = next((query for query in queries if query.get("return_data") is True), queries[0])
    inner = [each for query in [returned, *queries] for each in blocks(query.get("metric"))]
    return {**(inner[0] if inner else {}), **{key: returned[key] for key in ("label", "expression") if key in returned}}


def _watched(given: Given, known: Mapping[tuple[str, str], str], metric: Values) -> list[str]:
    found: dict[str, str] = {}
    stated = metric.get("dimensions")
    if not isinstance(stated, Mapping):
        # As long as not all of them are known, a plan only says what they name.
        return _named(given, [*refs(stated)])
    for dimension, value in stated.items():
        ref, _ = links.pointer(value)
        name = text(value)
        node = _NODE.sub("", name) if dimension == "CacheClusterId" else name
        id_ = links.element(given, ref) or known.get((dimension, name)) or known.get(("ReplicationGroupId", node), "")
        if id_:
            found[dimension] = id_
    for narrower, wider in _WIDER.items():
        if narrower in found:
            found.pop(wider, None)
    return [*dict.fromkeys(found.values())]


def _named(given: Given, named: Sequence[Ref]) -> list[str]:
    by_type = {one.type: links.element(given, ref) for ref in named if (one := links.resource(given, ref))}
    for narrower, wider in (("aws_ecs_service", "aws_ecs_cluster"), ("aws_lb_target_group", "aws_lb")):
        if narrower in by_type:
            by_type.pop(wider, None)
    return [*dict.fromkeys(id_ for id_ in by_type.values() if id_)]


def _threshold(one: Resource, metric: Values) -> str:
    """Return what is beyond which figure: AWS takes 0 where none is stated, and no other metric is the limit."""
    values = one.values
    limit = number(values.get("threshold"))
    operator = text(values.get("comparison_operator"))
    sign = next((sign for word, sign in _COMPARED if operator.startswith(word)), "")
    if limit is None and sign and "threshold" not in one.unknown and not values.get("threshold_metric_id"):
        limit = Decimal(0)
    if limit is None or limit < 0:
        return ""
    name = "%" if metric.get("unit") == "Percent" else text(metric.get("metric_name"))
    unit = next((unit for ends, unit in _UNITS if name.endswith((*ends, unit))), "")
    return f"{sign} {amount(limit)}{unit}".strip()


def _is_scaling(given: Given, action: Value) -> bool:
    found = links.resource(given, action)
    return (found is not None and found.type == "aws_appautoscaling_policy") or ":scalingPolicy:" in text(action)
