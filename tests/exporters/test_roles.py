"""Roles: who may take them, what they may do then, and what the roles of services need."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from archspec.exporters.terraform import compute, policies, roles
from archspec.exporters.terraform.hcl import Json, Reference, Template

Parts = Callable[..., Any]
PLACE = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
"""
SERVICE = PLACE + "compute: {services: {web: {image: 'x:1', subnets: [a], security_groups: [sg]%s}}}\n"
QUEUE = "messaging: {queues: {jobs: {consumers: [web]}}}\n"
RECEIVE = [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
]
ACCOUNT = Reference("var.account_id")


def role(said: str) -> str:
    """Return the security section with a role `own`."""
    return f"security: {{roles: {{own: {{{said}}}}}}}\n"


def statements(resources: Mapping[str, Any], address: str, argument: str = "policy") -> list[Any]:
    """Return the statements of a policy."""
    return [*resources[address].body[argument].value["Statement"]]


def test_a_role_is_trusted_to_whom_its_policy_says(parts: Parts) -> None:
    said = "trust_policy: [{principal: ecs-tasks.amazonaws.com, conditions: {'aws:SourceAccount': '123456789012'}}]"
    made = parts(roles.resources, role(said))
    assert statements(made.resources, "aws_iam_role.own", "assume_role_policy") == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        }
    ]


def test_an_identity_provider_takes_a_role_with_its_own_action(parts: Parts) -> None:
    said = "trust_policy: [{principal: token.actions.githubusercontent.com}]"
    (trust,) = statements(parts(roles.resources, role(said)).resources, "aws_iam_role.own", "assume_role_policy")
    provider = Template(("arn:aws:iam::", ACCOUNT, ":oidc-provider/token.actions.githubusercontent.com"))
    assert trust["Principal"] == {"Federated": provider}
    assert trust["Action"] == "sts:AssumeRoleWithWebIdentity"


def test_a_role_that_says_nothing_of_trust_is_trusted_to_what_takes_it(parts: Parts) -> None:
    made = parts(roles.resources, SERVICE % ", task_role: own" + role(""))
    (trust,) = statements(made.resources, "aws_iam_role.own", "assume_role_policy")
    assert trust["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


@pytest.mark.parametrize("service", ["backup", "cloudtrail", "s3"])
def test_a_service_that_does_not_tell_its_account_is_trusted_without_that_condition(service: str) -> None:
    assert policies.taking(service) == {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_a_role_that_nobody_takes_is_noted(parts: Parts) -> None:
    made = parts(roles.resources, role("trusts: somebody"))
    assert made.resources == {}
    assert [path for path, _ in made.omissions] == ["security.roles.own"]


def test_a_role_with_an_unreadable_trust_policy_is_still_there_for_what_takes_it(parts: Parts) -> None:
    made = parts(roles.resources, SERVICE % ", task_role: own" + role("trust_policy: [{principal: me}]"))
    assert [path for path, _ in made.omissions] == ["security.roles.own.trust_policy.0"]
    assert "aws_iam_role.own" in made.resources


@pytest.mark.parametrize(
    ("name", "arn"),
    [
        ("ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        (
            "AmazonECSTaskExecutionRolePolicy",
            "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        ),
        ("arn:aws:iam::123456789012:policy/own", "arn:aws:iam::123456789012:policy/own"),
    ],
)
def test_managed_policies_are_attached(parts: Parts, name: str, arn: str) -> None:
    said = f"trust_policy: [{{principal: ec2.amazonaws.com}}], managed_policies: ['{name}']"
    made = parts(roles.resources, role(said))
    assert made.resources["aws_iam_role_policy_attachment.own__managed__1"].body["policy_arn"] == arn


def test_permissions_are_on_the_resources_of_the_elements_that_they_name(parts: Parts) -> None:
    said = "trust_policy: [{principal: ec2.amazonaws.com}], may: [{does: 's3:GetObject, s3:ListBucket', on: [files]}]"
    made = parts(roles.resources, role(said) + "data: {buckets: {files: {}}}")
    bucket = Reference("aws_s3_bucket.files.arn")
    assert statements(made.resources, "aws_iam_role_policy.own__permissions") == [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": [bucket, Template((bucket, "/*"))]}
    ]


@pytest.mark.parametrize("may", ["{does: Read files, on: [files]}", "{does: 's3:GetObject'}", "Everything"])
def test_permissions_in_words_or_on_nothing_are_noted(parts: Parts, may: str) -> None:
    said = f"trust_policy: [{{principal: ec2.amazonaws.com}}], may: [{may}]"
    made = parts(roles.resources, role(said) + "data: {buckets: {files: {}}}")
    assert [path for path, _ in made.omissions] == ["security.roles.own.may.0"]
    assert [*made.resources] == ["aws_iam_role.own"]


def test_a_policy_as_json_is_exported_as_it_is(parts: Parts) -> None:
    policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "${x}"}]}'
    made = parts(roles.resources, role(f"trust_policy: [{{principal: ec2.amazonaws.com}}], policy: '{policy}'"))
    assert made.resources["aws_iam_role_policy.own__policy"].body["policy"] == Json(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "${x}"}]}
    )


@pytest.mark.parametrize("policy", ['{"Version": ', "[" * 20000 + '"'])
def test_a_policy_that_is_no_json_is_noted(parts: Parts, policy: str) -> None:
    made = parts(roles.resources, role(f"trust_policy: [{{principal: ec2.amazonaws.com}}], policy: '{policy}'"))
    assert [path for path, _ in made.omissions] == ["security.roles.own.policy"]


def test_the_task_of_a_service_may_use_what_is_stated_of_it_and_no_more(parts: Parts) -> None:
    made = parts(compute.resources, SERVICE % "" + QUEUE)
    assert statements(made.resources, "aws_iam_role_policy.web__task") == [
        {"Effect": "Allow", "Action": RECEIVE, "Resource": [Reference("aws_sqs_queue.jobs.arn")]},
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": [Reference("aws_kms_key.derived__key__messages.arn")],
        },
    ]


def test_a_stated_role_gets_what_its_service_needs(parts: Parts) -> None:
    text = SERVICE % ", task_role: own" + QUEUE + role("may: [Poll queues]")
    made = parts(compute.resources, text)
    assert made.resources["aws_iam_role_policy.web__task"].body["role"] == Reference("aws_iam_role.own.id")
    assert "aws_iam_role.web__task" not in made.resources
    assert made.resources["aws_ecs_task_definition.web"].body["task_role_arn"] == Reference("aws_iam_role.own.arn")


def test_a_role_that_spells_out_what_it_may_do_gets_nothing_more(parts: Parts) -> None:
    may = "may: [{does: 'sqs:ReceiveMessage', on: [jobs]}]"
    made = parts(compute.resources, SERVICE % ", task_role: own" + QUEUE + role(may))
    assert "aws_iam_role_policy.web__task" not in made.resources


def test_a_role_that_reads_a_bucket_may_do_so(parts: Parts) -> None:
    text = role("trust_policy: [{principal: ec2.amazonaws.com}]") + "data: {buckets: {files: {readers: [own]}}}"
    made = parts(roles.resources, text)
    bucket = Reference("aws_s3_bucket.files.arn")
    assert statements(made.resources, "aws_iam_role_policy.own__granted") == [
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [bucket]},
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [Template((bucket, "/*"))]},
        {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [Reference("aws_kms_key.derived__key__data.arn")]},
    ]


@pytest.mark.parametrize(
    ("key", "value", "condition"),
    [
        ("aws:SourceArn", "arn:aws:sns:*", {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*"}}),
        (
            "aws:SourceIp",
            "10.0.0.0/8, 192.168.0.0/16",
            {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}},
        ),
        ("aws:SecureTransport", "false", {"Bool": {"aws:SecureTransport": "false"}}),
        ("aws:PrincipalOrgID", "o-*", {"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
        ("kms:GrantIsForAWSResource", "true", {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
    ],
)
def test_a_condition_gets_the_operator_that_its_key_wants(
    parts: Parts, key: str, value: str, condition: dict[str, Any]
) -> None:
    said = f"trust_policy: [{{principal: ec2.amazonaws.com, conditions: {{'{key}': '{value}'}}}}]"
    (trust,) = statements(parts(roles.resources, role(said)).resources, "aws_iam_role.own", "assume_role_policy")
    assert trust["Condition"] == condition


@pytest.mark.parametrize("key", ["aws:MultiFactorAuthAge", "s3:TlsVersion", "s3:signatureAge"])
def test_a_condition_whose_comparison_is_open_is_noted(parts: Parts, key: str) -> None:
    said = f"trust_policy: [{{principal: '*', conditions: {{'{key}': '300'}}}}]"
    reasons = [reason for _, reason in parts(roles.resources, role(said)).omissions]
    assert f"does not say how {key} is compared" in reasons
