"""References inside an environment: `web` means `staging/web` in what stands in staging, where there is one."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from archspec.importers.spec.expansion import Expanded
from archspec.model.architecture import AREAS, LISTS, Architecture
from archspec.model.element import Model, reference_plan

_M = TypeVar("_M", bound=Model)


def resolve(architecture: Architecture, expanded: Expanded) -> Architecture:
    """Return the architecture with every reference in full.

    In an environment an id means the environment's own element first. Elsewhere, in a list of ids, one that no element
    has means the element of that id in every environment.
    """
    known = architecture.elements
    environments = expanded.names
    update: dict[str, Any] = {}
    for area in AREAS:
        held = getattr(architecture, area)
        update[area] = held.model_copy(
            update={
                key: {id_: _renamed(one, _Names(known, one.environment, environments)) for id_, one in elements.items()}
                for key, elements in held
            }
        )
    flows = zip(architecture.flows, expanded.flow_environments, strict=True)
    update["flows"] = tuple(_renamed(flow, _Names(known, name, environments)) for flow, name in flows)
    whole = _Names(known, "", environments)
    update["journeys"] = tuple(_renamed(one, whole) for one in architecture.journeys)
    update["views"] = tuple(_renamed(one, whole) for one in architecture.views)
    update["claims"] = tuple(_renamed(one, whole) for one in architecture.claims)
    for area in ("recovery", "cost", "operations"):
        held = getattr(architecture, area)
        keys = [home.partition(".")[2] for home in LISTS if home.startswith(f"{area}.")]
        update[area] = held.model_copy(
            update={key: tuple(_renamed(one, whole) for one in getattr(held, key)) for key in keys}
        )
    # Not `model_copy`: it would take the index of elements along.
    return Architecture.model_construct(**{**dict(architecture), **update})


class _Names:
    """Tells what ids mean in one environment, or outside of all."""

    def __init__(self, known: Collection[str], environment: str, environments: Sequence[str]) -> None:
        self.known, self.environment, self.environments = known, environment, environments

    def one(self, id_: str) -> str:
        """Return what a single id means."""
        own = f"{self.environment}/{id_}"
        return own if self.environment and own in self.known else id_

    def several(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return what a list of ids means."""
        return tuple(full for id_ in ids for full in self._all(id_))

    def _all(self, id_: str) -> list[str]:
        named = self.one(id_)
        if named in self.known or self.environment:
            return [named]
        return [full for name in self.environments if (full := f"{name}/{id_}") in self.known] or [named]


def _renamed(holder: _M, names: _Names) -> _M:
    update: dict[str, Any] = {}
    for name, _, kinds in reference_plan(type(holder)):
        value = getattr(holder, name)
        if not value:
            continue
        if kinds is None:
            update[name] = _inside(value, lambda inner: _renamed(inner, names))
        else:
            update[name] = names.one(value) if isinstance(value, str) else names.several(value)
    return holder.model_copy(update=update) if update else holder


def _inside(value: object, change: Callable[[Model], Model]) -> object:
    """Change the models in a field's value: itself, the items of a list, or the values of a mapping."""
    match value:
        case Model():
            return change(value)
        case dict():
            return {key: _inside(item, change) for key, item in value.items()}
        case tuple():
            return tuple(_inside(item, change) for item in value)
        case _:
            return value
