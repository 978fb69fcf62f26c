"""What differs is found at the line of the spec, with both values; what does not is not."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archspec import api
from archspec.drift import find
from archspec.exporters.terraform.inventory import inventory
from archspec.findings import Finding, Severity
from archspec.importers.account.calls import CALLS
from archspec.importers.draft import draft
from archspec.resources.kinds import KINDS, services_of
from archspec.resources.resource import Inventory, Ref, Resource, Unread, Value
from tests.drift.made import SHOP, account, applied, changed, drift, messages, plus, untagged, without

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

ROOT = Path(__file__).parents[2]
SYSTEMS = [f"specs/{name}.yaml" for name in ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")]
OTHERS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/exporters/specs").glob("*.yaml"))


@cache
def exported(path: str) -> tuple[api.System, Inventory]:
    system = api.load(ROOT / path)
    return system, account(system.architecture)


def found(system: api.System, there: Inventory) -> list[Finding]:
    return list(find(system.architecture, there, system.source.locate).findings)


@pytest.mark.parametrize("path", [*SYSTEMS, *OTHERS])
def test_what_was_exported_has_no_drift(path: str) -> None:
    assert found(*exported(path)) == []


@pytest.mark.parametrize("path", SYSTEMS)
def test_a_plan_of_what_was_exported_has_no_drift(path: str) -> None:
    system = exported(path)[0]
    assert found(system, inventory(system.architecture)) == []


@pytest.mark.parametrize("path", [*SYSTEMS, *OTHERS])
def test_a_spec_that_was_just_drafted_has_no_drift(path: str) -> None:
    there = exported(path)[1]
    assert found(api.parse(draft(there).text), there) == []


@pytest.mark.parametrize("path", SYSTEMS)
def test_a_spec_drafted_from_an_account_without_our_tags_has_no_drift(path: str) -> None:
    there = untagged(exported(path)[1])
    assert found(api.parse(draft(there).text), there) == []


def test_a_port_opened_by_hand_is_found_at_the_ingress_of_its_group() -> None:
    opened = Resource(
        "aws_vpc_security_group_ingress_rule.sgr-0",
        "aws_vpc_security_group_ingress_rule",
        {
            "security_group_id": Ref("aws_security_group.api_sg"),
            "ip_protocol": "tcp",
            "from_port": 22,
            "to_port": 22,
            "cidr_ipv4": "0.0.0.0/0",
        },
    )
    assert drift(plus(applied(), opened)).findings == (
        Finding(
            location=api.parse(SHOP, "shop.yaml").source.locate(("network", "security_groups", "api-sg", "ingress")),
            rule="DRF003",
            name="different",
            subject="api-sg",
            outcome="fail",
            severity=Severity.ERROR,
            message="ingress of api-sg has from internet, port 22 in account, and not in the spec",
            fix="apply the spec, or write what is meant into it",
        ),
    )


VALUES: list[tuple[str, dict[str, Any], str]] = [
    ("aws_db_instance.db", {"multi_az": False}, "multi_az of db is true in the spec, and false in account"),
    ("aws_db_instance.db", {"instance_class": "db.r7g.large"},
     "class of db is db.t4g.small in the spec, and db.r7g.large in account"),
    ("aws_db_instance.db", {"backup_retention_period": 1},
     "backups.retention of db is 7 days in the spec, and 1 day in account"),
    ("aws_ecs_service.api", {"desired_count": 1}, "desired of api is 2 in the spec, and 1 in account"),
    ("aws_sqs_queue.orders", {"message_retention_seconds": 60},
     "retention of orders is 4 days in the spec, and 1 minute in account"),
    ("aws_vpc_security_group_ingress_rule.db_sg__from__api_sg__5432", {"from_port": 1},
     "ingress[api-sg].port of db-sg is 5432 in the spec, and 1-5432 in account"),
    ("aws_subnet.app_a", {"availability_zone": "us-east-1c"},
     "az of app-a is us-east-1a in the spec, and us-east-1c in account"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "values", "expected"), VALUES, ids=[expected[:30] for *_, expected in VALUES])
def test_another_value_is_told_with_both(address: str, values: dict[str, Any], expected: str) -> None:
    findings = drift(changed(applied(), address, **values)).findings
    assert [(one.rule, one.severity, one.message) for one in findings if one.message == expected] == [
        ("DRF003", Severity.ERROR, expected)
    ]


def test_a_value_that_the_spec_leaves_open_is_a_warning_that_says_so() -> None:
    (one,) = drift(changed(applied(), "aws_db_instance.db", deletion_protection=False)).findings
    assert (one.severity, one.message) == (
        Severity.WARNING,
        "deletion_protection of db is false in account, and the spec leaves it open, which is exported as true",
    )


def test_what_nobody_says_and_aws_chooses_is_no_drift() -> None:
    there = changed(applied(), "aws_db_instance.db", maintenance_window="sun:05:00-sun:06:00", port=5432)
    assert messages(there) == []


def test_what_is_gone_is_missing_at_its_line() -> None:
    assert messages(without(applied(), "aws_sqs_queue.orders")) == [
        "22 DRF001 orders is in the spec, and not in account"
    ]


def test_where_aws_refused_to_answer_what_is_not_seen_cannot_be_told() -> None:
    there = replace(without(applied(), "aws_sqs_queue.orders"), refused=("sqs.get_queue_attributes",))
    (one,) = drift(there).findings

    assert (one.outcome, one.is_open, one.message, one.fix) == (
        "unknown",
        False,
        "cannot be told, as AWS refused sqs.get_queue_attributes: orders is in the spec, and not in account",
        "allow sqs.get_queue_attributes, and save the account anew",
    )


def test_what_another_service_refused_and_what_is_seen_to_differ_are_told() -> None:
    lacking = replace(without(applied(), "aws_sqs_queue.orders"), refused=("rds.describe_db_proxies",))
    another = replace(changed(applied(), "aws_db_instance.db", multi_az=False), refused=lacking.refused)

    assert [one.outcome for there in (lacking, another) for one in drift(there).findings] == ["fail", "fail"]


def test_where_everything_was_refused_nothing_is_said_to_be_missing() -> None:
    there = Inventory("account", (), refused=("ec2.describe_vpcs", "ecs.describe_clusters"))

    assert [(one.outcome, one.subject) for one in drift(there).findings] == [("unknown", "shop")]


def test_every_kind_is_told_of_by_services_that_an_account_is_asked_about() -> None:
    asked = {call.service for call in CALLS}

    assert {kind: services_of(kind) for kind in KINDS if not {*services_of(kind)} <= asked} == {}


def test_what_nobody_described_is_extra_where_it_would_stand() -> None:
    extra = Resource("aws_sqs_queue.u", "aws_sqs_queue", {"name": "shop-spare", "tags": {"Architecture": "shop"}})
    assert messages(plus(applied(), extra)) == ["22 DRF002 queue spare is in account, and not in the spec"]


def test_an_unknown_group_in_the_vpc_is_extra_without_any_tag() -> None:
    extra = Resource(
        "aws_security_group.sg-1", "aws_security_group", {"name": "by-hand", "vpc_id": Ref("aws_vpc.main")}
    )
    assert messages(plus(applied(), extra)) == ["9 DRF002 security group by-hand-sg is in account, and not in the spec"]


def test_a_policy_that_a_derived_role_was_given_is_found_at_its_service() -> None:
    policy: dict[str, Value] = {
        "role": Ref("aws_iam_role.api__task"),
        "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
    }
    attached = Resource("aws_iam_role_policy_attachment.x", "aws_iam_role_policy_attachment", policy)
    (message,) = messages(plus(applied(), attached))
    assert message == (
        "15 DRF003 managed_policies of the role shop-api-task of api is none in the spec, and AdministratorAccess in"
        " account"
    )


def test_a_role_that_the_export_adds_is_missed() -> None:
    there = without(applied(), "aws_iam_role.main__flow_logs", "aws_iam_role_policy.main__flow_logs")
    assert messages(there) == ["5 DRF001 the export adds the role shop-main-flow-logs of main, which is not in account"]


def test_tasks_within_the_bounds_of_their_scaling_are_no_drift() -> None:
    scaled = SHOP.replace("desired: 2,", "desired: 2, scaling: {min: 1, max: 8},")
    there = applied(scaled)
    assert messages(changed(there, "aws_ecs_service.api", desired_count=7), scaled) == []
    assert messages(changed(there, "aws_ecs_service.api", desired_count=9), scaled) == [
        "15 DRF003 desired of api is 2 in the spec, and 9 in account"
    ]


def test_a_planned_element_is_not_missed() -> None:
    planned = SHOP.replace("{retention: 4 days}", "{retention: 4 days, status: planned}")
    left = drift(without(applied(), "aws_sqs_queue.orders", "aws_sqs_queue_policy.orders"), planned)
    assert left.findings == ()
    assert Unread("queue in the spec", "is planned") in left.left


def test_a_planned_element_that_is_there_is_extra() -> None:
    planned = SHOP.replace("{retention: 4 days}", "{retention: 4 days, status: planned}")
    assert messages(applied(), planned) == ["22 DRF002 orders is planned in the spec, and is in account"]


def test_where_nothing_is_there_that_is_said_once() -> None:
    assert messages(Inventory("account", ())) == ["2 DRF001 none of the 11 elements of shop is in account"]


def test_another_system_is_not_compared_piece_by_piece() -> None:
    other = SHOP.replace("name: shop", "name: depot")
    assert messages(applied(other)) == ["2 DRF001 none of the 11 elements of shop is in account"]


def test_other_systems_in_the_account_are_left_out_and_counted() -> None:
    other = applied(SHOP.replace("name: shop", "name: depot"))
    others = [one._replace(address=f"{one.address}-2", values=_referred(one.values)) for one in other.resources]
    compared = drift(plus(applied(), *others))
    assert compared.findings == ()
    assert Unread("aws_sqs_queue", "is of no element of this spec") in compared.left


def test_another_account_is_said_once() -> None:
    stated = SHOP.replace("region:", 'account: "111111111111"\nregion:')
    there = replace(applied(SHOP), account="123456789012")
    assert messages(there, stated) == ["3 DRF003 account is 111111111111 in the spec, and 123456789012 in account"]


def test_of_another_region_nothing_else_is_said() -> None:
    there = replace(applied(), region="eu-west-1")
    assert messages(there) == ["3 DRF003 region is us-east-1 in the spec, and eu-west-1 in account"]


def test_what_a_plan_does_not_know_yet_is_not_different() -> None:
    there = applied()
    one = there.by_address["aws_db_instance.db"]
    values = {name: value for name, value in one.values.items() if name != "multi_az"}
    unknown = one._replace(values=values, unknown=frozenset({"multi_az"}))
    assert messages(plus(without(there, one.address), unknown)) == []


def test_text_from_an_account_is_not_taken_for_a_spec() -> None:
    name = 'x": {}\nnetwork: {vpcs: {evil: {cidr: 10.9.0.0/16}}}\n#'
    extra = Resource("aws_sqs_queue.u", "aws_sqs_queue", {"name": name, "tags": {"Architecture": "shop"}})
    (one,) = drift(plus(applied(), extra)).findings
    assert (one.rule, "\n" in one.message) == ("DRF002", False)


def _referred(value: Any) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Ref():
            return Ref(f"{value.address}-2", value.attribute, value.rest)
        case dict():
            return {key: _referred(one) for key, one in value.items()}
        case list() | tuple():
            return [_referred(one) for one in value]
        case _:
            return value
