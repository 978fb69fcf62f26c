"""Every permitted step on a way from the internet to a store, as something a person can read.

A step u → v lies on such a way when the internet reaches u and v reaches a store. That alone also finds steps back to
where an attacker already was, so a step is left out when v dominates u from the internet, or u post-dominates v.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop
from archspec.graph.dominators import immediate_dominators
from archspec.graph.graph import Graph, spell_ends
from archspec.graph.intervals import intersect, spell
from archspec.graph.peers import touches
from archspec.graph.reach import OUTSIDE, Led, Name, Reach, Step, reach_of, trace
from archspec.graph.shortened import and_more
from archspec.model.element import INTERNET


class Exposure(NamedTuple):
    """One step on a way from the internet to a store, with the ways before and after it."""

    reach: Reach
    step: Step
    forward: Led
    backward: Led

    @property
    def source(self) -> str:
        """Who may open it."""
        return _spell(self.reach, self.step.source)

    @property
    def target(self) -> str:
        """On whom."""
        return _spell(self.reach, self.step.target)

    @property
    def id(self) -> str:
        """How findings and waivers call the step: by the first of those alike, as one more makes no other step."""
        return f"{self.step.source} -> {self.step.target}"

    @property
    def undeclared(self) -> str:
        """Which of the single elements are meant, where flows declare the step for others that are alike."""
        lacking = list(self.reach.lacking(self.step))
        senders = 1 if self.step.source == OUTSIDE else len(self.reach.alike[self.step.source])
        whole = senders * len(self.reach.alike[self.step.target])
        if not lacking or len(lacking) == whole:
            return ""
        named = and_more(" -> ".join(lacking[0]), len(lacking) - 1)
        return f"{whole - len(lacking)} of {whole} pairs are declared, not {named}"

    @property
    def is_direct(self) -> bool:
        """Whether it leads from the internet to a store at once."""
        return self.step.source == OUTSIDE and self.step.target in self.reach.stores

    @property
    def path(self) -> KeyPath:
        """Where the rule that lets it in stands."""
        return _deciding(self.reach, self.step)

    @property
    def witness(self) -> tuple[Hop, ...]:
        """The whole way, from the internet to the store."""
        before = reversed(list(trace(self.forward, self.step.source)))
        after = trace(self.backward, self.step.target, backwards=True)
        return tuple(_hop(self.reach, part) for part in (*before, self.step, *after))


def exposures(graph: Graph) -> list[Exposure]:
    """Return every step on a way from the internet to a store, in the order of the spec."""
    reach = reach_of(graph)
    forward = reach.walk([OUTSIDE])
    backward = reach.walk(reach.stores, backwards=True)
    steps = [step for step in reach.steps if step.source in forward and step.target in backward]
    needless = _needless(steps, reach.stores) if any(step.undeclared for step in steps) else frozenset()
    return [
        Exposure(reach, step, forward, backward)
        for step in steps
        if not (step.undeclared and (step.source, step.target) in needless)
    ]


def _needless(steps: list[Step], stores: Iterable[Name]) -> frozenset[tuple[Name, Name]]:
    """Return the steps that lead back to where every attacker already was, or away from where each has to go."""
    ways: dict[Name, list[Name]] = {}
    back: dict[Name, list[Name]] = {}
    for step in steps:
        ways.setdefault(step.source, []).append(step.target)
        back.setdefault(step.target, []).append(step.source)
    sink: Name = ""
    back[sink] = [store for store in stores if store in ways or store in back]
    dominators, post_dominators = immediate_dominators(ways, OUTSIDE), immediate_dominators(back, sink)
    return frozenset(
        (step.source, step.target)
        for step in steps
        if _dominates(dominators, step.target, step.source) or _dominates(post_dominators, step.source, step.target)
    )


def _dominates(immediate: Mapping[Name, Name], one: Name, other: Name) -> bool:
    """Whether `one` is on every way to `other`."""
    current: Name | None = other
    while current is not None:
        above = immediate.get(current)
        if above == one:
            return True
        current = None if above == current else above
    return False


def _spell(reach: Reach, name: Name) -> str:
    return name if name == OUTSIDE else spell_ends(reach.alike[name])


def _hop(reach: Reach, step: Step) -> Hop:
    declared = "no flow declares it" if step.undeclared else "declared"
    text = f"{_spell(reach, step.source)} may open {spell(step.traffic)} on {_spell(reach, step.target)}: {declared}"
    verdict: Literal["note", "open"] = "note" if step.undeclared else "open"
    return Hop(verdict, text, _deciding(reach, step), ends=(_ids(reach, step.source), _ids(reach, step.target)))


def _ids(reach: Reach, name: Name) -> tuple[str, ...]:
    return (INTERNET,) if name == OUTSIDE else tuple(element.id for element in reach.alike[name])


def _deciding(reach: Reach, step: Step) -> KeyPath:
    """Return the place of the ingress rule that lets the step in."""
    graph, target = reach.graph, reach.alike[step.target][0]
    sender = graph.internet if step.source == OUTSIDE else reach.alike[step.source][0]
    wanted = step.undeclared or step.traffic
    for rule in graph.ingress(target):
        if touches(graph, rule.peer, sender) and intersect(rule.traffic, wanted):
            return rule.path
    return target.path
