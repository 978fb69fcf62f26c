"""What an export adds to elements, such as a role or a bucket for logs: compared as elements are, if it is there."""

import re
from collections.abc import Iterable
from dataclasses import replace

from archspec.drift.identity import name_of
from archspec.resources.kinds import ELEMENT_TAG, KINDS, PART_TAG
from archspec.resources.resource import Inventory, Resource

COMPARED = {
    "bucket": frozenset({"encryption", "public", "public_access_block", "tls_only", "versioning"}),
    "log_group": frozenset({"retention"}),
    "role": frozenset({"managed_policies", "trust_policy"}),
}
"""Kind → the fields of a part in which it is compared. What else one has follows from who uses what, which an import
does not read back: the permissions of a service's role.
"""

_MARK = "-part-"
_TYPES = frozenset(type_ for types in KINDS.values() for type_ in types)


def with_parts(inventory: Inventory) -> Inventory:
    """Return an inventory in which what is a part of an element has an id of its own, made of that and its name."""
    return replace(inventory, resources=tuple(_tagged(one) for one in inventory.resources))


def has_parts(resources: Iterable[Resource]) -> bool:
    """Whether anything in an account says that an export made it as a part of something."""
    return any(PART_TAG in one.tags for one in resources)


def is_part(id_: str) -> bool:
    """Whether an id is that of a part."""
    return _MARK in id_


def whole_of(id_: str) -> str:
    """Return the id of what a part belongs to."""
    return id_.partition(_MARK)[0]


def _tagged(one: Resource) -> Resource:
    whole = one.tags.get(PART_TAG)
    if not whole or ELEMENT_TAG in one.tags or one.type not in _TYPES:
        return one
    words = re.sub(r"[^a-z0-9]+", "-", f"{one.type.removeprefix('aws_')}-{name_of(one)}".lower()).strip("-")
    return one._replace(values={**one.values, "tags_all": {**one.tags, ELEMENT_TAG: f"{whole}{_MARK}{words}"}})
