"""Networks at random, as specs in plain data: two VPCs, a peering, a NAT gateway, ACLs, route tables, both families."""

from random import Random
from typing import Any

from tests.graph.packets import Packet

SUBNETS = {
    "front": {"vpc": "main", "az": "us-east-1a", "tier": "public", "cidr": "10.0.0.0/24"},
    "back": {"vpc": "main", "az": "us-east-1b", "tier": "private", "cidr": "10.0.1.0/25"},
    "rest": {"vpc": "main", "az": "us-east-1b", "tier": "private", "cidr": "10.0.1.128/25"},
    "six": {"vpc": "main", "az": "us-east-1a", "tier": "private", "cidr": "fd00:0:0:3::/64"},
    "far": {"vpc": "other", "az": "us-east-1a", "tier": "private", "cidr": "10.1.0.0/24"},
}
SUBNETS["back"]["ipv6_cidr"] = "fd00:0:0:1::/64"
SUBNETS["rest"]["ipv6_cidr"] = "fd00:0:0:2::/64"
SUBNETS["far"]["ipv6_cidr"] = "fd01:0:0:1::/64"
BLOCKS = (
    "10.0.0.0/16", "10.0.0.0/24", "10.0.0.0/25", "10.0.1.0/24", "10.0.1.64/26", "10.1.0.0/16", "10.0.0.0/8",
    "0.0.0.0/0", "::/0", "fd00::/32", "fd00:0:0:1::/64", "fd00:0:0:2:8000::/65", "fd01::/16", "8.8.8.0/24",
)  # fmt: skip
ROUTES = (
    {"destination": "10.1.0.0/16", "target": "peer"},
    {"destination": "10.1.0.0/25", "target": "peer"},
    {"destination": "10.0.0.0/16", "target": "peer"},
    {"destination": "10.0.0.0/14", "target": "peer"},
    {"destination": "fd01::/48", "target": "peer"},
    {"destination": "fd00::/48", "target": "peer"},
    {"destination": "fd00::/16", "target": "peer"},
)
PACKETS = tuple(Packet(*one) for one in (("tcp", 0), ("tcp", 2), ("tcp", 65535), ("udp", 3), ("icmp", 1)))


def draw(seed: int) -> dict[str, Any]:
    """Return the spec that belongs to a seed."""
    random = Random(seed)  # noqa: S311  nothing here is secret
    groups = [f"g{number}" for number in range(random.randint(1, 3))]
    services = {f"m{number}": _member(random, groups, fewest=min(1, number)) for number in range(3)}
    network = {
        "vpcs": {
            "main": {"cidr": "10.0.0.0/16", "ipv6_cidr": "fd00::/48"},
            "other": {"cidr": "10.1.0.0/16", "ipv6_cidr": "fd01::/48"},
        },
        "subnets": SUBNETS,
        "internet_gateways": {"gate": {"vpc": "main"}, "far-gate": {"vpc": "other"}},
        "nat_gateways": {"nat": {"subnet": "front"}},
        "peerings": {"peer": {"vpcs": ["main", "other"]}},
        "prefix_lists": {"list": {"entries": random.sample(BLOCKS, 2)}},
        "route_tables": _tables(random),
        "nacls": _acls(random),
        "security_groups": {id_: _group(random, groups) for id_ in groups},
    }
    return {"network": network, "compute": {"services": services}}


def _member(random: Random, groups: list[str], fewest: int) -> dict[str, Any]:
    """Draw a member; it stands in one VPC."""
    subnets = random.sample([*SUBNETS][: random.choice([3, 3, 5])], random.randint(1, 2))
    return {
        "subnets": ["far"] if "far" in subnets else subnets,
        "security_groups": random.sample(groups, random.randint(fewest, len(groups))),
        "public_ip": random.random() < 0.5,
    }


def _tables(random: Random) -> dict[str, Any]:
    tables = {f"rt-{id_}": _table(random, "main", [id_]) for id_ in ("front", "back", "rest", "six")}
    left = {id_: table for id_, table in tables.items() if random.random() < 0.9}
    # A VPC that states no table is given some, so each states one.
    return {"rt-none": {"vpc": "main", "subnets": [], "routes": []}, **left, "rt-far": _table(random, "other", ["far"])}


def _table(random: Random, vpc: str, subnets: list[str]) -> dict[str, Any]:
    own = {"main": ("10.0.0.0/16", "fd00::/48"), "other": ("10.1.0.0/16", "fd01::/48")}[vpc]
    routes = [route for route in ROUTES if route["destination"] not in own and random.random() < 0.5]
    default = random.choice(["gate", "gate", "nat", "nat", ""] if vpc == "main" else ["far-gate", ""])
    default = "gate" if subnets == ["front"] and random.random() < 0.8 else default
    if default and not (default == "nat" and subnets == ["front"]):
        routes.append({"destination": "0.0.0.0/0", "target": default})
    if vpc == "main" and random.random() < 0.15:
        routes.append({"destination": "10.0.1.128/25", "target": "nat"})
    return {"vpc": vpc, "subnets": subnets, "routes": random.sample(routes, len(routes))}


def _acls(random: Random) -> dict[str, Any]:
    free = random.sample(["front", "back", "rest", "six"], 4)
    acls = {}
    for number in range(random.choice([0, 1, 1, 2])):
        taken, free = free[: number + 1], free[number + 1 :]
        acls[f"acl{number}"] = {"vpc": "main", "subnets": taken, **_entries(random)}
    if random.random() < 0.3:
        acls["far-acl"] = {"vpc": "other", "subnets": ["far"], **_entries(random)}
    return acls


def _entries(random: Random) -> dict[str, Any]:
    return {
        side: [_entry(random, number) for number in range(random.choice([0, 1, 2, 3]))]
        for side in ("ingress", "egress")
    }


def _entry(random: Random, number: int) -> dict[str, Any]:
    return {
        "number": 100 * (1 + number) if random.random() < 0.7 else 1000 - number,
        "allow": random.random() < 0.75,
        "peer": random.choice([*BLOCKS, "internet", "internet", "internet", "main"]),
        "port": random.choice(
            ["all", "all", "0-4", "2", "1024-65535", "1024-65535", "32768-65535", "0-40000", "3, 1024-60000"]
        ),
        "protocol": random.choice(["all", "all", "tcp", "tcp", "udp", "icmp"]),
    }


def _group(random: Random, groups: list[str]) -> dict[str, Any]:
    made = {"vpc": "main", "ingress": [_rule(random, "from", groups) for _ in range(random.randint(1, 3))]}
    if random.random() < 0.4:
        made["egress"] = [_rule(random, "to", groups) for _ in range(random.randint(0, 3))]
    return made


def _rule(random: Random, key: str, groups: list[str]) -> dict[str, Any]:
    return {
        key: random.choice([*groups, *groups, *BLOCKS, "internet", "internet", "list"]),
        "port": random.choice(["all", "all", "0-3", "2-65535", "1, 3", "65535"]),
        "protocol": random.choice(["tcp", "tcp", "all", "all", "udp", "icmp"]),
    }
