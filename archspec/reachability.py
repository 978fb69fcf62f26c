"""May one element reach another? The answers of the graph, with the place of every hop and of every edit that helps."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from archspec.checks import located
from archspec.errors import Locate, Location, UsageError
from archspec.findings import LocatedHop
from archspec.graph.graph import Graph
from archspec.graph.intervals import Intervals, spell, traffic
from archspec.graph.reach import Step
from archspec.graph.verdict import Answer, answers, answers_of_flows, detour
from archspec.model.flow import Flow
from archspec.model.ports import parse_ports
from archspec.reporters.plain import plain
from archspec.reporters.text import hop_line

Protocol = Literal["tcp", "udp", "icmp"]


class LocatedRepair(NamedTuple):
    """One of the fewest edits that open a way: what to do, and where."""

    text: str
    location: Location


class Pair(NamedTuple):
    """Whether one single element may send traffic, `tcp/5432`, to another: every hop, and what would open the way."""

    source: str
    target: str
    traffic: str
    hops: tuple[LocatedHop, ...]
    repairs: tuple[LocatedRepair, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no hop blocks it."""
        return not self.blocked

    @property
    def blocked(self) -> tuple[LocatedHop, ...]:
        """The hops that block it."""
        return tuple(hop for hop in self.hops if hop.verdict == "blocked")


class Reachability(NamedTuple):
    """Whether `source` may reach `target` at once: a pair for each of the single elements that the two stand for.

    `detour` are the steps through others that lead there where no direct way does. As text it is what `archspec path`
    prints.
    """

    source: str
    target: str
    pairs: tuple[Pair, ...]
    detour: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether every pair is open."""
        return all(pair.is_open for pair in self.pairs)

    @property
    def hops(self) -> tuple[LocatedHop, ...]:
        """The hops of every pair."""
        return tuple(hop for pair in self.pairs for hop in pair.hops)

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def reachability(
    graph: Graph, locate: Locate, source: str, target: str, *, wanted: Intervals | None = None
) -> Reachability:
    """Ask about two elements that there are; without `wanted`, about what the target listens on.

    Raises `UsageError` where no packets go between the two.
    """
    found = tuple(_pair(answer, locate) for answer in answers(graph, source, target, wanted))
    if not found:
        message = f"no packets go from {source} to {target}: name services, stores, balancers, clusters"
        raise UsageError(message)
    steps = detour(graph, source, target) if not all(pair.is_open for pair in found) else ()
    return Reachability(source, target, found, steps if len(steps) > 1 else ())


def of_flows(graph: Graph, locate: Locate) -> Iterator[tuple[Flow, Pair]]:
    """Answer every declared flow, then every `must_reach`, in the order of the spec."""
    yield from ((flow, _pair(answer, locate)) for flow, answer in answers_of_flows(graph))


def asked_traffic(port: str | int | None, protocol: Protocol = "tcp") -> Intervals | None:
    """Return the traffic that a port, a range `4000-4003` or `all` means; nothing without one.

    Raises `UsageError` for what is no port, and what is no protocol.
    """
    if protocol not in get_args(Protocol):
        raise UsageError(f"no protocol is called '{protocol}'; there are: {', '.join(get_args(Protocol))}")
    if port is None:
        return None
    try:
        return traffic(parse_ports(str(port)), protocol)
    except ValueError as error:
        raise UsageError(f"PORT: expected {error}") from None


def _pair(answer: Answer, locate: Locate) -> Pair:
    hops = tuple(located(hop, locate) for hop in answer.hops)
    repairs = tuple(LocatedRepair(one.words, locate(one.place)) for one in answer.repairs)
    return Pair(answer.source, answer.target, spell(answer.wanted), hops, repairs)


def _lines(found: Reachability) -> Iterator[str]:
    for pair in found.pairs:
        verdict = "open" if pair.is_open else "BLOCKED"
        yield plain(f"{pair.source} -> {pair.target} {pair.traffic}: {verdict}")
        yield from map(hop_line, pair.hops)
        yield from _repairs(pair)
    if found.detour:
        way = "".join(f" -> {step.target} {spell(step.traffic)}" for step in found.detour)
        yield plain(f"Not at once, but step by step: {found.source}{way}")


def _repairs(pair: Pair) -> Iterator[str]:
    """Yield the fewest edits that open the way, each with its place."""
    if pair.repairs:
        yield f"  to open it, {len(pair.repairs)} {'edit' if len(pair.repairs) == 1 else 'edits'}:"
    for number, one in enumerate(pair.repairs, start=1):
        yield plain(f"  {number}. {one.text}  {one.location}")
