"""What all tasks add up to."""

from collections.abc import Sequence
from typing import NamedTuple

from archspec.documents.markup import Markdown
from archspec.documents.wording import NOT_STATED, computed, decimal
from archspec.model.architecture import Architecture
from archspec.model.status import current

CPU_UNITS = 1024
"""CPU units in one vCPU."""

MEBIBYTES = 1024
"""MiB in one GiB."""


class Capacity(NamedTuple):
    """Tasks, vCPU and GiB, as words."""

    tasks: Markdown
    vcpu: Markdown
    memory: Markdown


def capacity(architecture: Architecture) -> Capacity:
    """Add up tasks, CPU and memory of all current services."""
    services = current(architecture.compute.services.values())
    return Capacity(
        tasks=computed(sum(service.desired for service in services)),
        vcpu=summed([(one.desired, one.cpu) for one in services], CPU_UNITS, "vCPU"),
        memory=summed([(one.desired, one.memory) for one in services], MEBIBYTES, "GiB"),
    )


def summed(parts: Sequence[tuple[int, int | None]], unit: int, word: str) -> Markdown:
    """Add up counts times sizes, in `unit`s; a sum without a part that nobody stated would mislead."""
    if any(size is None for _, size in parts):
        return NOT_STATED
    return computed(f"{decimal(sum(count * (size or 0) for count, size in parts) / unit)} {word}")
