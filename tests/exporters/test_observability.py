"""What the Terraform exporter makes of logs, alarms, dashboards and budgets."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.exporters.terraform import alarms, budgets, dashboards, flow_logs, log_groups
from archspec.exporters.terraform.hcl import Json, Reference, Template
from archspec.exporters.terraform.metrics import Metric
from archspec.exporters.terraform.thresholds import Threshold, convert
from archspec.model.quantity import Measure

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {vpc: main, az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], listeners: [{port: 80, protocol: HTTP, forward: web}]}}
compute:
  clusters: {ecs: {}, quiet: {container_insights: false}}
  services:
    web: {cluster: ecs, port: 80, load_balancer: alb, subnets: [a], security_groups: [sg], log_group: stated}
    job: {cluster: quiet, subnets: [a], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, class: db.t4g.small, subnets: [a, b], security_groups: [sg], log_group: of-db}
    aurora: {engine: aurora-postgresql, class: db.t4g.medium, subnets: [a, b], security_groups: [sg]}
  caches: {redis: {engine: redis, class: cache.t4g.small, multi_az: true, subnets: [a, b], security_groups: [sg]}}
  buckets: {archive: {}}
messaging: {topics: {alerts: {}}, queues: {jobs: {}}}
edge:
  web_acls: {waf: {protects: [alb], log_group: waf-logs}}
security: {keys: {own: {}}, roles: {flows: {trusts: vpc}}}
"""
GROUPS = "{stated: {}, of-db: {retention: 3 days}, waf-logs: {}%s}"


class Made(Protocol):
    """What an area makes."""

    resources: dict[str, Any]
    variables: dict[str, Any]
    omissions: list[tuple[str, str]]


Parts = Callable[..., Made]
Watched = Callable[..., Made]


@pytest.fixture
def alarm(parts: Parts) -> Watched:
    """Return what is made of one alarm."""

    def made(metric: str, watches: str, threshold: str, more: str = "", region: str = "us-east-1") -> Made:
        stated = f'{{metric: "{metric}", watches: [{watches}], threshold: "{threshold}"{more}}}'
        text = f"observability: {{log_groups: {GROUPS % ''}, alarms: {{alarm: {stated}}}}}"
        return parts(alarms.resources, SPEC + text, region)

    return made


def only(made: Made) -> dict[str, Any]:
    """Return the one resource that there is."""
    (resource,) = made.resources.values()
    return dict(resource.body)


@pytest.mark.parametrize(
    ("metric", "watches", "name", "dimensions"),
    [
        ("CPU", "web", "AWS/ECS CPUUtilization", ["ClusterName", "ServiceName"]),
        ("ECS Memory", "ecs", "AWS/ECS MemoryUtilization", ["ClusterName"]),
        ("RunningTaskCount", "web", "ECS/ContainerInsights RunningTaskCount", ["ClusterName", "ServiceName"]),
        ("ALB 5xx errors", "alb", "AWS/ApplicationELB HTTPCode_ELB_5XX_Count", ["LoadBalancer"]),
        ("target 5xx", "alb", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", ["LoadBalancer"]),
        ("5xx", "web", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", ["LoadBalancer", "TargetGroup"]),
        ("Unhealthy hosts", "alb", "AWS/ApplicationELB UnHealthyHostCount", ["LoadBalancer", "TargetGroup"]),
        ("connections", "db", "AWS/RDS DatabaseConnections", ["DBInstanceIdentifier"]),
        ("connections", "aurora", "AWS/RDS DatabaseConnections", ["DBClusterIdentifier"]),
        ("DLQ depth", "jobs", "AWS/SQS ApproximateNumberOfMessagesVisible", ["QueueName"]),
        ("Messages visible", "jobs", "AWS/SQS ApproximateNumberOfMessagesVisible", ["QueueName"]),
        ("failed deliveries", "alerts", "AWS/SNS NumberOfNotificationsFailed", ["TopicName"]),
        ("blocked requests", "waf", "AWS/WAFV2 BlockedRequests", ["WebACL", "Rule", "Region"]),
    ],
)
def test_the_words_of_a_metric_are_found_in_cloudwatch(
    alarm: Watched, metric: str, watches: str, name: str, dimensions: list[str]
) -> None:
    body = only(alarm(metric, watches, "> 1"))
    assert (f"{body['namespace']} {body['metric_name']}", [*body["dimensions"]]) == (name, dimensions)


def test_each_watched_element_has_an_alarm_of_its_own(alarm: Watched) -> None:
    made = alarm("CPU", "web, db", "> 80%")
    assert [*made.resources] == ["aws_cloudwatch_metric_alarm.alarm__web", "aws_cloudwatch_metric_alarm.alarm__db"]
    assert {one.origin.element for one in made.resources.values()} == {"alarm"}


def test_each_node_of_a_cache_has_an_alarm_of_its_own(alarm: Watched) -> None:
    made = alarm("CPU", "redis", "> 80%")
    group = Reference("aws_elasticache_replication_group.redis.replication_group_id")
    assert [one.body["dimensions"]["CacheClusterId"] for one in made.resources.values()] == [
        Template((group, "-001")),
        Template((group, "-002")),
    ]


def test_an_alarm_says_when_it_goes_off_and_whom_it_tells(alarm: Watched) -> None:
    more = ", period: 10 min, datapoints: 3, severity: high, notifies: [alerts], action: call somebody"
    body = only(alarm("CPU", "web", "> 80%", more))
    assert {name: body[name] for name in body if name not in {"namespace", "metric_name", "dimensions"}} == {
        "alarm_name": "sample-alarm",
        "alarm_description": "CPU > 80%: call somebody",
        "statistic": "Average",
        "extended_statistic": None,
        "period": 600,
        "evaluation_periods": 3,
        "datapoints_to_alarm": 3,
        "comparison_operator": "GreaterThanThreshold",
        "threshold": 80,
        "treat_missing_data": "missing",
        "alarm_actions": [Reference("aws_sns_topic.alerts.arn")],
        "tags": {"Severity": "high"},
    }


def test_a_percentile_is_asked_for_as_one(alarm: Watched) -> None:
    body = only(alarm("API latency (p95)", "alb", "> 500ms"))
    assert (body["extended_statistic"], body["statistic"], body["threshold"]) == ("p95", None, "0.5")


@pytest.mark.parametrize(
    ("period", "seconds"),
    [("10 seconds", 10), ("15 seconds", 20), ("90 seconds", 120), ("5 min", 300), ("2 days", 86400)],
)
def test_a_period_is_one_that_cloudwatch_takes(alarm: Watched, period: str, seconds: int) -> None:
    assert only(alarm("CPU", "web", "> 1%", f", period: {period}"))["period"] == seconds


@pytest.mark.parametrize(
    ("metric", "watches", "threshold", "reason"),
    [
        ("Orders", "web", "> 1", "CloudWatch has no metric 'Orders' of web by itself"),
        ("CPU", "web", "70-80%", "a range is no threshold"),
        ("storage", "db", "< 20%", "CloudWatch measures FreeStorageSpace in bytes, not in '%'"),
        ("healthy hosts", "alb", "= 1", "CloudWatch compares by more or less"),
        ("healthy hosts", "alb", "< 50%", "HealthyHostCount is a number, not a share"),
        ("queue depth", "jobs", "> 10/min", "ApproximateNumberOfMessagesVisible is a state, not a rate"),
        ("RunningTaskCount", "job", "< 1", "RunningTaskCount is measured by Container Insights, which are off"),
        ("5xx", "job", "> 1", "job has nothing of which CloudWatch measures HTTPCode_Target_5XX_Count"),
        ("replication lag", "db", "> 30s", "db has nothing of which CloudWatch measures ReplicaLag"),
        ("CPU", "", "> 70%", "names nothing that it watches and that is exported"),
        (
            "Estimated Charges",
            "",
            "> $50/day",
            "CloudWatch knows what a month has cost so far, in us-east-1 only; a budget tells of it",
        ),
    ],
)
def test_an_alarm_that_cloudwatch_cannot_have_is_said(
    alarm: Watched, metric: str, watches: str, threshold: str, reason: str
) -> None:
    made = alarm(metric, watches, threshold)
    assert made.resources == {}
    assert made.omissions == [("observability.alarms.alarm", reason)]


def test_one_of_several_that_cannot_be_watched_is_said_at_its_place(alarm: Watched) -> None:
    made = alarm("latency", "alb, redis", "> 1s")
    assert [*made.resources] == ["aws_cloudwatch_metric_alarm.alarm__alb"]
    reason = "CloudWatch has no metric 'latency' of redis by itself"
    assert made.omissions == [("observability.alarms.alarm.watches.1", reason)]


COUNT, STATE = Metric("n", "Errors"), Metric("n", "Depth", "Maximum")
SECONDS, BYTES = Metric("n", "Age", "Maximum", "seconds"), Metric("n", "Free", "Minimum", "bytes")
LAG, SHARE = Metric("n", "Lag", "Maximum", "milliseconds"), Metric("n", "CPU", "Average", "percent")


@pytest.mark.parametrize(
    ("text", "metric", "value", "comparison"),
    [
        ("> 5 errors", COUNT, 5, "GreaterThanThreshold"),
        ("> 10/min", COUNT, 50, "GreaterThanThreshold"),
        ("> 10 errors per minute", COUNT, 50, "GreaterThanThreshold"),
        ("> 120/hour", COUNT, 10, "GreaterThanThreshold"),
        ("100 messages", STATE, 100, "GreaterThanOrEqualToThreshold"),
        ("> 10 minutes", SECONDS, 600, "GreaterThanThreshold"),
        ("> 30s", SECONDS, 30, "GreaterThanThreshold"),
        ("> 30s", LAG, 30000, "GreaterThanThreshold"),
        ("< 5 GB", BYTES, 5 * 1024**3, "LessThanThreshold"),
        (">= 75.5%", SHARE, Decimal("75.5"), "GreaterThanOrEqualToThreshold"),
        ("≤ 7%", SHARE, 7, "LessThanOrEqualToThreshold"),
        ("= 0", COUNT, 0, "LessThanOrEqualToThreshold"),
    ],
)
def test_a_threshold_is_in_the_unit_of_its_metric(
    text: str, metric: Metric, value: Decimal | int, comparison: str
) -> None:
    assert convert(Measure.parse(text), metric, 300) == Threshold(Decimal(value), comparison)


@given(st.decimals(0, 10**6, places=2), st.sampled_from([COUNT, STATE, SECONDS, BYTES, LAG]), st.text(max_size=20))
def test_every_threshold_is_a_number_or_a_reason(number: Decimal, metric: Metric, unit: str) -> None:
    try:
        stated = Measure.parse(f"> {number} {unit}")
    except ValueError:
        return
    found = convert(stated, metric, 60)
    assert isinstance(found, Threshold) or found


def test_what_cloudfront_measures_is_in_its_own_region_and_tells_nobody_elsewhere(parts: Parts) -> None:
    text = """
data: {buckets: {site: {}}}
messaging: {topics: {alerts: {}}}
edge: {distributions: {cdn: {origins: [site]}}}
observability: {alarms: {errors: {metric: 5xx, watches: [cdn], threshold: "> 1%", notifies: [alerts]}}}
"""
    made = parts(alarms.resources, text, "eu-west-1")
    body = only(made)
    assert (body["provider"], body["alarm_actions"]) == (Reference("aws.us_east_1"), None)
    reason = "the alarm on cdn is in us-east-1, and tells only topics there"
    assert made.omissions == [("observability.alarms.errors.notifies", reason)]


@pytest.fixture
def logs(parts: Parts) -> Parts:
    """Return the log groups of the spec with one more."""

    def made(stated: str = "{}") -> Made:
        return parts(log_groups.resources, SPEC + f"observability: {{log_groups: {GROUPS % f', one: {stated}'}}}")

    return made


@pytest.mark.parametrize(
    ("retention", "days"),
    [("7 days", 7), ("8 days", 14), ("1 year", 365), ("2 years", 731), ("10 years", 3653), ("20 years", 0)],
)
def test_logs_are_kept_at_least_as_long_as_stated(logs: Parts, retention: str, days: int) -> None:
    body = logs(f"{{retention: {retention}}}").resources["aws_cloudwatch_log_group.one"].body
    assert body["retention_in_days"] == days


def test_logs_of_which_nothing_is_stated_are_kept_for_a_year_and_encrypted(logs: Parts) -> None:
    body = logs().resources["aws_cloudwatch_log_group.one"].body
    key = Reference("aws_kms_key.derived__key__logs.arn")
    assert body == {"name": "/sample/one", "retention_in_days": 365, "kms_key_id": key}


def test_a_stated_key_encrypts_its_log_group(logs: Parts) -> None:
    body = logs("{key: own}").resources["aws_cloudwatch_log_group.one"].body
    assert body["kms_key_id"] == Reference("aws_kms_key.own.arn")


def test_only_services_that_state_no_log_group_get_one(logs: Parts) -> None:
    made = logs().resources
    assert "aws_cloudwatch_log_group.job" in made
    assert "aws_cloudwatch_log_group.web" not in made


def test_a_log_group_of_a_database_is_one_for_each_of_its_logs(logs: Parts) -> None:
    made = logs().resources
    found = {address: one for address, one in made.items() if one.origin.element == "of-db"}
    assert {address: one.body["name"] for address, one in found.items()} == {
        "aws_cloudwatch_log_group.db__postgresql": "/aws/rds/instance/sample-db/postgresql",
        "aws_cloudwatch_log_group.db__upgrade": "/aws/rds/instance/sample-db/upgrade",
    }
    assert {one.body["retention_in_days"] for one in found.values()} == {3}


def test_waf_writes_to_a_group_whose_name_it_takes(logs: Parts) -> None:
    assert logs().resources["aws_cloudwatch_log_group.waf_logs"].body["name"] == "aws-waf-logs-sample-waf-logs"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", {"traffic_type": "ALL", "log_destination": "aws_cloudwatch_log_group.flow.arn"}),
        ("traffic: reject", {"traffic_type": "REJECT"}),
        ("log_group: stated", {"log_destination": "aws_cloudwatch_log_group.stated.arn"}),
        ("role: flows", {"iam_role_arn": "aws_iam_role.flows.arn"}),
        ("bucket: archive", {"log_destination": "aws_s3_bucket.archive.arn", "log_destination_type": "s3"}),
        ("bucket: archive", {"iam_role_arn": None}),
    ],
)
def test_a_stated_flow_log_takes_the_place_of_the_derived_one(
    parts: Parts, stated: str, expected: dict[str, str | None]
) -> None:
    more = f", {stated}" if stated else ""
    flow_log = f"flow_logs: {{flow: {{vpc: main{more}}}}}"
    made = parts(flow_logs.resources, SPEC + f"observability: {{log_groups: {GROUPS % ''}, {flow_log}}}")
    assert [address for address in made.resources if address.startswith("aws_flow_log")] == ["aws_flow_log.flow"]
    body = made.resources["aws_flow_log.flow"].body
    found = {name: getattr(body[name], "expression", body[name]) for name in expected}
    assert found == expected


def test_a_vpc_without_a_stated_flow_log_gets_one(parts: Parts) -> None:
    made = parts(flow_logs.resources, SPEC + f"observability: {{log_groups: {GROUPS % ''}}}")
    assert made.resources["aws_flow_log.main"].body["traffic_type"] == "ALL"
    assert "aws_iam_role.main__flow_logs" in made.resources


@pytest.fixture
def dashboard(parts: Parts) -> Parts:
    """Return what is made of one dashboard."""

    def made(*shows: str) -> Made:
        listed = ", ".join(f'"{one}"' for one in shows)
        stated = f"dashboards: {{board: {{shows: [{listed}]}}}}"
        return parts(dashboards.resources, SPEC + f"observability: {{log_groups: {GROUPS % ''}, {stated}}}")

    return made


def widgets(made: Made) -> dict[str, list[tuple[str, ...]]]:
    """Return the title of each graph and what is on it: namespace and metric."""
    body = made.resources["aws_cloudwatch_dashboard.board"].body["dashboard_body"]
    assert isinstance(body, Json)
    found: Any = body.value
    return {
        one["properties"]["title"]: [tuple(line[:2]) for line in one["properties"]["metrics"]]
        for one in found["widgets"]
    }


def test_a_dashboard_shows_the_metrics_that_its_words_mean(dashboard: Parts) -> None:
    made = dashboard("RDS: CPU, Read/Write IOPS", "SQS queue depths")
    rds = [("AWS/RDS", name) for name in ("CPUUtilization", "ReadIOPS", "WriteIOPS")]
    assert widgets(made) == {
        "RDS: CPU, Read/Write IOPS": rds * 2,
        "SQS queue depths": [("AWS/SQS", "ApproximateNumberOfMessagesVisible")],
    }


def test_what_is_shown_as_a_whole_is_its_usual_metrics(dashboard: Parts) -> None:
    assert widgets(dashboard("Queue health")) == {"Queue health": [("AWS/SQS", "ApproximateNumberOfMessagesVisible")]}


def test_what_a_dashboard_cannot_show_is_said(dashboard: Parts) -> None:
    made = dashboard("ECS CPU", "RDS costs", "Revenue")
    assert [*widgets(made)] == ["ECS CPU"]
    reason = "CloudWatch has no metrics of that name by itself"
    assert made.omissions == [(f"observability.dashboards.board.shows.{i}", reason) for i in (1, 2)]


def test_a_dashboard_of_nothing_is_not_made(dashboard: Parts) -> None:
    made = dashboard("Revenue")
    assert made.resources == {}
    assert made.omissions[-1] == ("observability.dashboards.board", "CloudWatch can show nothing of it by itself")


def of_budgets(parts: Parts, stated: str) -> Made:
    """Return what is made of budgets and monitors of costs."""
    return parts(budgets.resources, f"messaging: {{topics: {{alerts: {{}}}}}}\nobservability: {{{stated}}}\n")


def test_a_budget_tells_topics_of_what_is_spent_and_of_what_is_forecast(parts: Parts) -> None:
    stated = 'budgets: {b: {limit: "$1,000.50", alerts: [80%], forecast_alerts: [90%], notifies: [alerts]}}'
    body = only(of_budgets(parts, stated))
    told = {
        "comparison_operator": "GREATER_THAN",
        "threshold_type": "PERCENTAGE",
        "subscriber_sns_topic_arns": [Reference("aws_sns_topic.alerts.arn")],
    }
    assert body["limit_amount"] == "1000.5"
    assert [dict(one.body) for one in body["notification"].blocks] == [
        {"notification_type": "ACTUAL", "threshold": 80, **told},
        {"notification_type": "FORECASTED", "threshold": 90, **told},
    ]


def test_a_budget_tells_the_first_of_its_topics_because_aws_takes_no_second(parts: Parts) -> None:
    stated = "messaging: {topics: {a: {}, b: {}}}\nobservability: {budgets: {x: {limit: $10, alerts: [80%], %s}}}"
    made = parts(budgets.resources, stated.replace("%s", "notifies: [b, a]"))
    (alert,) = made.resources["aws_budgets_budget.x"].body["notification"].blocks
    assert alert.body["subscriber_sns_topic_arns"] == [Reference("aws_sns_topic.b.arn")]
    assert made.omissions == [("observability.budgets.x.notifies.1", "a budget tells one topic, and that is b")]


def test_a_budget_that_names_no_topic_asks_for_an_address(parts: Parts) -> None:
    made = of_budgets(parts, "budgets: {b: {limit: $10, alerts: [80%]}, quiet: {limit: $10}}")
    assert [*made.variables] == ["email_b"]
    (alert,) = made.resources["aws_budgets_budget.b"].body["notification"].blocks
    assert alert.body["subscriber_email_addresses"] == [Reference("var.email_b")]


def test_topics_are_told_of_anomalies_at_once(parts: Parts) -> None:
    stated = "anomaly_monitors: {m: {level: Service, threshold: $100, frequency: Daily, notifies: [alerts]}}"
    made = of_budgets(parts, stated)
    body = made.resources["aws_ce_anomaly_subscription.m"].body
    assert body["frequency"] == "IMMEDIATE"
    assert body["threshold_expression"].body["dimension"].body["values"] == ["100"]
    reason = "AWS tells topics of an anomaly at once, and only at once"
    assert made.omissions == [("observability.anomaly_monitors.m.frequency", reason)]


def test_addresses_are_told_of_anomalies_as_often_as_stated(parts: Parts) -> None:
    made = of_budgets(parts, "anomaly_monitors: {m: {level: Account, frequency: weekly}, bare: {}}")
    assert made.resources["aws_ce_anomaly_subscription.m"].body["frequency"] == "WEEKLY"
    assert "aws_ce_anomaly_subscription.bare" not in made.resources
    assert [*made.variables] == ["email_m"]
    reason = "only the costs of each service are looked at by themselves"
    assert made.omissions == [("observability.anomaly_monitors.m.level", reason)]
