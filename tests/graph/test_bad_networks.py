"""Networks at their limits, and networks that AWS refuses: right answers, or mistakes with their place."""

import time
from collections.abc import Callable

import pytest

from archspec import api
from archspec.errors import SpecError
from archspec.graph.intervals import EVERYTHING, Intervals, traffic
from archspec.graph.permits import permitted, possible
from archspec.model.ports import PortRange

System = Callable[[str], api.System]

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
"""


def between(built: api.System, source: str, target: str) -> tuple[Intervals, Intervals]:
    (sender,), (receiver,) = built.graph.ends(source), built.graph.ends(target)
    return permitted(built.graph, sender, receiver), possible(built.graph, sender, receiver)


def pair(rules: str) -> str:
    return (
        f"{NETWORK}  security_groups: {{x-sg: {{}}, y-sg: {{ingress: [{rules}]}}}}\n"
        "compute:\n  services:\n"
        "    x: {port: 80, subnets: [a, b], security_groups: [x-sg]}\n"
        "    y: {port: 80, subnets: [b], security_groups: [y-sg]}\n"
    )


@pytest.mark.parametrize(
    ("rules", "every", "some"),
    [
        ("", (), ()),
        ("{from: x-sg, port: 0}", ((0, 0),), ((0, 0),)),
        ("{from: x-sg, port: 65535}", ((65535, 65535),), ((65535, 65535),)),
        ("{from: x-sg, protocol: all, port: 80}", EVERYTHING, EVERYTHING),
        ("{from: x-sg, protocol: icmp}", ((131072, 196607),), ((131072, 196607),)),
        ("{from: 10.0.1.0/24, port: 80}", (), ((80, 80),)),
        ("{from: 10.0.1.0/24, port: 80}, {from: 10.0.2.0/24, port: 80}", ((80, 80),), ((80, 80),)),
        ("{from: 10.0.1.0/25, port: 80}, {from: 10.0.1.0/24, port: 81}", (), ((80, 81),)),
        ("{from: 10.0.0.0/16, port: 80}, {from: 10.0.1.0/32, port: 22}", ((80, 80),), ((22, 22), (80, 80))),
        ("{from: y-sg, port: 80}", (), ()),
    ],
)
def test_blocks_that_overlap_and_ports_at_their_limits(
    system: System, rules: str, every: Intervals, some: Intervals
) -> None:
    assert between(system(pair(rules)), "x", "y") == (every, some)


def test_groups_that_refer_to_themselves_and_in_a_ring_end(system: System) -> None:
    text = f"""{NETWORK}  security_groups:
    one: {{ingress: [{{from: three, port: 80}}], egress: [{{to: two, port: 80}}, {{to: one, port: 81}}]}}
    two: {{ingress: [{{from: one, port: 80}}]}}
    three: {{ingress: [{{from: two, port: 80}}, {{from: three, port: 80}}]}}
compute:
  services:
    x: {{port: 80, subnets: [a], security_groups: [one]}}
    y: {{port: 80, subnets: [a], security_groups: [two]}}
    z: {{port: 80, subnets: [b], security_groups: [three]}}
"""
    built = system(text)

    assert [between(built, *ends)[0] for ends in ("xy", "yz", "zx", "xz", "yx")] == [
        ((80, 80),),
        ((80, 80),),
        ((80, 80),),
        (),
        (),
    ]


def test_prefix_lists_mean_their_entries(system: System) -> None:
    office, later = "{entries: [10.0.1.0/24, 10.0.2.0/23]}", "{entries: [0.0.0.0/0], status: planned}"
    lists = f"  prefix_lists: {{office: {office}, none: {{}}, later: {later}}}\n"
    text = pair("{from: office, port: 80}, {from: none, port: 81}, {from: later, port: 82}").replace(
        "  security_groups", f"{lists}  security_groups"
    )

    assert between(system(text), "x", "y") == (((80, 80),), ((80, 80),))


def test_the_list_of_cloudfront_means_distributions_and_nobody_else(system: System) -> None:
    text = pair("{from: edge, port: 80}").replace(
        "  security_groups",
        "  prefix_lists: {edge: {managed: cloudfront}}\n  internet_gateways: {igw: }\n"
        "  route_tables: {rt: {subnets: [b], routes: [{destination: 0.0.0.0/0, target: igw}]}}\n  security_groups",
    )
    text = text.replace("security_groups: [y-sg]", "public_ip: true, security_groups: [y-sg]")
    built = system(f"{text}edge: {{distributions: {{cdn: {{origins: [y]}}}}}}\n")
    elements, y = built.architecture.elements, built.graph.ends("y")[0]

    assert permitted(built.graph, elements["cdn"], y) == ((80, 80),)
    assert permitted(built.graph, built.graph.internet, y) == ()


def test_a_thousand_groups_take_no_longer_than_they_have_to(system: System) -> None:
    groups = "".join(f"    g{i}: {{ingress: [{{from: 10.0.1.{i % 256}/32, port: {i}}}]}}\n" for i in range(1000))
    names = ", ".join(f"g{i}" for i in range(1000))
    service = "{port: 80, subnets: [SUBNET], security_groups: [NAMES]}".replace("NAMES", names)
    built = system(
        f"{NETWORK}  security_groups:\n{groups}compute:\n  services:\n"
        f"    x: {service.replace('SUBNET', 'a')}\n    y: {service.replace('SUBNET', 'b')}\n"
    )
    began = time.process_time()
    found = between(built, "x", "y")

    assert found == ((), traffic((PortRange(0, 999),)))
    assert time.process_time() - began < 1


def test_entries_that_contradict_each_other_are_asked_in_the_order_of_their_numbers(system: System) -> None:
    nacl = """  nacls:
    nacl:
      subnets: [b]
      ingress:
        - {number: 200, peer: 0.0.0.0/0}
        - {number: 100, peer: 10.0.1.0/24, allow: false, protocol: tcp, port: 80}
        - {number: 50, peer: 10.0.1.0/32, protocol: tcp, port: 80}
"""
    text = pair("{from: x-sg, port: 80}").replace("  security_groups", f"{nacl}  security_groups")

    assert between(system(text.replace("[a, b]", "[a]")), "x", "y") == ((), ((80, 80),))


def refused(system: System, text: str) -> list[tuple[str, str]]:
    with pytest.raises(SpecError) as caught:
        system(text)
    return [(f"{one.location.line}: {one.message}", one.hint) for one in caught.value.problems]


def test_of_two_entries_with_one_number_the_first_is_asked(system: System) -> None:
    rules = "ingress: [{number: 100, protocol: tcp}, {number: 100, allow: false}]"
    nacl = f"  nacls: {{nacl: {{subnets: [b], {rules}}}}}\n"
    text = pair("{from: x-sg, port: 80}").replace("  security_groups", f"{nacl}  security_groups")

    assert between(system(text), "x", "y") == (((80, 80),), ((80, 80),))


def test_of_two_network_acls_of_one_subnet_the_first_is_asked(system: System) -> None:
    first = "later: {subnets: [b], status: planned}, none: {subnets: [b], ingress: [{allow: false}]}"
    nacls = f"  nacls: {{{first}, all: {{subnets: [b]}}}}\n"
    text = pair("{from: x-sg, port: 80}").replace("  security_groups", f"{nacls}  security_groups")

    assert between(system(text.replace("[a, b]", "[a]")), "x", "y") == ((), ())


def test_a_subnet_is_in_one_route_table(system: System) -> None:
    text = f"{NETWORK}  route_tables: {{one: {{subnets: [a]}}, two: {{subnets: [b, a]}}}}\n"

    assert refused(system, text) == [
        (
            "10: 'a' is already in the route table 'one', and a subnet is in one",
            "leave it in one of the two route tables",
        )
    ]


@pytest.mark.parametrize("written", ["-1", '"-1"'])
def test_the_number_of_all_protocols_is_a_word(system: System, written: str) -> None:
    text = f"{NETWORK}  security_groups: {{sg: {{ingress: [{{from: internet, protocol: {written}}}]}}}}\n"

    assert refused(system, text) == [("10: -1 is AWS's number for all protocols", "write all")]


@pytest.mark.parametrize(
    "network",
    [
        NETWORK.replace("10.0.1.0/24", "0.0.0.0/0"),
        NETWORK.replace("cidr: 10.0.1.0/24", 'cidr: 10.0.1.0/24, ipv6_cidr: "::/0"'),
        NETWORK.replace("10.0.0.0/16", "0.0.0.0/0"),
        NETWORK.replace("cidr: 10.0.0.0/16", 'cidr: 10.0.0.0/16, ipv6_cidr: "::/0"'),
    ],
)
def test_a_network_of_all_addresses_does_not_hold_those_of_the_internet(system: System, network: str) -> None:
    services = (
        "  security_groups: {x-sg: {ingress: [{from: internet}]}}\n"
        "compute:\n  services: {x: {port: 80, subnets: [a], security_groups: [x-sg]}}\n"
    )
    built = system(network + services)

    assert between(built, "x", "internet") == ((), ())
    assert between(built, "internet", "x") == ((), ())
    assert "XXX000" not in {one.rule for one in api.check(built).findings}
