"""Services: what they do, size, number, placement, how they scale and are replaced, and what they add up to."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.documents.capacity import CPU_UNITS, Capacity, capacity
from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page, refer_if
from archspec.documents.scaling import (
    MaximumRow,
    PolicyRow,
    ScheduleRow,
    at_maximum,
    bounds,
    policies,
    schedules,
)
from archspec.documents.tasks import AccessRow, DeploymentRow, access, deployments
from archspec.documents.wording import BLANK, DERIVED, NOT_STATED, computed, decimal, if_stated, number, stated
from archspec.model.compute import Service

TITLE = "Services"


class ClusterRow(NamedTuple):
    """A cluster, how its tasks are launched, and its services."""

    cluster: Markdown
    name: Markdown
    launch: str
    providers: str
    insights: Markdown
    number: Markdown
    tasks: Markdown
    services: Markdown
    note: str


class ServiceRow(NamedTuple):
    """A service; `tasks`, `cpu` and `memory` are a task's, `scales` says between which numbers of them."""

    service: Markdown
    name: Markdown
    note: str
    tasks: str
    scales: str
    cpu: Markdown
    vcpu: Markdown
    memory: Markdown
    port: Markdown
    health_check: Markdown


class PlaceRow(NamedTuple):
    """Where a service's tasks run, what they run, and how they are found."""

    service: Markdown
    cluster: Markdown
    azs: Markdown
    subnets: Markdown
    groups: Markdown
    reached: Markdown
    public_ip: str
    namespace: Markdown
    domain: Markdown
    image: Markdown
    registry: Markdown
    platform: str


class Services(NamedTuple):
    """The facts."""

    clusters: tuple[ClusterRow, ...]
    services: tuple[ServiceRow, ...]
    places: tuple[PlaceRow, ...]
    access: tuple[AccessRow, ...]
    policies: tuple[PolicyRow, ...]
    schedules: tuple[ScheduleRow, ...]
    maximum: tuple[MaximumRow, ...]
    deployments: tuple[DeploymentRow, ...]


def make(page: Page) -> Services | None:
    """Return the services and clusters, if there are any."""
    compute = page.architecture.compute
    services = tuple(compute.services.values())
    if not (services or compute.clusters):
        return None
    ways = _ways(page)
    rows = tuple(_row(page, service) for service in services)
    return Services(
        clusters=tuple(_clusters(page)),
        services=(*rows, _sum(capacity(page.architecture))) if rows else (),
        places=tuple(_place(page, service, ways.get(service.id, [])) for service in services),
        access=tuple(access(page, services)),
        policies=tuple(policies(page, services)),
        schedules=tuple(schedules(page, services)),
        maximum=at_maximum(page, services),
        deployments=tuple(deployments(page, services)),
    )


def _clusters(page: Page) -> Iterator[ClusterRow]:
    for cluster in page.architecture.compute.clusters.values():
        members = [one for one in page.architecture.compute.services.values() if one.cluster == cluster.id]
        yield ClusterRow(
            cluster=page.define(cluster),
            name=code(cluster.name),
            launch=", ".join(dict.fromkeys(_LAUNCH[one.launch] for one in members)),
            providers=", ".join(cluster.capacity_providers),
            insights=if_stated(cluster.container_insights),
            number=computed(len(members)),
            tasks=computed(sum(one.desired for one in members if one.status == "current")),
            services=page.refer_all([one.id for one in members]),
            note=cluster.note,
        )


_LAUNCH = {"fargate": "Fargate", "ec2": "EC2"}


def _row(page: Page, service: Service) -> ServiceRow:
    transport = "" if service.transport == "tcp" else f" {service.transport}"
    checks = [code(one) for one in (service.health_check, service.health_command) if one]
    return ServiceRow(
        service=page.define(service),
        name=code(service.name),
        note=service.note,
        tasks=number(service.desired, "task"),
        scales=bounds(service.scaling),
        cpu=stated(service.cpu),
        vcpu=computed(decimal(service.cpu / CPU_UNITS)) if service.cpu else NOT_STATED,
        memory=stated(service.memory.text if service.memory else None),
        port=stated(f"{service.port}{transport}" if service.port else None),
        health_check=join(checks) or NOT_STATED,
    )


def _sum(total: Capacity) -> ServiceRow:
    """Return the last row: all tasks that run."""
    empty = ServiceRow(*[BLANK] * len(ServiceRow._fields))
    named = Markdown("**All tasks together**")
    return empty._replace(service=named, tasks=total.tasks, vcpu=total.vcpu, memory=total.memory)


def _place(page: Page, service: Service, ways: list[Markdown]) -> PlaceRow:
    return PlaceRow(
        service=page.refer(service.id),
        cluster=refer_if(page, service.cluster if len(page.architecture.compute.clusters) > 1 else ""),
        azs=computed(", ".join(page.graph.azs(service))),
        subnets=page.refer_all(service.subnets),
        groups=page.refer_all(service.security_groups),
        reached=join(ways),
        public_ip="yes" if service.public_ip else "",
        namespace=refer_if(page, service.namespace),
        domain=code(service.domain),
        image=code(service.image),
        registry=refer_if(page, service.registry),
        platform=service.platform,
    )


def _ways(page: Page) -> Mapping[str, list[Markdown]]:
    """Return service → the ports and paths of load balancers that lead to it."""
    groups = page.architecture.network.target_groups
    found: dict[str, list[Markdown]] = {}
    for balancer in page.architecture.network.load_balancers.values():
        for listener in balancer.listeners:
            rest = Markdown(" everything else" if listener.rules else "")
            targets = [(rule.forward, Markdown(f" {code(rule.path)}"), rule.derived) for rule in listener.rules]
            targets.append((listener.forward, rest, listener.derived))
            for id_, path, derived in targets if listener.redirect is None else ():
                service = groups[id_].target if id_ in groups else id_
                way = Markdown(f"{page.refer(balancer.id)} {listener.port}{path}{DERIVED if derived else ''}")
                found.setdefault(service, []).append(way)
    return found
