"""Which flows survive the loss of a zone, compared with what is left without it; what every way leads through."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from archspec.graph.dominators import immediate_dominators
from archspec.graph.request_ways import EVERYBODY, Node, request_ways
from archspec.graph.single_points import cuts_off, single_points
from archspec.graph.survival import losses, zones
from tests.graph.networks import REPEATABLE, load
from tests.graph.zoned import AZS, PRIVATE, PUBLIC, Flow, Zoned, systems, without, works

Edges = Mapping[int, list[int]]

graphs = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4, unique=True), max_size=8)


def reached(following: Mapping[Node, object] | Edges, root: object, without_: object = None) -> set[object]:
    found: set[object] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node not in found and node != without_:
            found.add(node)
            waiting += following.get(node, ())  # type: ignore[call-overload]  # nodes of either kind
    return found


@REPEATABLE
@given(graphs)
def test_a_dominator_is_what_cuts_a_node_off_when_it_is_removed(following: Edges) -> None:
    found = immediate_dominators(following, 0)
    above = {node: {node} for node in found}
    for node in found:  # each stands behind the one that dominates it
        above[node] |= above[found[node]]

    assert {node: {one for one in found if one != 0 and node not in reached(following, 0, one)} for node in found} == {
        node: nodes - {0} for node, nodes in above.items()
    }


@REPEATABLE
@given(graphs)
def test_dominators_are_those_of_networkx(following: Edges) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph([(one, other) for one, others in following.items() for other in others])
    graph.add_node(0)

    assert {**immediate_dominators(following, 0), 0: 0} == {**nx.immediate_dominators(graph, 0), 0: 0}


def test_a_chain_longer_than_the_stack_is_walked() -> None:
    following = {i: [i + 1] for i in range(5000)}

    assert immediate_dominators(following, 0)[5000] == 4999


@REPEATABLE
@given(systems())
def test_a_flow_is_lost_with_a_zone_where_it_does_not_work_without_it(system: Zoned) -> None:
    graph = load(system.sections).graph
    has_endpoint = bool(system.sections["network"]["endpoints"])
    before = {i for i, flow in enumerate(system.flows) if works(system.sections, flow, has_endpoint=has_endpoint)}
    found = {zone.az: {loss.flow.index for loss in losses(graph, zone)} & before for zone in zones(graph)}

    for az in AZS:
        rest = without(system, az)
        lost = {i for i in before if not works(rest, system.flows[i], has_endpoint=has_endpoint)}
        assert found.get(az, set()) == lost


@REPEATABLE
@given(systems())
def test_what_an_element_cuts_off_is_what_no_way_leads_to_without_it(system: Zoned) -> None:
    graph = load(system.sections).graph
    following = request_ways(graph).following
    ends = {*graph.architecture.data.databases, *graph.architecture.network.endpoints}

    def reached_ends(without_: str) -> set[str]:
        kept = {
            node: [one for one in others if one.part in {"in", "out", "outside"} or one.id != without_]
            for node, others in following.items()
        }
        nodes = [one for one in reached(kept, EVERYBODY) if isinstance(one, Node)]
        return {
            one.id for one in nodes if (one.part == "outside" and one.to) or (one.part == "element" and one.id in ends)
        }

    removed = {one.id for one in graph.attached} | {*graph.architecture.network.nat_gateways}
    whole = reached_ends("")
    expected = {id_: len(whole - reached_ends(id_)) for id_ in sorted(removed)}

    assert {id_: cut.total for id_, cut in cuts_off(graph).items()} == {id_: n for id_, n in expected.items() if n}


def lost(system: Zoned) -> dict[str, set[Flow]]:
    graph = load(system.sections).graph
    found = {zone.az: {system.flows[loss.flow.index] for loss in losses(graph, zone)} for zone in zones(graph)}
    return {az: found.get(az, set()) for az in AZS}


@REPEATABLE
@given(systems())
def test_a_replica_in_another_zone_never_makes_a_flow_that_works_worse(system: Zoned) -> None:
    has_endpoint = bool(system.sections["network"]["endpoints"])
    working = {flow for flow in system.flows if works(system.sections, flow, has_endpoint=has_endpoint)}
    more = deepcopy(system.sections)
    more["compute"]["services"]["s0"]["subnets"] = sorted(PRIVATE)
    more["network"]["load_balancers"]["lb"]["subnets"] = sorted(PUBLIC)
    before, after = lost(system), lost(Zoned(more, system.flows))

    assert {az: (flows & working) - before[az] for az, flows in after.items()} == {az: set() for az in AZS}


@REPEATABLE
@given(systems())
def test_the_order_of_the_spec_changes_nothing(system: Zoned) -> None:
    turned = deepcopy(system.sections)
    for area in ("network", "compute", "data"):
        turned[area] = {key: dict(reversed(held.items())) for key, held in reversed(turned[area].items())}
    turned["flows"].reverse()
    before, after = (single_points(load(sections).graph) for sections in (system.sections, turned))

    assert lost(Zoned(turned, system.flows[::-1])) == lost(system)
    assert {id_: (one.because, one.cut.total, one.flows) for id_, one in before.items()} == {
        id_: (one.because, one.cut.total, one.flows) for id_, one in after.items()
    }


def subnet(az: str, cidr: str) -> dict[str, str]:
    return {"az": az, "tier": "private", "cidr": cidr}


NETWORK = {
    "vpcs": {"main": {"cidr": "10.0.0.0/16"}},
    "subnets": {
        "private-a": subnet("us-east-1a", "10.0.3.0/24"),
        "private-b": subnet("us-east-1b", "10.0.4.0/24"),
    },
    "security_groups": {"sg": {}},
}


def parts(*flows: str) -> dict[str, list[tuple[str, str, bool]]]:
    """Return what each zone takes along: who is lost first, how, and whether a part of the flow goes on."""
    sections: dict[str, Any] = {"network": NETWORK}
    both, one = ["private-a", "private-b"], ["private-b"]
    placed = {"mailer": one, "web": both, "store": both}
    service = {"cluster": "ecs", "port": 80, "desired": 2, "security_groups": ["sg"]}
    sections["compute"] = {
        "clusters": {"ecs": {}},
        "services": {id_: {**service, "subnets": subnets} for id_, subnets in placed.items()},
    }
    member = {"role": "primary", "az": "us-east-1b"}
    cache = {"engine": "redis", "instances": [member], "subnets": both, "security_groups": ["sg"]}
    sections["data"] = {"caches": {"pages": cache}}
    sections["flows"] = [dict([flow.split(": ")]) for flow in flows]
    graph = load(sections).graph
    return {
        zone.az: [(loss.lost.id, loss.effect, loss.partly) for loss in losses(graph, zone)] for zone in zones(graph)
    }


def test_a_flow_of_a_cluster_stops_in_part_where_other_services_go_on() -> None:
    assert parts("ecs -> web: 80 HTTP", "mailer -> web: 80 HTTP") == {
        "us-east-1a": [],
        "us-east-1b": [("mailer", "stops", True), ("mailer", "stops", False)],
    }


def test_a_flow_of_a_cluster_stops_as_a_whole_with_its_target() -> None:
    assert parts("ecs -> pages: 6379 Redis") == {"us-east-1a": [], "us-east-1b": [("pages", "stops", False)]}
