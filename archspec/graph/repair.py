"""The cheapest repair of a connection: the fewest changes that let it through, one for each thing that stops it.

Each question on the way is decided by one list of rules, one table or one key, so that each of them that stops the
connection takes one change, and none of them can be left out. Of two versions of IP that one is repaired in which fewer
questions stop it.
"""

from collections.abc import Iterator

from archspec.graph.asking import Asking
from archspec.graph.graph import Graph, is_attached
from archspec.graph.group_hops import Side, missing_in_groups
from archspec.graph.hops import asked
from archspec.graph.intervals import Intervals, by_protocol, intersect
from archspec.graph.listening import forward_hops, heard
from archspec.graph.nacl_repairs import nacl_repairs
from archspec.graph.peers import is_in_subnets
from archspec.graph.repair_changes import Kind, Repair, Value, added, decided, put
from archspec.graph.route_repairs import route_repairs
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import INTERNET, Element
from archspec.model.network import LoadBalancer

__all__ = ["Kind", "Repair", "repairs"]


def repairs(graph: Graph, source: Element, target: Element, wanted: Intervals) -> tuple[Repair, ...]:
    """Return the changes that let `source` open connections to `target`: none where it may already."""
    found: dict[tuple[object, ...], Repair] = {}
    for asking in asked(graph, source, target, wanted):
        for one in _repairs(asking):
            found.setdefault((one.does, one.path, one.words), one)
    return tuple(found.values())


def _repairs(asking: Asking) -> Iterator[Repair]:
    yield from _group(asking, "egress")
    yield from route_repairs(asking)
    yield from nacl_repairs(asking)
    yield from _group(asking, "ingress")
    yield from _listening(asking)


def _group(asking: Asking, side: Side) -> Iterator[Repair]:
    """Yield the rule that the groups of one side lack."""
    graph, source, target = asking.graph, asking.source, asking.target
    own, other = (source, target) if side == "egress" else (target, source)
    missing = missing_in_groups(asking, side)
    if not missing or not is_attached(own):
        return
    groups = [graph.architecture.network.security_groups[id_] for id_ in own.security_groups]
    group = next((one for one in groups if one.status == "current"), None)
    if group is None:
        yield decided("group", f"give {own.id} a security group", own.path)
        return
    key = "to" if side == "egress" else "from"
    values: list[Value] = [
        {key: peer, "protocol": "all"} if ports is None else {key: peer, **ports}
        for peer in _peers(graph, other)
        for ports in _keys(missing)
    ]
    path = (*group.path, side)
    yield added("group", path, values, path if getattr(group, side) else group.path)


def _keys(missing: Intervals) -> list[dict[str, str | int] | None]:
    """Return the keys of a rule for each range of ports; none of them means all traffic."""
    if missing == ((0, 3 * 65536 - 1),):
        return [None]
    return [
        {"port": part.low if part.low == part.high else str(part)}
        | ({} if protocol == "tcp" else {"protocol": protocol})
        for protocol, part in by_protocol(missing)
    ]


def _peers(graph: Graph, other: Element) -> list[str]:
    """Return how a rule names the other side: by its group, else by its addresses."""
    if not is_in_subnets(other):
        return [INTERNET]
    return list(other.security_groups[:1]) or [str(subnet.cidr) for subnet in graph.subnets(other)]


def _listening(asking: Asking) -> Iterator[Repair]:
    """Yield the listener or the port that is missing where the connection leads."""
    graph, source, target, wanted = asking[:4]
    if heard(target) and not intersect(heard(target), wanted):
        yield _port(target, wanted)
    if any(hop.verdict == "blocked" for hop in forward_hops(graph, source, target, wanted)):
        yield from _forward(source, target, wanted)


def _port(target: Element, wanted: Intervals) -> Repair:
    protocol, ports = by_protocol(wanted)[0]
    if isinstance(target, LoadBalancer):
        speaks = ("HTTPS" if ports.low == 443 else "HTTP") if target.type == "application" else protocol.upper()
        return added("listening", (*target.path, "listeners"), [{"port": ports.low, "protocol": speaks}], target.path)
    if isinstance(target, Service | Store) and protocol == getattr(target, "transport", "tcp"):
        return put("listening", (*target.path, "port"), ports.low)
    return decided("listening", f"name the port that {target.id} listens on, here or there", target.path)


def _forward(source: Element, target: Element, wanted: Intervals) -> Iterator[Repair]:
    if not isinstance(source, LoadBalancer) or not isinstance(target, Service):
        return
    _, ports = by_protocol(wanted)[0]
    if target.port is not None and ports.low <= target.port <= ports.high:
        rules = (*source.path, "listeners", 0, "rules")
        value: Value = {"path": f"/{target.id}/*", "forward": target.id}
        words = f"add to the rules of a listener of {source.id}: {{path: /{target.id}/*, forward: {target.id}}}"
        yield Repair("listening", "add", rules, (value,), words, source.path)
    else:
        yield decided("listening", f"name the port that {source.id} forwards to {target.id} on", target.path)
