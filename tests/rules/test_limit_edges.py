"""What AWS has once, or a number of times: environments apart, rules that are nearly alike, names in words."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [(one.subject, one.message) for one in checked.findings]


# DEP033


@pytest.mark.parametrize(
    "rules",
    [
        "{from: 10.1.0.0/24, port: 443}, {from: 10.1.1.0/24, port: 443}",
        "{from: 10.1.0.0/24, port: 443}, {from: 10.1.0.0/24, port: 443, protocol: udp}",
        "{from: 10.1.0.0/24, port: 443}, {from: 10.1.0.0/24, port: 443-444}",
        "{from: internet, protocol: icmp}",
    ],
)
def test_dep033_rules_that_differ_in_anything_are_two(system: System, rules: str) -> None:
    text = f"network:\n  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}\n  security_groups: {{g: {{ingress: [{rules}]}}}}\n"

    assert found(system, "DEP033", text) == []


def test_dep033_ports_of_a_protocol_without_ports_do_not_make_two_rules(system: System) -> None:
    rules = "{from: internet, protocol: all, port: 1}, {from: internet, protocol: all, port: 2}"
    text = f"network:\n  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}\n  security_groups: {{g: {{ingress: [{rules}]}}}}\n"

    assert found(system, "DEP033", text) == [("g", "g takes the ingress rule for internet all of g, which g has")]


def test_dep033_the_same_rule_in_and_out_is_no_second(system: System) -> None:
    text = (
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n  security_groups:\n"
        "    g: {ingress: [{from: g, port: 443}], egress: [{to: g, port: 443}]}\n"
    )

    assert found(system, "DEP033", text) == []


@pytest.mark.parametrize("name", ["the orders", "/aws/rds/<name>", "orders-*", "…", ""])
def test_dep033_names_in_words_are_nobody_s(system: System, name: str) -> None:
    text = f'data: {{buckets: {{one: {{name: "{name}"}}, two: {{name: "{name}"}}}}}}\n'

    assert found(system, "DEP033", text) == []


def test_dep033_a_name_is_free_for_another_kind(system: System) -> None:
    text = "data: {buckets: {one: {name: shop}}}\nsecurity: {roles: {two: {name: shop}}}\n"

    assert found(system, "DEP033", text) == []


def test_dep033_ten_thousand_rules_are_compared_at_once(system: System) -> None:
    rules = ", ".join(f"{{from: 10.{i // 250}.{i % 250}.0/24, port: 443}}" for i in range(10_000))
    text = f"network:\n  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}\n  security_groups: {{g: {{ingress: [{rules}]}}}}\n"

    assert found(system, "DEP033", text) == []


# DEP036


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("storage: 100 GB, max_storage: 110 GB", []),
        (
            "storage: 100 GB, max_storage: 109 GB",
            [("db", "db is to grow from 100 GB to 109 GB, less than 10 % more")],
        ),
        ("storage: 1 TB gp3, max_storage: 2 TB", []),
        ("storage: as much as it needs, max_storage: 1 GB", [("db", "unknown")]),
        ("max_storage: 1 GB", [("db", "unknown")]),
        ("storage: 100 GB", []),
    ],
)
def test_dep036_a_volume_grows_by_a_tenth_at_least(system: System, stated: str, expected: Found) -> None:
    text = (
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "  subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}\n"
        f"data: {{databases: {{db: {{engine: mysql, subnets: [a], security_groups: [], {stated}}}}}}}\n"
    )
    checked = api.check(system(text), select=("DEP036",))

    assert [(one.subject, one.message if one.outcome == "fail" else "unknown") for one in checked.findings] == expected


# DEP055


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (5, []),
        (
            6,
            [
                ("one/v5", "one/v5 is one more of the VPCs in one than the 5 that AWS creates"),
                ("two/v5", "two/v5 is one more of the VPCs in two than the 5 that AWS creates"),
            ],
        ),
    ],
)
def test_dep055_every_environment_has_a_quota_of_its_own(system: System, count: int, expected: Found) -> None:
    vpcs = ", ".join(f"v{i}: {{cidr: 10.{i}.0.0/16}}" for i in range(count))
    held = f"{{network: {{vpcs: {{{vpcs}}}}}}}"

    assert found(system, "DEP055", f"environments:\n  one: {held}\n  two: {held}\n") == expected


def test_dep055_gateway_endpoints_are_not_counted(system: System) -> None:
    ends = ", ".join(f"e{i}: {{service: s3, type: gateway}}" for i in range(51))

    assert found(system, "DEP055", f"network:\n  vpcs: {{m: {{cidr: 10.0.0.0/16}}}}\n  endpoints: {{{ends}}}\n") == []
