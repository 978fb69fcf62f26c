"""Asking an account: what is told of refusals, in how many pages it answers, and what is never kept."""

import datetime
from collections.abc import Callable
from typing import Any, TypeAlias

import boto3
import botocore.exceptions
import pytest

from archspec.errors import ToolError, UsageError
from archspec.importers.account import capture as capturing
from archspec.importers.account.calls.call import Call, Each
from archspec.importers.account.capture import capture
from archspec.importers.account.kept import kept
from archspec.importers.account.saved import Saved
from tests.importers.account.made import PASSWORD

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

Boto: TypeAlias = Any
Answer: TypeAlias = Callable[..., Boto]


def refusal(code: str) -> Exception:
    told: Exception = botocore.exceptions.ClientError({"Error": {"Code": code, "Message": ""}}, "Any")
    return told


class Client:
    """A service that answers as it is told."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers

    def can_paginate(self, operation: str) -> bool:
        return not operation

    def __getattr__(self, operation: str) -> Answer:
        return self.answers[operation]


class Session:
    """A session whose services answer as they are told, by `service.operation`."""

    def __init__(self, answers: dict[str, Answer], region: str = "eu-central-1") -> None:
        self.answers = {"sts.get_caller_identity": lambda: {"Account": "123456789012"}, **answers}
        self.region_name = region
        self.asked: list[tuple[str, str]] = []

    def get_partition_for_region(self, region: str) -> str:
        return "aws-cn" if region.startswith("cn-") else "aws"

    def client(self, service: str, region_name: str, config: Boto) -> Client:
        assert config.retries["mode"] == "standard"
        self.asked.append((service, region_name))
        mine = {name.partition(".")[2]: one for name, one in self.answers.items() if name.startswith(f"{service}.")}
        return Client(mine)


Ask = Callable[..., tuple[Saved, Session]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return what asks some calls of a session that answers as it is told."""

    def asked(calls: list[Call], answers: dict[str, Answer], region: str = "eu-central-1") -> tuple[Saved, Session]:
        session = Session(answers, region)
        monkeypatch.setattr(capturing, "CALLS", tuple(calls))
        monkeypatch.setattr(boto3, "Session", lambda **_: session)
        return capture(region, ""), session

    return asked


VPCS = Call("ec2.describe_vpcs", "Vpcs")
ATTRIBUTE = Call("ec2.describe_vpc_attribute", "", Each("ec2.describe_vpcs", "VpcId", "VpcId"), {"Attribute": "a"})


def vpcs(*ids: str) -> Answer:
    return lambda **_: {"Vpcs": [{"VpcId": id_} for id_ in ids], "ResponseMetadata": {"RequestId": "random"}}


def test_two_looks_at_one_account_give_the_same_bytes(captured: tuple[Saved, Saved]) -> None:
    assert captured[0].files == captured[1].files


def test_what_seems_to_be_secret_is_nowhere_in_what_is_saved(captured: tuple[Saved, Saved]) -> None:
    assert [name for name, text in captured[0].files.items() if PASSWORD in text] == []
    assert '"LOG_LEVEL"' in captured[0].files["ecs.describe_task_definition.json"]


def test_items_are_sorted_and_so_are_the_answers_of_each(ask: Ask) -> None:
    saved, _ = ask(
        [VPCS, ATTRIBUTE],
        {
            "ec2.describe_vpcs": vpcs("vpc-2", "vpc-1"),
            "ec2.describe_vpc_attribute": lambda **with_: {"On": with_["VpcId"]},
        },
    )  # fmt: skip
    assert saved.answers == {
        "ec2.describe_vpcs": [{"with": {}, "items": [{"VpcId": "vpc-1"}, {"VpcId": "vpc-2"}]}],
        "ec2.describe_vpc_attribute": [
            {"with": {"Attribute": "a", "VpcId": f"vpc-{n}"}, "items": [{"On": f"vpc-{n}"}]} for n in (1, 2)
        ],
    }


def test_a_refused_call_is_told_and_the_others_are_asked(ask: Ask) -> None:
    def denied(**_: str) -> Boto:
        raise refusal("AccessDenied")

    saved, _ = ask([VPCS, ATTRIBUTE, Call("iam.list_roles", "Roles")],
                   {"ec2.describe_vpcs": denied, "iam.list_roles": lambda: {"Roles": [{"RoleName": "a"}]}})  # fmt: skip
    assert [*saved.answers] == ["iam.list_roles"]
    assert saved.refused == {"ec2.describe_vpcs": "AccessDenied"}


def test_a_call_that_is_refused_for_some_keeps_the_answers_for_the_others(ask: Ask) -> None:
    def some(VpcId: str, **_: str) -> Boto:  # noqa: N803 - as AWS calls it
        if VpcId != "vpc-2":
            raise refusal("AccessDenied" if VpcId == "vpc-1" else "ThrottlingException")
        return {"On": True}

    saved, _ = ask([VPCS, ATTRIBUTE], {"ec2.describe_vpcs": vpcs("vpc-1", "vpc-2", "vpc-3"),
                                       "ec2.describe_vpc_attribute": some})  # fmt: skip
    assert [one["with"]["VpcId"] for one in saved.answers["ec2.describe_vpc_attribute"]] == ["vpc-2"]
    assert saved.refused == {
        "ec2.describe_vpc_attribute": "AccessDenied (1 of 3), ThrottlingException (1 of 3)",
    }


@pytest.mark.parametrize("code", ["NoSuchBucketPolicy", "ResourceNotFoundException", "NoSuchTagSet"])
def test_that_there_is_nothing_is_no_refusal(ask: Ask, code: str) -> None:
    def nothing(**_: str) -> Boto:
        raise refusal(code)

    saved, _ = ask([VPCS], {"ec2.describe_vpcs": nothing})
    assert (saved.answers, saved.refused) == ({}, {})


def test_a_sign_in_that_ends_in_between_is_an_error_and_not_an_empty_account(ask: Ask) -> None:
    def expired(**_: str) -> Boto:
        raise refusal("ExpiredTokenException")

    with pytest.raises(ToolError, match="AWS no longer answers: ExpiredTokenException; sign in once more"):
        ask([VPCS], {"ec2.describe_vpcs": expired})


def test_answers_in_several_pages_are_read_to_the_end(ask: Ask) -> None:
    def paged(NextMarker: str = "", **_: str) -> Boto:  # noqa: N803 - as AWS calls it
        page = int(NextMarker or 0)
        return {"WebACLs": [{"Id": f"{page}"}], **({"NextMarker": f"{page + 1}"} if page < 2 else {})}

    saved, _ = ask([Call("wafv2.list_web_acls", "WebACLs")], {"wafv2.list_web_acls": paged})
    assert saved.answers["wafv2.list_web_acls"][0]["items"] == [{"Id": "0"}, {"Id": "1"}, {"Id": "2"}]


def test_a_page_that_names_itself_as_the_next_ends(ask: Ask) -> None:
    saved, _ = ask(
        [Call("wafv2.list_web_acls", "WebACLs")],
        {"wafv2.list_web_acls": lambda **_: {"WebACLs": [{"Id": "1"}], "NextMarker": "same"}},
    )
    assert len(saved.answers["wafv2.list_web_acls"][0]["items"]) == 2


def test_many_things_are_asked_a_few_at_a_time(ask: Ask) -> None:
    tags = Call("elbv2.describe_tags", "", Each("elbv2.describe_load_balancers", "ResourceArns", "Arn", 20))
    balancers = Call("elbv2.describe_load_balancers", "All")
    saved, _ = ask([balancers, tags], {
        "elbv2.describe_load_balancers": lambda: {"All": [{"Arn": f"{n:03}"} for n in range(45)]},
        "elbv2.describe_tags": lambda **with_: {"Number": len(with_["ResourceArns"])},
    })  # fmt: skip
    assert [one["items"][0]["Number"] for one in saved.answers["elbv2.describe_tags"]] == [20, 20, 5]


def test_what_cloudfront_uses_is_asked_in_us_east_1_and_not_twice_there(ask: Ask) -> None:
    calls = [Call("acm.list_certificates"), Call("acm.list_certificates", region="us-east-1", variant="us-east-1")]
    answers: dict[str, Answer] = {"acm.list_certificates": lambda: {"CertificateSummaryList": []}}
    there = {region: ask(calls, answers, region)[1].asked[1:] for region in ("eu-central-1", "us-east-1", "cn-north-1")}
    assert there == {
        "eu-central-1": [("acm", "eu-central-1"), ("acm", "us-east-1")],
        "us-east-1": [("acm", "us-east-1")],
        "cn-north-1": [("acm", "cn-north-1")],
    }


@pytest.mark.parametrize("name", ["ec2.delete_vpc", "secretsmanager.get_secret_value"])
def test_a_call_that_does_more_than_read_is_never_made(ask: Ask, name: str) -> None:
    def made(**_: str) -> Boto:
        raise AssertionError

    with pytest.raises(ValueError, match="does more than read, or reads what is secret"):
        ask([Call(name)], {name: made})


def test_only_names_are_kept_of_what_is_only_counted(ask: Ask) -> None:
    function = {"FunctionName": "thumbnails", "Environment": {"Variables": {"KEY": PASSWORD}}}
    counted = Call("lambda.list_functions", "Functions", keep=frozenset({"FunctionName"}))
    saved, _ = ask([counted], {"lambda.list_functions": lambda: {"Functions": [function]}})
    assert saved.answers["lambda.list_functions"][0]["items"] == [{"FunctionName": "thumbnails"}]


@pytest.mark.parametrize("region", ["mars", "us-east-1; rm -rf /", "US-EAST-1"])
def test_a_region_that_is_none_is_told(ask: Ask, region: str) -> None:
    with pytest.raises(UsageError, match="is no AWS Region; expected one as us-east-1"):
        ask([VPCS], {}, region)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"At": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "runningCount": 3, "Name": "a"}, {"Name": "a"}),
        ({"Tags": [{"Key": "b", "Value": ""}, {"Key": "a", "Value": ""}]},
         {"Tags": [{"Key": "a", "Value": ""}, {"Key": "b", "Value": ""}]}),
        ({"name": "API_TOKEN", "value": "x1"}, {"name": "API_TOKEN", "value": "not copied"}),
        ({"name": "API_TOKEN_ARN", "value": "x1"}, {"name": "API_TOKEN_ARN", "value": "x1"}),
        ({"configuration": {"OAuthToken": "x1", "Branch": "main"}},
         {"configuration": {"OAuthToken": "not copied", "Branch": "main"}}),
        ({"HttpHeaderConfig": {"HttpHeaderName": "X-Origin", "Values": ["x1"]}},
         {"HttpHeaderConfig": {"HttpHeaderName": "X-Origin", "Values": ["not copied"]}}),
        ({"ByteMatchStatement": {"SearchString": b"x1"}}, {"ByteMatchStatement": {"SearchString": "not copied"}}),
        ({"command": ["serve", "postgres://app:x1@db/app"]}, {"command": ["serve", "postgres://app:not-copied@db/app"]}),
        ({"key": "-----BEGIN RSA PRIVATE KEY-----\nx1"}, {"key": "-----BEGIN RSA PRIVATE KEY-----"}),
    ],
)  # fmt: skip
def test_times_counts_and_secrets_are_not_kept(value: object, expected: object) -> None:
    assert kept(value) == expected
