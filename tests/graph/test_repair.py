"""Repairs, applied to the spec that they were made for: all of them open the way, and none of them is needless."""

import copy
import json
from collections.abc import Callable, Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.errors import SpecError
from archspec.graph.intervals import Intervals, subtract
from archspec.graph.permits import permitted
from archspec.graph.repair import Repair, repairs
from tests.graph.networks import REPEATABLE
from tests.sample import HEADER, TODAY

System = Callable[[str], api.System]
Spec = dict[str, Any]
POSTGRES: Intervals = ((5432, 5432),)
PAIRS = (("x", "y"), ("y", "x"), ("x", "internet"), ("internet", "x"), ("y", "internet"))
PLACES = {
    "front": {"vpc": "main", "az": "us-east-1a", "tier": "public", "cidr": "10.0.0.0/24"},
    "one": {"vpc": "main", "az": "us-east-1a", "tier": "private", "cidr": "10.0.1.0/24"},
    "two": {"vpc": "main", "az": "us-east-1b", "tier": "private", "cidr": "10.0.2.0/24", "ipv6_cidr": "fd00::/64"},
    "far": {"vpc": "other", "az": "us-east-1a", "tier": "private", "cidr": "10.1.1.0/24"},
}
ROUTES = (
    {"destination": "0.0.0.0/0", "target": "nat"},
    {"destination": "0.0.0.0/0", "target": "nat"},
    {"destination": "10.1.0.0/16", "target": "peer"},
    {"destination": "10.0.2.0/24", "target": "nat"},
    {"destination": "10.1.1.0/24", "target": "nat"},
)
PEERS = ("internet", "10.0.0.0/16", "10.0.1.0/24", "10.0.2.0/25", "10.1.0.0/16", "main")


def drawn(random: Random) -> Spec:
    """Draw two VPCs with two services, and few ways between them."""
    network: Spec = {
        "vpcs": {"main": {"cidr": "10.0.0.0/16", "ipv6_cidr": "fd00::/56"}, "other": {"cidr": "10.1.0.0/16"}},
        "subnets": PLACES,
        "internet_gateways": {"igw": {"vpc": "main"}},
        "nat_gateways": {"nat": {"subnet": "front"}},
        "peerings": {"peer": {"vpcs": ["main", "other"]}} if random.random() < 0.7 else {},
        "security_groups": {
            id_: {"vpc": "main", "ingress": _rules(random, "from"), "egress": _rules(random, "to")}
            for id_ in ("x-sg", "y-sg")
        },
        "nacls": {f"{id_}-nacl": _nacl(random, [id_]) for id_ in PLACES if random.random() < 0.4},
    }
    tables = {"front": [{"destination": "0.0.0.0/0", "target": "igw"}], "one": [], "two": [], "far": []}
    for id_ in ("one", "two", "far"):
        tables[id_] = [dict(route) for route in ROUTES if random.random() < 0.3 and _is_known(network, route)]
    network["route_tables"] = {
        f"{id_}-rt": {"vpc": PLACES[id_]["vpc"], "subnets": [id_], "routes": routes} for id_, routes in tables.items()
    }
    services = {id_: _service(random, id_) for id_ in ("x", "y")}
    return {"network": network, "compute": {"services": services}}


def _is_known(network: Spec, route: dict[str, str]) -> bool:
    return route["target"] != "peer" or "peer" in network["peerings"]


def _rules(random: Random, key: str) -> list[dict[str, str]]:
    peers = ("x-sg", "y-sg", "internet", "10.0.0.0/16", "10.0.1.0/24")
    return [
        {key: random.choice(peers), "port": random.choice(["5432", "1-5000", "80"])}
        for _ in range(random.randint(0, 2))
    ]


def _nacl(random: Random, subnets: list[str]) -> Spec:
    return {
        "vpc": PLACES[subnets[0]]["vpc"],
        "subnets": subnets,
        "ingress": _entries(random),
        "egress": _entries(random),
    }


def _entries(random: Random) -> list[Spec]:
    numbers = random.sample(range(100, 900, 100), random.randint(0, 3))
    return [
        {
            "number": number,
            "allow": random.random() < 0.6,
            "peer": random.choice(PEERS),
            "protocol": random.choice(["tcp", "all", "udp"]),
            "port": random.choice(["all", "5432", "1024-65535", "1024-3000"]),
        }
        for number in numbers
    ]


def _service(random: Random, id_: str) -> Spec:
    subnets = random.choice([["one"], ["two"], ["one", "two"], ["far"], ["front"]])
    groups = random.choice([[f"{id_}-sg"], [f"{id_}-sg"], ["x-sg", "y-sg"]])
    return {"port": 5432, "subnets": subnets, "security_groups": groups, "public_ip": random.random() < 0.3}


def load(spec: Spec) -> api.System:
    return api.parse(HEADER + "".join(f"{key}: {json.dumps(value)}\n" for key, value in spec.items()), "s.yaml", TODAY)


def applied(spec: Spec, found: Iterable[Repair]) -> Spec:
    """Return the spec with repairs; what is removed from a list goes last, from its end."""
    changed = copy.deepcopy(spec)
    for repair in sorted(found, key=lambda one: (one.does == "remove", [-s for s in one.path if isinstance(s, int)])):
        *way, last = repair.path
        holder: Any = changed
        for step in way:
            holder = holder[step] if isinstance(step, int) else holder.setdefault(step, {})
        match repair.does:
            case "add" if len(repair.path) == 3:
                holder[last] = repair.values[0]
            case "add":
                holder[last] = [*holder.get(last, []), *repair.values]
            case "set":
                holder[last] = repair.values[0]
            case "remove":
                del holder[last]
            case _:
                pytest.fail(f"{repair.words} takes a decision")
    return changed


def missing(spec: Spec, pair: tuple[str, str]) -> Intervals:
    """Return what does not get through; nothing does by a spec that is refused, as a route to no peering is."""
    try:
        graph = load(spec).graph
    except SpecError:
        return POSTGRES
    (source,), (target,) = graph.ends(pair[0]), graph.ends(pair[1])
    return subtract(POSTGRES, permitted(graph, source, target))


def repaired(spec: Spec, pair: tuple[str, str]) -> tuple[Repair, ...]:
    graph = load(spec).graph
    (source,), (target,) = graph.ends(pair[0]), graph.ends(pair[1])
    return repairs(graph, source, target, POSTGRES)


@settings(REPEATABLE, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(PAIRS))
def test_all_repairs_open_the_way_and_no_fewer_do(seed: int, pair: tuple[str, str]) -> None:
    spec = drawn(Random(seed))  # noqa: S311  the same examples on every run
    found = repaired(spec, pair)
    if any(one.does == "decide" for one in found):
        return

    assert missing(applied(spec, found), pair) == ()
    fewer = [part for size in range(len(found)) for part in combinations(found, size)][-12:]
    assert [part for part in fewer if not missing(applied(spec, part), pair)] == []


@settings(REPEATABLE, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(PAIRS))
def test_what_is_open_needs_no_repair_and_what_is_blocked_does(seed: int, pair: tuple[str, str]) -> None:
    spec = drawn(Random(seed))  # noqa: S311  the same examples on every run

    assert bool(repaired(spec, pair)) == bool(missing(spec, pair))
