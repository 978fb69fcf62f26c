"""Security group rules with the traffic they stand for and their place in the spec."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.intervals import EVERYTHING, Intervals, traffic
from archspec.model.element import INTERNET
from archspec.model.network import EgressRule, IngressRule, SecurityGroup


class GroupRule(NamedTuple):
    """One rule. Its path is empty where no line states it: AWS's default."""

    group: SecurityGroup
    peer: str
    traffic: Intervals
    path: KeyPath


def ingress_rules(group: SecurityGroup) -> Iterator[GroupRule]:
    """Yield what the group lets in."""
    yield from _with_places(group, "ingress", group.ingress)


def egress_rules(group: SecurityGroup) -> Iterator[GroupRule]:
    """Yield what the group lets out; AWS lets everything out unless told otherwise."""
    if group.egress is None:
        yield GroupRule(group, INTERNET, EVERYTHING, ())
    else:
        yield from _with_places(group, "egress", group.egress)


def _with_places(
    group: SecurityGroup, direction: str, rules: Sequence[IngressRule | EgressRule]
) -> Iterator[GroupRule]:
    for i, rule in enumerate(rules):
        yield GroupRule(group, rule.peer, traffic(rule.port, rule.protocol), (*group.path, direction, i))
