"""Rules about networks: what their samples do not show."""

from archspec import api
from tests.sample import HEADER, TODAY

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
"""
Told = list[tuple[int, str, str]]


def found(text: str, rule: str) -> Told:
    """Return line, outcome and message of each finding of a rule."""
    checked = api.check(api.parse(HEADER + text, "sample.yaml", TODAY), select=(rule,))
    first = HEADER.count("\n")
    return [(one.location.line - first, one.outcome, one.message) for one in checked.findings]


def groups(rules: str) -> str:
    return f"{NETWORK}  security_groups:\n    sg:\n      ingress:\n{rules}"


def test_of_two_rules_that_are_alike_the_second_is_implied() -> None:
    rules = "        - {from: 10.0.0.0/8, port: 80}\n        - {from: 10.0.0.0/8, port: 80}\n"

    assert found(groups(rules), "NET010") == [
        (10, "fail", "sg: tcp/80 of 10.0.0.0/8 is let through by the rule for 10.0.0.0/8 already")
    ]


def test_two_rules_together_may_imply_a_third() -> None:
    rules = (
        "        - {from: 10.0.0.0/8, port: 80-89}\n        - {from: internet, port: 90-99}\n"
        "        - {from: 10.1.0.0/16, port: 85-95}\n"
    )

    assert [line for line, *_ in found(groups(rules), "NET010")] == [11]


def test_a_group_as_peer_is_not_covered_by_the_block_that_its_members_stand_in() -> None:
    rules = "        - {from: 10.0.0.0/16, port: 80}\n        - {from: sg, port: 80}\n"

    assert found(groups(rules), "NET010") == []


def test_a_rule_of_ipv6_is_not_covered_by_one_of_ipv4() -> None:
    rules = "        - {from: 0.0.0.0/0, port: 80}\n        - {from: 'fd00::/8', port: 80}\n"

    assert found(groups(rules), "NET010") == []


def acl(entries: str) -> str:
    return f"{NETWORK}  nacls:\n    acl:\n      ingress:\n{entries}"


def test_two_entries_together_may_decide_a_third() -> None:
    entries = (
        "        - {number: 10, peer: 10.0.0.0/17, port: 80, protocol: tcp}\n"
        "        - {number: 20, allow: false, peer: 10.0.128.0/17, port: 80, protocol: tcp}\n"
        "        - {number: 30, peer: 10.0.0.0/16, port: 80, protocol: tcp}\n"
    )

    assert found(acl(entries), "NET011") == [(11, "fail", "acl: entry 30 is never asked, as entry 20 denies it before")]


def test_an_entry_of_which_one_port_is_left_is_asked() -> None:
    entries = (
        "        - {number: 10, peer: internet, port: 80-89, protocol: tcp}\n"
        "        - {number: 20, peer: 10.0.0.0/16, port: 80-90, protocol: tcp}\n"
    )

    assert found(acl(entries), "NET011") == []


def test_numbers_decide_and_not_the_order_in_which_entries_are_written() -> None:
    entries = (
        "        - {number: 20, allow: false, peer: 10.0.0.0/16, protocol: all}\n"
        "        - {number: 10, peer: internet, protocol: all}\n"
    )

    assert [line for line, *_ in found(acl(entries), "NET011")] == [9]


SERVICE = """\
  security_groups:
    sg: {}
    peer-sg: {ingress: [{from: sg, port: 80-81}]}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, port: 80, subnets: [a, b], security_groups: [sg]}
    peer: {cluster: ecs, port: 80, subnets: [a, b], security_groups: [peer-sg]}
    other: {port: 80, subnets: [a, b], security_groups: [peer-sg]}
"""


def test_what_must_not_be_reached_names_the_traffic_that_is_open() -> None:
    text = f"{NETWORK}{SERVICE}must_not_reach:\n  - api -> peer: 79-100\n"

    assert found(text, "NET024") == [(16, "fail", "api may open tcp/80-81 on peer, and must not")]


def test_an_assertion_about_a_cluster_is_about_each_of_its_services() -> None:
    text = f"{NETWORK}{SERVICE}must_not_reach:\n  - ecs -> other: all\nmust_reach:\n  - ecs -> other: 80\n"

    assert [*found(text, "NET024"), *found(text, "NET023")] == [
        (16, "fail", "api may open tcp/80-81 on other, and must not"),
        (18, "fail", "peer does not reach other on tcp/80, and has to"),
    ]


def test_an_assertion_about_what_sends_no_packets_fails_as_it_asserts_nothing() -> None:
    text = f"{NETWORK}must_reach:\n  - a -> b: 80\nmust_not_reach:\n  - a -> b: 80\n"

    assert [*found(text, "NET023"), *found(text, "NET024")] == [
        (7, "fail", "no packets go from a to b, so this asserts nothing"),
        (9, "fail", "no packets go from a to b, so this asserts nothing"),
    ]


def test_an_assertion_that_is_planned_asserts_nothing() -> None:
    text = f"{NETWORK}{SERVICE}must_not_reach:\n  - {{from: api, to: peer, port: 80, status: planned}}\n"

    assert found(text, "NET024") == []


def test_what_a_group_lets_out_by_awss_default_is_not_held_against_it() -> None:
    text = f"""{NETWORK}  security_groups: {{db-sg: {{}}}}
data:
  databases: {{db: {{engine: postgres, subnets: [a, b], security_groups: [db-sg]}}}}
"""

    assert found(text, "NET017") == []
