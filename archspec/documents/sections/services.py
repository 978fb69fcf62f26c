"""Services: size, number, placement, and what they add up to."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.documents.capacity import CPU_UNITS, Capacity, capacity
from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page
from archspec.documents.wording import DERIVED, NOT_STATED, computed, decimal, stated
from archspec.model.compute import Service

TITLE = "Services"


class ServiceRow(NamedTuple):
    """A service; `tasks`, `cpu` and `memory` are a task's."""

    service: Markdown
    link: Markdown
    tasks: int
    cpu: Markdown
    vcpu: Markdown
    memory: Markdown
    port: Markdown
    health_check: Markdown
    azs: Markdown
    subnets: Markdown
    groups: Markdown
    reached: Markdown
    image: Markdown


class ClusterRow(NamedTuple):
    """A cluster, how its tasks are launched, and its services."""

    cluster: Markdown
    launch: str
    services: Markdown


class Services(NamedTuple):
    """The facts."""

    clusters: tuple[ClusterRow, ...]
    services: tuple[ServiceRow, ...]
    total: Capacity
    has_images: bool


def make(page: Page) -> Services | None:
    """Return the services and clusters, if there are any."""
    compute = page.architecture.compute
    if not (compute.services or compute.clusters):
        return None
    ways = _ways(page)
    rows = tuple(_row(page, service, ways.get(service.id, [])) for service in compute.services.values())
    has_images = any(service.image for service in compute.services.values())
    return Services(tuple(_clusters(page)), rows, capacity(page.architecture), has_images)


def _clusters(page: Page) -> Iterator[ClusterRow]:
    for cluster in page.architecture.compute.clusters.values():
        members = [one for one in page.architecture.compute.services.values() if one.cluster == cluster.id]
        launch = ", ".join(dict.fromkeys(_LAUNCH[one.launch] for one in members)) or "–"
        yield ClusterRow(page.define(cluster), launch, page.refer_all([one.id for one in members]) or Markdown("none"))


_LAUNCH = {"fargate": "Fargate", "ec2": "EC2"}


def _row(page: Page, service: Service, ways: list[Markdown]) -> ServiceRow:
    return ServiceRow(
        service=page.define(service),
        link=page.refer(service.id),
        tasks=service.desired,
        cpu=stated(service.cpu),
        vcpu=computed(decimal(service.cpu / CPU_UNITS)) if service.cpu else NOT_STATED,
        memory=stated(f"{service.memory} MiB" if service.memory else None),
        port=stated(service.port),
        health_check=code(service.health_check) or NOT_STATED,
        azs=computed(", ".join(page.graph.azs(service))),
        subnets=page.refer_all(service.subnets),
        groups=page.refer_all(service.security_groups),
        reached=join(ways) or Markdown("–"),
        image=code(service.image) or NOT_STATED,
    )


def _ways(page: Page) -> Mapping[str, list[Markdown]]:
    """Return service → the ports and paths of load balancers that lead to it."""
    groups = page.architecture.network.target_groups
    found: dict[str, list[Markdown]] = {}
    for balancer in page.architecture.network.load_balancers.values():
        for listener in balancer.listeners:
            rest = Markdown("everything else" if listener.rules else "everything")
            targets = [(rule.forward, code(rule.path), rule.derived) for rule in listener.rules]
            targets.append((listener.forward, rest, listener.derived))
            for id_, path, derived in targets if listener.redirect is None else ():
                service = groups[id_].target if id_ in groups else id_
                way = Markdown(f"{page.refer(balancer.id)} {listener.port} {path}{DERIVED if derived else ''}")
                found.setdefault(service, []).append(way)
    return found
