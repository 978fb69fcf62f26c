"""Two values of the model → the fields in which they differ, with a dotted path and both places."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from archspec.changes.change import Field
from archspec.changes.matching import match
from archspec.changes.spelling import fields_of, is_ordered, meaning, spell, stated_fields
from archspec.errors import KeyPath, Locate, Location
from archspec.model.element import Model


class Sides(NamedTuple):
    """How places are found in the two versions, and where what is compared stands in each."""

    old: Locate
    new: Locate
    old_path: KeyPath
    new_path: KeyPath

    def at(self, old: str | int, new: str | int | None = None) -> "Sides":
        """Return the places one step further in; with one step, it is the same in both."""
        return self._replace(old_path=(*self.old_path, old), new_path=(*self.new_path, old if new is None else new))

    @property
    def places(self) -> tuple[Location, Location]:
        """The place in each version; what does not stand there, the nearest thing around it."""
        return self.old(self.old_path), self.new(self.new_path)


def compare_models(old: Model, new: Model, sides: Sides, path: str = "") -> Iterator[Field]:
    """Yield the fields in which two models differ, in their order."""
    before = {name: value for name, _, value in fields_of(old)}
    for name, key, value in fields_of(new):
        if name in before:
            ordered = is_ordered(new, name)
            yield from _compare(before[name], value, sides.at(key), (f"{path}.{key}" if path else key, ordered))


_Told = tuple[str, bool]
"""The dotted path of a value, and whether its order means something."""


def _compare(old: Any, new: Any, sides: Sides, told: _Told) -> Iterator[Field]:  # noqa: ANN401  fields of any type
    path, ordered = told
    if old is new or meaning(old, ordered=ordered) == meaning(new, ordered=ordered):
        return
    if isinstance(old, Model) and type(old) is type(new):
        yield from compare_models(old, new, sides, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from compare_mappings(old, new, sides, path)
    elif _are_models(old, new):
        yield from _lists(old, new, sides, told)
    else:
        yield _field(path, (spell(old), spell(new)), sides)


def compare_mappings(old: Mapping[str, Any], new: Mapping[str, Any], sides: Sides, path: str) -> Iterator[Field]:
    """Yield what differs between two mappings, by key, sorted."""
    for key in sorted({*old, *new}):
        here, there = old.get(key), new.get(key)
        inner = sides.at(key)
        if key not in old or key not in new:
            yield _field(f"{path}.{key}", (spell(here), spell(there)), inner, (key in old, key in new))
        else:
            yield from _compare(here, there, inner, (f"{path}.{key}", False))


def _are_models(old: object, new: object) -> bool:
    both = (*old, *new) if isinstance(old, tuple) and isinstance(new, tuple) else ()
    return bool(both) and all(isinstance(one, Model) for one in both)


def _lists(old: Sequence[Model], new: Sequence[Model], sides: Sides, told: _Told) -> Iterator[Field]:
    """Yield what became of the items: those that are nearly the same field by field, the others as a whole."""
    path, ordered = told
    found = match(old, new)
    for i, j in found.changed:
        yield from compare_models(old[i], new[j], sides.at(i, j), f"{path}[{_label(new[j])}]")
    for i in found.removed:
        yield _field(path, (spell(old[i]), ""), sides.at(i, ""), (True, False))
    for j in found.added:
        yield _field(path, ("", spell(new[j])), sides.at("", j), (False, True))
    if ordered and not any(found):
        yield _field(path, (_order(old), _order(new)), sides)


def _order(items: Sequence[Model]) -> str:
    return ", ".join(map(_label, items))


def _label(item: Model) -> str:
    """Return what tells an item from the others: the first thing that it states."""
    return next((spell(value) for _, value in stated_fields(item)), "")


def _field(path: str, values: tuple[str, str], sides: Sides, stands: tuple[bool, bool] = (True, True)) -> Field:
    old, new = sides.places
    return Field(path, *values, old if stands[0] else None, new if stands[1] else None)
