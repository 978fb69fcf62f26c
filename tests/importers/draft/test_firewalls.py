"""Rules of security groups and network ACLs, however a source writes them."""

from typing import Any

import pytest

from archspec import source
from archspec.resources.resource import Unread
from tests.importers.draft.made import ANY, drafted

VPC = {"aws_vpc.main": {"cidr_block": "10.0.0.0/16"}}
WEB = {"vpc_id": "@aws_vpc.main", "egress": [ANY]}


def group(resources: dict[str, dict[str, Any]], id_: str = "web-sg") -> dict[str, Any]:
    data = source.parse(drafted({**VPC, "aws_security_group.web": WEB, **resources}).text).data
    found: dict[str, Any] = data["network"]["security_groups"][id_]
    return found


INSIDE: dict[str, dict[str, Any]] = {
    "aws_security_group.web": {**WEB, "ingress": [{"protocol": "6", "from_port": 443, "to_port": 443,
                                                   "cidr_blocks": ["0.0.0.0/0"], "description": "customers"}]}
}  # fmt: skip
BESIDE: dict[str, dict[str, Any]] = {
    "aws_vpc_security_group_ingress_rule.r": {
        "security_group_id": "@aws_security_group.web", "ip_protocol": "tcp", "from_port": 443, "to_port": 443,
        "cidr_ipv4": "0.0.0.0/0", "description": "customers",
    }
}  # fmt: skip
OLD: dict[str, dict[str, Any]] = {
    "aws_security_group_rule.r": {
        "type": "ingress", "security_group_id": "@aws_security_group.web", "protocol": "tcp", "from_port": 443,
        "to_port": 443, "cidr_blocks": ["0.0.0.0/0"], "description": "customers",
    }
}  # fmt: skip


@pytest.mark.parametrize("written", [INSIDE, BESIDE, OLD, {**INSIDE, **BESIDE}], ids=["in", "beside", "old", "twice"])
def test_a_rule_is_the_same_however_it_is_written(written: dict[str, dict[str, Any]]) -> None:
    assert group(written) == {"ingress": [{"from": "internet", "port": "443", "note": "customers"}]}


def rules(*written: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = group({"aws_security_group.web": {**WEB, "ingress": [*written]}})["ingress"]
    return found


def tcp(low: int, high: int, **more: object) -> dict[str, Any]:
    return {"protocol": "tcp", "from_port": low, "to_port": high, **(more or {"cidr_blocks": ["10.0.0.0/8"]})}


def test_ports_that_follow_each_other_are_joined() -> None:
    assert rules(tcp(4002, 4003), tcp(4000, 4000), tcp(4001, 4001)) == [{"from": "10.0.0.0/8", "port": "4000-4003"}]


def test_ports_of_which_something_else_is_said_are_not_joined() -> None:
    found = rules(tcp(80, 80, cidr_blocks=["10.0.0.0/8"], description="old"), tcp(81, 81))
    assert found == [{"from": "10.0.0.0/8", "port": "80", "note": "old"}, {"from": "10.0.0.0/8", "port": "81"}]


def test_every_block_is_a_rule() -> None:
    assert rules(tcp(22, 22, cidr_blocks=["10.0.0.0/8", "192.168.1.1/24"], ipv6_cidr_blocks=["::/0"])) == [
        {"from": "10.0.0.0/8", "port": "22"},
        {"from": "192.168.1.0/24", "port": "22"},
        {"from": "::/0", "port": "22"},
    ]


def test_a_group_may_let_in_itself() -> None:
    assert rules({"protocol": "-1", "self": True}) == [{"from": "web-sg", "protocol": "all"}]


def test_all_ports_are_written_so() -> None:
    assert rules(tcp(0, 65535)) == [{"from": "10.0.0.0/8", "port": "all"}]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"protocol": "50", "cidr_blocks": ["10.0.0.0/8"]}, "A rule for the protocol 50 is left out."),
        (tcp(1, 1, security_groups=["sg-1"]), "A rule for sg-1 is left out: it is no element."),
        (tcp(1, 1, cidr_blocks=["everywhere"]), "A rule for 'everywhere' is left out: it is no block of addresses."),
        (tcp(1, 1, self=False), "A rule is left out: the source does not say for whom it is."),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_written_is_said(rule: dict[str, Any], said: str) -> None:
    text = drafted({**VPC, "aws_security_group.web": {**WEB, "ingress": [rule]}}).text
    assert f"    # {said}\n    web-sg: {{}}\n" in text


def test_egress_to_everywhere_is_aws_default_and_not_written() -> None:
    assert group({}) == {}


def test_no_egress_at_all_is_written() -> None:
    assert group({"aws_security_group.web": {"vpc_id": "@aws_vpc.main"}}) == {"egress": []}


def test_egress_that_is_limited_is_written() -> None:
    rule = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]}
    found = group({"aws_security_group.web": {"vpc_id": "@aws_vpc.main", "egress": [rule]}})
    assert found == {"egress": [{"to": "internet", "port": "443"}]}


def test_what_a_group_is_for_becomes_its_note() -> None:
    assert group({"aws_security_group.web": {**WEB, "description": "the shop"}}) == {"note": "the shop"}


def test_the_default_group_of_a_vpc_is_left() -> None:
    made = drafted({**VPC, "aws_security_group.d": {"name": "default", "vpc_id": "@aws_vpc.main"}})
    assert made.left == (Unread("aws_security_group", "made by AWS", 1),)


def test_a_rule_is_found_by_its_path() -> None:
    made = drafted({**VPC, "aws_security_group.web": WEB, **BESIDE})
    place = made.place(("network", "security_groups", "web-sg", "ingress", 0, "from"))
    assert place is not None
    assert place.address == "aws_vpc_security_group_ingress_rule.r"


def test_entries_of_a_network_acl_stand_in_their_order() -> None:
    resources: dict[str, dict[str, Any]] = {
        **VPC,
        "aws_network_acl.a": {"vpc_id": "@aws_vpc.main", "ingress": [
            {"rule_no": 200, "action": "deny", "protocol": "-1", "cidr_block": "0.0.0.0/0"}]},
        "aws_network_acl_rule.b": {
            "network_acl_id": "@aws_network_acl.a", "rule_number": 100, "egress": False, "rule_action": "allow",
            "protocol": "tcp", "cidr_block": "10.0.0.0/8", "from_port": 443, "to_port": 443,
        },
        "aws_network_acl_rule.c": {"network_acl_id": "@aws_network_acl.a", "protocol": "50", "rule_number": 50},
    }  # fmt: skip
    text = drafted(resources).text
    assert source.parse(text).data["network"]["nacls"] == {
        "a-nacl": {"ingress": [
            {"number": "100", "peer": "10.0.0.0/8", "port": "443", "protocol": "tcp"},
            {"number": "200", "allow": "false", "peer": "internet"},
        ]}
    }  # fmt: skip
    assert "# 1 of its entries are left out: archspec does not know their protocol or their peer.\n" in text
