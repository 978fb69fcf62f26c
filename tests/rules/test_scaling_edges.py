"""Where the rules about scaling must not cry wolf, and where they must not stay silent."""

from collections.abc import Callable, Sequence

import pytest

from archspec import api

System = Callable[[str], api.System]

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
    c: {az: us-east-1c, tier: private, cidr: 10.0.3.0/28}
  security_groups: {sg: {}}
"""
PLACED = "subnets: [a, b], security_groups: [sg]"


def told(found: api.System, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return subject, outcome and message of what the rules find."""
    findings = api.check(found, select=tuple(ids)).findings
    return [(one.subject, one.outcome, one.message) for one in findings]


def outcomes(found: api.System, id_: str) -> list[tuple[str, str]]:
    return [(subject, outcome) for subject, outcome, _ in told(found, [id_])]


def services(**stated: str) -> str:
    lines = "".join(f"    {id_}: {{port: 80, {facts}, {PLACED}}}\n" for id_, facts in stated.items())
    return f"compute:\n  clusters: {{ecs: {{}}}}\n  services:\n{lines}"


def flows(*lines: str) -> str:
    return "flows:\n" + "".join(f"  - {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("desired: 2", []),
        ("desired: 1", ["fail"]),
        ("desired: 1, singleton: a lock keeps a second one out", []),
        ("cpu: 256", ["unknown"]),
        ("desired: 9, scaling: {min: 1, max: 9}", ["fail"]),
        ("scaling: {min: 2, max: 9}", []),
    ],
)
def test_the_lowest_number_of_tasks_counts(system: System, facts: str, expected: list[str]) -> None:
    found = outcomes(system(NETWORK + services(web=facts)), "SCL001")

    assert [outcome for _, outcome in found] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("desired: 4, peak: 100 requests/s, throughput: 50 requests/s", []),
        ("desired: 4, peak: 101 requests/s, throughput: 50 requests/s", ["fail"]),
        ("desired: 4, peak: 100 requests/s", ["unknown"]),
        ("desired: 4, throughput: 50 requests/s", ["unknown"]),
        ("peak: 100 requests/s, throughput: 50 requests/s", ["unknown"]),
        ("desired: 4, peak: 100 requests/s, throughput: 0 requests/s", ["fail"]),
        ("desired: 4", []),
    ],
)
def test_what_is_left_without_a_zone_serves_the_peak(system: System, facts: str, expected: list[str]) -> None:
    found = outcomes(system(NETWORK + services(web=facts)), "SCL002")

    assert [outcome for _, outcome in found] == expected


def test_the_smallest_number_that_would_do_is_told(system: System) -> None:
    found = system(NETWORK + services(web="desired: 2, peak: 120 requests/s, throughput: 40 requests/s"))

    assert [finding.fix for finding in api.check(found, select=("SCL002",)).findings] == [
        "state `desired: 6`, or add a zone"
    ]


def test_a_peak_that_some_flow_does_not_tell_is_asked_for(system: System) -> None:
    text = NETWORK + services(web="desired: 4, peak: 100 requests/s", api="desired: 4, throughput: 10 requests/s")
    message = "api: the flow web -> api 80 states neither `peak` nor `calls`, so this cannot be told"

    assert told(system(text + flows("web -> api: 80 HTTP")), ["SCL009"]) == [("api", "unknown", message)]


def test_requests_that_go_around_in_a_circle_are_not_counted_forever(system: System) -> None:
    text = NETWORK + services(web="desired: 4, throughput: 10 requests/s", api="desired: 4, throughput: 10 requests/s")
    around = flows("{web -> api: 80 HTTP, calls: 2}", "{api -> web: 80 HTTP, calls: 2}")

    assert told(system(text + around), ["SCL009"]) == []


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        ("{min: 2, max: 8}", []),
        ("{min: 4, max: 4}", ["web"]),
        ("{min: 2, max: 8, policies: [{metric: CPU, status: disabled}]}", ["web"]),
        ("{min: 2, max: 8, policies: [{metric: CPU, status: disabled}], schedules: [{at: 8 AM, min: 4}]}", []),
        ("{min: 2, max: 8, policies: [{metric: CPU, status: planned}, {metric: memory}]}", []),
    ],
)
def test_scaling_has_room_and_something_that_moves(system: System, scaling: str, expected: list[str]) -> None:
    found = system(NETWORK + services(web=f"scaling: {scaling}"))

    assert [subject for subject, _, _ in told(found, ["SCL003"])] == expected


@pytest.mark.parametrize(
    ("facts", "pool", "expected"),
    [
        ("engine: postgres, class: db.t4g.micro", "max: 10", ["fail"]),
        ("engine: postgres, class: db.t4g.small", "max: 10", []),
        ("engine: postgres, class: db.x2g.large", "max: 10", ["unknown"]),
        ("engine: postgres", "max: 10", ["unknown"]),
        ("engine: aurora-mysql, class: db.t4g.medium", "max: 10", ["unknown"]),
        ("engine: postgres, class: db.t4g.micro", "max: 50%", []),
        ("engine: postgres, class: db.t4g.micro", "library: HikariCP", []),
    ],
)
def test_pools_of_all_tasks_fit_the_database(system: System, facts: str, pool: str, expected: list[str]) -> None:
    text = NETWORK + services(web="scaling: {min: 2, max: 10}")
    text += f"data: {{databases: {{db: {{{facts}, pool: {{{pool}}}, {PLACED}}}}}}}\n"
    found = outcomes(system(text + flows("web -> db: 5432 SQL")), "SCL004")

    assert [outcome for _, outcome in found] == expected


def test_clients_of_a_proxy_are_not_counted(system: System) -> None:
    text = NETWORK + services(web="scaling: {min: 2, max: 100}")
    database = f"db: {{engine: postgres, class: db.t4g.micro, pool: {{max: 10}}, {PLACED}}}"
    text += f"data:\n  databases: {{{database}}}\n  proxies: {{door: {{target: db, {PLACED}}}}}\n"

    assert told(system(text + flows("web -> door: 5432 SQL", "door -> db: 5432 SQL")), ["SCL004"]) == []


def test_a_deployment_that_starts_fewer_beside_needs_fewer_addresses(system: System) -> None:
    text = NETWORK + services(web="desired: 10").replace("[a, b]", "[c]")

    assert [outcome for _, outcome in outcomes(system(text), "SCL005")] == ["fail"]
    assert told(system(text.replace("desired: 10", "desired: 10, deployment: {maximum: 110%}")), ["SCL005"]) == []


def test_tasks_on_instances_are_not_said_to_take_addresses(system: System) -> None:
    text = NETWORK + services(web="desired: 1000, launch: ec2").replace("[a, b]", "[c]")

    assert told(system(text), ["SCL005"]) == []


@pytest.mark.parametrize(
    ("queue", "letters", "expected"),
    [
        ("dead_letter: dead, max_receives: 3", "retention: 14 days", []),
        ("dead_letter: dead, max_receives: 3", "retention: 4 days", ["fail"]),
        ("dead_letter: dead, max_receives: 3", "title: Dead", ["unknown"]),
        ("dead_letter: dead, max_receives: 3, fifo: true", "fifo: true, retention: 4 days", []),
        ("processing: 31 s", "retention: 14 days", ["fail"]),
        ("processing: 30 s", "retention: 14 days", []),
        ("retention: 1 hour, visibility_timeout: 30 minutes, dead_letter: dead, max_receives: 2", "retention: 1 day",
         ["fail"]),
    ],
)  # fmt: skip
def test_the_times_of_a_queue_fit_each_other(system: System, queue: str, letters: str, expected: list[str]) -> None:
    found = system(f"messaging: {{queues: {{jobs: {{{queue}}}, dead: {{{letters}}}}}}}\n")

    assert [outcome for _, outcome in outcomes(found, "SCL007")] == expected


@pytest.mark.parametrize(
    ("subscribers", "expected"),
    [
        ("[{protocol: email, to: a@example.com}, {protocol: email, to: a@example.com, status: pending}]", []),
        ("[{protocol: email, to: a@example.com, status: pending}]", ["fail"]),
        ("[]", ["unknown"]),
    ],
)
def test_one_who_listens_is_enough(system: System, subscribers: str, expected: list[str]) -> None:
    found = system(f"messaging: {{topics: {{alerts: {{subscribers: {subscribers}}}}}}}\n")

    assert [outcome for _, outcome in outcomes(found, "SCL008")] == expected


def test_a_flow_that_takes_from_a_queue_tells_who_consumes_it(system: System) -> None:
    text = (
        NETWORK + services(web="desired: 2", worker="desired: 2") + "messaging: {queues: {jobs: {producers: [web]}}}\n"
    )

    assert outcomes(system(text + flows("web -> jobs: 443 HTTPS")), "SCL008") == [("jobs", "unknown")]
    assert outcomes(system(text + flows("worker -> jobs: 443 HTTPS (polls)")), "SCL008") == []


def test_a_limit_is_counted_over_five_minutes_unless_it_says_otherwise(system: System) -> None:
    text = NETWORK + "  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}\n"
    text += services(web="desired: 2, throughput: 10 requests/s, load_balancer: alb")
    text += "edge: {web_acls: {waf: {protects: [alb], rules: [{name: flood, limit: 6000}]}}}\n"

    assert told(system(text), ["SCL010"]) == []
    assert outcomes(system(text.replace("limit: 6000", "limit: 6001")), "SCL010") == [("waf", "fail")]
    assert outcomes(system(text.replace("limit: 6000", "limit: 6000, per: 1 minute")), "SCL010") == [("waf", "fail")]
