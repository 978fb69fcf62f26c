"""Who may do what, beyond the samples on the rules' pages: policies as JSON, silence, words, and long ways."""

import json
from collections.abc import Callable

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
WORDS = "r says in words what it may do, so this cannot be told"


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [
        (one.subject, one.message if one.outcome == "fail" else f"unknown: {one.message}") for one in checked.findings
    ]


def unsaid(subject: str, fact: str) -> Found:
    return [(subject, f"unknown: {subject}: '{fact}' is not stated, so this cannot be told")]


def service(more: str = "", *others: str) -> str:
    bodies = "".join(f"    {other}\n" for other in others)
    return f"{NETWORK}compute:\n  services:\n    api: {{subnets: [a], security_groups: [sg]{more}}}\n{bodies}"


def role(body: str, more: str = "") -> str:
    return f"security:\n  roles:\n    r: {{{body}}}\n{more}"


def queue(more: str = "") -> str:
    return f"messaging: {{queues: {{q: {{producers: [api]{more}}}}}}}\n"


def policy(**statement: object) -> str:
    """Return a policy as JSON, in the quotes of YAML."""
    document = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*"} | statement})
    return f"policy: '{document}'"


# IAM003

SENDS = "may: [{does: 'sqs:SendMessage', on: [q]}]"
NONE = [("api -> q", "api uses q, and r does not allow sqs:SendMessage on it")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SENDS, []),
        ("may: [{does: 'sqs:*', on: [q]}]", []),
        ("may: [{does: 'sqs:Send*'}]", []),
        ("may: [{does: 'SQS:SendMessage', on: [q]}]", []),
        ("may: [{does: 'sqs:sendmessage', on: [q]}]", []),
        ("may: [{does: 'sqs:SendMessage', arns: ['arn:aws:sqs:us-east-1:111122223333:*']}]", []),
        ("may: [{does: 'sqs:ReceiveMessage', on: [q]}]", NONE),
        ("may: [{does: 'sqs:SendMessage', on: [other]}]", NONE),
        ("may: [{does: 'sqs:ReceiveMessage', on: [q]}, send messages]", [("api -> q", f"unknown: api -> q: {WORDS}")]),
        (f"{SENDS.removesuffix(']')}, whatever else]", []),
        ("managed_policies: [AmazonSQSFullAccess]", []),
        ("managed_policies: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']", NONE),
        (
            "managed_policies: [OurOwn]",
            [("api -> q", "unknown: api -> q: archspec does not know what OurOwn allows, so this cannot be told")],
        ),
        (policy(Action="sqs:*"), []),
        (policy(Action=["s3:GetObject", "sqs:SendMessage"]), []),
        (policy(NotAction="iam:*"), []),
        (policy(NotAction="sqs:*"), NONE),
        (policy(Action="s3:*"), NONE),
        (
            f"{SENDS}, {policy(Effect='Deny', Action='sqs:Send*')}",
            [("api -> q", "api uses q, and a policy refuses sqs:SendMessage")],
        ),
        (f"{SENDS}, {policy(Effect='Deny', Action='sqs:Send*', Condition={'Bool': {}})}", []),
        (
            "policy: our-policy",
            [("api -> q", "unknown: api -> q: what r's policy allows is not stated, so this cannot be told")],
        ),
        ("", unsaid("api -> q", "r.may")),
    ],
)
def test_iam003_a_use_needs_a_grant_that_can_be_read(system: System, body: str, expected: Found) -> None:
    messages = "messaging: {queues: {q: {producers: [api]}, other: {}}}\n"

    assert found(system, "IAM003", service(", task_role: r") + messages + role(body)) == expected


@pytest.mark.parametrize("text", ["[" * 100_000, '{"Statement": 1}', '{"Statement": [[], null]}', "{}", "[1, 2]"])
def test_iam003_a_policy_that_is_no_policy_states_nothing(system: System, text: str) -> None:
    found_now = found(system, "IAM003", service(", task_role: r") + queue() + role(f"policy: '{text}'"))

    assert found_now == [
        ("api -> q", "unknown: api -> q: what r's policy allows is not stated, so this cannot be told")
    ]


def test_iam003_a_service_without_roles_is_unknown(system: System) -> None:
    assert found(system, "IAM003", service() + queue()) == unsaid("api -> q", "api.task_role")


def test_iam003_either_role_of_a_task_may_allow_it(system: System) -> None:
    text = (
        service(", task_role: r, execution_role: s") + queue() + role("may: ['s3:GetObject']", f"    s: {{{SENDS}}}\n")
    )

    assert found(system, "IAM003", text) == []


SPOKEN = "api uses y, and r, which is for x, does not speak of it"
UNREAD = f"unknown: api -> y: {WORDS}"


@pytest.mark.parametrize(
    ("body", "task", "expected"),
    [
        ("may: [{does: Read secrets, on: [x]}]", "", SPOKEN),
        ("may: [{does: Read secrets, on: [x]}, {does: Read others, on: [y]}]", "", UNREAD),
        ("may: [{does: Read secrets, on: [x]}, Whatever else]", "", UNREAD),
        ("may: [{does: Read secrets, on: [x], arns: ['*']}]", "", UNREAD),
        ("may: [{does: Write logs, on: [logs]}]", "", UNREAD),
        ("may: [{does: Read secrets, on: [x]}]", "{does: Read secrets, on: [y]}", UNREAD),
        ("may: [{does: Read secrets, on: [x]}]", "Whatever the application needs", SPOKEN),
    ],
)
def test_iam003_words_leave_out_the_secrets_that_they_are_not_on(
    system: System, body: str, task: str, expected: str
) -> None:
    roles = role(body, f"    t: {{may: [{task}]}}\n" if task else "") + "  secrets: {x: {}, y: {}}\n"
    named = ", execution_role: r, secrets: [y]" + (", task_role: t" if task else "")
    text = service(named) + roles + "observability: {log_groups: {logs: {}}}\n"

    assert [message.replace(" t says", " r says") for _, message in found(system, "IAM003", text)] == [expected]


def test_iam003_a_store_in_words_is_for_its_secrets(system: System) -> None:
    stores = "  secret_stores: {m: {}, p: {service: parameter-store}}\n  secrets: {x: {store: m}, y: {store: p}}\n"
    text = service(", execution_role: r, secrets: [x, y]") + role("may: [{does: Read, on: [m]}]") + stores

    assert found(system, "IAM003", text) == [
        ("api -> x", f"unknown: api -> x: {WORDS}"),
        ("api -> y", "api uses y, and r, which is for m, does not speak of it"),
    ]


def test_iam003_services_with_the_same_roles_are_one_finding(system: System) -> None:
    others = [f"s{i}: {{subnets: [a], security_groups: [sg], cluster: c, task_role: r}}" for i in range(3)]
    text = service(", cluster: c, task_role: r", *others).replace("  services:", "  clusters: {c: {}}\n  services:")
    text += "messaging: {queues: {q: {}}}\nflows: [{c -> q: 443}]\n" + role("may: ['s3:GetObject']")

    assert found(system, "IAM003", text) == [
        ("api -> q", "api and 3 more use q, and r does not allow any sqs action on it")
    ]


def test_iam003_a_purpose_that_is_stated_counts_and_not_the_flow_beside_it(system: System) -> None:
    text = service(", task_role: r") + queue() + "flows: [{api -> q: 443}]\n" + role("may: ['sqs:ReceiveMessage']")

    assert found(system, "IAM003", text) == NONE


def test_iam003_a_consumer_takes_and_deletes(system: System) -> None:
    text = (
        service(", task_role: r")
        + "messaging: {queues: {q: {consumers: [api]}}}\n"
        + role("may: ['sqs:ReceiveMessage']")
    )

    assert found(system, "IAM003", text) == [("api -> q", "api uses q, and r does not allow sqs:DeleteMessage on it")]


def test_iam003_a_grant_on_the_store_is_one_on_its_secrets(system: System) -> None:
    secrets = "  secret_stores: {s: {}}\n  secrets: {password: {store: s}}\n"
    body = "may: [{does: 'secretsmanager:GetSecretValue', on: [s]}]"

    assert found(system, "IAM003", service(", execution_role: r, secrets: [password]") + role(body, secrets)) == []


def test_iam003_a_planned_queue_and_a_planned_service_are_not_judged(system: System) -> None:
    text = service(", task_role: r") + queue(", status: planned") + role("may: ['s3:GetObject']")
    later = service(", task_role: r, status: planned") + queue() + role("may: ['s3:GetObject']")

    assert found(system, "IAM003", text) + found(system, "IAM003", later) == []


def test_iam003_the_queue_s_own_refusal_is_named(system: System) -> None:
    refusal = ', policy: [{principal: "*", effect: deny, does: "sqs:*", conditions: {}}]'

    assert found(system, "IAM003", service(", task_role: r") + queue(refusal) + role(SENDS)) == [
        ("api -> q", "api uses q, and a policy refuses sqs:SendMessage")
    ]


def test_iam003_a_refusal_under_a_condition_is_none(system: System) -> None:
    refusal = ', policy: [{principal: "*", effect: deny, does: "sqs:*", conditions: {aws:SecureTransport: "false"}}]'

    assert found(system, "IAM003", service(", task_role: r") + queue(refusal) + role(SENDS)) == []


# IAM001


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("may: ['*']", [("r", "r may do everything")]),
        ("may: ['s3:GetObject, sqs:*']", [("r", "r may do everything of sqs")]),
        ("may: [{does: 's3:PutObject', arns: ['*']}]", [("r", "r may do s3:PutObject on everything")]),
        ("may: [{does: 's3:GetObject', arns: ['*']}]", []),
        ("may: [{does: 'xray:PutTraceSegments', arns: ['*']}]", []),
        ("may: ['s3:Get*']", []),
        ("managed_policies: [AmazonECSTaskExecutionRolePolicy]", []),
        ("managed_policies: [PowerUserAccess]", [("r", "r may do everything but iam:*, organizations:*, account:*")]),
        (policy(Action="*"), [("r", "r may do everything")]),
        (policy(Action="*", Effect="Deny"), []),
        ("may: [do as it likes]", [("r", f"unknown: r: {WORDS}")]),
        ("may: [words, '*']", [("r", "r may do everything")]),
    ],
)
def test_iam001_everything_is_too_much(system: System, body: str, expected: Found) -> None:
    assert found(system, "IAM001", role(body)) == expected


def test_iam001_the_fix_names_what_is_used(system: System) -> None:
    text = service(", task_role: r") + queue() + role("may: ['sqs:*']")

    assert [one.fix for one in api.check(system(text), select=("IAM001",)).findings] == [
        "allow what is used: sqs:SendMessage on q"
    ]


# IAM004


def test_iam004_a_permission_in_words_is_judged_by_what_it_is_on(system: System) -> None:
    text = service(", task_role: r") + queue() + role("may: [{does: send, on: [q]}, {does: read, on: [b]}]")

    assert found(system, "IAM004", text + "data: {buckets: {b: {}}}\n") == [
        ("r", "r may act on b, which nothing that has it uses")
    ]


def test_iam004_a_role_that_nothing_has_is_not_judged(system: System) -> None:
    assert found(system, "IAM004", role("may: [{does: read, on: [b]}]") + "data: {buckets: {b: {}}}\n") == []


@pytest.mark.parametrize(
    ("more", "on"),
    [
        ("data: {buckets: {b: {key: k, readers: [api]}}}\n", "k"),
        ("observability: {monitors: {m: {}}, log_groups: {l: {}}}\nflows: [{api -> m: 443}]\n", "l"),
        ("data: {buckets: {b: {readers: [r]}}}\n", "b"),
        ("delivery: {pipelines: {p: {role: r, stages: [{name: one, uses: [api]}]}}}\n", "api"),
        ("observability: {log_groups: {l: {}}, flow_logs: {f: {log_group: l, role: r}}}\n", "l"),
    ],
)
def test_iam004_what_stands_for_a_use_backs_the_grant(system: System, more: str, on: str) -> None:
    keys = "  keys: {k: {}}\n"
    text = service(", task_role: r") + more + role(f"may: [{{does: use, on: [{on}]}}]", keys)

    assert found(system, "IAM004", text) == []


# IAM005


@pytest.mark.parametrize(
    ("may", "expected"),
    [
        ("['s3:PutObject', {does: 'kms:GenerateDataKey', on: [k]}]", []),
        ("['s3:PutObject', 'kms:*']", []),
        ("['s3:PutObject', {does: use the key, on: [k]}]", []),
        ("['s3:PutObject', something else]", [("api -> b", f"unknown: api -> b: {WORDS}")]),
        (
            "['s3:PutObject', {does: 'kms:Decrypt', on: [k]}]",
            [("api -> b", "api uses b, and no role of it allows kms:GenerateDataKey on its key k")],
        ),
    ],
)
def test_iam005_who_writes_makes_a_data_key(system: System, may: str, expected: Found) -> None:
    text = service(", task_role: r") + "data: {buckets: {b: {key: k, writers: [api]}}}\n"

    assert found(system, "IAM005", text + role(f"may: {may}", "  keys: {k: {}}\n")) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", unsaid("q", "k.policy")),
        ("policy: [{principal: sns.amazonaws.com}]", []),
        (
            "policy: [{principal: sqs.amazonaws.com}]",
            [("q", "t delivers to q, and the policy of its key k does not let SNS use it")],
        ),
    ],
)
def test_iam005_sns_needs_the_key_of_a_queue_that_it_delivers_to(system: System, stated: str, expected: Found) -> None:
    told = "messaging: {topics: {t: {}}, queues: {q: {topic: t, key: k}}}\n"
    text = f"{told}security: {{keys: {{k: {{{stated}}}}}}}\n"

    assert found(system, "IAM005", text) == expected


# IAM006


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('principal: "*"', unsaid("r", "r.trust_policy.conditions")),
        ('principal: "*", conditions: {aws:PrincipalOrgID: o-1}', []),
        ('principal: "*", conditions: {aws:PrincipalArn: "*"}', [("r", "r may be taken by everybody")]),
        ('principal: "*", effect: deny, conditions: {}', []),
        ("principal: ecs-tasks.amazonaws.com, conditions: {}", []),
        ("principal: ecs-tasks.amazonaws.com", []),
        ("principal: config.amazonaws.com", unsaid("r", "r.trust_policy.conditions")),
        (
            "principal: config.amazonaws.com, conditions: {}",
            [("r", "r may be taken by config.amazonaws.com for any account")],
        ),
        ('principal: "111122223333", conditions: {}', []),
        ('principal: "arn:aws:iam::111122223333:root", conditions: {}', []),
        (
            'principal: "arn:aws:iam::999988887777:root", conditions: {}',
            [("r", "r may be taken by the account 999988887777 without an external id")],
        ),
        ('principal: "999988887777", conditions: {sts:externalid: x}', []),
        ("principal: evil.amazonaws.com.example.org, conditions: {}", []),
    ],
)
def test_iam006_a_trust_policy_says_for_whom(system: System, statement: str, expected: Found) -> None:
    text = 'account: "111122223333"\n' + role(f"trust_policy: [{{{statement}}}]")

    assert found(system, "IAM006", text) == expected


def test_iam006_without_an_account_of_its_own_another_cannot_be_told(system: System) -> None:
    text = role('trust_policy: [{principal: "999988887777", conditions: {}}]')

    assert found(system, "IAM006", text) == unsaid("r", "account")


# IAM007


def roles(**bodies: str) -> str:
    held = "".join(f"    {id_.replace('_', '-')}: {{{body}}}\n" for id_, body in bodies.items())
    return service(", task_role: r") + f"security:\n  roles:\n{held}"


ADMIN = "managed_policies: [AdministratorAccess]"


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (
            {"r": "may: [{does: 'sts:AssumeRole', arns: ['*']}]", "admin": ADMIN},
            [("r", "r, a service's role, leads to admin, which may do everything")],
        ),
        (
            {"r": "may: ['iam:AttachRolePolicy']"},
            [("r", "r, a service's role, may make itself one that may do everything")],
        ),
        ({"r": "may: [{does: 'iam:PassRole', on: [admin]}]", "admin": ADMIN}, []),
        (
            {"r": "may: [{does: 'iam:PassRole', on: [admin]}, 'lambda:CreateFunction']", "admin": ADMIN},
            [("r", "r, a service's role, leads to admin, which may do everything")],
        ),
        (
            {"r": "may: [{does: 'sts:AssumeRole', on: [s]}]", "s": "may: [{does: 'sts:AssumeRole', on: [r]}]"},
            [],
        ),
        ({"r": ADMIN}, []),
        ({"r": "may: [in words]", "admin": ADMIN}, [("r", f"unknown: r: {WORDS}")]),
    ],
)
def test_iam007_a_way_to_everything_is_found_and_no_other(
    system: System, bodies: dict[str, str], expected: Found
) -> None:
    assert found(system, "IAM007", roles(**bodies)) == expected


def test_iam007_a_long_way_is_shown_as_far_as_a_reader_follows(system: System) -> None:
    bodies = {f"s{i}": f"may: [{{does: 'sts:AssumeRole', on: [s{i + 1}]}}]" for i in range(2000)}
    text = roles(r="may: [{does: 'sts:AssumeRole', on: [s0]}]", **bodies, s2000=ADMIN)
    (only,) = api.check(system(text), select=("IAM007",)).findings

    assert only.message == "r, a service's role, leads to s2000, which may do everything"
    assert [hop.text for hop in only.witness][:2] == ["r may do sts:AssumeRole on s0", "s0 may do sts:AssumeRole on s1"]
    assert only.witness[-1].text == "and 1989 more steps to s2000"


# IAM008


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('principal: "*", does: "sqs:*"', unsaid("q", "q.policy.conditions")),
        ('principal: "*", does: "sqs:*", conditions: {}', [("q", "the policy of q lets everybody do sqs:*")]),
        (
            'principal: "*", conditions: {aws:SourceIp: 0.0.0.0/0}',
            [("q", "the policy of q lets everybody do everything")],
        ),
        ('principal: "*", conditions: {aws:SourceIp: "192.0.2.0/24"}', []),
        (
            'principal: "*", conditions: {aws:SecureTransport: "true"}',
            [("q", "the policy of q lets everybody do everything")],
        ),
        ('principal: "*", effect: deny, conditions: {}', []),
        ('principal: "111122223333", conditions: {}', []),
    ],
)
def test_iam008_only_a_condition_that_narrows_counts(system: System, statement: str, expected: Found) -> None:
    text = f"messaging: {{queues: {{q: {{policy: [{{{statement}}}]}}}}}}\n"

    assert found(system, "IAM008", text) == expected


# IAM002


def test_iam002_a_service_with_one_stated_role_is_not_judged(system: System) -> None:
    assert found(system, "IAM002", service(", task_role: r") + role("")) == []
