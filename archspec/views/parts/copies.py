"""What is kept in another Region: copies of backups, replicas, replicated buckets and registries."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.model.architecture import Architecture
from archspec.model.data import Bucket, Store
from archspec.model.delivery import Registry
from archspec.model.element import Element
from archspec.views.parts.cards import status_of
from archspec.views.view import Node

ELSEWHERE = "another Region"


class Sent(NamedTuple):
    """What an element sends to another Region, what that is in words, and whether it is a copy of its backups."""

    element: str
    region: str
    label: str
    status: str
    is_backup: bool = False


def sent(architecture: Architecture) -> Iterator[Sent]:
    """Yield what the elements that are there keep in other Regions, a Region that nobody names as `ELSEWHERE`."""
    for element in architecture.elements.values():
        for one in _of(element, architecture.recovery.region or ELSEWHERE):
            status = status_of(element.status, one.status)
            if status != "removed":
                yield one._replace(label=one.label + ("" if status == "current" else f" ({status})"), status=status)


def _of(element: Element, region: str) -> Iterator[Sent]:
    match element:
        case Store(backups=backups, distant_replicas=replicas):
            if backups and backups.cross_region:
                every = backups.copy_every or backups.every
                label = "copies of backups" + (f", every {every}" if every else "")
                yield Sent(element.id, region, label, _status(backups.cross_region), is_backup=True)
            for replica in replicas:
                label = "replication" + (f", {replica.lag} behind" if replica.lag else "")
                yield Sent(element.id, replica.region, label, replica.status)
        case Bucket(replication=replication) | Registry(replication=replication) if replication:
            yield Sent(element.id, region, "replication", _status(replication))


def _status(feature: object) -> str:
    return "planned" if feature == "planned" else "current"


def region_id(region: str) -> str:
    """Return the id of another Region's node, which is no element's: those have no `@`."""
    return f"@region-{region}"


def region_node(region: str, holds: tuple[str, ...] = ()) -> Node:
    """Return the node of another Region, with what is ready there as its lines."""
    title = "Another Region" if region == ELSEWHERE else f"Region {region}"
    return Node(region_id(region), region, title, "backup", detail=holds)
