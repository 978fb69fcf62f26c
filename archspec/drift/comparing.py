"""One element as the spec, its export and an account have it → the fields in which the account says something else."""

from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeGuard

from archspec.changes import Field
from archspec.changes.comparing import Sides as Places
from archspec.changes.comparing import compare_models
from archspec.changes.spelling import fields_of
from archspec.drift.telling import Told, different
from archspec.errors import Locate
from archspec.findings import Finding
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.data import Database
from archspec.model.element import Element, Model
from archspec.model.quantity import Quantity


class Read(NamedTuple):
    """What an import reads, with all that it implies, and how places in it are found."""

    stated: Architecture
    locate: Locate


class Sides(NamedTuple):
    """What is compared: the spec, what an import reads of its export, and what it reads of what is there."""

    stated: Architecture
    here: Read
    there: Read


def differences(sides: Sides, id_: str, told: Told, only: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a finding for each field that is there neither as the export has it nor as the spec itself says it.

    `only` are the fields that are asked, where it is not all of them.
    """
    here, there = sides.here.stated.elements[id_], sides.there.stated.elements[id_]
    stated = sides.stated.elements.get(id_)
    places = Places(sides.here.locate, sides.there.locate, here.path, there.path)
    exported = [
        one for one in compare_models(here, there, places) if one.path != "title" and not _moves(here, there, one)
    ]
    if here.kind != there.kind:
        exported.insert(0, Field("kind", here.kind, there.kind, *places.places))
    if only:
        exported = [one for one in exported if _steps(one.path)[0] in only]
    if stated is None:
        yield from (different(here, field, told, is_stated=True) for field in exported)
        return
    places = Places(told.locate, sides.there.locate, stated.path, there.path)
    own = list(compare_models(stated, there, places))
    for field in exported:
        near = [one for one in own if _are_near(one.path, field.path)]
        same = next((one for one in near if one.path == field.path and field.old in ("", one.old)), None)
        is_stated = _states(stated, _steps(field.path))
        if (near or field.path == "kind") and not _is_left_to_aws(field, there, is_stated=is_stated):
            said = field._replace(old=same.old) if same and is_stated else field
            place = same.old_location if same and not stated.derived else None
            yield different(stated, said, told, is_stated=is_stated, place=place)


def _is_left_to_aws(field: Field, there: Element, *, is_stated: bool) -> bool:
    """Whether neither the spec nor its export says what AWS chooses where nothing is said: a name, a time, a size.

    What it does not choose by itself is never left to it: a switch, a list, a group of values.
    """
    if field.old or (is_stated and "[" not in field.path):
        return False
    if "[" in field.path:
        return field.old_location is not None and field.new not in ("true", "false")
    value: object = there
    for step in field.path.split("."):
        value = next((item for _, key, item in fields_of(value) if key == step), None) if _is_model(value) else None
    return isinstance(value, str | int | Quantity) and not isinstance(value, bool)


def _moves(here: Element, there: Element, field: Field) -> bool:
    """Whether AWS changes a value by itself, within the bounds that the spec sets: then it is no drift."""
    if isinstance(here, Service) and isinstance(there, Service):
        bounds, desired = here.scaling, there.desired
        return field.path == "desired" and bounds is not None and bounds.min <= desired <= bounds.max
    if isinstance(here, Database):
        return field.path.partition(".")[0] == "storage" and here.max_storage is not None
    return False


def _is_model(value: object) -> TypeGuard[Model]:
    return isinstance(value, Model)


def _are_near(one: str, other: str) -> bool:
    """Whether two paths lead to one value, one into the other, or to items of one list."""
    a, b = _steps(one), _steps(other)
    return all(x == y for x, y in zip(a, b, strict=False))


def _steps(path: str) -> list[str]:
    """Return the keys of a path as far as the first list in it."""
    return path.partition("[")[0].split(".")


def _states(model: Model, steps: list[str]) -> bool:
    """Whether a spec says something at a path, be it that there is nothing."""
    first, *rest = steps
    for name, key, value in fields_of(model):
        if key == first and name in model.model_fields_set:
            return _states(value, rest) if rest and isinstance(value, Model) else value is not None
    return False
