"""Where the rules about availability must not cry wolf, and where they must not stay silent."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archspec import api
from archspec.graph import promises
from archspec.rulepacks import built_in, choose

System = Callable[[str], api.System]
Told = list[tuple[str, str, str]]

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
"""
BALANCER = "  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, public-b], security_groups: [sg]}}\n"
PLACED = "subnets: [private-a, private-b], security_groups: [sg]"


def told(found: api.System, ids: Sequence[str]) -> Told:
    """Return subject, outcome and message of what the rules find."""
    findings = api.check(found, select=tuple(ids)).findings
    return [(one.subject, one.outcome, one.message) for one in findings]


def services(**stated: str) -> str:
    lines = "".join(f"    {id_}: {{port: 80, {facts}, {PLACED}}}\n" for id_, facts in stated.items())
    return f"compute:\n  clusters: {{ecs: {{}}}}\n  services:\n{lines}"


def flows(*lines: str) -> str:
    return "flows:\n" + "".join(f"  - {line}\n" for line in lines)


def test_the_rules_exist() -> None:
    assert [rule.ID for rule in choose(built_in(), ["AVL004", "AVL005"], [])] == ["AVL004", "AVL005"]


def test_one_of_two_ways_is_no_single_point_and_what_both_lead_through_is(system: System) -> None:
    found = system(
        NETWORK
        + BALANCER
        + services(one="desired: 1", other="desired: 1")
        + f"data: {{databases: {{db: {{engine: postgres, multi_az: false, {PLACED}}}}}}}\n"
        + flows("internet -> alb: 443 HTTPS", "alb -> one: 80 HTTP", "alb -> other: 80 HTTP")
        + "  - one -> db: 5432 PostgreSQL\n  - other -> db: 5432 PostgreSQL\n"
    )

    assert [subject for subject, _, _ in told(found, ["AVL004"])] == ["db"]


def test_a_journey_makes_one_of_two_ways_a_single_point(system: System) -> None:
    found = system(
        NETWORK
        + BALANCER
        + services(one="desired: 1", other="desired: 2")
        + flows("internet -> alb: 443 HTTPS", "alb -> one: 80 HTTP", "alb -> other: 80 HTTP")
        + "journeys: [{title: Buying, steps: [alb -> one]}]\n"
    )

    message = "one is a single point of failure, as it runs one task: without it 1 journey stops; 1 flow stops"
    assert told(found, ["AVL004"]) == [("one", "fail", message)]


def test_a_soft_flow_makes_nothing_a_single_point(system: System) -> None:
    found = system(
        NETWORK
        + BALANCER
        + services(web="desired: 2")
        + f"data: {{caches: {{pages: {{engine: redis, {PLACED}}}}}}}\n"
        + flows("internet -> alb: 443 HTTPS", "alb -> web: 80 HTTP", "{web -> pages: 6379 Redis, hard: false}")
        + "journeys: [{title: Reading, steps: [alb -> web, web -> pages]}]\n"
    )

    assert told(found, ["AVL004", "AVL005", "AVL008"]) == []


def test_a_number_of_tasks_that_nobody_states_is_asked_for(system: System) -> None:
    found = system(
        NETWORK
        + BALANCER
        + services(web="cpu: 256")
        + f"data: {{databases: {{db: {{engine: postgres, multi_az: true, {PLACED}}}}}}}\n"
        + flows("internet -> alb: 443 HTTPS", "alb -> web: 80 HTTP", "web -> db: 5432 PostgreSQL")
    )

    assert [(subject, outcome) for subject, outcome, _ in told(found, ["AVL004", "AVL005"])] == [
        ("web", "unknown"),
        ("us-east-1a", "unknown"),
        ("us-east-1b", "unknown"),
    ]


def test_a_service_that_scales_from_two_is_not_said_to_run_one_task(system: System) -> None:
    text = NETWORK + BALANCER + services(web="scaling: {min: 2, max: 4}")
    found = system(text + flows("internet -> alb: 443 HTTPS", "alb -> web: 80 HTTP"))

    assert told(found, ["AVL004", "AVL005"]) == []


def test_a_schedule_that_lowers_the_number_counts(system: System) -> None:
    schedule = "scaling: {min: 2, max: 4, schedules: [{at: 8 PM, min: 1}]}"
    found = system(NETWORK + services(web=schedule))

    assert told(found, ["SCL001"]) == [("web", "fail", "web keeps 1 task at its lowest, in 2 Availability Zones")]


def test_a_gateway_endpoint_needs_no_nat_gateway(system: System) -> None:
    text = NETWORK + "  nat_gateways: {nat: {subnet: public-a}}\n"
    text += "  route_tables:\n"
    text += "    private: {subnets: [private-a, private-b], routes: [{destination: 0.0.0.0/0, target: nat}]}\n"
    text += "  endpoints: {s3: {service: s3, type: gateway, route_tables: [private]}}\n"
    text += services(web="desired: 2") + "data: {buckets: {files: {}}}\n" + flows("web -> files: 443 HTTPS")

    assert told(system(text), ["AVL004", "AVL005"]) == []


def test_a_standby_that_is_planned_takes_nothing_over(system: System) -> None:
    instances = "instances: [{role: primary, az: us-east-1a}, {role: standby, az: us-east-1b, status: planned}]"
    text = NETWORK + services(web="desired: 2")
    text += f"data: {{databases: {{db: {{engine: postgres, multi_az: true, {instances}, {PLACED}}}}}}}\n"

    lost = "the loss of us-east-1a stops 1 of 1 flow: web -> db 5432, as db stops with us-east-1a"
    assert told(system(text + flows("web -> db: 5432 PostgreSQL")), ["AVL005"]) == [("us-east-1a", "fail", lost)]


ONE_ZONE = "subnets: [private-b], security_groups: [sg]"


def cluster(*stated: str) -> str:
    lines = "".join(f"    {one.format(cluster='cluster: ecs, port: 80')}\n" for one in stated)
    return f"compute:\n  clusters: {{ecs: {{}}}}\n  services:\n{lines}"


def test_flows_that_stop_and_flows_that_stop_in_part_are_counted_apart(system: System) -> None:
    text = NETWORK + cluster(
        f"web: {{{{{{cluster}}, desired: 2, {PLACED}}}}}",
        f"mailer: {{{{{{cluster}}, desired: 2, {ONE_ZONE}}}}}",
    )
    lines = flows("ecs -> db: 5432 PostgreSQL", "mailer -> db: 5432 PostgreSQL", "web -> db: 5432 PostgreSQL")
    databases = f"data: {{databases: {{db: {{engine: postgres, multi_az: true, {PLACED}}}}}}}\n"

    told_ = "the loss of us-east-1b stops 1 of 3 flows, and 1 in part: ecs -> db 5432 in part, as mailer stops"
    assert told(system(text + databases + lines), ["AVL005"]) == [("us-east-1b", "fail", f"{told_} with us-east-1b")]


def test_what_stops_and_what_may_stop_are_counted_apart(system: System) -> None:
    text = NETWORK + cluster(
        f"web: {{{{{{cluster}}, desired: 1, {PLACED}}}}}",
        f"api: {{{{{{cluster}}, desired: 2, {PLACED}}}}}",
        f"mailer: {{{{{{cluster}}, desired: 2, {ONE_ZONE}}}}}",
    )
    lines = flows("api -> mailer: 80 HTTP", "api -> web: 80 HTTP", "ecs -> api: 80 HTTP")

    assert [message.partition(":")[0] for _, _, message in told(system(text + lines), ["AVL005"])] == [
        "the loss of us-east-1a may stop 1 of 3 flows, and 1 in part",
        "the loss of us-east-1b stops 1 of 3 flows, 1 in part, and may stop 1",
    ]


def test_a_store_that_can_only_be_read_stops_a_flow_in_part(system: System) -> None:
    instances = "instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}]"
    text = NETWORK + services(web="desired: 2")
    text += f"data: {{caches: {{pages: {{engine: redis, {instances}, {PLACED}}}}}}}\n"

    lost = "the loss of us-east-1a stops 1 of 1 flow in part: web -> pages 6379 in part, as pages stops writing"
    assert told(system(text + flows("web -> pages: 6379 Redis")), ["AVL005"]) == [
        ("us-east-1a", "fail", f"{lost} with us-east-1a")
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("engine: redis, serverless: true", []),
        ("engine: memcached", []),
        ("engine: redis, cluster_mode: true", []),
        ("engine: valkey, multi_az: true", []),
        ("engine: redis", ["pages"]),
    ],
)
def test_a_cache_fails_over_by_itself_or_does_not(system: System, facts: str, expected: list[str]) -> None:
    found = system(NETWORK + f"data: {{caches: {{pages: {{{facts}, {PLACED}}}}}}}\n")

    assert [subject for subject, _, _ in told(found, ["AVL008"])] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("one -> other: 80 HTTP", "other -> one: 80 HTTP"), ["one -> other 80"]),
        (("one -> other: 80 HTTP", "other -> one: 80 AMQP"), []),
        (("one -> other: 80 HTTP", "other -> one: 80"), []),
        (("one -> one: 80 HTTP",), []),
        (("{one -> one: 80 HTTP, mode: sync}",), ["one -> one 80"]),
        (("ecs -> ecs: 80 HTTP", "one -> ecs: 80 HTTP"), []),
        (("alb -> one: 80 HTTP", "alb -> other: 80 HTTP", "one -> alb: 443 HTTPS"), []),
        (("alb -> one: 80 HTTP", "one -> alb: 443 HTTPS"), ["alb -> one 80"]),
        (("one -> internet: 443 HTTPS", "internet -> one: 80 HTTP"), []),
        (("one -> other: 80 gRPC, HTTP", "other -> one: 80 HTTPS, WSS"), []),
    ],
)
def test_a_circle_is_one_of_single_elements_that_wait(
    system: System, lines: tuple[str, ...], expected: list[str]
) -> None:
    text = NETWORK + BALANCER + services(one="desired: 2, cluster: ecs", other="desired: 2, cluster: ecs")
    found = system(text + flows(*lines))

    assert [subject for subject, _, _ in told(found, ["AVL010"])] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("alb -> one: 80 HTTP", "{one -> other: 80 HTTP, timeout: 60 s}"), []),
        (("alb -> one: 80 HTTP", "{one -> other: 80 HTTP, timeout: 61 s}"), [("alb -> one 80", "fail")]),
        (("{alb -> one: 80 HTTP, timeout: 90 s}", "{one -> other: 80 HTTP, timeout: 61 s}"), []),
        (("one -> other: 80 HTTP", "{other -> one: 80 HTTP, timeout: 5 s}"), [("one -> other 80", "unknown")]),
        (("internet -> one: 80 HTTP", "{one -> other: 80 HTTP, timeout: 5 s}"), []),
        (("{one -> other: 80 HTTP, timeout: 9 s}", "{ecs -> alb: 80 HTTP, timeout: 5 s, retries: 1}"),
         [("one -> other 80", "fail")]),
    ],
)  # fmt: skip
def test_a_caller_waits_for_the_calls_behind_it(
    system: System, lines: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    text = NETWORK + BALANCER + services(one="desired: 2, cluster: ecs", other="desired: 2, cluster: ecs")
    found = system(text + flows(*lines))

    assert [(subject, outcome) for subject, outcome, _ in told(found, ["AVL011"])] == expected


def test_a_network_balancer_that_balances_across_zones_needs_one_target(system: System) -> None:
    text = NETWORK + "  load_balancers: {nlb: {type: network, cross_zone: true, subnets: [private-a, private-b]}}\n"
    text += "compute:\n  services:\n"
    text += "    one: {port: 80, load_balancer: nlb, desired: 2, subnets: [private-a], security_groups: [sg]}\n"
    text += "    two: {port: 81, load_balancer: nlb, desired: 2, subnets: [private-b], security_groups: [sg]}\n"

    assert told(system(text), ["AVL006"]) == []
    assert [subject for subject, _, _ in told(system(text.replace("cross_zone: true, ", "")), ["AVL006"])] == ["nlb"]


def test_an_endpoint_that_nobody_uses_may_stand_anywhere(system: System) -> None:
    endpoint = "  endpoints: {door: {service: sqs, subnets: [private-a], security_groups: [sg]}}\n"
    text = NETWORK + endpoint + services(web="desired: 2") + "messaging: {queues: {jobs: {}}}\n"

    assert told(system(text), ["AVL007"]) == []
    assert told(system(text + flows("web -> jobs: 443 HTTPS")), ["AVL007"]) == [
        ("door", "fail", "door has no subnet in us-east-1b, where web stands")
    ]


@pytest.mark.parametrize(
    ("objective", "facts", "expected"),
    [
        ("99.98%", "desired: 2", []),
        ("99.99%", "desired: 2", ["fail"]),
        ("99.98%", "desired: 1", ["unknown"]),
        ("99.5%", "desired: 1, availability: 99%", ["fail"]),
    ],
)
def test_an_objective_is_held_against_what_is_promised(
    system: System, objective: str, facts: str, expected: list[str]
) -> None:
    text = NETWORK + BALANCER + services(web=facts)
    text += f"journeys: [{{title: Buying, slo: {objective}, steps: [internet -> alb, alb -> web]}}]\n"

    assert [outcome for _, outcome, _ in told(system(text), ["AVL009"])] == expected


@pytest.mark.parametrize(
    ("store", "objective", "expected"),
    [
        ("databases: {s: {engine: postgres, multi_az: true", "99.95%", []),
        ("databases: {s: {engine: postgres, multi_az: true", "99.96%", ["fail"]),
        ("databases: {s: {engine: postgres, instances: [{role: primary}]", "99.5%", []),
        ("databases: {s: {engine: postgres, instances: [{role: primary}]", "99.9%", ["fail"]),
        ("databases: {s: {engine: docdb, instances: [{role: primary}]", "99.95%", ["fail"]),
        ("caches: {s: {engine: valkey, instances: [{role: primary}]", "99.9%", ["fail"]),
        ("caches: {s: {engine: memcached, instances: [{role: primary}]", "99.9%", ["unknown"]),
    ],
)
def test_aws_promises_less_for_what_stands_in_one_zone(
    system: System, store: str, objective: str, expected: list[str]
) -> None:
    text = NETWORK + services(web="desired: 2, availability: 100%")
    text += f"data: {{{store}, subnets: [private-a, private-b], security_groups: [sg]}}}}}}\n"
    text += f"journeys: [{{title: Buying, slo: {objective}, steps: [web -> s]}}]\n"

    assert [outcome for _, outcome, _ in told(system(text), ["AVL009"])] == expected


def test_every_promise_of_awss_is_a_share_with_its_source() -> None:
    read = json.loads((Path(promises.__file__).parents[1] / "data/promises.json").read_text("utf-8"))

    assert [one["of"] for one in read["promises"] if not one["source"].startswith("https://aws.amazon.com/")] == []
    assert [of for of, one in promises.promises().items() if not (one.one_zone or 0) < one.zones < 100] == []


@pytest.mark.parametrize(
    ("facts", "lost"),
    [
        ("service: secretsmanager", []),
        ("service: secretsmanager, subnets: [private-a, private-b], security_groups: [sg]", []),
        ("service: secretsmanager, subnets: [private-a], security_groups: [sg]", ["us-east-1a"]),
        ("service: sqs, subnets: [private-a, private-b], security_groups: [sg]", ["us-east-1b"]),
    ],
)
def test_a_service_of_awss_is_lost_with_the_endpoint_or_with_the_nat_gateway(
    system: System, facts: str, lost: list[str]
) -> None:
    text = NETWORK + "  nat_gateways: {nat: {subnet: public-b}}\n" + f"  endpoints: {{door: {{{facts}}}}}\n"
    text += services(web="desired: 2") + "security: {secret_stores: {secrets: {}}}\n"

    assert [subject for subject, _, _ in told(system(text + flows("web -> secrets: 443 HTTPS")), ["AVL005"])] == lost


def test_environments_are_judged_each_for_itself(system: System) -> None:
    text = "environments: {live: {stage: production}, test: {stage: development}}\n" + NETWORK
    text += services(web="desired: 2", api="desired: 2") + flows("web -> api: 80 HTTP")
    text = text.replace("live: {stage: production}", "live: {compute: {services: {api: {subnets: [private-a]}}}}")

    assert [subject for subject, _, _ in told(system(text), ["AVL005"])] == ["live/us-east-1a"]


def test_avl001_a_service_that_scaling_never_leaves_alone_runs_in_both_zones(system: System) -> None:
    stated = services(api="desired: 1, scaling: {min: 2, max: 4}", other="desired: 1, scaling: {min: 1, max: 4}")

    assert told(system(NETWORK + stated), ("AVL001",)) == [
        ("other", "fail", "other runs one task, so one zone holds all of it")
    ]
