"""The ways of requests: from everybody outside, along declared flows, to the stores and to what stands outside.

A cluster's services stand between one node that leads to all of them and one that all of them lead to, so that a flow
of a thousand services is two thousand edges and not a million. Flows that say `hard: false` are no ways, as their
source goes on without them. What a queue holds goes on to its consumers.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from archspec.graph.graph import Connection, End, Graph, is_attached
from archspec.graph.vpc_exits import exits
from archspec.model.compute import Service
from archspec.model.flow import Flow
from archspec.model.network import Internet

Part = Literal["element", "outside", "gate", "in", "out"]
"""What a node is: an element, what stands outside, a gate on the way to it, both sides of elements that are alike."""


class Node(NamedTuple):
    """A place on a way. `id` is an element's; `to` is the target outside that a gate leads to, and to no other."""

    part: Part
    id: str
    to: str = ""


EVERYBODY = Node("outside", "")
"""Where all ways begin."""

_AS_MANY = 2
"""Of services that are alike and that nothing names, so many are looked at: each can do without the other."""

Following = dict[Node, dict[Node, None]]


class RequestWays(NamedTuple):
    """The edges, and the flows that leave their VPC in one way only, by the gateway or endpoint that this is.

    `joined` are the nodes between elements that are alike; `named` is what ways lead to or from by its own name.
    """

    following: Following
    only: dict[str, list[Flow]]
    joined: set[Node]
    named: frozenset[str]


@lru_cache(maxsize=1)
def request_ways(graph: Graph) -> RequestWays:
    """Return the ways of an architecture; where nobody comes from outside, they begin where no flow leads to."""
    found = RequestWays({EVERYBODY: {}}, {}, set(), _named(graph))
    for connection in graph.connections:
        if connection.flow.hard is not False and connection.source.status == connection.target.status == "current":
            _join(graph, found, connection)
    _hand_on(graph, found)
    if not found.following[EVERYBODY]:
        led_to = {node for others in found.following.values() for node in others}
        found.following[EVERYBODY] = dict.fromkeys(one for one in found.following if one not in {*led_to, EVERYBODY})
    return found


def _named(graph: Graph) -> frozenset[str]:
    architecture = graph.architecture
    flows = {id_ for flow in architecture.flows for id_ in (flow.source, flow.target)}
    return frozenset(flows.union(*(queue.consumers for queue in architecture.messaging.queues.values())))


def _add(found: RequestWays, source: Node, target: Node) -> None:
    found.following.setdefault(source, {})[target] = None


def _join(graph: Graph, found: RequestWays, connection: Connection) -> None:
    """Add the edges of a flow between elements that are alike."""
    source = _one(found, connection.sources, "out")
    if not isinstance(connection.target, Internet):
        _add(found, source, _one(found, connection.targets, "in"))
    elif source != EVERYBODY:
        _leave(graph, found, connection, source)


def _leave(graph: Graph, found: RequestWays, connection: Connection, source: Node) -> None:
    """Add the edges of a flow to something outside, through each gate that it may take."""
    to = connection.flow.target
    gates = list(_gates(graph, connection))
    for gate in gates:
        _add(found, source, Node("gate", gate, to))
        _add(found, Node("gate", gate, to), Node("outside", to, to))
    if len(gates) == 1:
        found.only.setdefault(gates[0], []).append(connection.flow)
    if not gates:
        _add(found, source, Node("outside", to, to))


def _one(found: RequestWays, ends: Sequence[End], part: Literal["in", "out"]) -> Node:
    """Return the node that stands for elements that are alike, with its edges to or from each of them."""
    if isinstance(ends[0], Internet):
        return EVERYBODY
    if len(ends) == 1:
        return Node("element", ends[0].id)
    node = Node(part, ends[0].id)
    if node not in found.joined:
        found.joined.add(node)
        for end in _telling(found, ends):
            element = Node("element", end.id)
            _add(found, *((node, element) if part == "in" else (element, node)))
    return node


def _telling(found: RequestWays, ends: Sequence[End]) -> Iterator[End]:
    """Yield the elements that are alike, without services beyond those on which something may depend."""
    others = 0
    for end in ends:
        others += isinstance(end, Service) and end.id not in found.named
        if others <= _AS_MANY or end.id in found.named:
            yield end


def _gates(graph: Graph, connection: Connection) -> Iterator[str]:
    """Yield what a flow may leave its VPC through, each in a zone; nothing where one of its ways needs none of those.

    Where several services have to be reached (ECR's two), the first stands for them.
    """
    source = connection.source
    first = exits(graph, source, connection.flow.target)[0] if is_attached(source) else ()
    found = {gate.id: gate for _, gate in first}
    yield from found if all(graph.azs(gate) for gate in found.values()) else ()


def _hand_on(graph: Graph, found: RequestWays) -> None:
    """Add what topics and queues hand on: consumers come to a queue by themselves, against the messages."""
    elements = graph.architecture.elements
    for queue in graph.architecture.messaging.queues.values():
        here = Node("outside", queue.id, queue.id)
        if queue.topic and queue.status == "current":
            _add(found, Node("outside", queue.topic, queue.topic), here)
        for id_ in queue.consumers if queue.status == "current" else ():
            if is_attached(elements[id_]) and elements[id_].status == "current":
                _add(found, here, Node("element", id_))
