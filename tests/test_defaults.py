"""What an architecture implies, and that nothing stated is ever changed."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.defaults import complete
from archspec.importers import spec
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.element import Element
from archspec.model.network import Listener, ListenerRule, LoadBalancer, TargetGroup
from tests.graph.networks import REPEATABLE
from tests.sample import HEADER

System = Callable[[str], api.System]
ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]

ONE_VPC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
    data-a:    {az: us-east-1a, tier: data,    cidr: 10.0.5.0/24}
  security_groups: {sg: {}}
"""


def routes(system: api.System) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    tables = system.architecture.network.route_tables
    return {id_: (table.subnets, tuple(route.target for route in table.routes)) for id_, table in tables.items()}


def derived(architecture: Architecture) -> list[str]:
    return [element.id for element in architecture.elements.values() if element.derived]


def test_what_names_no_vpc_belongs_to_the_only_one(system: System) -> None:
    network = system(ONE_VPC).architecture.network

    assert [subnet.vpc for subnet in network.subnets.values()] == ["main"] * 5
    assert [group.vpc for group in network.security_groups.values()] == ["main"]


def test_a_vpc_with_public_subnets_gets_an_internet_gateway(system: System) -> None:
    found = system(ONE_VPC).architecture.network.internet_gateways

    assert {id_: (gateway.vpc, gateway.derived) for id_, gateway in found.items()} == {
        "main-igw": ("main", "main has public subnets, and nothing is public without an internet gateway")
    }


def test_a_vpc_without_public_subnets_gets_no_internet_gateway(system: System) -> None:
    text = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.5.0/24}}
"""

    assert system(text).architecture.network.internet_gateways == {}


def test_a_stated_internet_gateway_suppresses_the_derived_one(system: System) -> None:
    found = system(ONE_VPC + "  internet_gateways: {own: {}}\n").architecture.network.internet_gateways

    assert {id_: gateway.derived for id_, gateway in found.items()} == {"own": ""}


def test_subnets_are_routed_by_tier(system: System) -> None:
    assert routes(system(ONE_VPC + "  nat_gateways: {nat: {subnet: public-a}}\n")) == {
        "main-public-rt": (("public-a", "public-b"), ("main-igw",)),
        "main-private-us-east-1a-rt": (("private-a",), ("nat",)),
        "main-private-us-east-1b-rt": (("private-b",), ("nat",)),
        "main-data-rt": (("data-a",), ()),
    }


def test_a_private_subnet_leaves_through_the_nat_gateway_of_its_own_az(system: System) -> None:
    found = routes(system(ONE_VPC + "  nat_gateways: {nat-b: {subnet: public-b}, nat-a: {subnet: public-a}}\n"))

    assert {id_: targets for id_, (_, targets) in found.items() if "private" in id_} == {
        "main-private-us-east-1a-rt": ("nat-a",),
        "main-private-us-east-1b-rt": ("nat-b",),
    }


def test_a_planned_nat_gateway_carries_no_route(system: System) -> None:
    found = routes(
        system(ONE_VPC + "  nat_gateways: {nat-b: {subnet: public-b, status: planned}, nat-a: {subnet: public-a}}\n")
    )

    assert found["main-private-us-east-1b-rt"] == (("private-b",), ("nat-a",))


def test_without_a_nat_gateway_private_subnets_lead_nowhere_and_say_so(system: System) -> None:
    table = system(ONE_VPC).architecture.network.route_tables["main-private-us-east-1a-rt"]

    assert (table.routes, table.derived) == ((), "no route table is stated: no NAT gateway exists")


def test_a_stated_route_table_suppresses_all_of_its_vpc(system: System) -> None:
    assert routes(system(ONE_VPC + "  route_tables: {own: {subnets: [public-a]}}\n")) == {"own": (("public-a",), ())}


def test_a_planned_route_table_suppresses_nothing(system: System) -> None:
    text = ONE_VPC + "  route_tables: {own: {subnets: [public-a], status: planned}}\n"

    assert sorted(routes(system(text))) == [
        "main-data-rt", "main-private-us-east-1a-rt", "main-private-us-east-1b-rt", "main-public-rt", "own",
    ]  # fmt: skip


def test_each_vpc_is_routed_by_itself(system: System) -> None:
    text = """
network:
  vpcs: {one: {cidr: 10.0.0.0/16}, two: {cidr: 10.1.0.0/16}}
  subnets:
    one-a: {vpc: one, az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    two-a: {vpc: two, az: us-east-1a, tier: public, cidr: 10.1.1.0/24}
  route_tables: {own: {vpc: one, subnets: [one-a]}}
"""

    assert routes(system(text)) == {"own": (("one-a",), ()), "two-public-rt": (("two-a",), ("two-igw",))}


SERVED = (
    ONE_VPC
    + """\
  load_balancers: {alb: {TYPE subnets: [public-a, public-b], LISTENERS}}
compute:
  services:
    api:    {port: 4000, health_check: /health, load_balancer: alb, subnets: [private-a], security_groups: [sg]}
    worker: {port: 4001, load_balancer: alb, subnets: [private-a], security_groups: [sg]}
    quiet:  {load_balancer: alb, subnets: [private-a], security_groups: [sg]}
    next:   {port: 4002, status: planned, load_balancer: alb, subnets: [private-a], security_groups: [sg]}
flows:
"""
)


def balancer(system: System, listeners: str, flows: str, kind: str = "") -> LoadBalancer:
    text = SERVED.replace("TYPE", kind).replace("LISTENERS", f"listeners: {listeners}") + flows
    return system(text).architecture.network.load_balancers["alb"]


WHY_PORT = "the flows that reach alb name this port, and it states no listeners"
WHY_RULE = "AWS needs a rule for every service behind alb after the first"
WHY_FIRST = "api is the first service behind alb, and no target is stated"
RULES = (ListenerRule(path="/worker/*", forward="worker", derived=WHY_RULE),)


def test_listeners_follow_from_the_flows_that_reach_the_balancer(system: System) -> None:
    flows = "  - internet -> alb: 443 HTTPS\n  - api -> alb: 80 HTTP\n  - worker -> alb: 443 HTTPS\n"
    found = balancer(system, "[]", flows)

    assert found.listeners == (
        Listener(port=80, protocol="HTTP", forward="api", rules=RULES, derived=WHY_PORT),
        Listener(port=443, protocol="HTTPS", forward="api", rules=RULES, derived=WHY_PORT),
    )


def test_a_planned_flow_makes_no_listener(system: System) -> None:
    flows = "  - {from: internet, to: alb, port: 443, status: planned}\n"

    assert balancer(system, "[]", flows).listeners == ()


@pytest.mark.parametrize(
    ("flow", "protocol"),
    [
        ("{from: internet, to: alb, port: 53, transport: udp}", "UDP"),
        ("{from: internet, to: alb, port: 53, protocol: TLS}", "TLS"),
        ("{from: internet, to: alb, port: 53, protocol: HTTPS}", "TCP"),
        ("{from: internet, to: alb, port: 53}", "TCP"),
    ],
)
def test_a_network_load_balancer_passes_on_what_it_does_not_decrypt(system: System, flow: str, protocol: str) -> None:
    found = balancer(system, "[]", f"  - {flow}\n", "type: network,")

    assert [listener.protocol for listener in found.listeners] == [protocol]


def test_stated_listener_rules_stay_and_only_the_other_services_get_derived_ones(system: System) -> None:
    stated = "[{port: 443, protocol: HTTPS, rules: [{path: /reports/*, forward: api}]}]"
    (listener,) = balancer(system, stated, "  - internet -> alb: 443 HTTPS\n").listeners

    assert listener.forward == "worker"
    assert listener.rules == (ListenerRule(path="/reports/*", forward="api"),)


def test_a_stated_listener_without_a_target_forwards_to_the_first_service(system: System) -> None:
    found = balancer(system, "[{port: 8443, protocol: HTTPS}]", "  - internet -> alb: 443 HTTPS\n")

    assert found.listeners == (Listener(port=8443, protocol="HTTPS", forward="api", rules=RULES, derived=WHY_FIRST),)


@pytest.mark.parametrize("stated", ["redirect: 443", "forward: worker"])
def test_a_stated_listener_with_a_target_is_left_alone(system: System, stated: str) -> None:
    found = balancer(system, f"[{{port: 80, protocol: HTTP, {stated}}}]", "  - internet -> alb: 443\n")
    key, value = stated.split(": ")

    assert [one.model_dump(exclude_defaults=True) for one in found.listeners] == [
        {"port": 80, "protocol": "HTTP", key: int(value) if value.isdigit() else value}
    ]


def test_every_service_with_a_port_behind_a_balancer_gets_a_target_group(system: System) -> None:
    text = SERVED.replace("TYPE", "").replace("LISTENERS", "") + "  - internet -> alb: 443\n"

    assert system(text).architecture.network.target_groups == {
        "api-tg": TargetGroup(
            id="api-tg", target="api", port=4000, health_check="/health", derived="api stands behind alb"
        ),
        "worker-tg": TargetGroup(id="worker-tg", target="worker", port=4001, derived="worker stands behind alb"),
    }


def test_a_stated_target_group_suppresses_the_derived_one(system: System) -> None:
    stated = "  target_groups: {own: {target: api, port: 9}}\n"
    text = SERVED.replace("TYPE", "").replace("LISTENERS", "").replace("compute:", stated + "compute:")
    found = system(text + "  - internet -> alb: 443\n").architecture.network.target_groups

    assert {id_: group.target for id_, group in found.items()} == {"own": "api", "worker-tg": "worker"}


def test_a_derived_id_gives_way_to_a_stated_one(system: System) -> None:
    text = ONE_VPC + "security: {certificates: {main-igw: {}, main-data-rt: {}, main-data-rt-derived: {}}}\n"

    assert derived(system(text).architecture) == [
        "main-igw-derived",
        "main-public-rt",
        "main-private-us-east-1a-rt",
        "main-private-us-east-1b-rt",
        "main-data-rt-derived-derived",
    ]


@st.composite
def specs(draw: st.DrawFn) -> str:
    """Draw a spec that states some of what could be derived, with ids that derived ones might want."""
    vpcs = draw(st.lists(st.sampled_from(["main", "other"]), min_size=1, unique=True))
    place = st.sampled_from([*({"vpc": id_} for id_ in vpcs), *([{}] if len(vpcs) == 1 else [])])
    subnets: dict[str, Any] = {}
    for i in range(draw(st.integers(1, 5))):
        subnets[f"s{i}"] = {"az": draw(st.sampled_from(ZONES)), "cidr": f"10.0.{i}.0/24"}
        subnets[f"s{i}"] |= {"tier": draw(st.sampled_from(["public", "private", "data"])), **draw(place)}
    status = st.sampled_from(["current", "current", "planned"])
    any_subnet = st.sampled_from(list(subnets))
    network: dict[str, Any] = {"vpcs": {id_: {"cidr": "10.0.0.0/16"} for id_ in vpcs}, "subnets": subnets}
    network["security_groups"] = {"sg": draw(place)}
    if draw(st.booleans()):
        network["internet_gateways"] = {"igw": {**draw(place), "status": draw(status)}}
    if draw(st.booleans()):
        network["nat_gateways"] = {"nat": {"subnet": draw(any_subnet), "status": draw(status)}}
    if draw(st.booleans()):
        network["route_tables"] = {"rt": {**draw(place), "subnets": [draw(any_subnet)], "status": draw(status)}}
    listeners = [{"port": 80, "protocol": "HTTP"}] if draw(st.booleans()) else []
    network["load_balancers"] = {"alb": {"subnets": [draw(any_subnet)], "listeners": listeners}}
    services = {
        id_: {"port": 80, "subnets": [draw(any_subnet)], "security_groups": ["sg"], "load_balancer": "alb"}
        for id_ in draw(st.lists(st.sampled_from(["api", "web", "api-tg"]), unique=True))
    }
    taken = draw(st.lists(st.sampled_from(["main-igw", "main-public-rt", "main-data-rt", "web-tg"]), unique=True))
    sections = {
        "network": network,
        "compute": {"services": services},
        "security": {"certificates": {id_: {} for id_ in taken}},
        "flows": [{"internet -> alb": "443 HTTPS"}],
    }
    return HEADER + "".join(f"{key}: {json.dumps(value)}\n" for key, value in sections.items())


def stated_facts(element: Element) -> dict[str, Any]:
    """Return what the element states, without the two keys that defaults fill in where nothing is stated."""
    facts = element.model_dump(exclude={"derived"})
    if not facts.get("vpc", True):
        del facts["vpc"]
    if isinstance(element, LoadBalancer):
        facts["listeners"] = [one.model_dump(exclude={"derived", "forward", "rules"}) for one in element.listeners]
    return facts


@REPEATABLE
@given(specs())
def test_nothing_stated_is_ever_changed(text: str) -> None:
    stated = spec.parse(text).architecture
    done = complete(stated)
    changed = {
        id_: (facts, after)
        for id_, element in stated.elements.items()
        for facts in [stated_facts(element)]
        for after in [{key: value for key, value in stated_facts(done.elements[id_]).items() if key in facts}]
        if facts != after and not (isinstance(element, LoadBalancer) and not element.listeners)
    }

    assert changed == {}


@REPEATABLE
@given(specs())
def test_whatever_is_added_is_marked_with_a_reason(text: str) -> None:
    stated = spec.parse(text).architecture

    assert derived(complete(stated)) == [id_ for id_ in complete(stated).elements if id_ not in stated.elements]


@REPEATABLE
@given(specs())
def test_no_derived_id_is_that_of_another_element(text: str) -> None:
    done = complete(spec.parse(text).architecture)
    ids = [id_ for area, key in element_kinds() for id_ in getattr(getattr(done, area), key)]

    assert sorted(set(ids)) == sorted(ids)


@REPEATABLE
@given(specs())
def test_completing_what_is_complete_adds_nothing(text: str) -> None:
    done = complete(spec.parse(text).architecture)

    assert complete(done) == done


def test_completing_leaves_the_stated_architecture_as_it_was() -> None:
    stated = spec.parse(HEADER + ONE_VPC).architecture
    before = stated.model_dump()
    complete(stated)

    assert stated.model_dump() == before


def test_a_derived_route_table_names_every_subnet_once(system: System) -> None:
    tables = system(ONE_VPC).architecture.network.route_tables.values()

    assert sorted(id_ for table in tables for id_ in table.subnets) == [
        "data-a", "private-a", "private-b", "public-a", "public-b",
    ]  # fmt: skip
