"""How many steps is it from one element to another, for whoever holds the first? Permits are followed, flows aside.

A step leads from element to element inside networks, or from the internet to what it reaches at once. No way leads out
to the internet and back in: that one starts at the internet.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from archspec.graph.graph import Graph
from archspec.graph.intervals import EVERYTHING, intersect
from archspec.graph.permits import permitted
from archspec.graph.reach import OUTSIDE, Name, Reach, reach_of

_Pay = Callable[[int], None]


@lru_cache(maxsize=1)
def ways(graph: Graph) -> "Ways":
    """Return the steps of a graph, with what has been asked about them; made once for it."""
    return Ways(reach_of(graph))


@dataclass(frozen=True, eq=False)
class Ways:
    """Steps between elements that are alike, by the first of them."""

    reach: Reach
    _ahead: dict[Name, Mapping[Name, int]] = field(default_factory=dict)
    _behind: dict[Name, Mapping[Name, int]] = field(default_factory=dict)

    @cached_property
    def _following(self) -> Mapping[Name, list[Name]]:
        """Who leads to whom: the steps of `Reach`, and those inside a network to what everybody outside reaches too."""
        found: dict[Name, list[Name]] = {}
        for step in self.reach.steps:
            found.setdefault(step.source, []).append(step.target)
        for target in found.get(OUTSIDE, ()):
            for source in self._neighbours(target):
                if source != target and self._opens(source, target):
                    found.setdefault(source, []).append(target)
        return {name: list(dict.fromkeys(others)) for name, others in found.items()}

    @cached_property
    def _leading(self) -> Mapping[Name, list[Name]]:
        found: dict[Name, list[Name]] = {}
        for source, targets in self._following.items():
            for target in targets:
                found.setdefault(target, []).append(source)
        return found

    @cached_property
    def _by_vpc(self) -> Mapping[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name, members in self.reach.alike.items():
            found.setdefault(self.reach.graph.vpc(members[0]), []).append(name)
        return found

    def _neighbours(self, name: Name) -> Iterable[Name]:
        vpc = self.reach.graph.vpc(self.reach.alike[name][0])
        return self._by_vpc[vpc] if vpc else ()

    def _opens(self, source: Name, target: Name) -> bool:
        graph, alike = self.reach.graph, self.reach.alike
        heard = graph.heard[target] or EVERYTHING
        return bool(intersect(permitted(graph, alike[source][0], alike[target][0]), heard))

    def length(self, source: str, target: str, pay: _Pay) -> int:
        """Return the number of steps from one single element to another; 0 where they are alike, -1 where none lead.

        `pay` is told how many elements were looked at, for every search that nobody asked before.
        """
        start, end = (self.reach.first_alike[id_] for id_ in (source, target))
        if start not in self._ahead and end not in self._behind:
            # Both ways, because one of the two ends is often the same for all that a rule judges.
            self._ahead[start] = _search(start, self._following, pay)
            self._behind[end] = _search(end, self._leading, pay)
        known = self._ahead.get(start)
        return (self._behind[end].get(start, -1)) if known is None else known.get(end, -1)


def _search(start: Name, following: Mapping[Name, Iterable[Name]], pay: _Pay) -> Mapping[Name, int]:
    """Return the number of steps to all that `start` leads to, breadth first."""
    found = {start: 0}
    for here in (order := [start]):  # grows while it is walked
        for other in following.get(here, ()):
            if other not in found:
                found[other] = found[here] + 1
                order.append(other)
    pay(len(found))
    return found
