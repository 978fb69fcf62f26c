"""Who else may open connections: from another kind of subnet than before, or, on a store, another element.

A zone is the subnets of one tier in one VPC. What a flow declares is meant, so it is graded lower.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.graph.graph import Attached, Graph, spell_ends
from archspec.graph.hops import hops
from archspec.graph.intervals import spell
from archspec.graph.reach import OUTSIDE, Name, Step, reach_of
from archspec.model.data import Store


class _Zone(NamedTuple):
    """The subnets of a tier in a VPC."""

    vpc: str
    tier: str

    def __str__(self) -> str:
        return f"the {self.tier} subnets of {self.vpc}" if self.vpc else f"the {self.tier} subnets"


class _Ways(NamedTuple):
    """Elements that are alike, by the first of them, and the steps to them by zone and by who takes them."""

    alike: Mapping[Name, tuple[Attached, ...]]
    first_alike: Mapping[str, Name]
    zones: Mapping[Name, Mapping[_Zone, Step]]
    sources: Mapping[Name, Mapping[Name, Step]]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what can be reached from a zone, and which store by an element, from which it could not be reached."""
    before, now = versions.both(_ways)
    for name, members in now.alike.items():
        known = next((one.id for one in members if one.id in before.first_alike), "")
        if known:
            yield from _opened(versions, (before, now), name, before.first_alike[known])


def _ways(graph: Graph) -> _Ways:
    reach = reach_of(graph)
    zones: dict[Name, dict[_Zone, Step]] = {}
    sources: dict[Name, dict[Name, Step]] = {}
    for step in reach.steps:
        if step.source != OUTSIDE:
            sources.setdefault(step.target, {})[step.source] = step
            for subnet in graph.subnets(reach.alike[step.source][0]):
                zones.setdefault(step.target, {}).setdefault(_Zone(subnet.vpc, subnet.tier), step)
    return _Ways(reach.alike, reach.first_alike, zones, sources)


def _opened(versions: Versions, both: tuple[_Ways, _Ways], target: Name, was: Name) -> Iterator[Risk]:
    """Yield the ways to elements that are alike which there were not when they were called `was`."""
    before, now = both
    told: set[Step] = set()
    for zone, step in sorted(now.zones.get(target, {}).items()):
        if zone not in before.zones.get(was, {}):
            told.add(step)
            yield _risk(versions, now, step, zone)
    if isinstance(now.alike[target][0], Store):
        for source, step in now.sources.get(target, {}).items():
            took = {before.first_alike.get(one.id) for one in now.alike[source]}
            if step.undeclared and step not in told and took.isdisjoint(before.sources.get(was, {})):
                yield _risk(versions, now, step, None)


def _risk(versions: Versions, now: _Ways, step: Step, zone: _Zone | None) -> Risk:
    source, target = now.alike[step.source][0], now.alike[step.target][0]
    facts = hops(versions.new.graph, source, target, step.traffic)
    place = next((hop.path for hop in reversed(facts) if hop.path and "security_groups" in hop.path), target.path)
    told = "no flow declares it" if step.undeclared else "a flow declares it"
    who = spell_ends(now.alike[step.source])
    may = f"{zone}: {who} may open {spell(step.traffic)}" if zone else f"{who}: {spell(step.traffic)}"
    text = f"{spell_ends(now.alike[step.target])} can be reached from {may}, {told}"
    return Risk(_grade(target, step, zone), target.id, text, place, facts)


def _grade(target: Attached, step: Step, zone: _Zone | None) -> Grade:
    """A store that somebody in a public subnet gets at is worst; each of the three that does not hold is a grade."""
    public = zone is not None and zone.tier == "public"
    spared = (not isinstance(target, Store)) + (not public) + (not step.undeclared)
    return Grade(max(Grade.HIGH - spared, Grade.LOW))
