"""What moves the number of a service's tasks, and what all of them add up to at their largest number."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.documents.capacity import CPU_UNITS, MEBIBYTES, summed
from archspec.documents.markup import Markdown, code
from archspec.documents.page import Page
from archspec.documents.wording import BLANK, NOT_STATED, computed, if_stated, unless_current
from archspec.model.compute import Scaling, Service


class PolicyRow(NamedTuple):
    """A metric that is kept near its target."""

    service: Markdown
    bounds: str
    policy: Markdown
    metric: str
    target: Markdown
    out_cooldown: Markdown
    in_cooldown: Markdown
    status: str
    note: str


class ScheduleRow(NamedTuple):
    """New bounds at a time."""

    service: Markdown
    schedule: Markdown
    at: str
    min: Markdown
    max: Markdown
    note: str


class MaximumRow(NamedTuple):
    """A service at its largest number of tasks."""

    service: Markdown
    tasks: str
    each: Markdown
    units: Markdown
    vcpu: Markdown
    memory: Markdown


def bounds(scaling: Scaling | None) -> str:
    """Write between which numbers of tasks a service scales: `1 to 50`; nothing where it does not."""
    return f"{scaling.min} to {scaling.max}" if scaling else ""


def policies(page: Page, services: Sequence[Service]) -> Iterator[PolicyRow]:
    """Yield the policies of all services."""
    for service in services:
        for one in service.scaling.policies if service.scaling else ():
            yield PolicyRow(
                service=page.refer(service.id),
                bounds=bounds(service.scaling),
                policy=code(one.name),
                metric=one.metric,
                target=if_stated(one.target),
                out_cooldown=if_stated(one.out_cooldown),
                in_cooldown=if_stated(one.in_cooldown),
                status=unless_current(one.status),
                note=one.note,
            )


def schedules(page: Page, services: Sequence[Service]) -> Iterator[ScheduleRow]:
    """Yield the schedules of all services."""
    for service in services:
        for one in service.scaling.schedules if service.scaling else ():
            named = page.refer(service.id), code(one.name)
            yield ScheduleRow(*named, one.at, if_stated(one.min), if_stated(one.max), one.note)


def at_maximum(page: Page, services: Sequence[Service]) -> tuple[MaximumRow, ...]:
    """Return the current services that scale, each at its largest number of tasks, and their sum if there are any."""
    scaling = [(one, one.scaling.max) for one in services if one.scaling and one.status == "current"]
    rows = [
        MaximumRow(page.refer(one.id), str(most), if_stated(one.cpu), *_sums([(most, one.cpu, one.memory)]))
        for one, most in scaling
    ]
    sums = _sums([(most, one.cpu, one.memory) for one, most in scaling])
    tasks = computed(f"{sum(most for _, most in scaling):,}")
    return (*rows, MaximumRow(Markdown("**Together**"), tasks, BLANK, *sums)) if rows else ()


def _sums(parts: Sequence[tuple[int, int | None, int | None]]) -> tuple[Markdown, Markdown, Markdown]:
    """Add up CPU units, vCPU and GiB."""
    cpu = [(most, units) for most, units, _ in parts]
    memory = [(most, mebibytes) for most, _, mebibytes in parts]
    units = sum(most * (each or 0) for most, each in cpu)
    return (
        computed(f"{units:,} CPU units") if all(each for _, each in cpu) else NOT_STATED,
        summed(cpu, CPU_UNITS, "vCPU"),
        summed(memory, MEBIBYTES, "GiB"),
    )
