"""Keys and secrets: the stated ones, and those that nobody stated and everything is encrypted with."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from archspec.exporters.terraform import keys, secrets
from archspec.exporters.terraform.hcl import Reference

Parts = Callable[..., Any]


def sids(resources: Mapping[str, Any], address: str) -> list[str]:
    """Return the names of the statements of a policy; one without a name is its principal."""
    found = resources[address].body["policy"].value["Statement"]
    return [one.get("Sid") or str(one["Principal"]) for one in found]


def test_a_stated_key_has_its_alias_and_its_rotation(parts: Parts) -> None:
    made = parts(keys.resources, "security: {keys: {own: {alias: alias/mine, rotation: false}}}")
    assert made.resources["aws_kms_key.own"].body["enable_key_rotation"] is False
    assert made.resources["aws_kms_alias.own"].body["name"] == "alias/mine"
    assert sids(made.resources, "aws_kms_key.own") == ["AccountDecides"]


@pytest.mark.parametrize("alias", ["mine", "alias/aws/rds", "alias/a b", ""])
def test_an_alias_that_kms_does_not_take_is_made_of_the_id(parts: Parts, alias: str) -> None:
    made = parts(keys.resources, f"security: {{keys: {{own: {{alias: '{alias}'}}}}}}")
    assert made.resources["aws_kms_alias.own"].body["name"] == "alias/sample-own"
    assert bool(made.resources["aws_kms_key.own"].reasons) is bool(alias)


def test_an_alias_made_of_a_long_id_is_as_long_as_kms_takes(parts: Parts) -> None:
    id_ = "k" * 300
    made = parts(keys.resources, f"security: {{keys: {{{id_}: {{}}}}}}")
    assert len(made.resources[f"aws_kms_alias.{id_}"].body["name"]) == 256


@pytest.mark.parametrize(
    ("region", "principal"),
    [
        ("us-gov-west-1", "logs.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "logs.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_logs_use_a_key_by_the_name_that_they_have_in_their_part_of_aws(
    parts: Parts, region: str, principal: str
) -> None:
    text = "security: {keys: {own: {}}}\nobservability: {log_groups: {l: {key: own}}}"
    found = parts(keys.resources, text, region).resources["aws_kms_key.own"].body["policy"]
    assert [one["Principal"] for one in found.value["Statement"][1:]] == [{"Service": principal}]


def test_a_stated_key_never_has_the_name_of_one_that_nobody_stated(parts: Parts) -> None:
    made = parts(keys.resources, "security: {keys: {data: {}}}\ndata: {buckets: {files: {}}}")
    assert sorted(one for one in made.resources if one.startswith("aws_kms_key")) == [
        "aws_kms_key.data",
        "aws_kms_key.derived__key__data",
    ]


def test_no_key_is_made_for_what_states_its_own_or_is_not_encrypted_with_one(parts: Parts) -> None:
    text = "security: {keys: {own: {}}}\ndata: {buckets: {files: {key: own}, plain: {encryption: sse-s3}}}"
    assert [*parts(keys.resources, text).resources] == ["aws_kms_key.own", "aws_kms_alias.own"]


def test_the_account_keeps_a_key_whose_policy_would_lock_everybody_out(parts: Parts) -> None:
    policy = "policy: [{principal: logs.us-east-1.amazonaws.com, does: 'kms:Encrypt*'}]"
    made = parts(keys.resources, f"security: {{keys: {{own: {{{policy}}}}}}}")
    assert sids(made.resources, "aws_kms_key.own") == ["AccountDecides", "{'Service': 'logs.us-east-1.amazonaws.com'}"]


def test_a_policy_that_keeps_a_key_manageable_is_exported_alone(parts: Parts) -> None:
    made = parts(keys.resources, "security: {keys: {own: {policy: [{principal: '123456789012', does: 'kms:*'}]}}}")
    assert sids(made.resources, "aws_kms_key.own") == ["{'AWS': 'arn:aws:iam::123456789012:root'}"]


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("messaging: {topics: {t: {key: own}}, queues: {q: {topic: t, key: own}}}", ["MessagesSns"]),
        (
            (
                "messaging: {topics: {t: {key: own}}}\n"
                "observability: {alarms: {a: {metric: m, threshold: '> 1', notifies: [t]}}}"
            ),
            ["MessagesCloudwatch"],
        ),
        ("observability: {log_groups: {l: {key: own}}}", ["LogsOfThisAccount"]),
        (
            (
                "network: {vpcs: {v: {cidr: 10.0.0.0/16}}}\ndata: {buckets: {b: {key: own}}}\n"
                "observability: {flow_logs: {f: {vpc: v, bucket: b}}}"
            ),
            ["FlowLogs"],
        ),
    ],
)
def test_the_services_that_need_a_key_may_use_it(parts: Parts, text: str, services: list[str]) -> None:
    made = parts(keys.resources, f"security: {{keys: {{own: {{}}}}}}\n{text}")
    assert sids(made.resources, "aws_kms_key.own") == ["AccountDecides", *services]


def test_a_secret_is_encrypted_and_kept_as_it_states(parts: Parts) -> None:
    text = "security: {keys: {own: {}}, secrets: {token: {key: own, recovery_window: 7 days, holds: a token}}}"
    body = parts(secrets.resources, text).resources["aws_secretsmanager_secret.token"].body
    assert body == {
        "name": "sample/token",
        "description": "a token",
        "kms_key_id": Reference("aws_kms_key.own.arn"),
        "recovery_window_in_days": 7,
    }


@pytest.mark.parametrize(
    ("said", "field"), [("rotation: true", "rotation"), ("recovery_window: 90 days", "recovery_window")]
)
def test_what_secrets_manager_cannot_do_by_itself_is_noted(parts: Parts, said: str, field: str) -> None:
    made = parts(secrets.resources, f"security: {{secrets: {{token: {{{said}}}}}}}")
    assert [path for path, _ in made.omissions] == [f"security.secrets.token.{field}"]
    assert made.resources["aws_secretsmanager_secret.token"].body["recovery_window_in_days"] == 30


def test_a_secret_in_the_parameter_store_is_a_parameter_whose_value_is_a_variable(parts: Parts) -> None:
    text = "security: {secret_stores: {ssm: {service: parameter-store}}, secrets: {flag: {store: ssm}}}"
    made = parts(secrets.resources, text)
    assert [*made.resources] == ["aws_ssm_parameter.flag"]
    assert made.resources["aws_ssm_parameter.flag"].body["value"] == Reference("var.value_flag")
    assert made.variables["value_flag"].sensitive is True


def test_a_store_stands_for_its_secrets_or_for_one_where_none_is_named(parts: Parts) -> None:
    text = "security: {secret_stores: {full: {}, empty: {}}, secrets: {token: {store: full}}}"
    made = parts(secrets.resources, text)
    assert [*made.resources] == ["aws_secretsmanager_secret.token", "aws_secretsmanager_secret.empty"]


def test_the_policy_of_a_secret_is_exported(parts: Parts) -> None:
    policy = "policy: [{principal: 'arn:aws:iam::123456789012:role/reader'}]"
    made = parts(secrets.resources, f"security: {{secrets: {{token: {{{policy}}}}}}}")
    body = made.resources["aws_secretsmanager_secret_policy.token"].body
    assert body["policy"].value["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:role/reader"},
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [Reference("aws_secretsmanager_secret.token.arn")],
        }
    ]
