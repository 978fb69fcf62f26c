"""Where a connection may stand: each subnet of one end with each of the other, in each version of IP that both have."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from archspec.graph import legs
from archspec.graph.blocks import ALL, VERSIONS, Block, added_up, elsewhere, subnet_block
from archspec.graph.endpoints import PUBLIC, Door
from archspec.graph.graph import Graph, is_attached, is_public
from archspec.graph.group_rules import GroupRule
from archspec.graph.intervals import Intervals
from archspec.graph.legs import Leg, Legs
from archspec.graph.peers import is_in_subnets, meant
from archspec.model.element import Element
from archspec.model.network import Subnet


class Placement(NamedTuple):
    """A subnet of either side, none of what stands outside, a version of IP, and the legs in between.

    `is_shared` says whether all subnets of both sides have the version.
    """

    version: int
    here: Subnet | None
    there: Subnet | None
    legs: Legs
    is_shared: bool


def placements(graph: Graph, source: Element, target: Element, door: Door = PUBLIC) -> Iterator[Placement]:
    """Yield every pair of subnets in every version of IP that both have; one subnet where one side is outside."""
    for version in VERSIONS:
        heres, theres = _sides(graph, source, version), _sides(graph, target, version)
        if not any(block for _, block in heres) or not any(block for _, block in theres):
            continue
        shared = all(block for _, block in (*heres, *theres))
        lets_in = [(ingress(graph, source, target, block) if block else ()) for _, block in heres]
        for there, far in theres:
            lets_out = egress(graph, source, target, far) if far else ()
            for (here, near), let_in_ in zip(heres, lets_in, strict=True):
                if near and far:
                    way = _way(graph, _Ends(source, target, here, there), version, door)
                    yield Placement(version, here, there, (*lets_out, *let_in_, *way), shared)


_Sides = list[tuple[Subnet | None, Block | None]]


def _sides(graph: Graph, element: Element, version: int) -> _Sides:
    """Return where an element stands, with the block there in a version of IP, if there is one."""
    if not is_in_subnets(element):
        return [(None, elsewhere(version))]
    known, key = _known_sides(graph), (element.subnets, version)
    if key not in known:
        known[key] = [(subnet, subnet_block(subnet, version)) for subnet in graph.subnets(element)]
    return known[key]


@lru_cache(maxsize=1)
def _known_sides(_graph: Graph) -> dict[tuple[tuple[str, ...], int], _Sides]:
    return {}


class _Ends(NamedTuple):
    source: Element
    target: Element
    here: Subnet | None
    there: Subnet | None


def _way(graph: Graph, ends: _Ends, version: int, door: Door) -> Legs:
    """Return what stands between two elements beside their groups."""
    source, target, here, there = ends
    if here is not None and there is not None:
        return legs.between(graph, here, there, version)
    if here is not None:
        is_known = is_attached(source) and is_public(source, graph)
        return legs.outward(graph, here, version, door, is_public=is_known)
    if there is not None:
        return legs.inward(graph, there, version, is_public=is_attached(target) and is_public(target, graph))
    return ()


def egress(graph: Graph, source: Element, target: Element, far: Block) -> Legs:
    """Return what the groups of the source let out to which part of the target's block."""
    if not is_in_subnets(source):
        return ()
    return (Leg("egress", "target", added_up(far, _allowances(graph, graph.egress(source), target))),)


def ingress(graph: Graph, source: Element, target: Element, near: Block) -> Legs:
    """Return what the groups of the target let in from which part of the source's block."""
    if not is_in_subnets(target):
        return ()
    return (Leg("ingress", "source", added_up(near, _allowances(graph, graph.ingress(target), source))),)


def _allowances(graph: Graph, rules: Iterable[GroupRule], other: Element) -> Iterator[tuple[Block, Intervals]]:
    """Yield what rules allow for which addresses of the other side, which may have many groups."""
    groups = graph.architecture.network.security_groups
    own = frozenset(other.security_groups) if is_attached(other) else frozenset()
    for rule in rules:
        if rule.peer not in groups:
            yield from ((block, rule.traffic) for block in meant(graph, rule.peer, other))
        elif rule.peer in own:
            yield from ((block, rule.traffic) for block in ALL)


def standing(graph: Graph, element: Element) -> list[list[Block]]:
    """Return the blocks of all of an element's subnets, by the versions of IP that all of them have.

    What stands in no subnet, or in subnets that share no version, is met at no address that a rule could name.
    """
    sides = [[block for _, block in _sides(graph, element, version)] for version in VERSIONS]
    found = [[block for block in blocks if block] for blocks in sides if blocks and all(blocks)]
    return found or [[elsewhere(version) for version in VERSIONS]]
