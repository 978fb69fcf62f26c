"""Which declared flows survive the loss of an Availability Zone, and what is lost first where one does not.

A zone is lost by deleting all that stands in it: tasks, instances, NAT gateways, endpoints. A flow survives where what
remains of its source still reaches what remains of its target. What AWS runs for a whole Region (S3, SQS, Route 53 …)
and what others run is assumed to go on. Security groups need no second look: they let through with all subnets of an
element what they let through with fewer.
https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Attached, Connection, End, Graph, is_attached
from archspec.graph.outage import Effect, effect, runs_one_task
from archspec.graph.vpc_exits import exits
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import Internet, LoadBalancer

_WORST: tuple[Effect, ...] = ("stops", "stops writing", "may stop", "goes on")


class Zone(NamedTuple):
    """An Availability Zone that something of an environment stands in; without environments there is one, `""`."""

    environment: str
    az: str
    path: KeyPath

    @property
    def id(self) -> str:
        """How findings and waivers call it: `us-east-1a`, `staging/us-east-1a`."""
        return f"{self.environment}/{self.az}" if self.environment else self.az


class Toll(NamedTuple):
    """What elements that are alike lose with a zone: the worst of it, whom that meets first, and if it meets all."""

    effect: Effect
    lost: Element | None
    whole: bool


class Loss(NamedTuple):
    """What the loss of a zone does to a flow: the worst of it, what is lost first, and whether a part of it goes on."""

    flow: Flow
    effect: Effect
    lost: Element
    partly: bool


_UNHARMED = Toll("goes on", None, whole=False)


@lru_cache(maxsize=1)
def zones(graph: Graph) -> tuple[Zone, ...]:
    """Return the zones in use, sorted, each with the first subnet in it."""
    telling = (one for alike in graph.alike for one in (alike if isinstance(alike[0], Store) else alike[:1]))
    used = {(one.environment, az) for one in telling for az in graph.azs(one)}
    subnets = graph.architecture.network.subnets.values()
    first = {(one.environment, one.az): one.path for one in reversed(subnets) if one.status == "current"}
    return tuple(Zone(*key, first.get(key) or first.get(("", key[1]), ())) for key in sorted(used))


@lru_cache(maxsize=1)
def flows_by_environment(graph: Graph) -> dict[str, list[Flow]]:
    """Return the flows that packets take, by the environment of what they start from, or else lead to."""
    found: dict[str, list[Flow]] = {}
    for connections in _there(graph).values():
        one = connections[0].flow
        ends = [graph.architecture.elements[id_].environment for id_ in (one.source, one.target)]
        found.setdefault(next((name for name in ends if name), ""), []).append(one)
    return found


@lru_cache(maxsize=1)
def _there(graph: Graph) -> dict[int, list[Connection]]:
    """Return the connections that are there today, by the position of their flow."""
    found: dict[int, list[Connection]] = {}
    for one in graph.connections:
        if _is_there(graph, one):
            found.setdefault(one.flow.index, []).append(one)
    return found


def _is_there(graph: Graph, connection: Connection) -> bool:
    """Whether both ends are there today, and one of them in a zone."""
    ends = [connection.source, connection.target]
    return all(end.status == "current" for end in ends) and any(is_attached(end) and graph.azs(end) for end in ends)


def losses(graph: Graph, zone: Zone) -> tuple[Loss, ...]:
    """Return the flows that do not survive a zone as a whole, in the order of the spec; made once for a graph."""
    known = _known(graph)
    if zone not in known:
        flows = flows_by_environment(graph).get(zone.environment, [])
        tolls: dict[tuple[str, int], Toll] = {}
        found = (_loss(graph, flow, zone.az, tolls) for flow in flows)
        known[zone] = tuple(loss for loss in found if loss)
    return known[zone]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[Zone, tuple[Loss, ...]]:
    return {}


def _loss(graph: Graph, flow: Flow, az: str, tolls: dict[tuple[str, int], Toll]) -> Loss | None:
    found = [
        (_toll(graph, one.sources, az, tolls), _way(graph, one, az), _toll(graph, one.targets, az, tolls))
        for one in _there(graph)[flow.index]
    ]
    worst = min((toll for met in found for toll in met), key=lambda toll: _WORST.index(toll.effect), default=_UNHARMED)
    if not worst.lost:
        return None
    takers = [[one.lost for one in met if one.whole and one.effect == worst.effect and one.lost] for met in found]
    return Loss(flow, worst.effect, _taker_of_all(takers) or worst.lost, partly=not all(takers))


def _taker_of_all(takers: Sequence[Sequence[Element]]) -> Element | None:
    """Return the first element that is lost to every connection of a flow, if there is one."""
    common = set.intersection(*({one.id for one in lost} for lost in takers))
    return next((one for one in takers[0] if one.id in common), None)


def _toll(graph: Graph, ends: Sequence[End], az: str, known: dict[tuple[str, int], Toll]) -> Toll:
    """Return what is lost of elements that are alike; asked once, as many flows have the same ends."""
    key = ends[0].id, len(ends)
    if key not in known:
        met = [(effect(graph, end, az), end) for end in _telling(ends)]
        worst, lost = min(met, key=lambda one: _WORST.index(one[0]))
        whole = all(one == worst for one, _ in met)
        known[key] = Toll(worst, lost, whole=whole) if worst != "goes on" else _UNHARMED
    return known[key]


def _telling(ends: Sequence[End]) -> Sequence[End]:
    """Return those that tell what elements that are alike lose: of services, the first with one task and with more."""
    if not isinstance(ends[0], Service):
        return ends
    found: dict[bool, End] = {}
    for end in ends:
        found.setdefault(isinstance(end, Service) and runs_one_task(end), end)
    return [*found.values()]


def _way(graph: Graph, connection: Connection, az: str) -> Toll:
    """Return what is lost between two ends that are not: a way out of the VPC, or a zone that a balancer serves."""
    source, target = connection.source, connection.target
    if isinstance(source, LoadBalancer) and isinstance(target, Service):
        common = {*graph.azs(source)} & {*graph.azs(target)}
        return Toll("stops", target, whole=True) if common == {az} else _UNHARMED
    if isinstance(target, Internet) and is_attached(source):
        lost = _lost_way_out(graph, source, connection.flow, az)
        return Toll("stops", lost, whole=True) if lost else _UNHARMED
    return _UNHARMED


def _lost_way_out(graph: Graph, source: Attached, flow: Flow, az: str) -> Element | None:
    """Return the endpoint, NAT gateway or subnet in the zone without which what remains has no way to the target."""
    if graph.azs(source) == (az,):
        return None
    for ways in exits(graph, source, flow.target):
        left = [gate for subnet, gate in ways if subnet.az != az]
        if ways and all(graph.azs(gate) == (az,) for gate in left):
            return left[0] if left else ways[0][0]
    return None
