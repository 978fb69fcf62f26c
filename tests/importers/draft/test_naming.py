"""The ids that a person would choose."""

from typing import Any

import pytest

from archspec.importers.draft.naming import architecture_name, identify, says, system
from tests.importers.draft.made import SHOP, inventory


def ids(resources: dict[str, dict[str, Any]]) -> dict[str, str]:
    return dict(identify(inventory(resources)))


def test_the_tag_of_an_element_is_its_id() -> None:
    assert ids({"aws_vpc.x": {"tags": {"Element": "main", "Name": "shop-vpc"}}}) == {"aws_vpc.x": "main"}


def test_a_part_of_an_element_is_none() -> None:
    assert ids({"aws_iam_role.x": {"tags": {"PartOf": "api"}}}) == {}


def test_tags_that_a_provider_adds_to_all_count() -> None:
    assert ids({"aws_vpc.x": {"tags_all": {"Element": "main"}}}) == {"aws_vpc.x": "main"}


@pytest.mark.parametrize("tag", ["Main", "a b", "internet", "", "a/b/c", "../x", "staging/", "/web", "INTERNET/x"])
def test_a_tag_that_is_no_id_is_ignored(tag: str) -> None:
    assert ids({"aws_vpc.core": {"tags": {"Element": tag}}}) == {"aws_vpc.core": "core"}


def test_an_id_that_two_resources_claim_is_the_first_ones() -> None:
    found = ids({"aws_subnet.a": {"tags": {"Element": "web"}}, "aws_subnet.b": {"tags": {"Element": "web"}}})
    assert found == {"aws_subnet.a": "web", "aws_subnet.b": "b"}


def test_thousands_of_resources_of_one_name_are_numbered_one_after_the_other() -> None:
    found = ids({f"aws_sqs_queue.q{i:05}": {"name": "jobs"} for i in range(3000)})
    assert [found[f"aws_sqs_queue.q{i:05}"] for i in (0, 1, 2, 2999)] == ["jobs", "jobs-queue", "jobs-2", "jobs-2999"]


def test_the_id_of_an_environment_keeps_it() -> None:
    assert ids({"aws_vpc.x": {"tags": {"Element": "staging/main"}}}) == {"aws_vpc.x": "staging/main"}


def test_no_element_is_called_as_an_environment_is() -> None:
    found = ids({"aws_vpc.x": {"tags": {"Element": "staging/main"}}, "aws_ecs_service.staging": {"name": "staging"}})
    assert found["aws_ecs_service.staging"] == "staging-service"


def test_what_has_no_tags_is_called_by_its_address_in_an_export() -> None:
    found = ids({
        "aws_vpc.x": {"tags": {"Element": "staging/main"}},
        "aws_cloudwatch_dashboard.staging__web_traffic": {"dashboard_name": "shop-staging-web-traffic"},
    })  # fmt: skip
    assert found["aws_cloudwatch_dashboard.staging__web_traffic"] == "staging/web-traffic"


def test_names_lose_what_all_begin_with_and_their_kind() -> None:
    found = ids(SHOP)
    assert {address: found[address] for address in sorted(found) if "subnet" in address or "this" in address} == {
        "aws_acm_certificate.this": "cert",
        "aws_db_instance.this": "orders",
        "aws_ecs_cluster.this": "ecs",
        "aws_internet_gateway.this": "igw",
        "aws_lb.this": "alb",
        "aws_nat_gateway.this": "nat",
        "aws_subnet.database[0]": "database-a",
        "aws_subnet.database[1]": "database-b",
        "aws_subnet.private[0]": "private-a",
        "aws_subnet.private[1]": "private-b",
        "aws_subnet.public[0]": "public-a",
        "aws_subnet.public[1]": "public-b",
    }


@pytest.mark.parametrize(
    ("address", "values", "expected"),
    [
        ("aws_security_group.db", {}, "db-sg"),
        ("aws_security_group.db_sg", {}, "db-sg"),
        ("aws_route_table.private", {}, "private-rt"),
        ("aws_lb.this", {"load_balancer_type": "network"}, "nlb"),
        ("module.orders.aws_sqs_queue.this", {}, "orders"),
        ('aws_subnet.this["eu-west-1c"]', {}, "this-c"),
        ("aws_sqs_queue.x", {"name": "Orders_Created.fifo"}, "orders-created-fifo"),
        ("aws_ecs_service.x", {"name": "orders-service"}, "orders"),
        ("aws_vpc.main", {}, "main"),
        ("aws_s3_bucket.x", {"bucket": "x" * 63}, "x" * 40),
        ("aws_vpc.x", {"tags": {"Name": "日本"}}, "x"),
    ],
)
def test_a_resource_alone_is_called(address: str, values: dict[str, Any], expected: str) -> None:
    assert ids({address: values}) == {address: expected}


def test_ids_are_unique_across_kinds() -> None:
    found = ids({"aws_ecs_service.orders": {}, "aws_sqs_queue.orders": {}, "module.a.aws_sqs_queue.orders": {}})
    assert sorted(found.values()) == ["orders", "orders-2", "orders-queue"]


def test_a_path_before_the_name_of_the_system_says_nothing() -> None:
    found = ids({**SHOP, "aws_cloudwatch_log_group.x": {"name": "/aws/ecs/shop-prod/web"}})
    assert found["aws_cloudwatch_log_group.x"] == "web-logs"


def test_names_of_three_resources_say_what_the_system_is_called() -> None:
    assert system(inventory(SHOP)) == ("shop", "prod")


def test_two_names_say_nothing_about_the_system() -> None:
    assert system(inventory({"aws_vpc.a": {"tags": {"Name": "x-a"}}, "aws_vpc.b": {"tags": {"Name": "x-b"}}})) == ()


@pytest.mark.parametrize(
    ("resources", "wanted", "expected"),
    [
        ({}, "My Shop", "my-shop"),
        ({"aws_vpc.a": {"tags": {"Architecture": "shop"}}}, "", "shop"),
        ({"aws_vpc.a": {"tags": {"Architecture": "No Id"}}}, "", "plan"),
        (SHOP, "", "shop-prod"),
        ({}, "", "plan"),
    ],
)
def test_the_whole_is_called(resources: dict[str, dict[str, Any]], wanted: str, expected: str) -> None:
    assert architecture_name(inventory(resources), wanted) == expected


@pytest.mark.parametrize(
    ("id_", "name", "expected"),
    [("web", "web", True), ("web", "shop-web", True), ("staging/web", "shop-staging-web", True),
     ("notification-tg", "shop-notific-0a1b2c", True), ("web", "other", False), ("main", "shop-vpc", False)],
)  # fmt: skip
def test_an_id_says_a_name(id_: str, name: str, expected: bool) -> None:
    assert says(id_, name, "shop") is expected
