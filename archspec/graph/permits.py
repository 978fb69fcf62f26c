"""May this element open a connection to that one? Derived from security groups, network ACLs, routes and gateways.

Two answers, both sets of traffic: what every placement lets through, which a declared flow needs, and what some
placement lets through, which is all that an attacker needs. A placement is a subnet and an address on either side, a
version of IP and a port for the answers.

Security groups are stateful, so a connection that may be opened may be answered. All groups of an element add up.
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from archspec.graph import legs
from archspec.graph.endpoints import Door, doors
from archspec.graph.graph import HTTPS, Attached, Graph, is_attached, is_public
from archspec.graph.intervals import EVERYTHING, Intervals, intersect, union
from archspec.graph.peers import covers, is_in_subnets
from archspec.graph.placements import Placement, egress, ingress, placements, standing
from archspec.graph.plain_permits import by_groups_alone
from archspec.model.element import Element

__all__ = ["Judged", "covers", "judged", "judged_by", "let_in", "let_out", "permitted", "possible"]


class Judged(NamedTuple):
    """What every placement lets through, and what some placement does."""

    every: Intervals
    some: Intervals


def permitted(graph: Graph, source: Element, target: Element) -> Intervals:
    """Return the traffic that `source` may send to `target` wherever the two stand: what a declared flow needs."""
    return judged(graph, source, target).every


def possible(graph: Graph, source: Element, target: Element) -> Intervals:
    """Return the traffic that `source` may send to `target` in some placement: what an attacker can use."""
    return judged(graph, source, target).some


def judged(graph: Graph, source: Element, target: Element) -> Judged:
    """Return both answers. Elements with the same groups and subnets have the same, so they are found once."""
    key: tuple[object, ...]
    if is_attached(source) and is_attached(target) and source.subnets and target.subnets:
        key = (source.security_groups, source.subnets, target.security_groups, target.subnets)
    else:
        key = (_likeness(graph, source), _likeness(graph, target))
    known = _judged(graph)
    found = known.get(key)
    if found is None:
        found = known[key] = _judge(graph, source, target)
    return found


@lru_cache(maxsize=1)
def _judged(_graph: Graph) -> dict[tuple[object, ...], Judged]:
    return {}


def _likeness(graph: Graph, element: Element) -> object:
    if not is_in_subnets(element):
        return element.id
    return element.security_groups, element.subnets, is_public(element, graph)


def _judge(graph: Graph, source: Element, target: Element) -> Judged:
    if is_in_subnets(source) and is_in_subnets(target):
        by_groups = by_groups_alone(graph, source, target)
        return Judged(by_groups, by_groups) if by_groups is not None else _joined(placements(graph, source, target))
    if is_in_subnets(source):
        found = [judged_by(graph, source, target, door) for door in doors(graph, source, target)]
        every = EVERYTHING
        for one in found:
            every = intersect(every, one.every)
        return Judged(every, union(*(one.some for one in found)))
    if is_in_subnets(target):
        return _joined(placements(graph, source, target))
    return Judged(EVERYTHING, EVERYTHING)


def judged_by(graph: Graph, source: Attached, target: Element, door: Door) -> Judged:
    """Return both answers for one of the ways to what stands in no VPC."""
    if door.interface is None:
        return _joined(placements(graph, source, target, door))
    every, some = judged(graph, source, door.interface)
    return Judged(intersect(every, HTTPS), intersect(some, HTTPS))


def _joined(found: Iterable[Placement]) -> Judged:
    every: dict[int, Intervals] = {}
    some: set[Intervals] = set()
    for one in found:
        some.add(legs.somewhere(one.legs))
        if one.is_shared:
            every[one.version] = intersect(every.get(one.version, EVERYTHING), legs.everywhere(one.legs))
    return Judged(union(*every.values()), union(*some))


def let_out(graph: Graph, source: Element, target: Element) -> Intervals:
    """Return the traffic that the groups of `source` let out to `target`, wherever that stands."""
    sides = standing(graph, target)
    return union(*(legs.everywhere(leg for far in one for leg in egress(graph, source, target, far)) for one in sides))


def let_in(graph: Graph, source: Element, target: Element) -> Intervals:
    """Return the traffic that the groups of `target` let in from `source`, wherever that stands."""
    sides = standing(graph, source)
    return union(
        *(legs.everywhere(leg for near in one for leg in ingress(graph, source, target, near)) for one in sides)
    )
