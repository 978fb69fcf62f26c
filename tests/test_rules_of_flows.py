"""What the pages of the rules about flows and gateways leave open."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {ingress: [{from: internet, protocol: all}]}}
"""
SERVICES = """\
compute:
  clusters: {ecs: }
  services:
    web:  {cluster: ecs, port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
    mute: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
"""


def found(system: System, rule: str, text: str) -> Found:
    return [(one.subject, one.message) for one in api.check(system(NETWORK + text), select=(rule,)).findings]


def test_net003_the_internet_reaches_no_private_address(system: System) -> None:
    assert found(system, "NET003", SERVICES + "flows: [internet -> web: 80 HTTP]\n") == [
        ("internet -> web 80", "there is no way from internet to web: web has no public address")
    ]


def test_net003_a_nat_gateway_that_is_not_out_itself_is_no_way_out(system: System) -> None:
    nat = "  nat_gateways: {nat: {subnet: private-a}}\n"
    why = "nat stands in private-a, whose default route leads to no internet gateway"

    assert found(system, "NET003", nat + SERVICES + "flows: [web -> internet: 443 HTTPS]\n") == [
        ("web -> internet 443", f"there is no way from web to internet: {why}")
    ]


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("internet -> web: 80", []),
        ("internet -> web: 81", [("internet -> web 81", "internet -> web 81: web listens on tcp/80 only")]),
        (
            "internet -> ecs: 81",
            [("internet -> ecs 81", "internet -> ecs 81: no service of ecs listens there, but on tcp/80")],
        ),
        ("internet -> ecs: 80-90", []),
        (
            "internet -> mute: 80",
            [("internet -> mute 80", "internet -> mute 80: 'mute.port' is not stated, so this cannot be told")],
        ),
    ],
)
def test_net004_a_flow_leads_to_a_port_that_is_listened_on(system: System, flow: str, expected: Found) -> None:
    assert found(system, "NET004", SERVICES + f"flows: [{flow}]\n") == expected


def test_net013_a_load_balancer_that_faces_the_internet_stands_in_public_subnets(system: System) -> None:
    balancer = "  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, private-b]}}\n"

    assert found(system, "NET013", balancer) == [
        ("alb", "alb stands in private-b, whose default route leads to no internet gateway")
    ]


def test_net013_an_internal_load_balancer_may_stand_anywhere(system: System) -> None:
    balancer = "  load_balancers: {alb: {scheme: internal, subnets: [private-a, private-b]}}\n"

    assert found(system, "NET013", balancer) == []


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("cpu: 256, memory: 512", []),
        ("cpu: 16384, memory: 122880", []),
        ("cpu: 300, memory: 512", [("api", "api has 300 CPU units, which Fargate does not offer")]),
        (
            "cpu: 512, memory: 1500",
            [("api", "api has 1500 MiB, which Fargate does not offer with 512 CPU units")],
        ),
        ("cpu: 256", [("api", "api: 'memory' is not stated, so this cannot be told")]),
        ("desired: 2", []),
        ("cpu: 300, memory: 512, launch: ec2", []),
    ],
)
def test_dep006_fargate_offers_certain_sizes(system: System, size: str, expected: Found) -> None:
    service = f"compute: {{services: {{api: {{{size}, subnets: [private-a], security_groups: [sg]}}}}}}\n"

    assert found(system, "DEP006", service) == expected
