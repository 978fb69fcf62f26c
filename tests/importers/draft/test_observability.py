"""Log groups, alarms, dashboards, budgets of Terraform come back as a person writes them in a spec."""

from typing import Any

import pytest

from archspec.importers.draft import observability
from archspec.importers.draft.piece import Left
from tests.importers.draft.reading import left, read

Resources = dict[str, dict[str, Any]]


def test_a_log_group_and_a_flow_log_that_writes_to_it() -> None:
    resources: Resources = {
        "aws_vpc.main": {},
        "aws_iam_role.writer": {},
        "aws_kms_key.key": {},
        "aws_cloudwatch_log_group.flows": {
            "name": "/vpc/flows", "retention_in_days": 14, "kms_key_id": "@aws_kms_key.key",
        },
        "aws_flow_log.main-flow-log": {
            "vpc_id": "@aws_vpc.main", "traffic_type": "REJECT", "log_destination": "@aws_cloudwatch_log_group.flows",
            "iam_role_arn": "@aws_iam_role.writer",
        },
    }  # fmt: skip
    found = read(observability, resources)
    assert found["flows"].data == {"name": "/vpc/flows", "retention": "14 days", "key": "key"}
    assert found["main-flow-log"].data == {"vpc": "main", "traffic": "reject", "log_group": "flows", "role": "writer"}


def test_a_flow_log_may_write_to_a_bucket() -> None:
    resources: Resources = {
        "aws_vpc.main": {},
        "aws_s3_bucket.logs": {},
        "aws_flow_log.flow": {
            "vpc_id": "@aws_vpc.main",
            "traffic_type": "ALL",
            "log_destination": "@aws_s3_bucket.logs",
        },
    }
    assert read(observability, resources)["flow"].data == {"vpc": "main", "traffic": "all", "bucket": "logs"}


def test_logs_without_a_retention_are_kept_for_ever() -> None:
    piece = read(observability, {"aws_cloudwatch_log_group.logs": {"retention_in_days": 0}})["logs"]
    assert (piece.data, piece.guesses) == ({}, ("logs are kept for ever",))


def test_an_alarm_comes_back_in_words() -> None:
    resources: Resources = {
        "aws_ecs_cluster.ecs": {"name": "prod"},
        "aws_ecs_service.web": {"name": "web"},
        "aws_sns_topic.alerts": {},
        "aws_cloudwatch_metric_alarm.cpu": {
            "alarm_name": "web-cpu-high",
            "alarm_description": "the web is busy",
            "metric_name": "CPUUtilization",
            "dimensions": {"ClusterName": "prod", "ServiceName": "web"},
            "comparison_operator": "GreaterThanOrEqualToThreshold",
            "threshold": 80.0,
            "period": 300,
            "evaluation_periods": 3,
            "datapoints_to_alarm": 2,
            "alarm_actions": ["@aws_sns_topic.alerts", "@aws_appautoscaling_policy.out"],
        },
        "aws_appautoscaling_policy.out": {},
    }
    assert read(observability, resources)["cpu"].data == {
        "name": "web-cpu-high",
        "note": "the web is busy",
        "metric": "CPUUtilization",
        "watches": ["web"],
        "threshold": ">= 80%",
        "period": "5 minutes",
        "datapoints": 2,
        "notifies": ["alerts"],
        "action": "Auto-scale",
    }


@pytest.mark.parametrize(
    ("dimensions", "watched"),
    [
        ({"DBClusterIdentifier": "shop-docs"}, "docs"),
        ({"DBInstanceIdentifier": "shop-docs-1"}, "docs"),
        ({"CacheClusterId": "shop-redis-001"}, "redis"),
        ({"CacheClusterId": "${aws_elasticache_replication_group.redis.replication_group_id}-0001-002"}, "redis"),
        ({"QueueName": "@aws_sqs_queue.mails"}, "mails"),
        ({"LoadBalancer": "app/shop/1", "TargetGroup": "targetgroup/web/1"}, "web-tg"),
    ],
)
def test_what_an_alarm_watches_is_told_by_its_dimensions(dimensions: dict[str, str], watched: str) -> None:
    resources: Resources = {
        "aws_docdb_cluster.docs": {"cluster_identifier": "shop-docs"},
        "aws_docdb_cluster_instance.first": {
            "identifier": "shop-docs-1", "cluster_identifier": "@aws_docdb_cluster.docs",
        },
        "aws_elasticache_replication_group.redis": {"replication_group_id": "shop-redis"},
        "aws_sqs_queue.mails": {"name": "shop-mails"},
        "aws_lb.alb": {"arn_suffix": "app/shop/1"},
        "aws_lb_target_group.web-tg": {"arn_suffix": "targetgroup/web/1"},
        "aws_cloudwatch_metric_alarm.alarm": {
            "metric_name": "X", "comparison_operator": "LessThanThreshold", "threshold": 1, "dimensions": dimensions,
        },
    }  # fmt: skip
    found = read(observability, resources)
    assert found["alarm"].data == {"metric": "X", "watches": [watched], "threshold": "< 1"}


def test_alarms_that_go_by_one_id_are_one_that_watches_all_of_theirs() -> None:
    alarm = {"metric_name": "TargetResponseTime", "comparison_operator": "GreaterThanThreshold", "threshold": "0.5"}
    resources: Resources = {
        "aws_sqs_queue.a": {"name": "a"},
        "aws_sqs_queue.b": {"name": "b"},
        "aws_cloudwatch_metric_alarm.one": {**alarm, "alarm_name": "one", "dimensions": {"QueueName": "a"}},
        "aws_cloudwatch_metric_alarm.two": {**alarm, "alarm_name": "two", "dimensions": {"QueueName": "b"}},
    }
    ids = dict.fromkeys(("aws_cloudwatch_metric_alarm.one", "aws_cloudwatch_metric_alarm.two"), "slow")
    found = read(observability, resources, ids)
    expected = {"metric": "TargetResponseTime", "watches": ["a", "b"], "threshold": "> 0.5 s"}
    assert {id_: piece.data for id_, piece in found.items()} == {"slow": expected}


@pytest.mark.parametrize("threshold", [1e20, 1e308, "1e400", "much"])
def test_an_alarm_whose_threshold_cannot_be_written_is_left(threshold: object) -> None:
    alarm = {"metric_name": "X", "comparison_operator": "GreaterThanThreshold", "threshold": threshold}
    resources: Resources = {"aws_cloudwatch_metric_alarm.far": alarm}
    reason = "archspec cannot write its threshold exactly"
    assert left(observability, resources) == [Left("aws_cloudwatch_metric_alarm.far", reason)]


def test_an_alarm_on_an_expression_is_told_by_its_label() -> None:
    alarm = {
        "comparison_operator": "GreaterThanThreshold",
        "threshold": 5,
        "metric_query": [
            {"id": "e", "expression": "errors/requests*100", "label": "error rate", "return_data": True},
            {"id": "errors", "metric": [{"metric_name": "", "period": 60, "dimensions": {"QueueName": "a"}}]},
        ],
    }
    found = read(observability, {"aws_sqs_queue.a": {"name": "a"}, "aws_cloudwatch_metric_alarm.rate": alarm})
    expected = {"metric": "error rate", "watches": ["a"], "threshold": "> 5", "period": "1 minute"}
    assert found["rate"].data == expected


def test_a_dashboard_shows_the_titles_of_its_widgets() -> None:
    body = {"widgets": [{"properties": {"title": title}} for title in ("CPU", "Errors", "CPU")] + [{"type": "text"}]}
    found = read(observability, {"aws_cloudwatch_dashboard.board": {"dashboard_name": "prod", "dashboard_body": body}})
    assert found["board"].data == {"name": "prod", "shows": ["CPU", "Errors"]}


def test_a_budget_comes_back_with_its_alerts() -> None:
    notice = {"threshold_type": "PERCENTAGE", "comparison_operator": "GREATER_THAN"}
    resources: Resources = {
        "aws_sns_topic.alerts": {},
        "aws_budgets_budget.monthly": {
            "limit_amount": "1000.0",
            "limit_unit": "USD",
            "time_unit": "MONTHLY",
            "notification": [
                {**notice, "threshold": 80, "notification_type": "ACTUAL",
                 "subscriber_sns_topic_arns": ["@aws_sns_topic.alerts"]},
                {**notice, "threshold": 90.5, "notification_type": "FORECASTED",
                 "subscriber_email_addresses": ["cfo@example.com"]},
            ],
        },
        "aws_budgets_budget.yearly": {"limit_amount": "1200", "limit_unit": "USD", "time_unit": "ANNUALLY"},
    }  # fmt: skip
    found = read(observability, resources)
    assert found["monthly"].data == {
        "note": "mails to cfo@example.com",
        "limit": "$1000/month",
        "alerts": ["80%"],
        "forecast_alerts": ["90.5%"],
        "notifies": ["alerts"],
    }
    assert found["yearly"].data == {"limit": "$100/month"}
    assert found["yearly"].guesses == ("the budget of $1200 is annually: a share of it a month",)


def test_a_monitor_of_unusual_costs_comes_back_with_its_subscription() -> None:
    resources: Resources = {
        "aws_sns_topic.alerts": {},
        "aws_ce_anomaly_monitor.costs": {"monitor_type": "DIMENSIONAL", "monitor_dimension": "SERVICE"},
        "aws_ce_anomaly_subscription.costs": {
            "name": "shop-anomalies",
            "frequency": "IMMEDIATE",
            "monitor_arn_list": ["@aws_ce_anomaly_monitor.costs"],
            "subscriber": [{"type": "SNS", "address": "@aws_sns_topic.alerts"}],
            "threshold_expression": [
                {"dimension": [{"key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "values": ["100"]}]},
            ],
        },
    }
    assert read(observability, resources)["costs"].data == {
        "level": "Service-level",
        "threshold": "$100",
        "frequency": "Immediate",
        "subscription": "shop-anomalies",
        "notifies": ["alerts"],
    }


def test_an_alarm_without_a_threshold_has_that_of_aws_unless_another_metric_is_it() -> None:
    alarm = {"metric_name": "Errors", "comparison_operator": "GreaterThanThreshold"}
    resources = {
        "aws_cloudwatch_metric_alarm.zero": alarm,
        "aws_cloudwatch_metric_alarm.band": {**alarm, "threshold_metric_id": "e1"},
    }
    found = read(observability, resources)
    assert {id_: piece.data for id_, piece in found.items()} == {"zero": {"metric": "Errors", "threshold": "> 0"}}
