"""An inventory of resources → a spec as a person would write it, with what was guessed and what was not understood."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archspec.errors import KeyPath, Location
from archspec.importers.draft import (
    balancing,
    compute,
    data,
    delivery,
    edge,
    firewalls,
    messaging,
    network,
    observability,
    security,
)
from archspec.importers.draft.composing import Composed, compose
from archspec.importers.draft.heading import heading
from archspec.importers.draft.naming import identify
from archspec.importers.draft.noise import BY_AWS, by_aws
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.placing import placed
from archspec.importers.draft.settling import settled
from archspec.resources.kinds import ELEMENT_TAG, PART_TAG
from archspec.resources.resource import Inventory, Resource, Unread

Area = Callable[[Given], Iterator[Piece | Left]]

AREAS: tuple[Area, ...] = (
    network.pieces,
    firewalls.pieces,
    balancing.pieces,
    compute.pieces,
    data.pieces,
    messaging.pieces,
    edge.pieces,
    security.pieces,
    observability.pieces,
    delivery.pieces,
)
"""What reads the resources of each section, in the order of a spec."""

TYPES: frozenset[str] = frozenset[str]().union(
    network.TYPES,
    firewalls.TYPES,
    balancing.TYPES,
    compute.TYPES,
    data.TYPES,
    messaging.TYPES,
    edge.TYPES,
    security.TYPES,
    observability.TYPES,
    delivery.TYPES,
)
"""The types of resources that some area reads."""


class Place(NamedTuple):
    """A resource behind something in a draft, and where its source has it."""

    address: str
    location: Location | None = None


class Draft(NamedTuple):
    """A drafted spec. `left` is what was not understood, by type and reason, with counts.

    `addresses` are the resources of elements, and of rules and listeners in them, by their paths in the spec.
    `guesses` are what its comments say of elements: what was guessed, or left out of them.
    """

    text: str
    left: tuple[Unread, ...]
    addresses: Mapping[KeyPath, Place]
    guesses: tuple[tuple[KeyPath, str], ...] = ()

    def place(self, path: KeyPath) -> Place | None:
        """Return the resource that what stands at a path comes from, or the element around it does."""
        return next((found for end in range(len(path), 1, -1) if (found := self.addresses.get(path[:end]))), None)


def draft(inventory: Inventory, name: str = "") -> Draft:
    """Return the spec of an inventory; `name` is what it is called instead of what the resources say.

    The text always loads: what a spec cannot hold is left out, with a comment, and listed.
    """
    head = heading(inventory, name)
    inventory = placed(inventory, head)
    given = Given(inventory, identify(inventory))
    found = [one for area in AREAS for one in area(given)]
    kept, left = settled(given, found, head.name)
    composed, refused = compose(head, kept)
    guesses = tuple(((*one.home, one.id), guess) for one in composed.pieces for guess in one.guesses)
    return Draft(composed.text, _left(inventory, [*left, *refused]), _addresses(inventory, composed), guesses)


def _left(inventory: Inventory, left: Sequence[Left]) -> tuple[Unread, ...]:
    """Count what became nothing in the spec, by type and reason, after what the source's reader could not read."""
    resources = inventory.by_address
    said = {one.address: one.reason for one in left}
    for one in inventory.resources:
        if reason := _ignored(one):
            said.setdefault(one.address, reason)
    counted = Counter((resources[a].type if a in resources else a, reason) for a, reason in said.items())
    return (*inventory.unread, *(Unread(what, reason, count) for (what, reason), count in sorted(counted.items())))


def _ignored(resource: Resource) -> str:
    """Return why a resource is no one's to read; nothing where an area reads its type, or it is a part of an element
    that archspec exported.
    """
    if resource.address.startswith("data.") or ".data." in resource.address:
        return ""
    if PART_TAG in resource.tags and ELEMENT_TAG not in resource.tags:
        return ""
    if by_aws(resource):
        return BY_AWS
    return "" if resource.type in TYPES else "archspec has no kind of element for it"


def _addresses(inventory: Inventory, composed: Composed) -> Mapping[KeyPath, Place]:
    resources = inventory.by_address
    found: dict[KeyPath, Place] = {}
    for piece in composed.pieces:
        for path, address in {(): piece.address, **piece.parts}.items():
            if address in resources:
                found[(*piece.home, piece.id, *path)] = Place(address, resources[address].location)
    return found
