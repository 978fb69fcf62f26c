"""A resource, and an inventory of them: the one form into which every importer brings what it reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from archspec.errors import Location


@dataclass(frozen=True, slots=True)
class Ref:
    """Another resource of the inventory, where a value names it; `attribute` is which of its attributes stood there.

    `rest` is what the text says after it: `/*` in the ARN of a bucket's objects, `:1.4` behind a repository's URL.
    """

    address: str
    attribute: str = "id"
    rest: str = ""


Value: TypeAlias = "str | int | float | bool | Ref | Sequence[Value] | Mapping[str, Value] | None"
"""What an attribute holds: plain data, with a `Ref` wherever an id, a name or an ARN is that of another resource."""


def refs(value: Value) -> Iterator[Ref]:
    """Yield every reference in a value, at any depth."""
    match value:
        case Ref():
            yield value
        case Mapping():
            for inner in value.values():
                yield from refs(inner)
        case list() | tuple():
            for inner in value:
                yield from refs(inner)
        case _:
            return


def texts(value: Value) -> Iterator[str]:
    """Yield every text in a value, at any depth; not the keys of mappings."""
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from texts(inner)
        case list() | tuple():
            for inner in value:
                yield from texts(inner)
        case _:
            return


class Resource(NamedTuple):
    """A resource under the name that its source gives it.

    `values` has no attribute that is null or unknown. A nested block is a list of mappings, even where there is one;
    what an attribute holds as JSON text (a policy, container definitions) is the data in it. `unknown` are the
    attributes that stand in the source and have no value before they are applied.
    """

    address: str
    type: str
    values: Mapping[str, Value]
    unknown: frozenset[str] = frozenset()
    location: Location | None = None

    @property
    def tags(self) -> Mapping[str, str]:
        """Its tags, with those that a provider adds to all."""
        found = self.values.get("tags_all") or self.values.get("tags") or {}
        return {key: one for key, one in found.items() if isinstance(one, str)} if isinstance(found, Mapping) else {}


class Unread(NamedTuple):
    """Something in a source that became no resource: what it is, why, and the number of them."""

    what: str
    reason: str
    number: int = 1


@dataclass(frozen=True)
class Inventory:
    """All resources of a source, sorted by address. `source` says in a word or a file name where they come from.

    `is_mixed` says whether resources of other systems may be among them, as in an account. `refused` are the calls that
    AWS did not answer, `rds.describe_db_instances`: what only these tell of is not known.
    """

    source: str
    resources: tuple[Resource, ...]
    unread: tuple[Unread, ...] = ()
    region: str = ""
    account: str = ""
    is_mixed: bool = False
    refused: tuple[str, ...] = ()

    @cached_property
    def by_address(self) -> Mapping[str, Resource]:
        """Every resource by its address."""
        return {one.address: one for one in self.resources}

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        """The resources of each type, in order."""
        found: dict[str, list[Resource]] = {}
        for one in self.resources:
            found.setdefault(one.type, []).append(one)
        return {type_: tuple(some) for type_, some in found.items()}

    def of(self, *types: str) -> tuple[Resource, ...]:
        """Return the resources of some types, type by type."""
        return tuple(one for type_ in types for one in self.by_type.get(type_, ()))
