"""What is wanted and what is there, brought to what both know: what is not known yet cannot differ."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeGuard

from archspec.drift.identity import Likes, by_likeness, likeness
from archspec.resources.resource import Inventory, Ref, Resource, Value, texts

_ACCOUNT = re.compile(r"arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):")
_ALWAYS = frozenset({"tags", "tags_all"})
"""They say which element a resource is, whatever else is known of it."""


_NOT_KEPT = {
    "aws_db_instance": frozenset({"skip_final_snapshot"}),
    "aws_docdb_cluster": frozenset({"skip_final_snapshot"}),
    "aws_rds_cluster": frozenset({"skip_final_snapshot"}),
    "aws_secretsmanager_secret": frozenset({"recovery_window_in_days"}),
}
"""What is said to AWS when something is deleted, and what no account can tell before."""


class Both(NamedTuple):
    """What is wanted, and what is there."""

    wanted: Inventory
    there: Inventory


def comparable(wanted: Inventory, there: Inventory) -> Both:
    """Return both without what one of them cannot know, resource by resource.

    That is what a plan does not know before it is applied, and what depends on a variable that nobody answered. Where
    the export leaves an attribute to AWS, nothing (0, off, an empty list) is what leaving it gives.
    """
    known, unique = by_likeness(wanted.resources), by_likeness(there.resources)
    pairs = {one.address: like for one in there.resources if (like := _like(one, wanted, known, unique))}
    gone: dict[str, frozenset[str]] = {}
    found = []
    for one in there.resources:
        like = pairs.get(one.address)
        if like is None:
            found.append(one)
            continue
        names = frozenset(_unknown(like, one))
        gone[like.address] = gone.get(like.address, frozenset()) | names
        found.append(_without(_less(one, like), names))
    asked = tuple(_without(one, gone.get(one.address, frozenset())) for one in wanted.resources)
    return Both(replace(wanted, resources=asked), replace(there, resources=tuple(found)))


def _like(one: Resource, wanted: Inventory, known: Likes, unique: Likes) -> Resource | None:
    same = wanted.by_address.get(one.address)
    if same and same.type == one.type:
        return same
    return next((known[key] for key in likeness(one) if key in known and key in unique), None)


def _unknown(wanted: Resource, there: Resource) -> Iterator[str]:
    """Yield what one of two resources does not know; where all that is known are references, these can be compared."""
    yield from _NOT_KEPT.get(there.type, frozenset()) - there.values.keys()
    for name in (wanted.unknown | there.unknown) - _ALWAYS:
        both = wanted.values.get(name), there.values.get(name)
        if not all(_is_reference(value) for value in both):
            yield name


def _is_reference(value: Value) -> bool:
    return isinstance(value, Ref) or (
        isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Ref) for one in value)
    )


def _without(one: Resource, names: frozenset[str]) -> Resource:
    values = {name: value for name, value in one.values.items() if name not in names}
    return one._replace(values=values, unknown=one.unknown | names) if names else one


def _less(there: Resource, wanted: Resource) -> Resource:
    return there._replace(values=_mapping(there.values, wanted.values))


def _mapping(there: Mapping[str, Value], wanted: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _inner(value, wanted.get(name)) for name, value in there.items() if value or name in wanted}


def _inner(there: Value, wanted: Value) -> Value:
    if isinstance(there, Mapping) and isinstance(wanted, Mapping):
        return _mapping(there, wanted)
    if _is_list(there) and _is_list(wanted) and len(there) == len(wanted):
        return [_inner(one, like) for one, like in zip(there, wanted, strict=True)]
    return there


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, list | tuple)


def account_of(there: Inventory) -> str:
    """Return the account that an inventory is of, as most of its ARNs say; nothing where none does."""
    if there.account:
        return there.account
    said = (text for one in there.resources for text in texts(one.values))
    counted = Counter(found for text in said for found in _ACCOUNT.findall(text))
    return counted.most_common(1)[0][0] if counted else ""
