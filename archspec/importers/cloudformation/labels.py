"""The element that a resource is, where our own export says so and the type can have no tags."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archspec.resources.kinds import ELEMENT_TAG, KINDS
from archspec.resources.resource import Resource

_TYPES = frozenset(type_ for types in KINDS.values() for type_ in types)
_STEPS = 3


def labelled(resources: Iterable[Resource], stated: Mapping[str, Any]) -> Iterator[Resource]:
    """Yield resources, tagged with the id at the end of `SpecPath` where no tag names an element."""
    metadata = stated.get("Metadata")
    path = metadata.get("SpecPath") if isinstance(metadata, dict) else None
    steps = path.split(".") if isinstance(path, str) else []
    for one in resources:
        if one.type in _TYPES and not one.tags and len(steps) == _STEPS:
            yield one._replace(values={**one.values, "tags": {ELEMENT_TAG: steps[-1]}})
        else:
            yield one
