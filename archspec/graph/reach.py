"""Who can get at the data from the internet, in how many steps, and which step nobody declared.

An attacker who holds an element can do what the element may do, so permits are followed from element to element. They
are followed between elements that are alike taken as one: they have the same security groups and subnets, so they have
the same permits, and the work grows with what differs.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from archspec.graph.graph import Attached, Connection, Graph, is_public, listens
from archspec.graph.intervals import EVERYTHING, NOTHING, Intervals, intersect, subtract, union
from archspec.graph.intervals import traffic as traffic_on
from archspec.graph.peers import touches
from archspec.graph.permits import possible
from archspec.model.data import Store
from archspec.model.element import INTERNET, Element
from archspec.model.network import LoadBalancer
from archspec.model.ports import PortRange

Name = str
"""Elements that are alike, by the id of the first of them. The internet is like nothing else."""

OUTSIDE: Name = INTERNET


class Step(NamedTuple):
    """Who may open connections to whom, on which traffic, and how much of it no flow declares."""

    source: Name
    target: Name
    traffic: Intervals
    undeclared: Intervals


Led = Mapping[Name, Step | None]
"""Elements that are alike → the step that led there, as `Reach.walk` returns it."""


@dataclass(frozen=True, eq=False)
class Reach:
    """The permits between elements, with what the internet reaches and what reaches a store."""

    graph: Graph

    @cached_property
    def alike(self) -> Mapping[Name, tuple[Attached, ...]]:
        """The elements that are alike, by the first of them, in the order of the spec."""
        return {members[0].id: members for members in self.graph.alike}

    @cached_property
    def _exposed(self) -> frozenset[Name]:
        """What the internet reaches on some traffic."""
        return frozenset(
            name
            for name, (first, *_) in self.alike.items()
            if is_public(first, self.graph) and self._from_outside(name)
        )

    def _from_outside(self, name: Name) -> Intervals:
        return possible(self.graph, self.graph.internet, self.alike[name][0])

    @cached_property
    def first_alike(self) -> Mapping[str, Name]:
        """Element id → the first element that it is like."""
        return {member.id: name for name, members in self.alike.items() for member in members} | {INTERNET: OUTSIDE}

    @cached_property
    def stores(self) -> Mapping[Name, None]:
        """What holds data, in the order of the spec."""
        return {name: None for name, members in self.alike.items() if isinstance(members[0], Store)}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every permitted step, in the order of the spec."""
        return tuple(
            Step(source, target, traffic, self._undeclared(source, target, traffic))
            for target, members in self.alike.items()
            for source in self._candidates(members[0], target)
            if (traffic := self._traffic(source, target))
        )

    @cached_property
    def _flows(self) -> Mapping[tuple[Name, Name], list[Connection]]:
        found: dict[tuple[Name, Name], list[Connection]] = {}
        for connection in self.graph.connections:
            key = self.first_alike[connection.source.id], self.first_alike[connection.target.id]
            found.setdefault(key, []).append(connection)
        return found

    def _senders(self, name: Name) -> tuple[str, ...]:
        return (name,) if name == OUTSIDE else tuple(member.id for member in self.alike[name])

    def _undeclared(self, source: Name, target: Name, traffic: Intervals) -> Intervals:
        """Return what no flow declares between two of those that are alike, or more.

        A flow of one of them declares nothing of the others: each of the senders is meant, on each of the receivers.
        """
        traffic = subtract(traffic, _redirected(self.alike[target][0]))
        flows = self._flows.get((source, target))
        if flows is None or not traffic:
            return traffic
        senders, receivers = 1 if source == OUTSIDE else len(self.alike[source]), self.alike[target]
        pairs, left = senders * len(receivers), traffic
        for one in flows:
            if len(one.sources) * len(one.targets) == pairs:
                left = subtract(left, one.wanted)
        if not left or pairs == 1:
            return left
        declared, found = self._by_receiver(source, target), NOTHING
        for receiver in receivers:
            found = union(found, _lacking(left, receiver, declared.get(receiver.id, {}), senders))
            if found == left:
                break
        return found

    def _by_receiver(self, source: Name, target: Name) -> Mapping[str, Mapping[str, Intervals]]:
        """Return what flows declare for each receiver, by sender."""
        found: dict[str, dict[str, Intervals]] = {}
        for flow in self._flows.get((source, target), ()):
            for receiver in flow.targets:
                by_sender = found.setdefault(receiver.id, {})
                for sender in flow.sources:
                    known = by_sender.get(sender.id)
                    by_sender[sender.id] = union(known, flow.wanted) if known else flow.wanted
        return found

    def lacking(self, step: Step) -> Iterator[tuple[str, str]]:
        """Yield the pairs of single elements between which something of a step is not declared."""
        declared = self._by_receiver(step.source, step.target)
        for receiver in self.alike[step.target]:
            for sender in self._senders(step.source):
                told = {sender: found} if (found := declared.get(receiver.id, {}).get(sender)) else {}
                if _lacking(step.traffic, receiver, told, 1):
                    yield sender, receiver.id

    @cached_property
    def _by_group(self) -> Mapping[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name, members in self.alike.items():
            for group in members[0].security_groups:
                found.setdefault(group, []).append(name)
        return found

    @cached_property
    def _by_vpc(self) -> Mapping[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name, members in self.alike.items():
            for vpc in {subnet.vpc for subnet in self.graph.subnets(members[0])}:
                found.setdefault(vpc, []).append(name)
        return found

    @cached_property
    def _groups(self) -> Collection[str]:
        return self.graph.architecture.network.security_groups

    @cached_property
    def _peered(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.graph.architecture.network.peerings.values():
            for vpc, other in (one.vpcs, one.vpcs[::-1]) if one.status == "current" else ():
                found.setdefault(vpc, []).append(other)
        return found

    def _near(self, vpc: str) -> Iterator[Name]:
        """Yield what stands in a VPC, and in those that are peered with it."""
        for one in dict.fromkeys([vpc, *self._peered.get(vpc, ())]):
            yield from self._by_vpc.get(one, ())

    def _candidates(self, target: Attached, name: Name) -> Iterable[Name]:
        """Return the elements that a rule of the target's groups could mean, each once.

        What everybody outside may open needs no step from inside: whoever is inside came from outside.
        """
        found: dict[Name, None] = {}
        for rule in self.graph.ingress(target):
            outside = name in self._exposed and touches(self.graph, rule.peer, self.graph.internet)
            if outside:
                found[OUTSIDE] = None
            if rule.peer in self._groups:
                found.update(dict.fromkeys(self._by_group.get(rule.peer, ())))
            elif not outside or subtract(rule.traffic, self._from_outside(name)):
                vpcs = sorted({subnet.vpc for subnet in self.graph.subnets(target)})
                found.update(dict.fromkeys(other for vpc in vpcs for other in self._near(vpc)))
        found.pop(name, None)
        return found

    def _traffic(self, source: Name, target: Name) -> Intervals:
        to = self.alike[target][0]
        answered = EVERYTHING if target in self._silent else self.graph.heard[target]
        if source == OUTSIDE:
            return intersect(self._from_outside(target), answered)
        found = intersect(possible(self.graph, self.alike[source][0], to), answered)
        return subtract(found, self._from_outside(target)) if found and target in self._exposed else found

    @cached_property
    def _silent(self) -> frozenset[Name]:
        """Where not every port is stated: it may answer to anything."""
        return frozenset(name for name, members in self.alike.items() if any(not listens(member) for member in members))

    def walk(self, start: Iterable[Name], *, backwards: bool = False) -> Led:
        """Return all that is reached from `start` with the step that led there, on a way with fewest undeclared steps.

        A 0-1 breadth-first search: declared steps cost nothing, so they are followed first.
        """
        following: dict[Name, list[Step]] = {}
        for step in self.steps:
            following.setdefault(step.target if backwards else step.source, []).append(step)
        led: dict[Name, Step | None] = dict.fromkeys(start)
        cost = dict.fromkeys(led, 0)
        waiting = deque(led)
        while waiting:
            here = waiting.popleft()
            for step in following.get(here, ()):
                other, price = step.source if backwards else step.target, int(bool(step.undeclared))
                if cost[here] + price < cost.get(other, len(self.steps) + 1):
                    cost[other] = cost[here] + price
                    led[other] = step
                    (waiting.append if price else waiting.appendleft)(other)
        return led


def _redirected(element: Element) -> Intervals:
    """Return where a load balancer only tells to come back on another port: nothing gets further on that."""
    if not isinstance(element, LoadBalancer):
        return NOTHING
    away = [one.port for one in element.listeners if one.redirect is not None and not one.forward and not one.rules]
    return union(NOTHING, *(traffic_on((PortRange(port, port),)) for port in away))


def _lacking(traffic: Intervals, receiver: Attached, declared: Mapping[str, Intervals], senders: int) -> Intervals:
    """Return the traffic to a receiver that at least one of so many senders may send and does not declare."""
    known = listens(receiver)
    heard = intersect(traffic, known) if known else traffic
    if len(declared) < senders:
        return heard
    return union(*(subtract(heard, told) for told in sorted({*declared.values()})))  # most say the same


def trace(led: Led, name: Name, *, backwards: bool = False) -> Iterator[Step]:
    """Yield the steps that a walk took to `name`, last one first; none where it did not get there."""
    step = led.get(name)
    while step is not None:
        yield step
        step = led[step.target if backwards else step.source]


@lru_cache(maxsize=1)
def reach_of(graph: Graph) -> Reach:
    """Return the permits of a graph, made once."""
    return Reach(graph)
