"""Templates as CDK and people write them, and the drafts that come of them."""

from pathlib import Path

import pytest

from archspec import api
from archspec.importers import sources
from archspec.importers.draft import Draft, draft
from archspec.resources.resource import Unread

TEMPLATES = Path(__file__).parent / "templates"
PROCESSED = "`aws cloudformation get-template --template-stage Processed`"
NO_KIND = "archspec has no kind of element for it"


def drafted(name: str) -> Draft:
    return draft(sources.read(TEMPLATES / name, name))


@pytest.mark.parametrize("name", ["shop-cdk.template.json", "by-hand.yaml"])
def test_a_template_is_drafted(name: str) -> None:
    assert drafted(name).text == (TEMPLATES / f"{name}.draft").read_text("utf-8")


@pytest.mark.parametrize("name", ["shop-cdk.template.json", "by-hand.yaml"])
def test_a_draft_of_a_template_loads(name: str) -> None:
    assert api.parse(drafted(name).text, "draft.yaml").architecture.network.vpcs.keys() == {"main"}


def test_what_cdk_adds_is_told_and_what_nobody_knows_is_counted() -> None:
    assert drafted("shop-cdk.template.json").left == (
        Unread("AWS::CDK::Metadata", "is CDK's own"),
        Unread("Custom::S3AutoDeleteObjects", "is made by a function of its own; what that does, no template says"),
        Unread("AWS::Lambda::Function", NO_KIND),
        Unread("AWS::SecretsManager::SecretTargetAttachment", NO_KIND),
    )


def test_macros_nested_stacks_and_conditions_that_do_not_hold_are_told() -> None:
    found = drafted("by-hand.yaml").left
    assert [(one.what, one.reason) for one in found if one.reason != NO_KIND] == [
        ("AWS::CloudFormation::Stack", "is another template, which has to be imported by itself"),
        ("AWS::RDS::DBInstance", "its condition IsProd does not hold with the parameters' defaults"),
        ("Fn::ForEach::Topics", "only CloudFormation carries it out"),
        ("Nothing", "has no type"),
        (
            "Transform AWS::Serverless-2016-10-31",
            f"macros are not carried out; {PROCESSED} tells what they made of the template",
        ),
    ]
    assert [one.what for one in found if one.reason == NO_KIND] == [
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::EC2::LaunchTemplate",
        "AWS::Lambda::Function",
        "AWS::Serverless::Function",
    ]
