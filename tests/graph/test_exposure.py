"""Ways from the internet to a store against an attacker who tries every packet from everything held so far."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.graph.exposure import exposures
from archspec.graph.intervals import PROTOCOLS
from archspec.graph.reach import Reach
from tests.graph.networks import REPEATABLE, Group, Member, Net, Rule, load, network, receives, sends

System = Callable[[str], api.System]
Step = tuple[str, str]
OUTSIDE = "internet"
PORT = 3


class Town(NamedTuple):
    """Elements that are never alike (each has a group of its own), each listening on tcp/3, and declared flows."""

    net: Net
    public: list[str]
    stores: list[str]
    declared: list[Step]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Draw a system of up to six elements, each with a group of its own and perhaps a shared one."""
    ids = [f"m{i}" for i in range(draw(st.integers(3, 6)))]
    own = [f"{id_}-sg" for id_ in ids]
    peers = st.sampled_from([*own, *own, *own, "shared", "0.0.0.0/0", "10.0.1.0/24"])
    rule = st.fixed_dictionaries(
        {"from": peers, "port": st.sampled_from(["3", "3", "1-3", "2"]), "protocol": st.sampled_from(["tcp", "all"])}
    )
    rules = st.lists(rule, min_size=1, max_size=3)
    egress: st.SearchStrategy[list[Rule] | None] = st.sampled_from([None, None, None, None, []])
    groups = {id_: Group(draw(rules), draw(egress)) for id_ in own}
    groups["m0-sg"] = Group([{"from": "internet", "port": "3", "protocol": "tcp"}, *groups["m0-sg"].ingress], None)
    groups["shared"] = Group(draw(st.lists(rule, max_size=1)), None)
    public = ["m0", *draw(st.lists(st.sampled_from(ids[1:]), max_size=2, unique=True))]
    places = st.sampled_from(["front", "back", "rest"])
    members = {
        id_: Member(
            [f"{id_}-sg", *draw(st.lists(st.just("shared"), max_size=1))], ["front" if id_ == "m0" else draw(places)]
        )
        for id_ in ids
    }
    stores = draw(st.lists(st.sampled_from(ids[1:]), min_size=1, max_size=2, unique=True))
    steps = [(source, target) for source in [OUTSIDE, *ids] for target in ids if source != target]
    declared = draw(st.lists(st.sampled_from(steps), max_size=5, unique=True))
    return Town(Net(groups, members), public, stores, declared)


def build(town: Town) -> api.System:
    services: dict[str, Any] = {}
    databases: dict[str, Any] = {}
    for id_, member in town.net.members.items():
        common = {"port": PORT, "subnets": member.subnets, "security_groups": member.groups}
        if id_ in town.stores:
            databases[id_] = {"engine": "postgres", "public": id_ in town.public, **common}
        else:
            services[id_] = {"public_ip": id_ in town.public, **common}
    return load(
        {
            "network": network(town.net.groups),
            "compute": {"services": services},
            "data": {"databases": databases},
            "flows": [{"from": source, "to": target, "port": PORT} for source, target in town.declared],
        }
    )


def attacks(town: Town) -> Iterator[Step]:
    """Yield every step that an attacker can take and that is not possible from outside anyway."""
    net = town.net
    from_outside = [
        id_
        for id_, member in net.members.items()
        if id_ in town.public and "front" in member.subnets and receives(net, OUTSIDE, id_, "tcp", PORT)
    ]
    yield from ((OUTSIDE, id_) for id_ in from_outside)
    for source in net.members:
        for target in net.members:
            through = sends(net, source, target, "tcp", PORT) and receives(net, source, target, "tcp", PORT)
            if source != target and target not in from_outside and through:
                yield source, target


def reached(steps: set[Step], start: set[str], without: str = "") -> set[str]:
    """Return what can be reached by walking until nothing new turns up."""
    held = start - {without}
    while True:
        more = {target for source, target in steps if source in held and target != without} - held
        if not more:
            return held
        held |= more


def expected(town: Town) -> set[Step]:
    """Return the undeclared steps on a way to a store, but those back to where every attacker already was."""
    steps = set(attacks(town))
    back = {(target, source) for source, target in steps}
    stores = set(town.stores)
    inside, leading = reached(steps, {OUTSIDE}), reached(back, stores)
    on_a_way = {(source, target) for source, target in steps if source in inside and target in leading}
    ways = {(target, source) for source, target in on_a_way}
    return {
        (source, target)
        for source, target in on_a_way - set(town.declared)
        if source in reached(on_a_way, {OUTSIDE}, without=target)
        and (target in stores or target in reached(ways, stores, without=source))
    }


@REPEATABLE
@given(towns())
def test_the_undeclared_steps_are_those_that_an_attacker_finds_by_trying(town: Town) -> None:
    found = {(one.step.source, one.step.target) for one in exposures(build(town).graph) if one.step.undeclared}

    assert found == expected(town)


@REPEATABLE
@given(towns())
def test_no_step_on_a_simple_path_to_a_store_is_left_out(town: Town) -> None:
    system = build(town)
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_nodes_from([OUTSIDE, *town.net.members])
    ways.add_edges_from(attacks(town))
    on_paths = {
        step for store in town.stores for path in nx.all_simple_paths(ways, OUTSIDE, store) for step in pairwise(path)
    }
    shown = {(one.step.source, one.step.target) for one in exposures(system.graph)}

    assert on_paths - shown == set()


@REPEATABLE
@given(towns())
def test_a_witness_leads_from_the_internet_to_a_store_with_as_few_undeclared_steps_as_can_be(town: Town) -> None:
    system = build(town)
    prices: nx.DiGraph[str] = nx.DiGraph()
    prices.add_nodes_from([OUTSIDE, *town.net.members])
    prices.add_edges_from((*step, {"price": int(step not in town.declared)}) for step in attacks(town))
    before = nx.single_source_dijkstra_path_length(prices, OUTSIDE, weight="price")
    after = nx.multi_source_dijkstra_path_length(prices.reverse(), set(town.stores), weight="price")
    found = {
        (one.step.source, one.step.target): [hop.verdict for hop in one.witness].count("note")
        for one in exposures(system.graph)
    }

    assert found == {
        (source, target): before[source] + prices.edges[source, target]["price"] + after[target]
        for source, target in found
    }


@REPEATABLE
@given(towns())
def test_a_step_holds_the_ports_that_are_answered_and_no_others(town: Town) -> None:
    number = PROTOCOLS.index("tcp") * 65536 + PORT

    assert {step.traffic for step in Reach(build(town).graph).steps} <= {((number, number),)}


NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.2.0/24}
"""


def steps(system: api.System) -> list[tuple[str, str]]:
    return [(one.id, "declared" if not one.step.undeclared else "undeclared") for one in exposures(system.graph)]


def test_what_is_open_to_the_internet_is_not_a_step_from_inside_as_well(system: System) -> None:
    text = """\
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}, {from: jump-sg, port: 22-443}]}
    jump-sg: {ingress: [{from: internet, port: 22}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
compute:
  services:
    web: {port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}
    jump: {port: 22, public_ip: true, subnets: [public-a], security_groups: [jump-sg]}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
flows:
  - internet -> web: 443 HTTPS
  - web -> db: 5432 PostgreSQL
"""

    assert steps(system(NETWORK + text)) == [("internet -> web", "declared"), ("web -> db", "declared")]


def test_an_address_block_of_everybody_is_the_internet(system: System) -> None:
    text = """\
  security_groups: {db-sg: {ingress: [{from: 0.0.0.0/0, port: 5432}]}}
data:
  databases: {db: {engine: postgres, public: true, subnets: [public-a], security_groups: [db-sg]}}
"""

    assert steps(system(NETWORK + text)) == [("internet -> db", "undeclared")]


def test_a_step_is_called_by_the_first_of_those_alike_however_many_there_are(system: System) -> None:
    text = """\
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
compute:
  services:
    web: {port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}
    shop: {port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
"""
    found = [(one.id, one.source, one.target) for one in exposures(system(NETWORK + text).graph)]

    assert found == [
        ("internet -> web", "internet", "web and 1 alike"),
        ("web -> db", "web and 1 alike", "db"),
    ]


def test_a_witness_says_of_every_step_whether_it_is_declared(system: System) -> None:
    text = """\
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
compute:
  services: {web: {port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
flows:
  - internet -> web: 443 HTTPS
"""
    (_, last) = exposures(system(NETWORK + text).graph)

    assert [(hop.verdict, hop.text) for hop in last.witness] == [
        ("open", "internet may open tcp/443 on web: declared"),
        ("note", "web may open tcp/5432 on db: no flow declares it"),
    ]


STORED = """\
  security_groups:
    web-sg: {VPC ingress: [{from: internet, port: 443}]}
    db-sg: {FAR ingress: [{from: 10.0.0.0/8, port: 5432}]}
compute:
  services: {web: {port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
"""


@pytest.mark.parametrize(
    ("ingress", "expected"),
    [
        ("{number: 100, allow: false, peer: 10.0.1.0/24}, {number: 200}", []),
        ("{number: 100, allow: false, peer: 10.0.1.0/25}, {number: 200}", ["internet -> web", "web -> db"]),
    ],
)
def test_a_step_needs_one_address_that_the_network_acls_let_through(
    system: System, ingress: str, expected: list[str]
) -> None:
    nacl = f"  nacls: {{nacl: {{subnets: [data-a], ingress: [{ingress}]}}}}\n"
    text = NETWORK + nacl + STORED.replace("VPC ", "").replace("FAR ", "")

    assert [one.id for one in exposures(system(text).graph)] == expected


@pytest.mark.parametrize(("status", "expected"), [("current", ["internet -> web", "web -> db"]), ("removed", [])])
def test_a_way_to_a_store_may_lead_over_a_peering(system: System, status: str, expected: list[str]) -> None:
    network = f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}, other: {{cidr: 10.1.0.0/16}}}}
  subnets:
    public-a: {{vpc: main, az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
    data-a: {{vpc: other, az: us-east-1a, tier: data, cidr: 10.1.2.0/24}}
  internet_gateways: {{igw: {{vpc: main}}}}
  peerings: {{peer: {{vpcs: [main, other], status: {status}}}}}
  route_tables:
    rt: {{vpc: main, subnets: [public-a], routes: [{{destination: 0.0.0.0/0, target: igw}},
                                                 {{destination: 10.1.0.0/16, target: peer}}]}}
    far: {{vpc: other, subnets: [data-a], routes: [{{destination: 10.0.0.0/16, target: peer}}]}}
"""
    text = network + STORED.replace("VPC ", "vpc: main, ").replace("FAR ", "vpc: other, ")

    assert [one.id for one in exposures(system(text).graph)] == expected


def test_a_port_on_which_a_load_balancer_only_redirects_needs_no_flow(system: System) -> None:
    text = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.2.0/24}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: "80, 443"}]}
    api-sg: {ingress: [{from: alb-sg, port: 8080}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
  load_balancers:
    alb: {scheme: internet-facing, subnets: [public-a], security_groups: [alb-sg],
          listeners: [{port: 443, protocol: HTTPS, forward: api-tg}, {port: 80, protocol: HTTP, REDIRECT}]}
  target_groups: {api-tg: {target: api, port: 8080}}
compute: {services: {api: {port: 8080, subnets: [data-a], security_groups: [api-sg], load_balancer: alb}}}
data: {databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}}
flows: [internet -> alb: 443 HTTPS, alb -> api: 8080 HTTP, api -> db: 5432 PostgreSQL]
"""
    found = [
        [one.subject for one in api.check(system(text.replace("REDIRECT", listens)), select=("NET005",)).findings]
        for listens in ("redirect: 443", "forward: api-tg")
    ]

    assert found == [[], ["internet -> alb"]]
