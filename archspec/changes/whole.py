"""What became of what a spec says of the whole: its values at the top, objectives, totals, environments, prose."""

from collections.abc import Iterator
from typing import Any

from archspec.changes.change import Change, Field
from archspec.changes.comparing import Sides, compare_mappings, compare_models
from archspec.changes.versions import Versions
from archspec.model.architecture import AREAS, LISTS, Architecture
from archspec.model.element import Model
from archspec.model.environment import Environment

_OWN = frozenset({*AREAS, "archspec", "include", "shared", "environments"})
"""What is told by element or by environment, or says how the spec is written and not what it says."""

_LISTED = frozenset(LISTS)


def whole_changes(versions: Versions) -> Iterator[Change]:
    """Yield what changed of the whole as one change, then what changed of each environment."""
    old, new = versions.old.stated, versions.new.stated
    sides = Sides(versions.old.locate, versions.new.locate, (), ())
    fields = tuple(_fields(_outline(old), _outline(new), sides))
    if fields:
        yield Change("changed", "spec", new.name, "", fields, *sides.places)
    yield from _environments(versions)


def _outline(architecture: Architecture) -> dict[str, Any]:
    """Return what is stated at the top, without lists whose items know their position: those are told one by one."""
    found: dict[str, Any] = {}
    for name in type(architecture).model_fields.keys() - _OWN - _LISTED:
        value = getattr(architecture, name)
        if isinstance(value, Model):
            kept = {key: item for key, item in value if f"{name}.{key}" not in _LISTED}
            found |= {f"{name}.{key}": item for key, item in kept.items()}
        else:
            found[name] = value
    return found


def _fields(old: dict[str, Any], new: dict[str, Any], sides: Sides) -> Iterator[Field]:
    for path, value in sorted(new.items()):
        inner = sides
        *above, key = path.split(".")
        for step in above:
            inner = inner.at(step)
        for field in compare_mappings({key: old[path]}, {key: value}, inner, ".".join(above)):
            yield field._replace(path=field.path.removeprefix("."))


def _environments(versions: Versions) -> Iterator[Change]:
    old, new = versions.old.stated.environments, versions.new.stated.environments
    for id_ in dict.fromkeys([*new, *old]):
        sides = Sides(versions.old.locate, versions.new.locate, ("environments", id_), ("environments", id_))
        before, now = sides.places
        if id_ not in old:
            yield Change("added", "environment", id_, new_location=now)
        elif id_ not in new:
            yield Change("removed", "environment", id_, old_location=before)
        else:
            fields = tuple(compare_models(_own(old[id_]), _own(new[id_]), sides))
            if fields:
                yield Change("changed", "environment", id_, "", fields, before, now)


def _own(environment: Environment) -> Environment:
    """Leave out how one that stands today differs: its elements tell that."""
    return environment.model_copy(update={"differences": ()}) if environment.status == "current" else environment
