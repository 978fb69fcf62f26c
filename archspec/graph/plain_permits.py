"""What groups alone let through, where nothing else can differ: the quick answer for nearly all connections.

Inside one VPC, where no network ACL denies anything and no route is more specific than the local one, all placements
are alike as long as rules name groups or everybody, and no addresses.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archspec.graph import nacls, routes
from archspec.graph.blocks import VERSIONS, subnet_block
from archspec.graph.graph import Attached, Graph
from archspec.graph.group_rules import GroupRule
from archspec.graph.intervals import Intervals, intersect, union
from archspec.model.element import INTERNET


def by_groups_alone(graph: Graph, source: Attached, target: Attached) -> Intervals | None:
    """Return what groups let through where nothing else can differ: neither addresses, nor routes, nor network ACLs."""
    if not _is_plain(graph, source.subnets, target.subnets):
        return None
    out = _whatever_the_address(graph, graph.egress(source), target)
    let = _whatever_the_address(graph, graph.ingress(target), source) if out else out
    return None if out is None or let is None else intersect(out, let)


def _whatever_the_address(graph: Graph, rules: Sequence[GroupRule], other: Attached) -> Intervals | None:
    """Return what rules let through, or nothing where some of them are about addresses."""
    groups, own, found = graph.architecture.network.security_groups, frozenset(other.security_groups), []
    for rule in rules:
        if rule.peer == INTERNET or rule.peer in own:
            found.append(rule.traffic)
        elif rule.peer not in groups:
            return None
    return union(*found)


def _is_plain(graph: Graph, here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    one, other = _plainness(graph, here), _plainness(graph, there)
    return one is not None and other is not None and one.vpc == other.vpc and bool(one.versions & other.versions)


class _Plain(NamedTuple):
    vpc: str
    versions: frozenset[int]


def _plainness(graph: Graph, ids: tuple[str, ...]) -> _Plain | None:
    """Return the VPC of subnets and the versions that they share, where no route and no network ACL stops anything."""
    known = _plain(graph)
    if ids not in known:
        subnets = [graph.architecture.network.subnets[id_] for id_ in ids]
        vpcs = {subnet.vpc for subnet in subnets}
        plain = all(nacls.is_open(graph, one) and routes.is_plain(graph, one) for one in subnets)
        versions = frozenset(version for version in VERSIONS if all(subnet_block(one, version) for one in subnets))
        known[ids] = _Plain(vpcs.pop(), versions) if plain and len(vpcs) == 1 else None
    return known[ids]


@lru_cache(maxsize=1)
def _plain(_graph: Graph) -> dict[tuple[str, ...], _Plain | None]:
    return {}
