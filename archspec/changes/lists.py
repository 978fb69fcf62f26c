"""What became of what a spec lists: flows, journeys, claims, waivers, steps of a recovery, cost lines …"""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from archspec.changes.change import Change, Field
from archspec.changes.comparing import Sides, compare_models
from archspec.changes.matching import match
from archspec.changes.spelling import meaning, spell, stated_fields
from archspec.changes.versions import Versions
from archspec.model.architecture import LISTS
from archspec.model.element import Listed

_SORTS = {
    "flows": "flow",
    "must_reach": "must reach",
    "must_not_reach": "must not reach",
    "journeys": "journey",
    "claims": "claim",
    "waivers": "waiver",
    "views": "view",
    "recovery.targets": "target",
    "recovery.failover": "failover",
    "recovery.region_holds": "standby",
    "recovery.steps": "step",
    "recovery.copies": "copy",
    "recovery.drills": "drill",
    "cost.lines": "cost line",
    "cost.groups": "cost group",
    "cost.environments": "cost of",
    "cost.savings": "saving",
    "cost.saving_totals": "savings",
    "cost.periods": "period",
    "operations.limits": "limit",
    "operations.windows": "window",
    "operations.decisions": "decision",
}
"""Each of `LISTS` → what one of its items is called."""

_ORDERED = frozenset({"recovery.steps"})
"""The lists whose order means something: steps follow each other."""


def list_changes(versions: Versions) -> Iterator[Change]:
    """Yield the changes of every list, in the order of `LISTS`; in one, what is there in the order of the spec."""
    for home in LISTS:
        old: Sequence[Listed] = attrgetter(home)(versions.old.stated)
        new: Sequence[Listed] = attrgetter(home)(versions.new.stated)
        if old or new:
            yield from _of_list(versions, home, old, new)


def _of_list(versions: Versions, home: str, old: Sequence[Listed], new: Sequence[Listed]) -> Iterator[Change]:
    sort, found = _SORTS[home], match(old, new, _called)
    for i, j in found.changed:
        sides = Sides(versions.old.locate, versions.new.locate, old[i].path, new[j].path)
        fields = tuple(compare_models(old[i], new[j], sides))
        yield Change("changed", sort, _called(new[j]), "", fields, *sides.places)
    for j in found.added:
        yield Change("added", sort, _called(new[j]), new_location=versions.new.locate(new[j].path))
    for i in found.removed:
        yield Change("removed", sort, _called(old[i]), old_location=versions.old.locate(old[i].path))
    if home in _ORDERED and not any(found) and [*map(meaning, old)] != [*map(meaning, new)]:
        places = versions.old.locate(tuple(home.split("."))), versions.new.locate(tuple(home.split(".")))
        order = Field(home, _order(old), _order(new), *places)
        yield Change("changed", "spec", versions.new.stated.name, "", (order,), *places)


def _order(items: Sequence[Listed]) -> str:
    return ", ".join(map(_called, items))


def _called(one: Listed) -> str:
    """Return what tells an item from the others: its id without the word for what it is, or what it states first."""
    id_ = str(getattr(one, "id", ""))
    first = next((spell(value) for _, value in stated_fields(one)), "")
    return id_.removeprefix(f"{_SORTS[type(one).home]} ") if id_ else first
