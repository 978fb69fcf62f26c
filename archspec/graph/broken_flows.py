"""Declared flows that do not get through: what of them, at which hops, and what would repair them.

Found once for each connection, as several rules ask: one for groups, one for network ACLs, one for routes.
"""

from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop, Unknown
from archspec.graph.endpoints import in_vpc, services
from archspec.graph.graph import Connection, Graph, is_attached, spell_ends
from archspec.graph.hops import hops
from archspec.graph.intervals import Intervals, subtract
from archspec.graph.permits import permitted
from archspec.graph.repair import repairs
from archspec.graph.repair_changes import Kind, Repair
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import Endpoint, LoadBalancer

_GROUPS = frozenset({"ENI_SG_RULES_MISMATCH", "SG_HAS_NO_RULES"})
_LISTENING = frozenset({
    "FLOW_NO_LISTENER", "ELBV2_LISTENER_PORT_RESTRICTION", "ELBV2_LISTENER_HAS_NO_TG", "TARGET_PORT_RESTRICTION",
})  # fmt: skip


class Broken(NamedTuple):
    """A connection of which something does not get through, with every hop and the changes that repair it."""

    connection: Connection
    missing: Intervals
    hops: tuple[Hop, ...]
    repairs: tuple[Repair, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """How a message names the two sides: those that are alike as one."""
        return spell_ends(self.connection.sources), spell_ends(self.connection.targets)

    def blocks(self, kind: Kind) -> list[Hop]:
        """Return the hops of a kind that block it."""
        return [hop for hop in self.hops if hop.verdict == "blocked" and kind_of(hop) == kind]

    def fix(self, kind: Kind) -> str:
        """Say which changes repair the hops of a kind."""
        return ", and ".join(one.words for one in self.repairs if one.kind == kind)


def kind_of(hop: Hop) -> Kind:
    """Say who is asked at a hop, by its code."""
    if hop.code in _GROUPS:
        return "group"
    if hop.code.startswith("SUBNET_ACL_RESTRICTION"):
        return "nacl"
    return "listening" if hop.code in _LISTENING else "route"


def broken(graph: Graph, flow: Flow) -> list[Broken]:
    """Return the connections of a flow that do not get through, wherever their ends stand."""
    known = _broken(graph)
    if flow.index not in known:
        found = (_judged(graph, connection) for connection in graph.connections_of(flow))
        known[flow.index] = [one for one in found if one is not None]
    return known[flow.index]


@lru_cache(maxsize=1)
def _broken(_graph: Graph) -> dict[int, list[Broken]]:
    return {}


def _judged(graph: Graph, connection: Connection) -> Broken | None:
    source, target = graph.meant(connection)
    missing = subtract(connection.wanted, permitted(graph, source, target))
    if not missing:
        return None
    found = hops(graph, source, target, missing)
    return Broken(connection, missing, found, repairs(graph, source, target, missing))


def untold(graph: Graph, one: Broken) -> tuple[KeyPath, str] | None:
    """Return the fact without which nobody can tell that a connection is broken, and where it is missing."""
    source, target = graph.meant(one.connection)
    for end in (source, target):
        if isinstance(end, LoadBalancer | Endpoint) and end.subnets and not end.security_groups:
            return end.path, f"{end.id}.security_groups"
    return _untold_endpoint(graph, source, target)


def _untold_endpoint(graph: Graph, source: Element, target: Element) -> tuple[KeyPath, str] | None:
    vpc = graph.vpc(source) if is_attached(source) else ""
    for service in services(target) if vpc else ():
        for endpoint in in_vpc(graph, vpc, service):
            key = lacking(endpoint)
            if key:
                return endpoint.path, f"{endpoint.id}.{key}"
    return None


def lacking(endpoint: Endpoint) -> str:
    """Return the key without which nobody can tell whom an endpoint serves."""
    if endpoint.type == "gateway":
        return "" if endpoint.route_tables else "route_tables"
    return "subnets" if not endpoint.subnets else "" if endpoint.security_groups else "security_groups"


def unknown(graph: Graph, flow: Flow, one: Broken) -> Unknown | None:
    """Return that a broken connection cannot be told, where a fact is missing."""
    fact = untold(graph, one)
    return Unknown(flow.id, *fact) if fact else None
