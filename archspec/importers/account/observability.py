"""Log groups, alarms and dashboards, as CloudWatch answers.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, data, made, picked
from archspec.resources.resource import Resource, Value

_ALARM = {
    "arn": "AlarmArn",
    "alarm_name": "AlarmName",
    "actions_enabled": "ActionsEnabled",
    "unit": "Unit",
    "alarm_description": "AlarmDescription",
    "comparison_operator": "ComparisonOperator",
    "evaluation_periods": "EvaluationPeriods",
    "datapoints_to_alarm": "DatapointsToAlarm",
    "metric_name": "MetricName",
    "namespace": "Namespace",
    "period": "Period",
    "statistic": "Statistic",
    "extended_statistic": "ExtendedStatistic",
    "threshold": "Threshold",
    "alarm_actions": "AlarmActions",
    "ok_actions": "OKActions",
    "treat_missing_data": "TreatMissingData",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield what watches the rest."""
    named = answers.tags("logs.list_tags_log_group", "logGroupName")
    for one in answers.items("logs.describe_log_groups"):
        values = picked(one, {"name": "logGroupName", "retention_in_days": "retentionInDays", "kms_key_id": "kmsKeyId"})
        values["arn"] = str(one.get("arn", "")).removesuffix(":*")
        yield made("aws_cloudwatch_log_group", one["logGroupName"], values, named.get(one["logGroupName"]))
    named = answers.tags("cloudwatch.list_tags_for_resource", "ResourceARN")
    for one in answers.items("cloudwatch.describe_alarms"):
        dimensions: dict[str, Value] = {each["Name"]: each["Value"] for each in one.get("Dimensions", [])}
        queries: list[Value] = [_query(query) for query in one.get("Metrics", [])]
        values = {**picked(one, _ALARM), "dimensions": dimensions or None, "metric_query": queries or None}
        yield made("aws_cloudwatch_metric_alarm", one["AlarmName"], values, named.get(one.get("AlarmArn")))
    for one in answers.items("cloudwatch.get_dashboard"):
        values = {"dashboard_name": one.get("DashboardName"), "dashboard_body": data(one.get("DashboardBody"))}
        yield made("aws_cloudwatch_dashboard", str(one.get("DashboardName")), values)


def _query(one: Item) -> dict[str, Value]:
    """Read a metric that an alarm reckons with, or what it reckons of others."""
    found = picked(one, {"id": "Id", "expression": "Expression", "label": "Label", "return_data": "ReturnData"})
    about: Item = (one.get("MetricStat") or {}).get("Metric") or {}
    if about:
        stated: dict[str, Value] = {each["Name"]: each["Value"] for each in about.get("Dimensions", [])}
        names = {
            "metric_name": "Metric.MetricName",
            "namespace": "Metric.Namespace",
            "period": "Period",
            "stat": "Stat",
        }
        found["metric"] = [{**picked(one["MetricStat"], names), "dimensions": stated}]
    return found
