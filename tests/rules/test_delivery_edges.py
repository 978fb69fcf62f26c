"""How changes are delivered, beyond the samples on the rules' pages: rounding, silence, and what is out of order."""

from collections.abc import Callable
from math import ceil, floor

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
"""


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [
        (one.subject, one.message if one.outcome == "fail" else f"unknown: {one.message}") for one in checked.findings
    ]


def unsaid(subject: str, fact: str) -> Found:
    return [(subject, f"unknown: {subject}: '{fact}' is not stated, so this cannot be told")]


def service(more: str = "") -> str:
    return f"{NETWORK}compute:\n  services:\n    api: {{subnets: [a], security_groups: [sg]{more}}}\n"


def pipeline(*stages: str, more: str = "") -> str:
    held = "".join(f"        - {{name: s{i}, {stage}}}\n" for i, stage in enumerate(stages))
    return f"delivery:\n{more}  pipelines:\n    p:\n      stages:\n{held}"


# CIC001


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("type: test", "type: approval", "type: deploy"), []),
        (("type: approval", "type: test", "type: deploy", "type: deploy"), []),
        (("type: deploy", "type: test", "type: approval"), [("p", "p deploys in 's0' after no test and no approval")]),
        (
            ("type: test", "type: deploy", "type: approval", "type: deploy"),
            [("p", "p deploys in 's1' after no approval")],
        ),
        (("does: [tests]", "type: approval", "type: deploy"), unsaid("p", "stages.type")),
        (("type: build",), []),
        (("uses: [api]",), [("p", "p deploys in 's0' after no test and no approval")]),
        (("type: build, uses: [api]",), []),
    ],
)
def test_cic001_gates_stand_before_every_deployment(system: System, stages: tuple[str, ...], expected: Found) -> None:
    assert found(system, "CIC001", service() + pipeline(*stages)) == expected


# CIC002


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [
        ("", unsaid("api", "deployment")),
        (", deployment: {circuit_breaker: true}", unsaid("api", "deployment.rollback")),
        (", deployment: {circuit_breaker: false}", [("api", "a deployment of api that fails is not taken back")]),
        (", deployment: {type: blue-green}", []),
    ],
)
def test_cic002_a_rolling_deployment_that_is_not_stated_is_unknown(
    system: System, deployment: str, expected: Found
) -> None:
    assert found(system, "CIC002", service(deployment)) == expected


# CIC003


def progresses(desired: int, least: int, most: int) -> bool:
    """Try it task by task: whether some new task may start or some old one may stop."""
    low, high = ceil(desired * least / 100), floor(desired * most / 100)
    return desired + 1 <= high or desired - 1 >= low


@pytest.mark.parametrize("desired", [1, 2, 3, 4, 7, 10, 11])
@pytest.mark.parametrize(
    ("least", "most"), [(100, 100), (50, 100), (100, 150), (80, 120), (67, 133), (90, 109), (0, 100)]
)
def test_cic003_rounds_as_ecs_does(system: System, desired: int, least: int, most: int) -> None:
    text = service(f", desired: {desired}, deployment: {{minimum_healthy: {least}%, maximum: {most}%}}")

    assert (found(system, "CIC003", text) == []) is progresses(desired, least, most)


@pytest.mark.parametrize(
    "more",
    [
        "",
        ", deployment: {type: rolling}",
        ", deployment: {minimum_healthy: 100%}",
        ", deployment: {maximum: 200%}",
        ", desired: 0, deployment: {minimum_healthy: 100%, maximum: 100%}",
    ],
)
def test_cic003_aws_s_own_bounds_and_no_task_at_all_pass(system: System, more: str) -> None:
    assert found(system, "CIC003", service(more)) == []


# CIC004


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("shop/api", [("api", "api runs shop/api, which is another image whenever somebody pushes one")]),
        ("host:5000/api", [("api", "api runs host:5000/api, which is another image whenever somebody pushes one")]),
        ("host:5000/api:1.2", unsaid("api", "api.registry")),
        ("shop/api@sha256:0a1b", []),
    ],
)
def test_cic004_an_image_is_named_by_a_version_or_a_digest(system: System, image: str, expected: Found) -> None:
    assert found(system, "CIC004", service(f', image: "{image}"')) == expected


def test_cic004_a_registry_that_only_digests_are_pulled_from_may_let_tags_move(system: System) -> None:
    text = service(', registry: r, image: "shop/api@sha256:0a1b"')

    assert found(system, "CIC004", text + "delivery: {registries: {r: {immutable_tags: false}}}\n") == []


def test_cic004_a_registry_that_says_nothing_is_unknown(system: System) -> None:
    text = service(", registry: r") + "delivery: {registries: {r: {}}}\n"

    assert found(system, "CIC004", text) == [*unsaid("r", "r.immutable_tags"), *unsaid("r", "r.scan_on_push")]


@pytest.mark.parametrize(("tag", "count"), [("latest", 1), ('"{commit}"', 0), ('"$COMMIT"', 0), ('""', 0)])
def test_cic004_only_one_and_the_same_tag_is_refused(system: System, tag: str, count: int) -> None:
    more = f"""\
  registries: {{r: {{immutable_tags: true, scan_on_push: true}}}}
  builds: {{b: {{variables: {{IMAGE_TAG: {tag}}}}}}}
"""
    text = "variables: {commit: {}}\n" + pipeline("uses: [b, r]", more=more)

    assert len(found(system, "CIC004", text)) == count


# CIC005


def trusted(conditions: str) -> str:
    statement = f"{{principal: token.actions.githubusercontent.com{conditions}}}"
    return (
        "delivery: {pipelines: {p: {role: r}}}\n"
        f"security: {{roles: {{r: {{trust_policy: [{statement}]}}}}}}\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "is_fixed"),
    [
        ("repo:shop/api:ref:refs/heads/main", True),
        ("repo:shop/api:environment:production", True),
        ("repo:shop/api:*", False),
        ("repo:shop/*:ref:refs/heads/main", False),
        ("*", False),
        ("repo:shop/api", False),
        ("repo:", False),
    ],
)
def test_cic005_a_subject_is_a_repository_and_a_branch(system: System, subject: str, is_fixed: bool) -> None:
    conditions = f', conditions: {{"token.actions.githubusercontent.com:sub": "{subject}"}}'

    assert (found(system, "CIC005", trusted(conditions)) == []) is is_fixed


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("delivery: {pipelines: {p: {}}}\n", "p.role"),
        ("delivery: {pipelines: {p: {role: r}}}\nsecurity: {roles: {r: {}}}\n", "r.trust_policy"),
        (trusted(""), "trust_policy.conditions"),
    ],
)
def test_cic005_silence_is_unknown(system: System, text: str, fact: str) -> None:
    assert found(system, "CIC005", text) == unsaid("p", fact)


def test_cic005_a_role_of_codepipeline_needs_no_subject(system: System) -> None:
    text = """\
delivery: {pipelines: {p: {role: r}}}
security: {roles: {r: {trust_policy: [{principal: codepipeline.amazonaws.com}]}}}
"""

    assert found(system, "CIC005", text) == []


# CIC006


def test_cic006_where_a_deployment_names_nothing_it_is_unknown_and_no_service_is_blamed(system: System) -> None:
    assert found(system, "CIC006", service() + pipeline("type: deploy")) == unsaid("p", "p.stages.uses")


def test_cic006_without_a_pipeline_that_deploys_nothing_is_judged(system: System) -> None:
    assert found(system, "CIC006", service()) == []
    assert found(system, "CIC006", service() + pipeline("type: build")) == []


def test_cic006_a_planned_pipeline_deploys_nothing(system: System) -> None:
    text = service() + "delivery: {pipelines: {p: {status: planned, stages: [{name: s, uses: [api]}]}}}\n"

    assert found(system, "CIC006", text) == []


# CIC007

DATABASE = """\
data:
  databases: {{db: {{engine: postgres, subnets: [a], security_groups: [sg]{}}}}}
"""


@pytest.mark.parametrize(
    ("backups", "expected"),
    [
        ("", unsaid("p", "db.backups.point_in_time")),
        (", backups: {point_in_time: true}", []),
        (", backups: {point_in_time: false}", [("p", "p changes db in 's0', and keeps nothing to go back to")]),
    ],
)
def test_cic007_point_in_time_recovery_is_something_to_go_back_to(
    system: System, backups: str, expected: Found
) -> None:
    text = NETWORK + DATABASE.format(backups) + pipeline("type: migration, uses: [db]", "type: deploy")

    assert found(system, "CIC007", text) == expected


def test_cic007_a_migration_that_names_no_database_is_unknown(system: System) -> None:
    assert found(system, "CIC007", pipeline("type: migration", "type: deploy")) == [
        ("p", "unknown: p: which database 's0' changes is not stated in its `uses`, so this cannot be told")
    ]


def test_cic007_a_snapshot_after_the_migration_is_too_late(system: System) -> None:
    text = NETWORK + DATABASE.format(", backups: {point_in_time: false}")
    text += pipeline("type: migration, uses: [db]", "type: snapshot", "type: deploy")

    assert found(system, "CIC007", text) == [("p", "p changes db in 's0', and keeps nothing to go back to")]
