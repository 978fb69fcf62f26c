"""What runs: services in their clusters, their size, the number of their tasks, what moves it, and its most."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Scaling, ScalingPolicy, ScalingSchedule, Service
from archspec.views.parts.cards import card, status_of, status_words
from archspec.views.parts.framing import framed
from archspec.views.parts.words import UNITS, count
from archspec.views.view import Edge, Group, Node, View

_POLICIES, _SCHEDULES, _TOTAL = "@policies", "@schedules", "@total"
_NOTE = 75
"""Characters of a part of a note that fit on a card; a longer one is for the document."""

_SUBTITLE = 40
"""Characters of a note that fit below the title of a frame."""

_TITLE = 24
"""Characters of a metric that fit on one line of a card's title."""

_FRAMES = (Group(_POLICIES, "Target tracking", "policies"), Group(_SCHEDULES, "Scheduled scaling", "schedules"))


class _Mover(NamedTuple):
    """A policy or schedule, with the services that have it."""

    node: Node
    services: tuple[str, ...]


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of the services; no nodes where there are none."""
    architecture = graph.architecture
    services = {id_: one for id_, one in architecture.compute.services.items() if one.status != "removed"}
    clusters = [one for one in architecture.compute.clusters.values() if one.status != "removed"]
    movers, sums = _movers(services.values()), _most(services.values())
    frames, moving = framed(_FRAMES, tuple(mover.node for mover in movers))
    yield View(
        name="services",
        title=f"{architecture.label}: services",
        description=f"Services of {architecture.label}: {count(len(services), 'service')}, their size, and what moves "
        "the number of their tasks.",
        layout="flow",
        groups=(*(_frame(cluster) for cluster in clusters), *frames),
        nodes=(*moving, *(card(one, one.cluster, _facts(one)) for one in services.values()), *_total(sums)),
        edges=(*_moves(movers, services), *_adds(sums)),
    )


def _frame(cluster: Cluster) -> Group:
    note = cluster.note if len(cluster.note) <= _SUBTITLE else ""
    return Group(cluster.id, cluster.label, "cluster", subtitle=note, status=cluster.status)


def _facts(service: Service) -> Iterator[str]:
    parts = service.note.split(": ")
    yield from parts if all(len(part) <= _NOTE for part in parts) else ()
    yield f"{service.cpu} CPU units ({service.cpu / UNITS:g} vCPU)" if service.cpu else ""
    yield f"{service.memory} MiB" if service.memory else ""
    yield f"port {service.port}" if service.port is not None else ""
    scaling = service.scaling
    if scaling:
        yield f"minimum {scaling.min}, desired {service.desired}, maximum {scaling.max} tasks"
    else:
        yield count(service.desired, "task")


def _movers(services: Iterable[Service]) -> list[_Mover]:
    """Return every policy and schedule once, however many services have it."""
    found: dict[tuple[str, ...], tuple[ScalingPolicy | ScalingSchedule, list[str]]] = {}
    for service in services:
        scaling = service.scaling or Scaling(min=0, max=0)
        movers: tuple[ScalingPolicy | ScalingSchedule, ...] = (*scaling.policies, *scaling.schedules)
        for one in movers:
            found.setdefault((_title(one), *_lines(one)), (one, []))[1].append(service.id)
    return [
        _Mover(_node(number, one), tuple(dict.fromkeys(ids))) for number, (one, ids) in enumerate(found.values(), 1)
    ]


def _node(number: int, one: ScalingPolicy | ScalingSchedule) -> Node:
    parent, status = (_SCHEDULES, "current") if isinstance(one, ScalingSchedule) else (_POLICIES, one.status)
    return Node(f"@mover-{number}", "", _title(one), "alarm", parent, _lines(one), status=status)


def _title(one: ScalingPolicy | ScalingSchedule) -> str:
    if isinstance(one, ScalingSchedule):
        return one.name or "Schedule"
    return one.name if one.name and len(one.metric) > _TITLE else one.metric


def _lines(one: ScalingPolicy | ScalingSchedule) -> tuple[str, ...]:
    if isinstance(one, ScalingSchedule):
        bounds = (
            f"minimum {one.min}" if one.min is not None else "",
            f"maximum {one.max}" if one.max is not None else "",
        )
        return (one.at, f"{', '.join(filter(None, bounds))} tasks" if any(bounds) else "")
    target = f"target {one.target}" if one.target else ""
    pauses = [f"{pause} {way}" for pause, way in ((one.out_cooldown, "out"), (one.in_cooldown, "in")) if pause]
    cooldown = f"cooldown {', '.join(pauses)}" if pauses else ""
    metric = one.metric if _title(one) != one.metric else ""
    return (*filter(None, (metric, target, cooldown)), *status_words(one.status))


def _moves(movers: list[_Mover], services: Mapping[str, Service]) -> Iterator[Edge]:
    for mover in movers:
        for id_ in mover.services:
            yield Edge(mover.node.id, id_, "", status_of(mover.node.status, services[id_].status))


def _most(services: Iterable[Service]) -> dict[str, tuple[int, int]]:
    """Return how many tasks of which size there are at most, where both are stated; one service alone is no sum."""
    found = {one.id: (one.scaling.max, one.cpu) for one in services if one.scaling and one.cpu}
    return found if len(found) > 1 else {}


def _total(sums: dict[str, tuple[int, int]]) -> Iterator[Node]:
    if sums:
        units = sum(tasks * size for tasks, size in sums.values())
        detail = (f"total {units:,} CPU units", f"{units / UNITS:g} vCPU")
        yield Node(_TOTAL, "", "Maximum capacity", "cluster", detail=detail)


def _adds(sums: dict[str, tuple[int, int]]) -> Iterator[Edge]:
    for id_, (tasks, size) in sums.items():
        yield Edge(id_, _TOTAL, f"{tasks} × {size} = {tasks * size:,} CPU units")
