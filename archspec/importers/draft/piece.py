"""What the areas of a draft are made of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from archspec.errors import KeyPath
from archspec.resources.resource import Inventory, Ref, Resource, Value


class Piece(NamedTuple):
    """An element of the spec to be. `data` is what stands under its id, in the order in which a person writes it:
    text, numbers, switches, lists and mappings of these; other elements by their ids.

    `guesses` say in sentences what the source does not say and the draft had to choose. `address` is its resource;
    `parts` are those of things inside it (a rule, a listener), by their paths in `data`.
    """

    home: tuple[str, str]
    id: str
    data: dict[str, Any]
    address: str
    guesses: tuple[str, ...] = ()
    parts: Mapping[KeyPath, str] = MappingProxyType({})


def unplaced(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the guesses that an element needs of which no subnets, or no security groups, are known."""
    unsaid = (("subnets", "in which subnets it stands"), ("security_groups", "which security groups it has"))
    return tuple(f"the source does not say {what}" for name, what in unsaid if not data[name])


class Left(NamedTuple):
    """A resource of an area that became no piece and no part of one, and why."""

    address: str
    reason: str


class Given(NamedTuple):
    """What an area is drafted from: all resources, and the id of every resource that is an element by its address."""

    inventory: Inventory
    ids: Mapping[str, str]

    def id(self, value: Value) -> str:
        """Return the id of the element that a value refers to, or nothing."""
        return self.ids.get(value.address, "") if isinstance(value, Ref) else ""

    def elements(self, *types: str) -> list[tuple[str, Resource]]:
        """Return the resources of some types that are elements, with their ids, sorted by id."""
        return sorted((self.ids[one.address], one) for one in self.inventory.of(*types) if one.address in self.ids)
