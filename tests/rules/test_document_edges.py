"""What the samples on the pages of the document rules leave open: what counts as a use, and where a spec is silent."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
"""
PLACED = "subnets: [private-a], security_groups: [sg]"


def found(system: System, rule: str, text: str) -> Found:
    findings = api.check(system(text), select=(rule,)).findings
    return [(one.subject, f"{one.outcome}: {one.message}") for one in findings]


def subjects(system: System, rule: str, text: str) -> list[str]:
    return [subject for subject, _ in found(system, rule, text)]


def test_doc003_where_no_owner_is_named_the_spec_does_not_speak_of_them(system: System) -> None:
    assert found(system, "DOC003", "messaging: {queues: {jobs: {}}}\n") == [
        ("sample", "unknown: sample: 'owner' is not stated, so this cannot be told")
    ]


def test_doc003_without_components_nobody_has_to_own_one(system: System) -> None:
    assert found(system, "DOC003", NETWORK) == []


@pytest.mark.parametrize(
    "use",
    [
        "flows: [{from: job, to: kept, port: 443}]\n",
        "journeys: [{title: It, steps: [job -> kept]}]\n",
        "security: {roles: {reader: {may: [{does: read, on: [kept]}]}}}\n",
        "edge: {distributions: {cdn: {origins: [kept]}}}\n",
    ],
)
def test_doc004_flows_journeys_permissions_and_references_are_uses(system: System, use: str) -> None:
    text = f"{NETWORK}compute: {{services: {{job: {{{PLACED}}}}}}}\ndata: {{buckets: {{kept: {{}}}}}}\n{use}"

    assert "kept" not in subjects(system, "DOC004", text)


WATCHED = f"""\
{NETWORK}compute: {{services: {{job: {{{PLACED}, secrets: [store]}}}}}}
security: {{secret_stores: {{store: {{}}}}, secrets: {{password: {{store: store}}, other: {{}}}}}}
messaging: {{topics: {{alerts: {{}}}}, queues: {{lost: {{}}}}}}
observability: {{alarms: {{depth: {{metric: depth, watches: [lost], threshold: "> 1", notifies: [alerts]}}}}}}
flows: [{{from: internet, to: job, port: 443}}]
"""


def test_doc004_to_be_watched_is_no_use_and_to_be_told_is_one(system: System) -> None:
    assert subjects(system, "DOC004", WATCHED) == ["other", "lost"]


def test_doc004_without_flows_nobody_knows_who_uses_a_store(system: System) -> None:
    text = f"{NETWORK}data: {{databases: {{db: {{engine: postgres, {PLACED}}}}}}}\n"

    assert found(system, "DOC004", text) == [("db", "unknown: db: 'flows' is not stated, so this cannot be told")]


def test_doc004_a_registry_is_not_unused_where_services_do_not_name_theirs(system: System) -> None:
    text = f"{NETWORK}compute: {{services: {{job: {{{PLACED}}}}}}}\ndelivery: {{registries: {{images: {{}}}}}}\n"

    assert [message for subject, message in found(system, "DOC004", text) if subject == "images"] == [
        "unknown: images: 'job.registry' is not stated, so this cannot be told"
    ]


def environments(live: str, trial: str, shared: str) -> str:
    both = f"  live: {{stage: production, {live}}}\n  trial: {{stage: staging, {trial}}}\n"
    return f"{NETWORK}{shared}\nenvironments:\n{both}"


def test_doc010_what_staging_has_not_was_never_tried(system: System) -> None:
    live = "messaging: {queues: {jobs: {}}}"

    assert found(system, "DOC010", environments(live, "title: Trial", "")) == [
        ("live/jobs", "fail: live/jobs, a queue, has no like in trial")
    ]


def test_doc010_sizes_may_differ_and_engines_may_not(system: System) -> None:
    shared = f"data: {{databases: {{db: {{engine: postgres, {PLACED}}}}}}}"
    live = 'data: {databases: {db: {class: db.r6g.large, engine_version: "16.8", encrypted: true}}}'
    trial = 'data: {databases: {db: {class: db.t4g.micro, engine_version: "15.4"}}}'

    assert found(system, "DOC010", environments(live, trial, shared)) == [
        ("trial/db", "fail: trial/db has engine_version 15.4, and live/db has 16.8")
    ]


def test_doc010_an_environment_that_is_planned_is_not_compared(system: System) -> None:
    text = environments("messaging: {queues: {jobs: {}}}", "status: planned", "")

    assert found(system, "DOC010", text) == []


def test_doc011_a_claim_that_names_no_control_is_no_control(system: System) -> None:
    assert found(system, "DOC011", "claims: [{says: All is well}]\n") == []


LIMITS = "compute: {{services: {{a: {{desired: 2, {0}}}, b: {{desired: 1, scaling: {{min: 1, max: 6}}, {0}}}}}}}\n"


@pytest.mark.parametrize(
    ("limit", "answers"),
    [
        ("{resource: Security Groups, limit: 9, used: 1}", []),
        ("{resource: Security Groups, limit: 9, used: 4, note: three are of another system}", []),
        (
            "{resource: Security Groups, limit: 9, used: 0, note: none}",
            ["fail: the limit Security Groups says that 0 are used, and 1 is declared"],
        ),
        ("{resource: ECS Tasks per Service, limit: 9, used: 5}", []),
        (
            "{resource: ECS Tasks per Service, limit: 9, used: 8}",
            ["fail: the limit ECS Tasks per Service says that 8 are used, and 2 to 6 are declared"],
        ),
        ("{resource: Lambda concurrency, limit: 9, used: 8}", []),
        ("{resource: EC2 Instances, limit: 9, used: 8}", []),
        ("{resource: Rules per security group, limit: 60, used: 8}", []),
        (
            "{resource: RDS Instances, limit: 40, used: 3}",
            ["unknown: limit RDS Instances: how many instances there are is not stated, so this cannot be told"],
        ),
    ],
)
def test_doc013_what_is_used_is_what_is_declared(system: System, limit: str, answers: list[str]) -> None:
    text = f"{NETWORK}{LIMITS.format(PLACED)}operations: {{limits: [{limit}]}}\n"

    assert [message for _, message in found(system, "DOC013", text)] == answers
