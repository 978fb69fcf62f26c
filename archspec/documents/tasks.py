"""What the tasks of services may do and read, where they log, and how new tasks replace old ones."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.documents.markup import Markdown
from archspec.documents.page import Page, refer_if
from archspec.documents.wording import if_stated
from archspec.model.compute import Deployment, Service


class AccessRow(NamedTuple):
    """What a service's tasks may do and read, and where they log."""

    service: Markdown
    execution_role: Markdown
    task_role: Markdown
    secrets: Markdown
    log_group: Markdown


class DeploymentRow(NamedTuple):
    """How services whose deployment is alike are replaced."""

    services: Markdown
    type: str
    circuit_breaker: Markdown
    rollback: Markdown
    minimum_healthy: Markdown
    grace_period: Markdown
    note: str


def access(page: Page, services: Sequence[Service]) -> Iterator[AccessRow]:
    """Yield the services that have roles, secrets or a log group."""
    for one in services:
        row = AccessRow(
            service=page.refer(one.id),
            execution_role=refer_if(page, one.execution_role),
            task_role=refer_if(page, one.task_role),
            secrets=page.refer_all(one.secrets),
            log_group=refer_if(page, one.log_group),
        )
        if any(row[1:]):
            yield row


def deployments(page: Page, services: Sequence[Service]) -> Iterator[DeploymentRow]:
    """Yield how services are replaced; those that are replaced alike share a row."""
    alike: dict[Deployment, list[str]] = {}
    for service in services:
        if service.deployment:
            alike.setdefault(service.deployment, []).append(service.id)
    for one, ids in alike.items():
        breaks, back = if_stated(one.circuit_breaker), if_stated(one.rollback)
        times = if_stated(one.minimum_healthy), if_stated(one.grace_period)
        yield DeploymentRow(page.refer_all(ids), one.type, breaks, back, *times, one.note)
