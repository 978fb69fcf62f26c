"""Permits against a packet simulator, and the words for what opens or blocks them."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.findings import Hop
from archspec.graph.graph import End
from archspec.graph.hops import asked as askings
from archspec.graph.hops import group_hops, hops
from archspec.graph.intervals import PROTOCOLS, Intervals, intersect, subtract, traffic
from archspec.graph.permits import let_in, let_out, permitted
from archspec.model.ports import PortRange
from tests.graph.networks import REPEATABLE, Group, Net, Rule, build, nets, packets, receives, sends

System = Callable[[str], api.System]
ORDER = ("internet", "m0", "m1", "m2", "m3")


def pairs(net: Net) -> list[tuple[str, str]]:
    known = [id_ for id_ in ORDER if id_ in net.members or id_ == "internet"]
    return [(source, target) for source in known for target in known if source != target]


def end(system: api.System, id_: str) -> End:
    (found,) = system.graph.ends(id_)
    return found


def asked(protocol: str, port: int) -> Intervals:
    return traffic((PortRange(port, port),), protocol)


def contains(found: Intervals, protocol: str, port: int) -> bool:
    number = PROTOCOLS.index(protocol) * 65536 + port
    return any(low <= number <= high for low, high in found)


def shifted(net: Net) -> Iterator[Net]:
    """Yield the network, then with the groups and with the subnets of each member given to the next one.

    Drawing a network takes three times as long as judging one, so each that is drawn is judged in three forms.
    """
    yield net
    members, following = list(net.members), [*list(net.members.values())[1:], next(iter(net.members.values()))]
    for field in ("groups", "subnets"):
        moved = [
            net.members[id_]._replace(**{field: getattr(other, field)})
            for id_, other in zip(members, following, strict=True)
        ]
        yield net._replace(members=dict(zip(members, moved, strict=True)))


def groups_let(net: Net, pair: tuple[str, str], packet: tuple[str, int]) -> bool:
    return sends(net, *pair, *packet) and receives(net, *pair, *packet)


def in_one_subnet(net: Net) -> Net:
    """Leave every member in its first subnet: the simulator asks single rules about all of a member's addresses."""
    return net._replace(members={id_: one._replace(subnets=one.subnets[:1]) for id_, one in net.members.items()})


@settings(REPEATABLE, max_examples=134)
@given(nets())
def test_groups_let_through_exactly_what_their_rules_name(drawn: Net) -> None:
    for net in map(in_one_subnet, shifted(drawn)):
        system = build(net)
        found = {
            pair: intersect(let_out(system.graph, *ends(system, pair)), let_in(system.graph, *ends(system, pair)))
            for pair in pairs(net)
        }

        assert {(*pair, *packet) for pair in found for packet in packets() if contains(found[pair], *packet)} == {
            (*pair, *packet) for pair in pairs(net) for packet in packets() if groups_let(net, pair, packet)
        }


def ends(system: api.System, pair: tuple[str, str]) -> tuple[End, End]:
    return end(system, pair[0]), end(system, pair[1])


def asked_of_groups(system: api.System, pair: tuple[str, str], packet: tuple[str, int]) -> list[Hop]:
    (asking,) = askings(system.graph, *ends(system, pair), asked(*packet))
    return list(group_hops(asking))


@REPEATABLE
@given(nets(), st.sampled_from(list(packets())))
def test_each_hop_answers_for_its_own_side(drawn: Net, packet: tuple[str, int]) -> None:
    net = in_one_subnet(drawn)
    system = build(net)
    inside = [pair for pair in pairs(net) if "internet" not in pair]
    found = {pair: [hop.verdict for hop in asked_of_groups(system, pair, packet)] for pair in inside}

    words = {True: "open", False: "blocked"}
    assert found == {pair: [words[sends(net, *pair, *packet)], words[receives(net, *pair, *packet)]] for pair in inside}


@REPEATABLE
@given(nets(), st.sampled_from(list(packets())))
def test_an_open_hop_points_to_a_rule_that_alone_lets_the_packet_through(drawn: Net, packet: tuple[str, int]) -> None:
    net = in_one_subnet(drawn)
    system = build(net)
    shown = [
        (*pair, hop.path)
        for pair in pairs(net)
        for hop in asked_of_groups(system, pair, packet)
        if hop.verdict == "open" and hop.path
    ]

    assert [one for one in shown if not lets_through(net, *one, packet)] == []


def lets_through(net: Net, source: str, target: str, path: tuple[str | int, ...], packet: tuple[str, int]) -> bool:
    _, _, id_, direction, position = path
    group = net.groups[str(id_)]
    rules: list[Rule] = group.ingress if direction == "ingress" else group.egress or []
    only = [rules[int(position)]]
    alone = Group(only, []) if direction == "ingress" else Group([], only)
    silent = Group([], [])
    left = net._replace(groups={other: alone if other == id_ else silent for other in net.groups})
    return (receives if direction == "ingress" else sends)(left, source, target, *packet)


def permits(net: Net) -> dict[tuple[str, str], Intervals]:
    system = build(net)
    return {pair: permitted(system.graph, end(system, pair[0]), end(system, pair[1])) for pair in pairs(net)}


@REPEATABLE
@given(nets(), st.data())
def test_adding_an_ingress_rule_never_takes_a_permit_away(net: Net, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(net.groups)))
    rule = {"from": data.draw(st.sampled_from([*net.groups, "internet"])), "port": "1-3", "protocol": "tcp"}
    group = net.groups[id_]
    more = net._replace(groups={**net.groups, id_: group._replace(ingress=[*group.ingress, rule])})
    before, after = permits(net), permits(more)

    assert {pair: subtract(before[pair], after[pair]) for pair in before} == dict.fromkeys(before, ())


@REPEATABLE
@given(nets())
def test_removing_a_rule_never_adds_a_permit(net: Net) -> None:
    before = permits(net)
    fewer = {
        id_: Group(group.ingress[1:], None if group.egress is None else group.egress[1:])
        for id_, group in net.groups.items()
    }
    after = permits(net._replace(groups=fewer))

    assert {pair: subtract(after[pair], before[pair]) for pair in before} == dict.fromkeys(before, ())


NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
  subnets:
    public-a: {vpc: main, az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    private-a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    private-b: {vpc: main, az: us-east-1b, tier: private, cidr: 10.0.3.0/24}
    data-a: {vpc: main, az: us-east-1a, tier: data, cidr: 10.0.4.0/24}
    far-a: {vpc: other, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  security_groups:
    open-sg: {vpc: main, ingress: [{from: internet, protocol: all}]}
    shut-sg: {vpc: main, egress: []}
    near-sg: {vpc: main, ingress: [{from: open-sg, port: 443}, {from: open-sg, port: 5433}]}
    idle-sg: {vpc: main, ingress: [{from: internet, protocol: all}], status: planned}
compute:
  services:
    web: {port: 443, public_ip: true, subnets: [public-a], security_groups: [open-sg]}
    hidden: {port: 443, subnets: [public-a], security_groups: [open-sg]}
    api: {port: 4000, subnets: [private-a, private-b], security_groups: [open-sg]}
    mute: {subnets: [private-a], security_groups: [shut-sg]}
    near: {port: 5432, subnets: [private-a], security_groups: [near-sg]}
    far: {port: 4000, subnets: [far-a], security_groups: [open-sg]}
    bare: {port: 4000, subnets: [private-a], security_groups: []}
    nowhere: {port: 4000, subnets: [], security_groups: [open-sg]}
    idle: {port: 4000, subnets: [private-a], security_groups: [idle-sg]}
data:
  databases:
    db: {engine: postgres, subnets: [data-a], security_groups: [open-sg]}
"""


def ask(system: System, source: str, target: str, port: int) -> list[Hop]:
    built = system(NETWORK)
    return list(hops(built.graph, end(built, source), end(built, target), asked("tcp", port)))


def short(found: list[Hop]) -> list[tuple[str, str]]:
    return [(hop.verdict, hop.code) for hop in found]


def test_an_open_way_shows_who_sends_by_which_route_who_receives_and_who_answers(system: System) -> None:
    assert ask(system, "web", "api", 4000) == [
        Hop("open", "web sends tcp/4000 to api: open-sg allows all traffic to anywhere (AWS default)"),
        Hop("open", "the local route of main joins public-a, private-a, private-b"),
        Hop(
            "open",
            "api receives tcp/4000 from web: open-sg allows all traffic from anywhere",
            ("network", "security_groups", "open-sg", "ingress", 0),
        ),
        Hop("open", "api listens on tcp/4000", ("compute", "services", "api")),
    ]


def test_the_nearest_rule_of_the_right_peer_is_shown(system: System) -> None:
    assert ask(system, "api", "near", 5432)[2] == Hop(
        "blocked",
        "near receives tcp/5432 from api: the nearest rule is near-sg allows tcp/5433 from open-sg; the port differs",
        ("network", "security_groups", "near-sg", "ingress", 1),
        "ENI_SG_RULES_MISMATCH",
    )


def test_a_rule_for_another_peer_is_shown_where_none_names_the_right_one(system: System) -> None:
    assert ask(system, "mute", "near", 443)[2] == Hop(
        "blocked",
        "near receives tcp/443 from mute: the nearest rule is near-sg allows tcp/443 from open-sg; the peer differs",
        ("network", "security_groups", "near-sg", "ingress", 0),
        "ENI_SG_RULES_MISMATCH",
    )


@pytest.mark.parametrize(
    ("source", "target", "port", "expected"),
    [
        ("internet", "web", 443, [("open", ""), ("open", ""), ("open", "")]),
        (
            "internet",
            "hidden",
            443,
            [("blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"), ("open", ""), ("open", "")],
        ),
        ("web", "internet", 443, [("open", ""), ("open", "")]),
        ("api", "internet", 443, [("open", ""), ("open", "")]),
        ("hidden", "internet", 443, [("open", ""), ("blocked", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")]),
        ("db", "internet", 443, [("open", ""), ("blocked", "NO_ROUTE_TO_DESTINATION")]),
        (
            "api",
            "far",
            4000,
            [
                ("open", ""),
                ("blocked", "NO_ROUTE_TO_DESTINATION"),
                ("open", ""),
                ("open", ""),
                ("blocked", "NO_ROUTE_TO_DESTINATION"),
            ],
        ),
        ("mute", "api", 4000, [("blocked", "SG_HAS_NO_RULES"), ("open", ""), ("open", ""), ("open", "")]),
        ("api", "bare", 4000, [("open", ""), ("open", ""), ("blocked", "SG_HAS_NO_RULES"), ("open", "")]),
        ("api", "idle", 4000, [("open", ""), ("open", ""), ("blocked", "SG_HAS_NO_RULES"), ("open", "")]),
        ("api", "web", 80, [("open", ""), ("open", ""), ("open", ""), ("blocked", "FLOW_NO_LISTENER")]),
        (
            "api",
            "mute",
            80,
            [("open", ""), ("open", ""), ("blocked", "SG_HAS_NO_RULES"), ("note", "FACT_MISSING")],
        ),
        ("internet", "nowhere", 4000, [("blocked", "NO_ROUTE_TO_DESTINATION"), ("open", ""), ("open", "")]),
        ("nowhere", "internet", 443, [("open", ""), ("blocked", "NO_ROUTE_TO_DESTINATION")]),
    ],
)
def test_every_question_on_the_way_is_answered(
    system: System, source: str, target: str, port: int, expected: list[tuple[str, str]]
) -> None:
    assert short(ask(system, source, target, port)) == expected
