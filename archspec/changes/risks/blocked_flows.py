"""Declared flows whose packets came through and are blocked now."""

from collections.abc import Iterator, Mapping

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.graph.graph import Connection, Graph
from archspec.graph.hops import hops
from archspec.graph.intervals import Intervals, subtract
from archspec.graph.permits import permitted
from archspec.model.flow import Flow

_Judged = Mapping[tuple[str, str, str], tuple[Connection, Intervals]]
"""Flow and the elements at its ends → the connection, and what of it is blocked."""


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield the flows that are blocked and were open, and those that are open and were blocked, once each."""
    before, now = versions.both(_judged)
    told: set[int] = set()
    for key, (connection, blocked) in now.items():
        if key not in before or bool(blocked) == bool(before[key][1]) or connection.flow.index in told:
            continue
        told.add(connection.flow.index)
        yield _blocked(versions, connection, blocked) if blocked else _open(connection.flow)


def _judged(graph: Graph) -> _Judged:
    found: dict[tuple[str, str, str], tuple[Connection, Intervals]] = {}
    for one in graph.connections:
        source, target = graph.meant(one)
        blocked = subtract(one.wanted, permitted(graph, source, target))
        for sender in one.sources:
            for receiver in one.targets[:1]:
                found[one.flow.id, sender.id, receiver.id] = one, blocked
    return found


def _blocked(versions: Versions, connection: Connection, blocked: Intervals) -> Risk:
    graph = versions.new.graph
    source, target = graph.meant(connection)
    facts = tuple(hop for hop in hops(graph, source, target, blocked) if hop.verdict == "blocked")
    because = f": {facts[0].text}" if facts else ""
    return Risk(
        Grade.HIGH, connection.flow.id, f"{connection.flow.id} is blocked{because}", connection.flow.path, facts
    )


def _open(flow: Flow) -> Risk:
    return Risk(Grade.NONE, flow.id, f"{flow.id} is open again", flow.path)
