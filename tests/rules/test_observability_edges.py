"""What the samples on the pages of the observability rules leave open: how metrics are written, who is not told of."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import api
from archspec.findings import Finding
from archspec.graph import signals

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
"""
PLACED = "subnets: [private-a], security_groups: [sg]"


def check(system: System, rule: str, text: str) -> tuple[Finding, ...]:
    return api.check(system(text), select=(rule,)).findings


def found(system: System, rule: str, text: str) -> Found:
    return [(one.subject, f"{one.outcome}: {one.message}") for one in check(system, rule, text)]


def service(*alarms: str, more: str = "") -> str:
    rows = "".join(f"    a{position}: {{{alarm}}}\n" for position, alarm in enumerate(alarms))
    clusters = "compute:\n  clusters: {ecs: {}}\n"
    api_ = f"  services: {{api: {{cluster: ecs, {PLACED}}}}}\n"
    return f"{NETWORK}{clusters}{api_}{more}observability:\n  alarms:\n{rows}"


CPU = 'metric: CPU, watches: [api], threshold: "> 80%"'
MEMORY = 'metric: Memory, watches: [api], threshold: "> 80%"'


@pytest.mark.parametrize(
    "metric",
    ["CPUUtilization", "CPU Utilization > 80%", "ECSServiceAverageCPUUtilization", "ecs_cpu_utilization", "CPU (p95)"],
)
def test_obs001_a_metric_is_known_however_it_is_written(system: System, metric: str) -> None:
    cpu = f'metric: {metric}, watches: [api], threshold: "> 80%"'

    assert found(system, "OBS001", service(cpu, MEMORY)) == []


def test_obs001_an_alarm_is_also_told_by_its_title(system: System) -> None:
    cpu = 'metric: Utilization, title: High CPU, watches: [api], threshold: "> 80%"'

    assert found(system, "OBS001", service(cpu, MEMORY)) == []


def test_obs001_an_alarm_on_the_cluster_is_one_on_each_of_its_services(system: System) -> None:
    both = [one.replace("[api]", "[ecs]") for one in (CPU, MEMORY)]

    assert found(system, "OBS001", service(*both)) == []


def test_obs001_names_the_signals_and_the_metrics_that_are_missing(system: System) -> None:
    (one,) = check(system, "OBS001", service('metric: Latency, watches: [api], threshold: "> 1s"'))

    assert (one.message, one.fix) == (
        "no alarm watches api for CPU or memory",
        "add an alarm on CPUUtilization, MemoryUtilization with `watches: [api]`",
    )


def test_obs001_an_alarm_that_says_not_what_it_watches_may_be_the_one(system: System) -> None:
    vague = 'metric: Memory, threshold: "> 80%"'

    assert found(system, "OBS001", service(CPU, vague)) == [
        ("api", "unknown: api: 'a1.watches' is not stated, so this cannot be told")
    ]


def test_obs001_a_signal_that_no_alarm_can_be_about_is_missing_beside_one_that_may_be_there(system: System) -> None:
    assert found(system, "OBS001", service('metric: Memory, threshold: "> 80%"')) == [
        ("api", "fail: no alarm watches api for CPU")
    ]


def test_obs001_an_alarm_that_is_planned_watches_nothing(system: System) -> None:
    later = MEMORY + ", status: planned"

    assert found(system, "OBS001", service(CPU, later)) == [("api", "fail: no alarm watches api for memory")]


def test_obs001_a_spec_without_alarms_does_not_speak_of_them(system: System) -> None:
    text = f"{NETWORK}compute:\n  services: {{api: {{{PLACED}}}}}\n"

    assert found(system, "OBS001", text) == [
        ("api", "unknown: api: 'observability.alarms' is not stated, so this cannot be told")
    ]


def test_obs001_an_environment_without_alarms_is_not_judged_by_those_of_another(system: System) -> None:
    text = f"""\
{NETWORK}compute:
  services: {{api: {{{PLACED}}}}}
environments:
  live: {{observability: {{alarms: {{cpu: {{{CPU}}}}}}}}}
  trial: {{}}
"""

    assert found(system, "OBS001", text) == [
        ("live/api", "fail: no alarm watches live/api for memory"),
        ("trial/api", "unknown: trial/api: 'observability.alarms' is not stated, so this cannot be told"),
    ]


def store(body: str, kind: str = "databases") -> str:
    alarm = 'observability: {alarms: {other: {metric: Other, watches: [internet], threshold: "> 1"}}}\n'
    return f"{NETWORK}data:\n  {kind}: {{db: {{{body}, {PLACED}}}}}\n{alarm}"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (store("engine: postgres"), "CPU or connections or free storage"),
        (store("engine: aurora-mysql"), "CPU or connections"),
        (
            store("engine: docdb, instances: [{role: primary, az: us-east-1a}, {role: reader, az: us-east-1a}]"),
            "CPU or connections or replica lag",
        ),
        (store("engine: redis", "caches"), "CPU or memory or evictions"),
        (store("engine: valkey, serverless: true", "caches"), "used bytes, ECPUs or evictions"),
    ],
)
def test_obs001_asks_of_a_store_what_can_happen_to_it(system: System, text: str, missing: str) -> None:
    assert found(system, "OBS001", text) == [("db", f"fail: no alarm watches db for {missing}")]


def test_obs001_an_alarm_on_a_target_group_is_one_on_its_load_balancer(system: System) -> None:
    text = f"""\
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{private-a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
  load_balancers: {{alb: {{subnets: [private-a], listeners: [{{port: 80, protocol: HTTP, forward: tg}}]}}}}
  target_groups: {{tg: {{target: api, port: 80}}}}
compute:
  services: {{api: {{port: 80, {PLACED}}}}}
observability:
  alarms:
    cpu: {{{CPU}}}
    memory: {{{MEMORY}}}
    healthy: {{metric: HealthyHostCount, watches: [tg], threshold: "< 1"}}
    errors: {{metric: HTTPCode_Target_5XX_Count, watches: [alb], threshold: "> 5"}}
"""

    assert found(system, "OBS001", text) == []


def topic(subscribers: str, bell: str) -> str:
    return f"messaging: {{topics: {{alerts: {{subscribers: {subscribers}}}}}}}\nobservability:\n  {bell}\n"


ALARM = 'alarms: {cpu: {metric: CPU, threshold: "> 80%", notifies: [alerts]}}'


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (topic("[]", ALARM), "unknown: cpu: 'alerts.subscribers' is not stated, so this cannot be told"),
        (
            topic("[]", 'alarms: {cpu: {metric: CPU, threshold: "> 80%"}}'),
            "unknown: cpu: 'cpu.notifies' is not stated, so this cannot be told",
        ),
        (
            topic("[{protocol: email, status: pending}, {protocol: sms, status: planned}]", ALARM),
            "fail: cpu tells nobody: every subscriber of alerts is pending or planned",
        ),
        (
            topic("[]", ALARM).replace("subscribers: []", "status: removed"),
            "fail: cpu tells nobody: alerts is removed",
        ),
        (
            topic("[{protocol: email}]", "anomaly_monitors: {money: {frequency: WEEKLY, notifies: [alerts]}}"),
            "fail: money reports weekly, and such a report goes out by e-mail, never to a topic",
        ),
    ],
)
def test_obs002_tells_who_does_not_hear(system: System, text: str, answer: str) -> None:
    assert [message for _, message in found(system, "OBS002", text)] == [answer]


@pytest.mark.parametrize(
    "text",
    [
        topic("[{protocol: email, status: pending}, {protocol: sms}]", ALARM),
        topic("[]", ALARM).replace("}}}\n", "}}, queues: {pager: {topic: alerts}}}\n", 1),
        topic("[{protocol: slack}]", "budgets: {money: {limit: $5, notifies: [alerts]}}"),
    ],
)
def test_obs002_one_who_hears_is_enough(system: System, text: str) -> None:
    assert found(system, "OBS002", text) == []


def test_obs003_the_lag_of_a_store_that_names_no_instances_is_unknown(system: System) -> None:
    text = store("engine: postgres").replace("metric: Other, watches: [internet]", "metric: ReplicaLag, watches: [db]")

    assert found(system, "OBS003", text) == [
        ("other", "unknown: other: 'db.instances' is not stated, so this cannot be told")
    ]


@pytest.mark.parametrize(
    ("insights", "state", "answers"),
    [
        ("false", "OK", ["fail: RunningTaskCount of a0 is a metric of Container Insights, which is off in ecs"]),
        ("true", "OK", []),
        (
            "true",
            "INSUFFICIENT_DATA",
            ["fail: a0 has no data: nothing sends RunningTaskCount, or not under the dimensions of the alarm"],
        ),
    ],
)
def test_obs003_the_number_of_tasks_is_a_metric_of_container_insights(
    system: System, insights: str, state: str, answers: list[str]
) -> None:
    alarm = f'metric: RunningTaskCount, watches: [api], threshold: "< 1", state: {state}'
    text = service(alarm).replace("{ecs: {}}", f"{{ecs: {{container_insights: {insights}}}}}")

    assert [message for _, message in found(system, "OBS003", text)] == answers


def test_obs003_an_alarm_on_what_is_planned_has_no_data_yet(system: System) -> None:
    text = service(CPU).replace("{cluster: ecs,", "{cluster: ecs, status: planned,")

    assert found(system, "OBS003", text) == [("a0", "fail: a0 watches api, which is planned")]


@pytest.mark.parametrize(
    ("buckets", "answers"),
    [
        ("{logs: {encryption: sse-s3}}", []),
        ("{logs: {}}", []),
        (
            "{logs: {encryption: sse-kms}}",
            ["fail: alb cannot write its access logs to logs, which is encrypted with a KMS key"],
        ),
        ("{logs: {status: planned}}", ["fail: logs, where alb writes its access logs, is planned"]),
    ],
)
def test_obs004_a_load_balancer_writes_to_a_bucket_that_takes_it(
    system: System, buckets: str, answers: list[str]
) -> None:
    text = NETWORK + "  load_balancers: {alb: {subnets: [public-a], access_logs: logs}}\n"

    assert [message for _, message in found(system, "OBS004", f"{text}data: {{buckets: {buckets}}}\n")] == answers


def test_obs004_where_a_service_writes_its_logs_may_be_unstated(system: System) -> None:
    text = f"{NETWORK}compute:\n  services: {{api: {{{PLACED}}}}}\n"

    assert found(system, "OBS004", text) == [
        ("api", "unknown: api: 'api.log_group' is not stated, so this cannot be told")
    ]


@pytest.mark.parametrize(
    ("log", "answers"),
    [
        ("{log_group: flows}", []),
        ("{bucket: kept}", []),
        ("{vpc: main}", ["unknown: main: 'log.log_group' is not stated, so this cannot be told"]),
        (
            "{log_group: flows, status: planned}",
            ["fail: main has no flow log, and log is planned: nobody can tell later who spoke to whom"],
        ),
    ],
)
def test_obs005_a_flow_log_that_names_no_vpc_is_that_of_the_only_one(
    system: System, log: str, answers: list[str]
) -> None:
    logs = f"observability: {{log_groups: {{flows: {{}}}}, flow_logs: {{log: {log}}}}}\n"
    text = f"{NETWORK}data: {{buckets: {{kept: {{}}}}}}\n{logs}"

    assert [message for _, message in found(system, "OBS005", text)] == answers


QUEUES = "messaging: {queues: {jobs: {dead_letter: dead, max_receives: 3}, dead: {}}}\nobservability:\n"


@pytest.mark.parametrize(
    ("alarm", "answers"),
    [
        ('{metric: Messages visible, watches: [dead], threshold: "> 0"}', []),
        ('{metric: DLQ depth, watches: [jobs], threshold: "> 0"}', []),
        ('{metric: Messages visible, watches: [jobs], threshold: "> 9"}', ["fail: no alarm tells of messages in dead"]),
        ('{metric: DLQ depth, threshold: "> 0"}', ["unknown: dead: 'a.watches' is not stated, so this cannot be told"]),
    ],
)
def test_obs007_the_alarm_may_name_the_queue_or_its_source(system: System, alarm: str, answers: list[str]) -> None:
    text = f"{QUEUES}  alarms: {{a: {alarm}}}\n"

    assert [message for _, message in found(system, "OBS007", text)] == answers


def test_obs008_a_trail_that_does_not_say_is_unknown(system: System) -> None:
    text = "security: {detectors: {trail: {service: cloudtrail, multi_region: true}}}\n"

    assert found(system, "OBS008", text) == [
        ("trail", "unknown: trail: 'file_validation' is not stated, so this cannot be told")
    ]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("AuroraReplicaLag", ["fail: a0 watches a lag, and db has no replica that could lag"]),
        ("replica_lag_seconds", ["fail: a0 watches a lag, and db has no replica that could lag"]),
        ("Feature flags that are stale", []),
        ("OldestReplicationSlotLag", []),
        ("DBLoadCPU", ["fail: DBLoadCPU of a0 is a metric of Performance Insights, which is off in db"]),
    ],
)
def test_obs003_knows_lags_and_loads_by_their_names(system: System, metric: str, expected: list[str]) -> None:
    text = stored(
        "performance_insights: false", f'  alarms: {{a0: {{metric: {metric}, watches: [db], threshold: "> 1"}}}}\n'
    )

    assert [message for _, message in found(system, "OBS003", text)] == expected


def test_obs003_a_replica_in_another_region_can_lag_too(system: System) -> None:
    alarm = '  alarms: {a0: {metric: Replica lag, watches: [db], threshold: "> 1"}}\n'

    assert found(system, "OBS003", stored("distant_replicas: [{region: eu-west-1}]", alarm)) == []


def stored(facts: str, watching: str) -> str:
    primary = "instances: [{role: primary, az: us-east-1a}]"
    database = f"db: {{engine: postgres, {PLACED}, {primary}, {facts}}}"
    return f"{NETWORK}data: {{databases: {{{database}}}}}\nobservability:\n{watching}"


def scaled(action: str, metric: str, scaling: str, watches: str = "watches: [api], ") -> str:
    alarm = f'{{metric: {metric}, {watches}threshold: "> 80%", action: "{action}"}}'
    body = f"cluster: ecs, {PLACED}{scaling and f', scaling: {scaling}'}"
    compute = f"compute: {{clusters: {{ecs: {{}}}}, services: {{api: {{{body}}}, job: {{{body}}}}}}}\n"
    return f"{NETWORK}{compute}observability: {{alarms: {{a: {alarm}}}}}\n"


AVERAGE = "ECSServiceAverageCPUUtilization"
ITS_OWN = "for which AWS has alarms of its own"
TRACKED = f"{{min: 1, max: 4, policies: [{{metric: {AVERAGE}, target: 70%}}]}}"
STARTED = "{min: 1, max: 4, policies: [{metric: CPU utilization}]}"


@pytest.mark.parametrize(
    ("action", "is_asked"),
    [
        ("Scale out + Alert", True),
        ("SNS notification + Auto-scale", True),
        ("autoscales", True),
        ("scale-in", True),
        ("Page, scale", True),
        ("Alert", False),
        ("Escalate to on-call", False),
        ("Scale out manually", False),
        ("Alert, no auto-scaling", False),
        ("Review scaling limits", False),
        ("", False),
    ],
)
def test_obs010_asks_alarms_that_say_that_they_scale(system: System, action: str, is_asked: bool) -> None:
    answers = found(system, "OBS010", scaled(action, "Memory", TRACKED))

    assert bool(answers) is is_asked


@pytest.mark.parametrize(
    ("metric", "scaling", "expected"),
    [
        ("CPU", STARTED, []),
        ("Memory", STARTED, ["fail: a is to scale api, and no policy there is on Memory"]),
        (
            "CPU",
            TRACKED,
            [f"fail: a is to scale api, and the policy on {AVERAGE} is target tracking, {ITS_OWN}"],
        ),
        (
            "CPU",
            STARTED.replace("{metric", "{status: planned, metric"),
            ["fail: a is to scale api, and each policy there is planned"],
        ),
        (
            "CPU",
            "{min: 2, max: 2, policies: [{metric: CPU}]}",
            ["fail: a is to scale api, and `min` and `max` are both 2"],
        ),
        ("CPU", "", ["unknown: a: 'api.scaling' is not stated, so this cannot be told"]),
        ("CPU", "{min: 1, max: 2}", ["unknown: a: 'api.scaling.policies' is not stated, so this cannot be told"]),
        ("Backlog", "{min: 1, max: 4, policies: [{metric: Backlog per task}]}", []),
        (
            "Backlog",
            "{min: 1, max: 4, policies: [{metric: Messages per task, target: 100}]}",
            ["unknown: a: 'api.scaling.policies_on_Backlog' is not stated, so this cannot be told"],
        ),
    ],
)
def test_obs010_an_alarm_scales_by_a_policy_that_it_starts(
    system: System, metric: str, scaling: str, expected: list[str]
) -> None:
    assert [message for _, message in found(system, "OBS010", scaled("Scale out", metric, scaling))] == expected


def test_obs010_services_of_one_reason_are_one_finding(system: System) -> None:
    text = scaled("Scale out", "Memory", TRACKED, "watches: [ecs, api], ")

    assert found(system, "OBS010", text) == [
        ("a", "fail: a is to scale api and 1 more, and no policy there is on Memory")
    ]


def test_obs010_an_alarm_that_does_not_say_what_it_watches_is_unknown(system: System) -> None:
    text = scaled("Scale out", "CPU", TRACKED, "")

    assert found(system, "OBS010", text) == [("a", "unknown: a: 'a.watches' is not stated, so this cannot be told")]


def test_obs010_what_is_no_service_is_scaled_by_people(system: System) -> None:
    alarm = '  alarms: {a: {metric: CPU, watches: [db], threshold: "> 80%", action: Scale up}}\n'

    assert found(system, "OBS010", stored("multi_az: false", alarm)) == []


@pytest.mark.parametrize(
    ("facts", "metric", "expected"),
    [
        (
            "multi_az: false",
            "Replication lag (read replicas)",
            ["fail: m lists a lag, and db has no replica that could lag"],
        ),
        ("distant_replicas: [{region: eu-west-1}]", "Replication lag", []),
        (
            "performance_insights: false",
            "DBLoad",
            ["fail: m lists the load of databases, and Performance Insights is off in db"],
        ),
        ("performance_insights: true", "DBLoad", []),
        ("multi_az: false", "DBLoad", []),
        ("performance_insights: false", "CPU", []),
        ("multi_az: false", "Feature flags", []),
    ],
)
def test_obs011_a_monitor_lists_what_is_sent(system: System, facts: str, metric: str, expected: list[str]) -> None:
    monitors = f"  monitors: {{m: {{watches: [db], metrics: [{metric}]}}}}\n"

    assert [message for _, message in found(system, "OBS011", stored(facts, monitors))] == expected


def test_obs011_without_instances_or_insights_that_are_stated_nothing_is_told(system: System) -> None:
    database = f"data: {{databases: {{db: {{engine: postgres, {PLACED}}}}}}}\n"
    monitor = "m: {watches: [ecs, db], metrics: [Replication lag, RunningTaskCount]}"
    text = f"{NETWORK}compute: {{clusters: {{ecs: {{}}}}}}\n{database}observability: {{monitors: {{{monitor}}}}}\n"

    assert [message for _, message in found(system, "OBS011", text)] == [
        "unknown: m: 'db.instances' is not stated, so this cannot be told",
        "unknown: m: 'ecs.container_insights' is not stated, so this cannot be told",
    ]


def test_obs011_a_monitor_that_does_not_say_what_it_watches_may_mean_anything(system: System) -> None:
    monitors = "  monitors: {m: {metrics: [Replication lag, DBLoad]}}\n"

    assert found(system, "OBS011", stored("performance_insights: false", monitors)) == []


def test_every_signal_is_known_by_the_name_of_its_metric_and_says_where_it_is_from() -> None:
    file = Path(signals.__file__).parents[1] / "data" / "required_alarms.json"
    listed = json.loads(file.read_text(encoding="utf-8"))["signals"]

    assert [
        one["signal"]
        for one in listed
        if not one["source"].startswith("https://docs.aws.amazon.com/")
        or not any(word in signals.compact(one["metric"]) for word in one["words"])
        or any(word != signals.compact(word) for word in one["words"])
    ] == []


@pytest.mark.parametrize(
    ("monitor", "is_refused"),
    [
        ("notifies: [t], frequency: DAILY", True),
        ("notifies: [t], frequency: once a week", True),
        ("notifies: [t], frequency: IMMEDIATE", False),
        ("notifies: [t], frequency: not daily", False),
        ("notifies: [t]", False),
        ("frequency: Daily", False),
    ],
)
def test_obs012_summaries_go_by_mail(system: System, monitor: str, is_refused: bool) -> None:
    text = f"messaging: {{topics: {{t: {{}}}}}}\nobservability: {{anomaly_monitors: {{m: {{{monitor}}}}}}}\n"

    assert bool(found(system, "OBS012", text)) is is_refused
