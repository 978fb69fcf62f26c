"""Permits against the packet simulator, on a thousand networks, in IPv4 and IPv6."""

import json
from collections.abc import Mapping
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.graph.graph import End
from archspec.graph.intervals import PROTOCOLS, Intervals, subtract
from archspec.graph.permits import permitted, possible
from tests.graph.drawn_networks import PACKETS, draw
from tests.graph.networks import REPEATABLE
from tests.graph.packets import Network, Packet
from tests.sample import HEADER, TODAY

ENDS = ("internet", "m0", "m1", "m2")
PAIRS = tuple(permutations(ENDS, 2))
SEEDS = st.integers(0, 2**32)
Permits = dict[tuple[str, str], tuple[Intervals, Intervals]]


def load(spec: Mapping[str, Any]) -> api.System:
    return api.parse(HEADER + "".join(f"{key}: {json.dumps(value)}\n" for key, value in spec.items()), "s.yaml", TODAY)


def permits(spec: Mapping[str, Any]) -> Permits:
    graph = load(spec).graph
    ends: dict[str, End] = {id_: graph.ends(id_)[0] for id_ in ENDS}
    return {(a, b): (permitted(graph, ends[a], ends[b]), possible(graph, ends[a], ends[b])) for a, b in PAIRS}


def holds(found: Intervals, packet: Packet) -> bool:
    number = PROTOCOLS.index(packet.protocol) * 65536 + packet.port
    return any(low <= number <= high for low, high in found)


def differences(seed: int) -> list[tuple[str, str, Packet, tuple[bool, bool], tuple[bool, bool]]]:
    """Return where archspec and the simulator do not agree: (every, some) of each."""
    spec = draw(seed)
    network, found = Network(spec), permits(spec)
    return [
        (*pair, packet, told, (seen.every, seen.some))
        for pair, (every, some) in found.items()
        for packet in PACKETS
        if (told := (holds(every, packet), holds(some, packet))) != (seen := network.verdict(*pair, packet))
    ]


@settings(REPEATABLE, max_examples=60)
@given(SEEDS)
def test_a_permit_holds_exactly_the_packets_that_get_through(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.no_cover
@pytest.mark.slow
@settings(REPEATABLE, max_examples=1000)
@given(SEEDS)
def test_permits_and_packets_agree_on_a_thousand_networks(seed: int) -> None:
    assert differences(seed) == []


@settings(REPEATABLE, max_examples=60)
@given(SEEDS)
def test_what_every_placement_lets_through_some_placement_does(seed: int) -> None:
    assert [pair for pair, (every, some) in permits(draw(seed)).items() if subtract(every, some)] == []


@settings(REPEATABLE, max_examples=60)
@given(SEEDS)
def test_order_in_the_spec_changes_no_permit(seed: int) -> None:
    random = Random(seed)  # noqa: S311  nothing here is secret

    assert permits(shuffled(draw(seed), random)) == permits(draw(seed))


def shuffled(value: Any, random: Random) -> Any:  # noqa: ANN401  plain data is anything
    """Return the spec with every mapping in another order, and every list of rules, routes and entries too."""
    if isinstance(value, dict):
        keys = random.sample(list(value), len(value))
        return {key: shuffled(value[key], random) for key in keys}
    if isinstance(value, list):
        return random.sample([shuffled(item, random) for item in value], len(value))
    return value


@settings(REPEATABLE, max_examples=60)
@given(SEEDS, st.sampled_from(["internet", "10.0.0.0/16", "fd00::/32", "g0"]))
def test_one_more_rule_of_a_group_takes_no_permit_away(seed: int, peer: str) -> None:
    spec = draw(seed)
    before = permits(spec)
    spec["network"]["security_groups"]["g0"]["ingress"].append({"from": peer, "port": "1-3", "protocol": "tcp"})

    assert lost(before, permits(spec)) == []


@settings(REPEATABLE, max_examples=60)
@given(SEEDS)
def test_an_entry_that_denies_adds_no_permit(seed: int) -> None:
    spec = draw(seed)
    before = permits(spec)
    entry = {"number": 1, "allow": False, "peer": "10.0.0.0/16", "port": "all", "protocol": "udp"}
    for acl in spec["network"]["nacls"].values():
        if acl["ingress"]:
            acl["ingress"].append(entry)

    assert lost(permits(spec), before) == []


def lost(before: Permits, after: Permits) -> list[tuple[str, str]]:
    """Return the pairs of which something that was permitted is no longer."""
    return [
        pair
        for pair in before
        if any(subtract(one, other) for one, other in zip(before[pair], after[pair], strict=True))
    ]
