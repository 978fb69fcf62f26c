"""Certificates, keys, secrets, roles and detectors of Terraform come back as a person writes them in a spec."""

import json
from typing import Any

import pytest

from archspec.importers.draft import security
from tests.importers.draft.reading import read

Resources = dict[str, dict[str, Any]]


def test_a_certificate_of_cloudfront_is_in_us_east_1_and_others_tell_by_their_arn() -> None:
    resources: Resources = {
        "aws_acm_certificate.here": {"domain_name": "a.example", "arn": "arn:aws:acm:us-east-1:1:certificate/x"},
        "aws_acm_certificate.there": {"domain_name": "b.example", "arn": "arn:aws:acm:eu-west-1:1:certificate/x"},
    }
    found = read(security, resources)
    assert found["here"].data == {"domain": "a.example"}
    assert found["there"].data == {"domain": "b.example", "region": "eu-west-1"}


def test_a_key_comes_back_with_its_alias_and_without_the_statement_of_every_key() -> None:
    own = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    uses = {
        "Effect": "Allow", "Principal": {"Service": "logs.us-east-1.amazonaws.com"}, "Action": ["kms:Encrypt"],
        "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*"}},
    }  # fmt: skip
    resources: Resources = {
        "aws_kms_key.main": {"enable_key_rotation": True, "policy": {"Statement": [own, uses]}},
        "aws_kms_alias.main": {"name": "alias/shop", "target_key_id": "@aws_kms_key.main"},
        "aws_kms_key.other": {},
    }
    found = read(security, resources)
    assert found["main"].data == {
        "alias": "alias/shop",
        "rotation": True,
        "policy": [
            {
                "principal": "logs.us-east-1.amazonaws.com",
                "does": "kms:Encrypt",
                "conditions": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*"},
            }
        ],
    }
    assert found["other"].data == {"rotation": False}


def test_secrets_have_the_store_of_their_service() -> None:
    resources: Resources = {
        "aws_kms_key.main": {},
        "aws_secretsmanager_secret.login": {
            "name": "shop/login", "kms_key_id": "@aws_kms_key.main", "recovery_window_in_days": 7,
            "description": "user and password",
        },
        "aws_secretsmanager_secret_rotation.login": {
            "secret_id": "@aws_secretsmanager_secret.login", "rotation_rules": [{"automatically_after_days": 30}],
        },
        "aws_ssm_parameter.flag": {"name": "/shop/flag", "type": "String"},
    }  # fmt: skip
    found = read(security, resources)
    assert {id_: piece.data for id_, piece in found.items() if id_ != "main"} == {
        "secrets-manager": {},
        "parameter-store": {"service": "parameter-store"},
        "login": {
            "name": "shop/login",
            "store": "secrets-manager",
            "holds": "user and password",
            "key": "main",
            "rotation": True,
            "rotate_every": "30 days",
            "recovery_window": "7 days",
        },
        "flag": {"name": "/shop/flag", "note": "a String, which is not encrypted", "store": "parameter-store"},
    }


def test_a_secret_that_stands_for_a_store_gives_the_store_its_id() -> None:
    resources: Resources = {"aws_secretsmanager_secret.vault": {"name": "shop/vault", "tags": {"PartOf": "vault"}}}
    found = read(security, resources, {"aws_secretsmanager_secret.vault": ""})
    assert {id_: piece.data for id_, piece in found.items()} == {"vault": {}}


def test_a_role_may_what_its_policies_say() -> None:
    resources: Resources = {
        "aws_s3_bucket.files": {"bucket": "shop-files"},
        "aws_sqs_queue.mails": {"name": "mails"},
        "aws_iam_role.app": {
            "name": "shop-app-role",
            "assume_role_policy": {
                "Statement": {
                    "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
                }
            },
        },
        "aws_iam_role_policy_attachment.app": {
            "role": "@aws_iam_role.app",
            "policy_arn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
        "aws_iam_role_policy_attachment.own": {"role": "@aws_iam_role.app", "policy_arn": "@aws_iam_policy.own"},
        "aws_iam_policy.own": {
            "policy": {
                "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "@aws_sqs_queue.mails"}]
            }
        },
        "aws_iam_role_policy.files": {
            "role": "@aws_iam_role.app",
            "policy": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetObject", "s3:PutObject"],
                        "Resource": ["arn:aws:s3:::shop-files", "${aws_s3_bucket.files.arn}/*"],
                    },
                    {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
                    {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "@aws_s3_bucket.files"},
                ]
            },
        },
    }  # fmt: skip
    denied = {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::shop-files"}
    assert read(security, resources)["app"].data == {
        "name": "shop-app-role",
        "managed_policies": ["AmazonECSTaskExecutionRolePolicy"],
        "policy": json.dumps({"Version": "2012-10-17", "Statement": [denied]}),
        "may": [
            {"does": "s3:GetObject, s3:PutObject", "on": ["files"]},
            {"does": "ecr:GetAuthorizationToken", "arns": ["*"]},
            {"does": "sqs:SendMessage", "on": ["mails"]},
        ],
        "trust_policy": [{"principal": "ecs-tasks.amazonaws.com", "conditions": {"aws:SourceAccount": "123456789012"}}],
    }


@pytest.mark.parametrize(
    "condition",
    [
        {"StringNotEquals": {"aws:PrincipalAccount": "123456789012"}},
        {"Null": {"aws:PrincipalArn": "true"}},
        {"ArnLike": {"aws:SourceArn": "@aws_sns_topic.gone"}},
    ],
)
def test_conditions_that_a_spec_cannot_say_are_not_stated(condition: dict[str, Any]) -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": condition}
    piece = read(security, {"aws_iam_role.app": {"assume_role_policy": {"Statement": [statement]}}})["app"]
    assert piece.data == {"trust_policy": [{"principal": "*"}]}
    assert piece.guesses == ("conditions of a policy are not stated: their values are not known, or they say when not",)


def test_no_conditions_are_said_to_be_none() -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}
    found = read(security, {"aws_iam_role.app": {"assume_role_policy": {"Statement": [trust]}}})
    assert found["app"].data == {"trust_policy": [{"principal": "123456789012", "conditions": {}}]}


def test_detectors_are_told_by_their_services() -> None:
    resources: Resources = {
        "aws_cloudtrail.trail": {"is_multi_region_trail": True, "enable_log_file_validation": False},
        "aws_guardduty_detector.guard": {"enable": False},
        "aws_config_configuration_recorder.config": {},
        "aws_securityhub_account.hub": {},
    }
    assert {id_: piece.data for id_, piece in read(security, resources).items()} == {
        "trail": {"service": "cloudtrail", "multi_region": True, "file_validation": False},
        "guard": {"service": "guardduty", "status": "disabled"},
        "config": {"service": "config"},
        "hub": {"service": "security-hub"},
    }


def test_what_is_not_known_yet_of_an_arn_may_be_anything_and_variables_of_iam_stay() -> None:
    resources = ["arn:aws:ecs:us-east-1:${AWS::AccountId}:task/${Cluster.id}/*", "arn:aws:s3:::home/${aws:username}"]
    policy = {"Statement": [{"Effect": "Allow", "Action": "ecs:StopTask", "Resource": resources}]}
    role: Resources = {"aws_iam_role.app": {"inline_policy": [{"name": "own", "policy": policy}]}}
    expected = {
        "does": "ecs:StopTask",
        "arns": ["arn:aws:ecs:us-east-1:*:task/*/*", "arn:aws:s3:::home/${aws:username}"],
    }
    assert read(security, role)["app"].data == {"may": [expected]}
