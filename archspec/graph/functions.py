"""The functions over the graph that expressions in rule packs and claims may call: by ids, and remembered per graph.

A cluster stands for each of its services: what one of them may do, the cluster may do. What stands outside of every
VPC is the internet. Only what is current counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from archspec.expressions.functions import UNTOLD, Purse, not_found
from archspec.graph.facts import whole
from archspec.graph.flows_by_end import flows_from, flows_to
from archspec.graph.graph import End, Graph, listens
from archspec.graph.intervals import EVERYTHING, Intervals, intersect, traffic
from archspec.graph.path_length import ways
from archspec.graph.permits import permitted
from archspec.graph.verdict import answers
from archspec.model.compute import Cluster
from archspec.model.element import INTERNET, Element, references, spell_kind, with_article
from archspec.model.flow import Flow
from archspec.model.ports import MAX_PORT, PortRange
from archspec.model.status import current


@lru_cache(maxsize=1)
def functions(graph: Graph) -> "Functions":
    """Return what answers the functions over a graph; made once for it."""
    return Functions(graph)


NO_ELEMENT = "no element is called"
"""How the reason starts that an id means nothing."""

_Pay = Callable[[int], None]
_Plain = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Asked:
    """The functions for one expression, with what they may still hand out to it."""

    functions: "Functions"
    purse: Purse = field(default_factory=Purse)

    def ask(self, name: str, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401  as each function answers
        """Answer a function by its name. Raises `ValueError` as `archspec.expressions.functions` has it."""
        found = getattr(self.functions, name)(self.purse.pay, *arguments)
        if isinstance(found, list):
            self.purse.pay(len(found))
        return found


@dataclass(frozen=True, eq=False)
class Functions:
    """Each public method that takes who pays is the function of its name in expressions."""

    graph: Graph
    _asked: dict[str, Asked] = field(default_factory=dict)
    _opened: dict[tuple[object, ...], bool | str] = field(default_factory=dict)
    _single: dict[str, tuple[End, ...]] = field(default_factory=dict)

    def asked_by(self, expression: str) -> Asked:
        """Return the functions for the expression of that text."""
        if expression not in self._asked:
            self._asked[expression] = Asked(self)
        return self._asked[expression]

    def reaches(self, pay: _Pay, source: str, target: str, port: int | None = None) -> bool:
        """Whether one may open a connection to the other at once, on a port or on any that the other listens on."""
        lacking = ""
        for sender, receiver in self._pairs(pay, source, target):
            opened = self._opens(sender, receiver, port)
            if opened is True:
                return True
            lacking = lacking or opened or ""
        if lacking:
            raise ValueError(not_found(lacking))
        return False

    def exposed(self, pay: _Pay, id_: str) -> bool:
        """Whether the internet reaches it at once."""
        return self.reaches(pay, INTERNET, id_)

    def gets_to(self, pay: _Pay, source: str, target: str) -> bool:
        """Whether whoever holds one gets to the other, through others or at once."""
        return self.path_length(pay, source, target) >= 0

    def path_length(self, pay: _Pay, source: str, target: str) -> int:
        """Return how many steps it takes; 0 between what is alike, -1 where none lead."""
        known = ways(self.graph)
        found = [known.length(one.id, other.id, pay) for one, other in self._pairs(pay, source, target)]
        return min((length for length in found if length >= 0), default=-1)

    def azs(self, _: _Pay, id_: str) -> list[str]:
        """Return the zones that it stands in."""
        return list(self.graph.azs(self._current(id_)))

    def element(self, _: _Pay, id_: str) -> _Plain:
        """Return it as plain data."""
        return whole(self.graph, self._current(id_))

    def members(self, _: _Pay, id_: str) -> list[_Plain]:
        """Return a cluster's services."""
        element = self._current(id_)
        if not isinstance(element, Cluster):
            raise ValueError(  # noqa: TRY004  what the functions raise where there is no answer
                f"{UNTOLD}{id_} is {with_article(spell_kind(element.kind))} and no cluster"
            )
        return [whole(self.graph, one) for one in self.graph.members[id_]]

    def named_by(self, _: _Pay, id_: str) -> list[_Plain]:
        """Return the elements that name it, in the order of the spec."""
        self._current(id_)
        return [whole(self.graph, one) for one in self._naming.get(id_, ())]

    def flows_to(self, _: _Pay, id_: str) -> list[_Plain]:
        """Return the flows to it, or to its cluster."""
        return self._flows(id_, flows_to(self.graph))

    def flows_from(self, _: _Pay, id_: str) -> list[_Plain]:
        """Return the flows from it, or from its cluster."""
        return self._flows(id_, flows_from(self.graph))

    def _current(self, id_: str) -> Element:
        element = self.graph.architecture.elements.get(id_)
        if element is None:
            raise ValueError(f"{UNTOLD}{NO_ELEMENT} '{id_}'{self._near(id_)}")
        if element.status != "current":
            raise ValueError(f"{UNTOLD}{id_} is {element.status}")
        return element

    def _near(self, id_: str) -> str:
        """Name the ids that end so, in environments. Others that look alike would take a search through all of them."""
        close = self._in_environments.get(id_, ())
        return f"; did you mean {' or '.join(close)}?" if close else ""

    @cached_property
    def _in_environments(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_ in self.graph.architecture.elements:
            if "/" in id_:
                found.setdefault(id_.rpartition("/")[2], []).append(id_)
        return found

    def _pairs(self, pay: _Pay, source: str, target: str) -> list[tuple[End, End]]:
        senders, receivers = self._ends(source), self._ends(target)
        pay(len(senders) * len(receivers))
        pairs = [(one, other) for other in receivers for one in senders if one is not other]
        if not pairs and not (senders and source == target):
            raise ValueError(f"{UNTOLD}no packets go from {source} to {target}")
        return pairs

    def _ends(self, id_: str) -> tuple[End, ...]:
        """Return the single elements that an id stands for: of those that do not differ, the first two."""
        if id_ not in self._single:
            self._current(id_)
            found: dict[object, list[End]] = {}
            for end in self.graph.ends(id_):
                found.setdefault(self._likeness(end), []).append(end)
            self._single[id_] = tuple(end for ends in found.values() for end in ends[:2])
        return self._single[id_]

    def _likeness(self, end: End) -> tuple[object, ...]:
        return ways(self.graph).reach.first_alike[end.id], listens(end)

    def _opens(self, sender: End, receiver: End, port: int | None) -> bool | str:
        """Return whether a connection opens, or the fact that is missing to tell."""
        key = *self._likeness(sender), *self._likeness(receiver), port
        if key not in self._opened:
            self._opened[key] = _opens(self.graph, sender, receiver, port)
        return self._opened[key]

    @cached_property
    def _naming(self) -> Mapping[str, list[Element]]:
        found: dict[str, dict[str, Element]] = {}
        for element in current(self.graph.architecture.elements.values()):
            for reference in references(element):
                found.setdefault(reference.id, {})[element.id] = element
        return {id_: list(elements.values()) for id_, elements in found.items()}

    def _flows(self, id_: str, known: Mapping[str, list[Flow]]) -> list[_Plain]:
        element = self._current(id_)
        meant = dict.fromkeys((id_, getattr(element, "cluster", None) or id_))
        return [whole(self.graph, flow) for one in meant for flow in known.get(one, ())]


def _opens(graph: Graph, sender: End, receiver: End, port: int | None) -> bool | str:
    known = listens(receiver)
    wanted = _wanted(known, port)
    traffic_through = intersect(permitted(graph, sender, receiver), wanted)
    if not any(_is_open(graph, sender, receiver, part) for part in _parts(traffic_through)):
        return False
    return True if known else f"{receiver.id}.port"


def _wanted(known: Intervals, port: int | None) -> Intervals:
    """Return the traffic that is asked about: what the other listens on, on one port or on any."""
    if port is None:
        return known or EVERYTHING
    if not 0 <= port <= MAX_PORT:
        raise ValueError(f"a port is a number from 0 to {MAX_PORT}, not {port}")
    asked = (PortRange(port, port),)
    return intersect(known, traffic(asked, "tcp") + traffic(asked, "udp")) if known else traffic(asked, "tcp")


def _parts(through: Intervals) -> list[Intervals]:
    """Return the whole, and then its parts: one port may be open on a hop where another is not."""
    return [] if not through else [through, *((part,) for part in through if len(through) > 1)]


def _is_open(graph: Graph, sender: End, receiver: End, wanted: Intervals) -> bool:
    return any(answer.is_open for answer in answers(graph, sender.id, receiver.id, wanted))
