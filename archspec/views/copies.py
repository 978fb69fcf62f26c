"""What is kept in another Region: copies of backups, replicas, replicated buckets and registries."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.model.architecture import Architecture
from archspec.model.data import Store
from archspec.views.cards import status_of
from archspec.views.view import Node

ELSEWHERE = "another Region"


class Sent(NamedTuple):
    """What an element sends to another Region; the element, the Region, what it is in words, and its status."""

    element: str
    region: str
    label: str
    status: str


def sent(architecture: Architecture) -> Iterator[Sent]:
    """Yield what the elements that are there keep in other Regions, by id of the element."""
    for element in architecture.elements.values():
        if element.status != "removed":
            for one in _of(architecture.recovery.region or ELSEWHERE, element):
                yield one._replace(status=status_of(element.status, one.status))


def _of(region: str, element: object) -> Iterator[Sent]:
    if isinstance(element, Store):
        backups = element.backups
        if backups and backups.cross_region:
            every = backups.copy_every or backups.every
            label = "copies of backups" + (f", every {every}" if every else "")
            yield Sent(element.id, region, label, "planned" if backups.cross_region == "planned" else "current")
        for replica in element.distant_replicas:
            if replica.status != "removed":
                label = "replication" + (f", {replica.lag} behind" if replica.lag else "")
                yield Sent(element.id, replica.region, label, replica.status)
    elif getattr(element, "replication", None):
        planned = getattr(element, "replication", None) == "planned"
        yield Sent(getattr(element, "id", ""), region, "replication", "planned" if planned else "current")


def region_node(region: str, holds: tuple[str, ...] = ()) -> Node:
    """Return the node of another Region, with what is kept ready there as its lines."""
    title = "Another Region" if region == ELSEWHERE else f"Region {region}"
    return Node(region_id(region), region, title, "backup", detail=holds)


def region_id(region: str) -> str:
    """Return the id of another Region's node, which is no element's: those have no `@`."""
    return f"@{region}"
