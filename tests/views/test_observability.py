"""The picture of observability: who is watched by what, and who is told."""

import pytest

from archspec import api
from archspec.renderers import svg
from archspec.views import observability
from archspec.views.scenes import scenes
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}}
  security_groups: {sg: {}}
"""
SERVICE = "port: 80, cpu: 256, memory: 512, desired: 1, subnets: [a], security_groups: [sg]"


def _view(text: str) -> View:
    [scene] = scenes(api.parse(f"{HEADER}{NETWORK}{text}").graph)
    [view] = observability.project(scene.graph)
    return view


def test_what_is_watched_leads_to_what_watches_it_and_on_to_those_who_are_told() -> None:
    view = _view(f"""
compute: {{services: {{web: {{{SERVICE}, log_group: web-logs}}}}}}
observability:
  monitors: {{cloudwatch: {{collects: [logs, metrics]}}, x-ray: {{collects: [traces], status: planned}}}}
  log_groups: {{web-logs: {{name: /ecs/web, retention: 7 days, key: main-key, holds: requests}}}}
  alarms:
    cpu: {{title: Busy, metric: CPU, threshold: "> 80%", period: 5 minutes, datapoints: 3, severity: high, state: OK,
          action: mail, watches: [web], notifies: [alerts]}}
  dashboards: {{board: {{shows: ["Web: CPU, Memory", Requests]}}}}
  budgets: {{budget: {{limit: $100, alerts: [80%], forecast_alerts: [90%], notifies: [alerts]}}}}
  anomaly_monitors: {{odd: {{level: Service, threshold: $10, frequency: Daily, notifies: [alerts]}}}}
messaging: {{topics: {{alerts: {{subscribers: [{{protocol: email, to: ops@example.com}}]}}, other: {{}}}}}}
security: {{keys: {{main-key: {{title: Main key}}}}, detectors: {{trail: {{service: cloudtrail}}}}}}
flows:
  - web -> cloudwatch: 443 HTTPS (metrics)
""")
    assert view == View(
        name="observability",
        title="sample: observability",
        description="Observability of sample: 2 monitors, 1 log group, 1 alarm, 1 dashboard and 1 budget.",
        layout="flow",
        groups=(Group("board", "board", "dashboard"),),
        nodes=(
            Node("web", "web", "web", "service"),
            Node("alerts", "alerts", "alerts", "topic"),
            Node("alerts@0", "alerts", "ops@example.com", "actor"),
            Node("trail", "trail", "trail", "detector"),
            Node("cloudwatch", "cloudwatch", "cloudwatch", "monitor", detail=("logs, metrics",)),
            Node("x-ray", "x-ray", "x-ray", "monitor", detail=("traces", "(planned)"), status="planned"),
            Node(
                id="web-logs",
                element="web-logs",
                title="web-logs",
                kind="log_group",
                detail=("/ecs/web", "requests", "kept 7 days, Main key"),
            ),
            Node("cpu", "cpu", "Busy", "alarm", detail=("CPU > 80%", "3 × 5 minutes, high, state OK", "mail")),
            Node("budget", "budget", "budget", "budget", detail=("limit $100", "at 80%", "forecast at 90%")),
            Node("odd", "odd", "odd", "anomaly_monitor", detail=("anomalies from $10", "Service, Daily")),
            Node("@account", "AWS account", "AWS account", "account"),
            Node("board@0", "board", "Web", "dashboard", "board", ("CPU", "Memory")),
            Node("board@1", "board", "Requests", "dashboard", "board"),
        ),
        edges=(
            Edge("web", "web-logs"),
            Edge("alerts", "alerts@0", "email"),
            Edge("@account", "trail"),
            Edge("web", "cpu"),
            Edge("cpu", "alerts"),
            Edge("cloudwatch", "board"),
            Edge("budget", "alerts"),
            Edge("odd", "alerts"),
            Edge("web", "cloudwatch", "metrics"),
        ),
    )


def test_packets_lead_over_a_flow_log_to_where_they_are_kept() -> None:
    view = _view("""
observability:
  log_groups: {packets: {}}
  flow_logs: {vpc-logs: {vpc: main, traffic: reject, log_group: packets}}
""")
    assert [(node.id, node.detail) for node in view.nodes] == [
        ("main", ()),
        ("packets", ()),
        ("vpc-logs", ("rejected traffic",)),
    ]
    assert view.edges == (Edge("vpc-logs", "packets"), Edge("main", "vpc-logs"))


def test_a_load_balancer_writes_access_logs_to_a_bucket() -> None:
    view = _view("""
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg], access_logs: requests}}
data: {buckets: {requests: {}}}
""")
    assert view.edges == (Edge("alb", "requests", "access logs"),)


def test_several_log_groups_and_alarms_have_frames() -> None:
    view = _view("""
observability:
  monitors: {cloudwatch: {watches: [a, b]}}
  log_groups: {one: {}, two: {}}
  alarms: {high: {metric: CPU, threshold: "> 80%"}, low: {metric: CPU, threshold: "< 1%"}}
""")
    assert view.groups == (Group("@logs", "Log groups", "logs"), Group("@alarms", "Alarms", "alarms"))
    assert {node.id: node.parent for node in view.nodes if node.parent} == {
        "one": "@logs",
        "two": "@logs",
        "high": "@alarms",
        "low": "@alarms",
    }


def test_what_is_removed_neither_watches_nor_is_watched() -> None:
    view = _view("""
observability:
  monitors: {old: {watches: [a], status: removed}, new: {watches: [b], status: planned}}
""")
    assert (view.nodes, view.edges) == (
        (
            Node("b", "b", "b", "subnet"),
            Node("new", "new", "new", "monitor", detail=("(planned)",), status="planned"),
        ),
        (Edge("b", "new", status="planned"),),
    )


@pytest.mark.parametrize("text", ["", "observability: {monitors: {cloudwatch: {collects: [logs]}}}\n"])
def test_without_anything_that_watches_something_there_is_no_picture(text: str) -> None:
    assert _view(text).nodes == ()


def _many(services: int) -> str:
    """Return services that write to a log group and have an alarm each, but for the last, which has no alarm."""
    numbers = range(1, services + 1)
    names = ", ".join(f"s{n}: {{{SERVICE}, log_group: s{n}-logs}}" for n in numbers)
    logs = ", ".join(f"s{n}-logs: {{retention: 7 days}}" for n in numbers)
    alarms = ", ".join(f's{n}-cpu: {{metric: CPU {n}, threshold: "> 80%", watches: [s{n}]}}' for n in numbers[:-1])
    return f"""
compute: {{services: {{{names}}}}}
observability: {{log_groups: {{{logs}}}, alarms: {{{alarms}}}}}
"""


def test_what_a_reader_takes_in_is_drawn_one_by_one() -> None:
    view = _view(_many(11))
    assert (len(view.nodes), view.hidden) == (32, ())


def test_of_more_what_is_alike_is_drawn_as_one() -> None:
    view = _view(_many(12))
    assert [(node.id, node.title, node.detail) for node in view.nodes] == [
        ("@alike s1", "11 services", ("s1", "s2", "s3", "s4", "and 7 more")),
        ("s12", "s12", ()),
        ("@alike s1-logs", "11 log groups", ("kept 7 days", "s1-logs", "s2-logs", "s3-logs", "s4-logs", "and 7 more")),
        ("s12-logs", "s12-logs", ("kept 7 days",)),
        ("@alike s1-cpu", "11 alarms", ("CPU 1 > 80%", "CPU 2 > 80%", "CPU 3 > 80%", "CPU 4 > 80%", "and 7 more")),
    ]
    assert view.edges == (
        Edge("@alike s1", "@alike s1-logs"),
        Edge("s12", "s12-logs"),
        Edge("@alike s1", "@alike s1-cpu"),
    )
    assert view.hidden == (
        "Drawn as one, as they are of one kind and watched alike: 11 services, 11 log groups and 11 alarms.",
    )


def test_what_is_told_to_others_stays_apart_however_many_there_are() -> None:
    alarms = ", ".join(f'a{n}: {{metric: CPU, threshold: "> 80%", notifies: [t{n}]}}' for n in range(20))
    topics = ", ".join(f"t{n}: {{}}" for n in range(20))
    view = _view(f"observability: {{alarms: {{{alarms}}}}}\nmessaging: {{topics: {{{topics}}}}}\n")
    assert (len(view.nodes), len(view.edges), view.hidden) == (40, 20, ())


def test_each_environment_is_watched_by_its_own_alarms() -> None:
    text = f"""
environments:
  one: {{}}
  two: {{observability: {{alarms: {{cpu: {{metric: CPU, threshold: "> 1%", watches: [web]}}}}}}}}
{NETWORK}
compute: {{services: {{web: {{{SERVICE}}}}}}}
"""
    found = {
        scene.environment: [edge for view in observability.project(scene.graph) for edge in view.edges]
        for scene in scenes(api.parse(HEADER + text).graph)
    }
    assert found == {"one": [], "two": [Edge("two/web", "two/cpu")]}


def test_a_hostile_name_is_text() -> None:
    view = _view("""
observability:
  alarms: {bad: {title: "</text><script>x", metric: "<script>", threshold: "> 1", watches: [a]}}
""")
    assert "<script" not in svg.render(view).decode()
