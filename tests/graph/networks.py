"""Small networks at random, as plain data, and a packet simulator that knows nothing of intervals, classes or graphs.

The simulator follows AWS's words rule by rule and address by address, so that what archspec derives has something to
be compared with.
"""

import json
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

from archspec import api
from tests.sample import HEADER, TODAY

REPEATABLE = settings(derandomize=True, deadline=None, database=None, max_examples=120)
"""The same examples on every run."""

PROTOCOLS = ("tcp", "udp", "icmp")
PORTS = (0, 1, 2, 3, 4, 65535)
"""Every port that a rule's range may begin or end at, and one beyond."""

SUBNETS = {
    "front": {"az": "us-east-1a", "tier": "public", "cidr": "10.0.0.0/24"},
    "back": {"az": "us-east-1b", "tier": "private", "cidr": "10.0.1.0/25"},
    "rest": {"az": "us-east-1b", "tier": "private", "cidr": "10.0.1.128/25"},
    "six": {"az": "us-east-1a", "tier": "private", "cidr": "fd00:0:0:1::/64"},
}
BLOCKS = ("10.0.0.0/16", "10.0.1.0/24", "10.0.1.0/25", "10.0.0.0/24", "0.0.0.0/0", "::/0", "fd00::/16", "8.8.8.0/24")

Rule = dict[str, str]


class Group(NamedTuple):
    """A security group: what it lets in, and out; `None` is AWS's default."""

    ingress: list[Rule]
    egress: list[Rule] | None


class Member(NamedTuple):
    """What has security groups and subnets."""

    groups: list[str]
    subnets: list[str]


class Net(NamedTuple):
    """Security groups and what has them, by id."""

    groups: dict[str, Group]
    members: dict[str, Member]


def _rules(key: str, ids: list[str], fewest: int) -> st.SearchStrategy[list[Rule]]:
    ends = st.sampled_from(PORTS[:5])
    ports = st.one_of(
        st.just("all"),
        st.sampled_from(["0", "1", "3", "65535", "1, 3", "0-1, 3-4"]),
        st.builds(lambda one, other: f"{min(one, other)}-{max(one, other)}", ends, ends),
    )
    rule = st.fixed_dictionaries(
        {
            key: st.sampled_from([*ids, *ids, "internet", *BLOCKS]),
            "port": ports,
            "protocol": st.sampled_from(["tcp", "tcp", "udp", "icmp", "all"]),
        }
    )
    return st.lists(rule, min_size=fewest, max_size=3)


@st.composite
def nets(draw: st.DrawFn) -> Net:
    """Draw a network of up to four groups and four members."""
    ids = [f"g{i}" for i in range(draw(st.integers(1, 4)))]
    groups = {
        id_: Group(draw(_rules("from", ids, 1)), draw(st.one_of(st.none(), st.none(), _rules("to", ids, 0))))
        for id_ in ids
    }
    members = {
        f"m{i}": Member(
            draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)),
            draw(st.lists(st.sampled_from(list(SUBNETS)), min_size=1, max_size=2, unique=True)),
        )
        for i in range(draw(st.integers(1, 4)))
    }
    return Net(groups, members)


def text(sections: dict[str, Any]) -> str:
    """Write plain data as a spec: JSON is YAML."""
    return HEADER + "".join(f"{key}: {json.dumps(value)}\n" for key, value in sections.items())


def load(sections: dict[str, Any]) -> api.System:
    """Load plain data as a spec."""
    return api.parse(text(sections), "sample.yaml", TODAY)


def network(groups: dict[str, Group]) -> dict[str, Any]:
    """Return the network section around the groups."""
    return {
        "vpcs": {"main": {"cidr": "10.0.0.0/16", "secondary_cidrs": ["fd00::/48"]}},
        "subnets": SUBNETS,
        "security_groups": {
            id_: {"ingress": group.ingress, **({} if group.egress is None else {"egress": group.egress})}
            for id_, group in groups.items()
        },
    }


def build(net: Net) -> api.System:
    """Load a network, its members as services."""
    services = {
        id_: {"subnets": member.subnets, "security_groups": member.groups} for id_, member in net.members.items()
    }
    return load({"network": network(net.groups), "compute": {"services": services}})


def packets() -> Iterator[tuple[str, int]]:
    """Yield every protocol with every port that matters."""
    yield from ((protocol, port) for protocol in PROTOCOLS for port in PORTS)


def sends(net: Net, source: str, target: str, protocol: str, port: int) -> bool:
    """Whether the groups of the source let the packet out; nobody keeps the internet from sending."""
    if source == "internet":
        return True
    groups = [net.groups[id_] for id_ in net.members[source].groups]
    return any(
        group.egress is None
        or any(_names(rule, protocol, port) and _means(net, rule["to"], target) for rule in group.egress)
        for group in groups
    )


def receives(net: Net, source: str, target: str, protocol: str, port: int) -> bool:
    """Whether the groups of the target let the packet in."""
    if target == "internet":
        return True
    rules = [rule for id_ in net.members[target].groups for rule in net.groups[id_].ingress]
    return any(_names(rule, protocol, port) and _means(net, rule["from"], source) for rule in rules)


def _means(net: Net, peer: str, other: str) -> bool:
    if peer == "internet":
        return True
    if "/" not in peer:
        return other != "internet" and peer in net.members[other].groups
    if other == "internet":
        return ip_network(peer).num_addresses in {2**32, 2**128}
    addresses = [
        ip_address(int(block.network_address) + part)
        for block in (ip_network(str(SUBNETS[id_]["cidr"])) for id_ in net.members[other].subnets)
        for part in (0, block.num_addresses - 1)
    ]
    return all(address in ip_network(peer) for address in addresses)


def _names(rule: Rule, protocol: str, port: int) -> bool:
    if rule["protocol"] == "all":
        return True
    if rule["protocol"] != protocol or rule["port"] == "all":
        return rule["protocol"] == protocol
    ranges = [part.strip().partition("-") for part in rule["port"].split(",")]
    return any(int(low) <= port <= int(high or low) for low, _, high in ranges)
