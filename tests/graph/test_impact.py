"""What an element can do, against following permits and calls one by one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.graph.graph import listens
from archspec.graph.impact import impact
from archspec.graph.intervals import intersect
from archspec.graph.permits import permitted
from tests.graph.networks import REPEATABLE, Net, build, load, nets
from tests.sample import HEADER

SERVICES = ("a", "b", "c", "d", "e")
ONE = {"one": {"az": "us-east-1a", "tier": "private", "cidr": "10.0.1.0/24"}}
NETWORK = {"vpcs": {"main": {"cidr": "10.0.0.0/16"}}, "subnets": ONE, "security_groups": {"sg": {}}}


def reached_one_by_one(system: api.System, start: str) -> set[str]:
    known, found = {one.id: one for one in system.graph.attached}, {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for other in known.keys() - found:
            if _may_open(system, known[here].id, other):
                found.add(other)
                waiting.append(other)
    return found - {start}


def _may_open(system: api.System, source: str, target: str) -> bool:
    (sender,), (receiver,) = system.graph.ends(source), system.graph.ends(target)
    allowed = permitted(system.graph, sender, receiver)
    return bool(intersect(allowed, listens(receiver)) if listens(receiver) else allowed)


@REPEATABLE
@given(nets())
def test_what_is_reached_is_what_following_every_permit_reaches(net: Net) -> None:
    system = build(Net(net.groups, {id_: one._replace(subnets=["front"]) for id_, one in net.members.items()}))

    found = {id_: {one.id for one in impact(system.graph, id_).reaches} - {"internet"} for id_ in net.members}
    assert found == {id_: reached_one_by_one(system, id_) for id_ in net.members}


@REPEATABLE
@given(st.sets(st.tuples(st.sampled_from(SERVICES), st.sampled_from(SERVICES)), max_size=8), st.sampled_from(SERVICES))
def test_what_fails_is_everything_that_a_chain_of_calls_leads_from(calls: set[tuple[str, str]], lost: str) -> None:
    system = load(
        {
            "network": NETWORK,
            "compute": {
                "services": {id_: {"port": 80, "subnets": ["one"], "security_groups": ["sg"]} for id_ in SERVICES}
            },
            "flows": [f"{source} -> {target}: 80" for source, target in sorted(calls)],
        }
    )
    failing = {lost}
    for _ in SERVICES:
        failing |= {source for source, target in calls if target in failing}

    assert {one.id for one in impact(system.graph, lost).fails} == failing - {lost}


def test_a_subnet_takes_along_only_what_stands_nowhere_else() -> None:
    two = {**ONE, "two": {"az": "us-east-1b", "tier": "private", "cidr": "10.0.2.0/24"}}
    system = load(
        {
            "network": {**NETWORK, "subnets": two},
            "compute": {
                "services": {
                    "both": {"port": 80, "subnets": ["one", "two"], "security_groups": ["sg"]},
                    "alone": {"port": 80, "subnets": ["one"], "security_groups": ["sg"]},
                }
            },
        }
    )

    assert impact(system.graph, "one").fails == (("alone", "names one as its subnets"),)


def test_a_long_chain_of_calls_is_followed_to_its_end() -> None:
    ids = [f"s{number}" for number in range(1500)]
    services = "".join(f"    {id_}: {{port: 80, subnets: [one], security_groups: [sg]}}\n" for id_ in ids)
    flows = "".join(f"  - {one} -> {other}: 80\n" for one, other in pairwise(ids))
    network = (
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n  security_groups: {sg: {}}\n"
        "  subnets: {one: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}\n"
    )
    system = api.parse(f"{HEADER}{network}compute:\n  services:\n{services}flows:\n{flows}")

    assert len(impact(system.graph, ids[-1]).fails) == len(ids) - 1
