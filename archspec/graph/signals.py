"""Which signals of an element have an alarm, and which should: `archspec/data/required_alarms.json`."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.data import Cache, Database
from archspec.model.element import Element
from archspec.model.messaging import Queue
from archspec.model.network import LoadBalancer
from archspec.model.observability import Alarm

_SHARED_STORAGE = ("aurora-postgresql", "aurora-mysql", "docdb")
"""Engines whose storage grows by itself, so that no disk of an instance runs full."""


class Signal(NamedTuple):
    """What should ring: its name, AWS's metric, and the words that people write for it."""

    of: str
    name: str
    metric: str
    words: tuple[str, ...]

    def is_meant_by(self, alarm: Alarm) -> bool:
        """Whether the alarm's metric, title or name speaks of it, however it is written."""
        said = compact(alarm.metric, alarm.title, alarm.name)
        return any(word in said for word in self.words)


class Coverage(NamedTuple):
    """The signals of an element that no alarm is about, and an alarm that may be about others: it says not on what."""

    missing: tuple[Signal, ...]
    doubt: Alarm | None


def compact(*texts: str) -> str:
    """Write texts in small letters without anything between: `CPU Utilization > 80%` and `CPUUtilization` are alike."""
    return re.sub(r"[^a-z0-9]", "", " ".join(texts).lower())


@cache
def required(of: str) -> tuple[Signal, ...]:
    """Return the signals that a class of elements should have an alarm on."""
    found = dated("required_alarms")["signals"]
    return tuple(
        Signal(one["of"], one["signal"], one["metric"], tuple(one["words"])) for one in found if one["of"] == of
    )


def signals(graph: Graph, element: Element) -> tuple[Signal, ...]:
    """Return the signals that an element should have an alarm on; none for kinds that the list does not name."""
    return _all_required(_classes(graph, element))


@cache
def _all_required(classes: tuple[str, ...]) -> tuple[Signal, ...]:
    return tuple(signal for of in classes for signal in required(of))


def _classes(graph: Graph, element: Element) -> tuple[str, ...]:
    match element:
        case LoadBalancer():
            return (f"{element.type} load balancer",)
        case Service():
            return ("service",) if element.desired else ()
        case Database():
            disk = () if element.engine in _SHARED_STORAGE else ("database with a disk",)
            readers = any(one.role in ("reader", "replica") for one in element.members)
            return ("database", *disk, *(("database with readers",) if readers else ()))
        case Cache():
            return ("serverless cache" if element.serverless else "cache of nodes",)
        case Queue():
            return ("dead-letter queue" if element.id in dead_letters(graph) else "queue",)
        case _:
            return ()


@lru_cache(maxsize=1)
def dead_letters(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return the queues that hold dead letters, each with those whose letters they are."""
    found: dict[str, list[str]] = {}
    for queue in graph.architecture.messaging.queues.values():
        if queue.dead_letter and queue.status == "current":
            found.setdefault(queue.dead_letter, []).append(queue.id)
    return {id_: tuple(ids) for id_, ids in found.items()}


def coverage(graph: Graph, element: Element) -> Coverage:
    """Return which of an element's signals have no alarm."""
    own, wanted = watching(graph).get(element.id), signals(graph, element)
    if own:
        wanted = tuple(one for one in wanted if not any(one.is_meant_by(alarm) for alarm in own))
    known, alike = _known(graph), (wanted, element.environment)
    if alike not in known:
        known[alike] = _unwatched(graph, *alike)
    return known[alike]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[tuple[tuple[Signal, ...], str], Coverage]:
    return {}


def _unwatched(graph: Graph, missing: tuple[Signal, ...], environment: str) -> Coverage:
    """Return what there is of signals that no alarm of the element's own is about: the same for all that are alike."""
    doubts = {one: _vague(graph, one, environment) or _vague(graph, one, "") for one in missing}
    sure = tuple(one for one, doubt in doubts.items() if doubt is None)
    return Coverage(sure, next((doubt for doubt in doubts.values() if doubt), None))


@lru_cache(maxsize=1)
def _alarms(graph: Graph) -> tuple[Alarm, ...]:
    return tuple(one for one in graph.architecture.observability.alarms.values() if one.status == "current")


def _vague(graph: Graph, signal: Signal, environment: str) -> Alarm | None:
    """Return an alarm of an environment that is about a signal and does not say on what."""
    return next(
        (a for a in _alarms(graph) if not a.watches and a.environment == environment and signal.is_meant_by(a)), None
    )


@lru_cache(maxsize=1)
def watching(graph: Graph) -> Mapping[str, tuple[Alarm, ...]]:
    """Return the current alarms by what they watch: a cluster stands for its services, a target group for its doors."""
    found: dict[str, list[Alarm]] = {}
    for alarm in _alarms(graph):
        for id_ in alarm.watches:
            for watched in (id_, *(member.id for member in graph.members.get(id_, ())), *doors(graph).get(id_, ())):
                found.setdefault(watched, []).append(alarm)
    return {id_: tuple(alarms) for id_, alarms in found.items()}


@lru_cache(maxsize=1)
def doors(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return the load balancers by the target groups that they forward to."""
    found: dict[str, list[str]] = {}
    for balancer in graph.architecture.network.load_balancers.values():
        targets = {one.forward for one in balancer.listeners} | {
            r.forward for one in balancer.listeners for r in one.rules
        }
        for target in sorted(targets - {""}):
            found.setdefault(target, []).append(balancer.id)
    return {id_: tuple(ids) for id_, ids in found.items()}


@lru_cache(maxsize=1)
def with_alarms(graph: Graph) -> frozenset[str]:
    """Return the environments of which alarms are stated; one that has none does not speak of alarms at all."""
    found = {alarm.environment for alarm in _alarms(graph)}
    return frozenset(found | {id_.rpartition("/")[0] for alarm in _alarms(graph) for id_ in alarm.watches})


def speaks_of_alarms(graph: Graph, element: Element) -> bool:
    """Whether the spec states alarms for where the element stands."""
    return element.environment in with_alarms(graph) or (not element.environment and bool(with_alarms(graph)))
