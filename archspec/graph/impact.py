"""What an element can do to the rest: what it reaches if it is compromised, and what fails if it is lost.

Compromised: whoever holds an element may do what the element may do, so permits are followed from element to element,
and what a service may read (its secrets, what its role may use) is read; what states it as a reader, writer, producer,
consumer or publisher is used. Lost: what calls an element by a declared flow
fails with it, and so does what calls that; what has another element of the same use in its place is not known to be
spared, unless several subnets, AZs or zones are stated.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.flows_by_end import flows_to
from archspec.graph.graph import Graph, listens
from archspec.graph.intervals import Intervals, intersect, spell
from archspec.graph.permits import possible
from archspec.graph.reach import OUTSIDE, Led, Name, Reach, Step, reach_of, trace
from archspec.graph.stated_uses import uses_by
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.data import Proxy, Store
from archspec.model.element import INTERNET, Element, references
from archspec.model.flow import Flow
from archspec.model.status import current


class Reached(NamedTuple):
    """An element that can be got at, over which others, on which traffic, and whether each step is a declared flow."""

    id: str
    over: tuple[str, ...]
    traffic: Intervals
    declared: bool

    @property
    def steps(self) -> int:
        """How many connections it takes."""
        return len(self.over) + 1


class Used(NamedTuple):
    """An element that is used by a statement of the spec, over which others, the statement in words, and its place."""

    id: str
    over: tuple[str, ...]
    words: str
    path: KeyPath

    @property
    def steps(self) -> int:
        """How many steps it takes: the connections to its user, and the use."""
        return len(self.over) + 1


class Failing(NamedTuple):
    """An element that fails, and why."""

    id: str
    because: str


class Impact(NamedTuple):
    """What one element can do: `reads` are secrets and what else its roles may use, `journeys` those that stop.

    `uses` are what it, or what it reaches, is a stated user of, without what it reads.
    """

    id: str
    reaches: tuple[Reached, ...]
    uses: tuple[Used, ...]
    reads: tuple[str, ...]
    fails: tuple[Failing, ...]
    journeys: tuple[str, ...]


def impact(graph: Graph, id_: str) -> Impact:
    """Return what an element, or each service of a cluster, can do; nothing is reached by what sends no packets."""
    reaches = tuple(_reached(graph, id_))
    fails = tuple(_failing(graph, id_))
    gone = {id_, *(one.id for one in fails)}
    journeys = current(graph.architecture.journeys)
    hit = tuple(one.title for one in journeys if any({step.source, step.target} & gone for step in one.steps))
    reads = _reads(graph, id_)
    return Impact(id_, reaches, tuple(_used(graph, id_, reaches, {*reads})), reads, fails, hit)


def sends(graph: Graph, id_: str) -> list[str]:
    """Return the elements that send packets as this one; none for what stands outside, and is not the internet."""
    return [one.id for one in graph.ends(id_) if one.id != INTERNET or id_ == INTERNET]


def _reached(graph: Graph, id_: str) -> Iterator[Reached]:
    """Yield what is reached, nearest first, then in the order of the spec."""
    reach, own = reach_of(graph), sends(graph, id_)
    starts = list(dict.fromkeys(reach.first_alike[one] for one in own if one in reach.first_alike))
    led = reach.walk(starts)
    found: list[Reached] = []
    for name, step in led.items():
        last = step or _back(reach, name, led)
        if last and name != OUTSIDE:
            ways = [*reversed(list(trace(led, last.source))), last]
            over = tuple(one.source for one in ways[1:])
            declared = not any(one.undeclared for one in ways)
            found += [Reached(one.id, over, last.traffic, declared) for one in reach.alike[name] if one.id not in own]
    order = {name: position for position, name in enumerate(graph.architecture.elements)}
    yield from sorted(found, key=lambda one: (one.steps, order[one.id]))


def _used(graph: Graph, id_: str, reaches: Iterable[Reached], known: set[str]) -> Iterator[Used]:
    """Yield what an element or what it reaches is a stated user of: each by its nearest user, all that this states."""
    elements = graph.architecture.elements
    users = [*((own, ()) for own in sends(graph, id_)), *((one.id, (*one.over, one.id)) for one in reaches)]
    seen = {*known, *(one.id for one in reaches)}
    for user, over in users:
        found = [one for one in uses_by(graph, elements[user]) if one.id not in seen]
        yield from (Used(one.id, over, one.words, one.path) for one in found)
        seen |= {one.id for one in found}


def _back(reach: Reach, name: Name, led: Led) -> Step | None:
    """Return a step that leads to those that are like the one it starts from: at once, or from what it reaches."""
    if name == OUTSIDE or len(reach.alike[name]) == 1:
        return None
    first, second, *_ = reach.alike[name]
    allowed = possible(reach.graph, first, second)
    heard = listens(second)
    direct = intersect(allowed, heard) if heard else allowed
    if direct:
        return Step(name, name, direct, direct)
    return next((step for step in reach.steps if step.target == name and step.source in led), None)


def _reads(graph: Graph, id_: str) -> tuple[str, ...]:
    """Return secrets that the element is given, and what its own role may use, in the order of the spec."""
    architecture = graph.architecture
    holders = [*graph.members.get(id_, ()), architecture.elements[id_]]
    found: set[str] = set()
    for holder in holders:
        if isinstance(holder, Service):
            found |= {*holder.secrets}
            role = architecture.security.roles.get(holder.task_role)
            found |= {one for permission in (role.may if role else ()) for one in permission.on}
        elif isinstance(holder, Store | Proxy):
            found |= {*holder.credentials}
    return tuple(one for one in architecture.elements if one in found)


def _failing(graph: Graph, id_: str) -> Iterator[Failing]:
    """Yield what fails with an element, in the order in which the failure spreads."""
    architecture = graph.architecture
    calls, names = flows_to(graph), _namers(architecture)
    gone, waiting = {id_, INTERNET}, deque([id_])
    while waiting:
        lost = waiting.popleft()
        members = [Failing(member.id, f"runs in {lost}") for member in graph.members.get(lost, ())]
        hit = [Failing(flow.source, f"calls {flow.target} on {spell_flow(flow)}") for flow in calls.get(lost, ())]
        for one in [*members, *hit, *_bereft(graph, lost, names, gone), *_emptied(graph, lost, gone)]:
            if one.id not in gone:
                gone.add(one.id)
                waiting.append(one.id)
                yield one


def _emptied(graph: Graph, lost: str, gone: set[str]) -> Iterator[Failing]:
    """Yield the cluster of a lost service of which no service is left."""
    element = graph.architecture.elements[lost]
    if isinstance(element, Service) and element.cluster:
        members = [one.id for one in graph.members[element.cluster]]
        if {*members} <= gone:
            yield Failing(element.cluster, f"runs nothing but {', '.join(members)}")


def spell_flow(flow: Flow) -> str:
    """Write what a flow uses: `5432 PostgreSQL`."""
    return f"{flow.id.removeprefix(f'{flow.source} -> {flow.target} ')} {flow.protocol}".strip()


_NEEDED = frozenset({
    "secrets", "credentials", "key", "execution_role", "task_role", "role", "subnets", "subnet", "cluster", "target",
    "origins", "gateway",
})  # fmt: skip
"""Keys whose element is needed to run, not only named."""

_NAMES_ONLY = frozenset({"target_group", "route_table", "nacl", "elastic_ip"})
"""Kinds that are settings of others, and do nothing that could fail."""


def _namers(architecture: Architecture) -> dict[str, list[tuple[Element, str]]]:
    """Return id → the current elements that name it in a key that they need, with the key."""
    found: dict[str, list[tuple[Element, str]]] = {}
    for element in architecture.elements.values():
        if element.status == "current" and not element.derived and element.kind not in _NAMES_ONLY:
            for one in references(element):
                key = str(one.path[0])
                if key in _NEEDED:
                    found.setdefault(one.id, []).append((element, key))
    return found


def _bereft(graph: Graph, lost: str, names: dict[str, list[tuple[Element, str]]], gone: set[str]) -> Iterator[Failing]:
    """Yield what names a lost element and has no other in its place."""
    for element, key in names.get(lost, ()):
        held = getattr(element, key)
        others = {*held} - gone - {lost} if isinstance(held, tuple) and key in ("subnets", "origins") else set()
        if not others:
            yield Failing(element.id, f"names {lost} as its {key.replace('_', ' ')}")
    if lost in graph.architecture.network.nat_gateways:
        for element in graph.attached:
            ways = {graph.way_out(subnet) for subnet in graph.subnets(element)}
            if ways == {lost}:
                yield Failing(element.id, f"leaves its VPC through {lost} only")


def spell_used(one: Used) -> str:
    """Write how an element is used: `api is a writer of images, over api`."""
    return one.words + (f", over {', '.join(one.over)}" if one.over else "")


def spell_reached(one: Reached) -> str:
    """Write how an element is reached: `tcp/5432 over api, 2 steps`."""
    over = f" over {', '.join(one.over)}" if one.over else ""
    return f"{spell(one.traffic)}{over}" + ("" if one.declared else ", not all of it declared")
