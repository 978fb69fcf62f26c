"""Small systems at random, spread over zones, as plain data; and what is left of them without one zone."""

from copy import deepcopy
from typing import Any, NamedTuple

from hypothesis import strategies as st

AZS = ("us-east-1a", "us-east-1b", "us-east-1c")
PUBLIC = {f"public-{az[-1]}": az for az in AZS}
PRIVATE = {f"private-{az[-1]}": az for az in AZS}
PLACES = PUBLIC | PRIVATE
TASKS = 3
"""As many as there are zones, so that no zone of a service is without one."""

Sections = dict[str, Any]
Flow = tuple[str, str]


class Zoned(NamedTuple):
    """Sections of a spec, and its flows as pairs of ids, in their order."""

    sections: Sections
    flows: tuple[Flow, ...]


def _some(ids: dict[str, str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(ids)), min_size=1, max_size=3, unique=True).map(sorted)


@st.composite
def _databases(draw: st.DrawFn) -> Sections:
    primary, standby = draw(st.sampled_from(AZS)), draw(st.sampled_from(AZS))
    instances = [{"role": "primary", "az": primary}]
    multi_az = standby != primary and draw(st.booleans())
    if multi_az:
        instances.append({"role": "standby", "az": standby})
    subnets = sorted(name for name, az in PRIVATE.items() if az in {primary, standby})
    return {
        "engine": "postgres",
        "multi_az": multi_az,
        "instances": instances,
        "subnets": subnets,
        "security_groups": ["sg"],
    }


@st.composite
def systems(draw: st.DrawFn) -> Zoned:
    """Draw a system of balancers, services in a cluster and outside, databases, NAT gateways and an endpoint."""
    nats = {f"nat-{name[-1]}": {"subnet": name} for name in draw(_some(PUBLIC))}
    tables = {
        f"to-{name}": {
            "subnets": [name],
            "routes": [{"destination": "0.0.0.0/0", "target": draw(st.sampled_from(sorted(nats)))}]
            if draw(st.booleans())
            else [],
        }
        for name in PRIVATE
    }
    service = st.fixed_dictionaries({"subnets": _some(PRIVATE)})
    services = {
        f"s{i}": {**draw(service), "security_groups": ["sg"], "port": 80, "desired": TASKS}
        | ({"cluster": "ecs"} if i < 2 else {})
        for i in range(draw(st.integers(2, 4)))
    }
    endpoint = draw(st.booleans())
    network = {
        "vpcs": {"main": {"cidr": "10.0.0.0/16"}},
        "subnets": {
            name: {"az": az, "tier": name[:-2], "cidr": f"10.0.{i}.0/24"} for i, (name, az) in enumerate(PLACES.items())
        },
        "nat_gateways": nats,
        "route_tables": tables,
        "security_groups": {"sg": {}},
        "load_balancers": {"lb": {"subnets": draw(_some(PUBLIC)), "security_groups": ["sg"]}},
        "endpoints": {"door": {"service": "secretsmanager", "subnets": draw(_some(PRIVATE)), "security_groups": ["sg"]}}
        if endpoint
        else {},
    }
    databases = {f"d{i}": draw(_databases()) for i in range(2)}
    inner = st.sampled_from(["ecs", *services])
    flow = st.one_of(
        st.just(("internet", "lb")),
        st.tuples(st.just("lb"), inner),
        st.tuples(inner, inner),
        st.tuples(inner, st.sampled_from([*databases, "internet", "secrets"])),
    )
    flows = draw(st.lists(flow, min_size=1, max_size=8, unique=True))
    sections = {
        "network": network,
        "compute": {"clusters": {"ecs": {}}, "services": services},
        "data": {"databases": databases},
        "security": {"secret_stores": {"secrets": {}}},
        "flows": [{"from": source, "to": target, "port": _port(target)} for source, target in flows],
    }
    return Zoned(sections, tuple(flows))


def _port(target: str) -> int:
    return 5432 if target.startswith("d") else 80 if target.startswith(("s", "e")) and target != "secrets" else 443


def without(system: Zoned, az: str) -> Sections:
    """Return the sections without the zone: its subnets, and whatever stood in them and nowhere else."""
    sections = deepcopy(system.sections)
    lost = {name for name, place in PLACES.items() if place == az}
    network = sections["network"]
    network["nat_gateways"] = {id_: one for id_, one in network["nat_gateways"].items() if one["subnet"] not in lost}
    network["route_tables"] = {
        id_: {**one, "routes": [route for route in one["routes"] if route["target"] in network["nat_gateways"]]}
        for id_, one in network["route_tables"].items()
        if one["subnets"][0] not in lost
    }
    for held in (network["load_balancers"], network["endpoints"], sections["compute"]["services"]):
        _thin(held, lost)
    databases = sections["data"]["databases"]
    for id_, one in list(databases.items()):
        one["instances"] = [instance for instance in one["instances"] if instance["az"] != az]
        if not one["instances"]:
            del databases[id_]
    return sections


def _thin(held: Sections, lost: set[str]) -> None:
    for id_, one in list(held.items()):
        one["subnets"] = [name for name in one["subnets"] if name not in lost]
        if not one["subnets"]:
            del held[id_]


def works(sections: Sections, flow: Flow, *, has_endpoint: bool) -> bool:
    """Whether every element that a flow starts from has a replica that gets to one of every element it leads to."""
    pairs = [(one, other) for one in _members(flow[0]) for other in _members(flow[1])]
    known = {id_ for pair in pairs for id_ in pair}
    return all(_gets_there(sections, *pair, has_endpoint) for pair in pairs if pair[0] != pair[1]) and all(
        _is_there(sections, id_) for id_ in known
    )


def _members(id_: str) -> list[str]:
    return ["s0", "s1"] if id_ == "ecs" else [id_]


def _is_there(sections: Sections, id_: str) -> bool:
    network = sections["network"]
    held = (network["load_balancers"], sections["compute"]["services"], sections["data"]["databases"])
    return id_ in {"internet", "secrets"} or any(id_ in one for one in held)


def _gets_there(sections: Sections, source: str, target: str, has_endpoint: bool) -> bool:
    network, services = sections["network"], sections["compute"]["services"]
    if not _is_there(sections, source) or not _is_there(sections, target):
        return False
    if source == "lb":
        balancer = {PLACES[name] for name in network["load_balancers"]["lb"]["subnets"]}
        return bool(balancer & {PLACES[name] for name in services[target]["subnets"]})
    if target == "secrets" and has_endpoint:
        return "door" in network["endpoints"]
    if target in {"internet", "secrets"}:
        ways = {table["subnets"][0] for table in network["route_tables"].values() if table["routes"]}
        return bool(ways & set(services[source]["subnets"]))
    if target in sections["data"]["databases"]:
        return _writes(sections["data"]["databases"][target])
    return True


def _writes(database: Sections) -> bool:
    return any(one["role"] in {"primary", "standby"} for one in database["instances"])
