"""What the Terraform exporter makes of the services that watch an account."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from archspec.exporters.terraform import detectors
from archspec.exporters.terraform.hcl import Reference, Template


class Made(Protocol):
    """What an area makes."""

    resources: dict[str, Any]
    omissions: list[tuple[str, str]]


Parts = Callable[..., Made]


@pytest.fixture
def detector(parts: Parts) -> Parts:
    """Return what is made of detectors."""

    def made(*stated: str) -> Made:
        listed = ", ".join(f"d{i}: {{service: {one}}}" for i, one in enumerate(stated, start=1))
        return parts(detectors.resources, f"security: {{detectors: {{{listed}}}}}")

    return made


@pytest.mark.parametrize(
    ("service", "kind", "body"),
    [
        ("guardduty", "aws_guardduty_detector", {"enable": True}),
        ("security-hub", "aws_securityhub_account", {"enable_default_standards": True}),
        (
            "inspector",
            "aws_inspector2_enabler",
            {"account_ids": [Reference("var.account_id")], "resource_types": ["EC2", "ECR", "LAMBDA"]},
        ),
        ("macie", "aws_macie2_account", {"status": "ENABLED"}),
        ("iam", "aws_accessanalyzer_analyzer", {"analyzer_name": "sample-d1", "type": "ACCOUNT"}),
    ],
)
def test_a_detector_is_switched_on(detector: Parts, service: str, kind: str, body: dict[str, object]) -> None:
    made = detector(service)
    assert {address: dict(one.body) for address, one in made.resources.items()} == {f"{kind}.d1": body}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("cloudtrail", (True, True)),
        ("cloudtrail, multi_region: false", (False, True)),
        ("cloudtrail, file_validation: false", (True, False)),
    ],
)
def test_a_trail_records_every_region_and_notices_changes_unless_stated(
    detector: Parts, stated: str, expected: tuple[bool, bool]
) -> None:
    body = detector(stated).resources["aws_cloudtrail.d1"].body
    assert (body["is_multi_region_trail"], body["enable_log_file_validation"]) == expected


def test_a_trail_comes_after_what_it_writes_to(detector: Parts) -> None:
    made = detector("cloudtrail")
    first = [one.expression for one in made.resources["aws_cloudtrail.d1"].body["depends_on"]]
    assert first == [
        "aws_iam_role_policy.d1__trail",
        "aws_s3_bucket_policy.d1__trail",
        "aws_sns_topic_policy.d1__trail",
    ]
    assert {*first} <= {*made.resources}


def test_only_that_trail_may_write_to_its_bucket_its_topic_and_with_its_key(detector: Parts) -> None:
    made = detector("cloudtrail")
    account = Reference("var.account_id")
    trail = Template(("arn:aws:cloudtrail:us-east-1:", account, ":trail/sample-d1"))
    found = [
        one["Condition"]
        for kind in ("aws_s3_bucket_policy", "aws_sns_topic_policy", "aws_kms_key")
        for one in made.resources[f"{kind}.d1__trail"].body["policy"].value["Statement"]
        if one["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
    ]
    assert found == [{"StringEquals": {"aws:SourceArn": trail}}] * 4


def test_a_recorder_starts_once_it_can_deliver(detector: Parts) -> None:
    made = detector("config")
    status = made.resources["aws_config_configuration_recorder_status.d1"].body
    assert (status["is_enabled"], status["depends_on"]) == (True, [Reference("aws_config_delivery_channel.d1")])
    recorder = made.resources["aws_config_configuration_recorder.d1"].body
    assert recorder["recording_group"].body == {"all_supported": True, "include_global_resource_types": True}


def test_everything_that_a_detector_needs_is_a_part_of_it(detector: Parts) -> None:
    made = detector("cloudtrail", "config")
    assert {one.origin.element for one in made.resources.values()} == {"d1", "d2"}


def test_an_account_has_one_of_most_detectors(detector: Parts) -> None:
    made = detector("guardduty", "guardduty", "cloudtrail", "cloudtrail")
    assert made.omissions == [
        ("security.detectors.d2", "an account has one of it in a Region, and d1 stands for it"),
    ]
    assert {"aws_cloudtrail.d3", "aws_cloudtrail.d4"} <= {*made.resources}


def test_nobody_buys_shield_advanced_by_applying_a_file(detector: Parts) -> None:
    made = detector("shield")
    assert made.resources == {}
    ((place, reason),) = made.omissions
    assert place == "security.detectors.d1"
    assert "a subscription for a year" in reason
