"""VPCs, subnets and routes, as a person would write them."""

from typing import Any

import pytest

from archspec.importers import spec
from archspec.model.network import NetworkArea
from archspec.resources.resource import Unread
from tests.importers.draft.made import SHOP, drafted


def network(resources: dict[str, dict[str, Any]]) -> NetworkArea:
    return spec.parse(drafted(resources).text).architecture.network


VPC = {"aws_vpc.main": {"cidr_block": "10.0.0.0/16"}}
SUBNET = {"vpc_id": "@aws_vpc.main", "availability_zone": "us-east-1a", "cidr_block": "10.0.1.0/24"}
OUT = {"vpc_id": "@aws_vpc.main", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "@aws_internet_gateway.gw"}]}
GATEWAY = {"aws_internet_gateway.gw": {"vpc_id": "@aws_vpc.main"}}


def test_a_subnet_that_leads_to_the_internet_is_public() -> None:
    found = network({
        **VPC, **GATEWAY, "aws_subnet.a": SUBNET, "aws_route_table.out": OUT,
        "aws_route_table_association.a": {"subnet_id": "@aws_subnet.a", "route_table_id": "@aws_route_table.out"},
    })  # fmt: skip
    assert found.subnets["a"].tier == "public"


def test_a_subnet_in_no_table_follows_the_main_one() -> None:
    main = {"vpc_id": "@aws_vpc.main", "route_table_id": "@aws_route_table.out"}
    found = network({
        **VPC, **GATEWAY, "aws_subnet.a": SUBNET, "aws_route_table.out": OUT,
        "aws_main_route_table_association.m": main,
    })  # fmt: skip
    assert found.subnets["a"].tier == "public"


def test_the_default_table_of_a_vpc_is_the_main_one() -> None:
    default = {"default_route_table_id": "@aws_vpc.main", "vpc_id": "@aws_vpc.main", "route": OUT["route"]}
    found = network({**VPC, **GATEWAY, "aws_subnet.a": SUBNET, "aws_default_route_table.d": default})
    assert found.subnets["a"].tier == "public"


def test_a_subnet_without_a_way_out_is_private() -> None:
    assert network({**VPC, "aws_subnet.a": SUBNET}).subnets["a"].tier == "private"


def test_a_subnet_in_which_only_stores_stand_and_nothing_leads_out_is_for_data() -> None:
    group = {"subnet_ids": ["@aws_subnet.a"]}
    assert network({**VPC, "aws_subnet.a": SUBNET, "aws_db_subnet_group.g": group}).subnets["a"].tier == "data"


def test_a_subnet_with_stores_and_something_else_is_private() -> None:
    resources: dict[str, dict[str, Any]] = {
        **VPC, "aws_subnet.a": SUBNET, "aws_db_subnet_group.g": {"subnet_ids": ["@aws_subnet.a"]},
        "aws_lambda_function.f": {"vpc_config": [{"subnet_ids": ["@aws_subnet.a"]}]},
    }  # fmt: skip
    assert network(resources).subnets["a"].tier == "private"


def test_an_az_that_is_not_known_is_guessed_and_said() -> None:
    subnet = {key: value for key, value in SUBNET.items() if key != "availability_zone"}
    text = drafted({**VPC, "aws_subnet.a": subnet}).text
    assert "    # The source does not say the AZ of a; taken for us-east-1a.\n    a: {az: us-east-1a," in text


def test_what_archspec_derives_is_not_written() -> None:
    found = network(SHOP)
    assert (found.route_tables, found.internet_gateways, found.elastic_ips, found.target_groups) == ({}, {}, {}, {})


def test_a_way_that_archspec_would_not_derive_makes_all_tables_of_the_vpc_stated() -> None:
    resources = {address: values for address, values in SHOP.items() if address != "aws_route.nat"}
    found = network(resources)
    assert {id_: (table.subnets, [str(route.target) for route in table.routes])
            for id_, table in found.route_tables.items()} == {
        "database-rt": (("database-a", "database-b"), []),
        "private-rt": (("private-a", "private-b"), []),
        "public-rt": (("public-a", "public-b"), ["igw"]),
    }  # fmt: skip


def test_a_table_that_an_endpoint_stands_in_is_stated() -> None:
    endpoint = {"vpc_id": "@aws_vpc.main", "service_name": "com.amazonaws.us-east-1.s3",
                "vpc_endpoint_type": "Gateway", "route_table_ids": ["@aws_route_table.private"]}  # fmt: skip
    found = network({**SHOP, "aws_vpc_endpoint.s3": endpoint})
    assert found.endpoints["s3-endpoint"].route_tables == ("private-rt",)


def test_a_route_to_what_archspec_does_not_know_is_left_out_and_said() -> None:
    table = {"vpc_id": "@aws_vpc.main", "route": [
        *OUT["route"], {"cidr_block": "10.9.0.0/16", "transit_gateway_id": "tgw-1"}]}  # fmt: skip
    association = {"subnet_id": "@aws_subnet.a", "route_table_id": "@aws_route_table.out"}
    text = drafted({
        **VPC, **GATEWAY, "aws_subnet.a": SUBNET, "aws_route_table.out": table,
        "aws_route_table_association.a": association,
    }).text  # fmt: skip
    assert "# Its route for 10.9.0.0/16 leads to what archspec has no kind for." in text


def test_the_vpc_is_named_only_where_there_are_several() -> None:
    other = {"aws_vpc.other": {"cidr_block": "10.1.0.0/16"}}
    texts = [drafted({**VPC, **more, "aws_subnet.a": SUBNET}).text for more in ({}, other)]
    assert ["vpc: main" in text for text in texts] == [False, True]


def test_the_default_vpc_and_what_stands_in_it_are_left() -> None:
    made = drafted({
        **VPC, "aws_default_vpc.d": {}, "aws_subnet.x": {**SUBNET, "vpc_id": "@aws_default_vpc.d"},
        "aws_default_security_group.d": {}, "aws_vpc.old": {"cidr_block": "172.31.0.0/16", "default": True},
    })  # fmt: skip
    assert made.left == (
        Unread("aws_default_security_group", "made by AWS", 1),
        Unread("aws_default_vpc", "made by AWS", 1),
        Unread("aws_subnet", "it stands in the default VPC of the account", 1),
        Unread("aws_vpc", "made by AWS", 1),
    )


def test_a_table_that_leads_nowhere_is_left() -> None:
    made = drafted({**VPC, "aws_route_table.main": {"vpc_id": "@aws_vpc.main"}})
    assert made.left == (Unread("aws_route_table", "it leads nowhere, and no subnet is in it", 1),)


def test_gateways_and_endpoints_of_the_default_vpc_are_left() -> None:
    inside = {"vpc_id": "@aws_default_vpc.d"}
    made = drafted({
        **VPC, "aws_default_vpc.d": {}, "aws_internet_gateway.g": inside, "aws_route_table.t": inside,
        "aws_vpc_endpoint.e": inside, "aws_security_group.s": inside,
    })  # fmt: skip
    assert [one.what for one in made.left if "default VPC" in one.reason] == [
        "aws_internet_gateway", "aws_route_table", "aws_security_group", "aws_vpc_endpoint"]  # fmt: skip


def test_a_subnet_of_another_region_is_left() -> None:
    made = drafted({**VPC, "aws_subnet.x": {**SUBNET, "availability_zone": "eu-west-1a"}})
    assert made.left == (Unread("aws_subnet", "it stands in another Region than us-east-1", 1),)


def test_a_peering_has_both_of_its_vpcs() -> None:
    peering = {"vpc_id": "@aws_vpc.main", "peer_vpc_id": "@aws_vpc.other",
               "requester": [{"allow_remote_vpc_dns_resolution": True}]}  # fmt: skip
    found = network({**VPC, "aws_vpc.other": {"cidr_block": "10.1.0.0/16"}, "aws_vpc_peering_connection.p": peering})
    assert [(one.vpcs, one.dns) for one in found.peerings.values()] == [(("main", "other"), True)]


def test_a_peering_with_a_vpc_elsewhere_is_left() -> None:
    made = drafted({**VPC, "aws_vpc_peering_connection.p": {"vpc_id": "@aws_vpc.main", "peer_vpc_id": "vpc-1"}})
    assert made.left == (Unread("aws_vpc_peering_connection", "one of the two VPCs is not in the source", 1),)


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("com.amazonaws.us-east-1.ecr.api", "ecr.api"),
        ("com.amazonaws.vpce.us-east-1.vpce-svc-1", "us-east-1.vpce-svc-1"),
    ],
)
def test_an_endpoint_has_the_short_name_of_its_service(name: str, service: str) -> None:
    found = network({**VPC, "aws_vpc_endpoint.e": {"service_name": name, "vpc_endpoint_type": "Interface"}})
    assert [one.service for one in found.endpoints.values()] == [service]


def test_an_address_that_no_gateway_has_is_written() -> None:
    assert [*network({**VPC, "aws_eip.bastion": {"domain": "vpc"}}).elastic_ips] == ["bastion-eip"]
