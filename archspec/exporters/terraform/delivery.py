"""What ships: registries, builds, pipelines."""

from collections.abc import Iterator

from archspec.exporters.terraform import builds, pipelines, registries
from archspec.exporters.terraform.resource import Part
from archspec.model.architecture import Architecture


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield everything of the area, in the order of its modules."""
    for area in (registries, builds, pipelines):
        yield from area.resources(architecture)
