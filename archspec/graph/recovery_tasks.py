"""How soon an ECS service is served again when tasks or an AZ are lost."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.graph.recovery_timings import TimingName, timing
from archspec.graph.replicas import least_tasks
from archspec.model.compute import Service
from archspec.model.network import TargetGroup
from archspec.model.quantity import spell_duration
from archspec.model.recovery import Disruption
from archspec.model.status import current

Found = tuple[Decimal | None, str, tuple[TimingName, ...], str]
"""Seconds, why, the figures of AWS's that are assumed, and the key that is missing where there are no seconds."""


def back_in_service(graph: Graph, service: Service, disruption: Disruption) -> Found:
    """Return how soon a service is served again: by its other tasks, else by a new one."""
    tasks = least_tasks(service)
    if tasks == 0:
        return Decimal(0), "it may run no task, so none is missed", (), ""
    azs = graph.azs(service)
    if disruption == "az" and len(azs) < 2:
        place = ", ".join(azs) or "no AZ"
        return None, f"it stands in {place} alone: nothing takes over", (), "recovery.failover.duration"
    if tasks is None:
        return None, "how many tasks it runs is not stated", (), "desired"
    if tasks > 1:
        return _by_others(graph, service)
    return _by_a_new_task(graph, service)


def _by_others(graph: Graph, service: Service) -> Found:
    if not is_balanced(graph, service):
        return Decimal(0), "its other tasks go on", (), ""
    seconds, because, assumed = _noticed(graph, service)
    return seconds, f"its other tasks go on, once the failed ones get no more requests: {because}", assumed, ""


def _by_a_new_task(graph: Graph, service: Service) -> Found:
    if service.launch != "fargate":
        because = "its one task is started again, and how long that takes is not stated"
        return None, because, (), "recovery.failover.duration"
    start = timing("fargate-task-start")
    if not is_balanced(graph, service):
        return start.seconds, f"its one task is started again; AWS: {start.says}", ("fargate-task-start",), ""
    noticed, _, assumed = _noticed(graph, service)
    joined = timing("target-healthy").seconds
    seconds = noticed + start.seconds + joined
    parts = [(noticed, "to notice"), (start.seconds, "to start a Fargate task"), (joined, "to pass a health check")]
    added = " + ".join(f"{spell_duration(part)} {purpose}" for part, purpose in parts)
    because = f"its one task is started again; AWS: {added}"
    return seconds, because, (*assumed, "fargate-task-start", "target-healthy"), ""


def is_balanced(graph: Graph, service: Service) -> bool:
    """Whether a load balancer shares requests among the tasks of a service."""
    return bool(service.load_balancer or _groups(graph).get(service.id))


def _noticed(graph: Graph, service: Service) -> tuple[Decimal, str, tuple[TimingName, ...]]:
    """Return how long a load balancer sends requests to a target that does not answer."""
    group = _groups(graph).get(service.id)
    if group and group.interval and group.unhealthy_after:
        seconds = group.interval.high * group.unhealthy_after
        return seconds, f"{group.unhealthy_after} failed health checks, {group.interval} apart", ()
    default = timing("target-unhealthy")
    return default.seconds, f"AWS: {default.says}", ("target-unhealthy",)


@lru_cache(maxsize=1)
def _groups(graph: Graph) -> Mapping[str, TargetGroup]:
    """Return the first current target group of each service."""
    found: dict[str, TargetGroup] = {}
    for group in current(graph.architecture.network.target_groups.values()):
        found.setdefault(group.target, group)
    return found
