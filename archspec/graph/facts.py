"""The architecture as plain data, for expressions in rule packs and claims.

What is not stated is left out, so that asking for it answers "not stated". Durations are seconds, money is dollars,
`azs` is computed.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from archspec.graph.graph import Graph, is_attached
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.element import Element, Model, models_in
from archspec.model.memory import Mebibytes
from archspec.model.quantity import Quantity

TABLES: tuple[str, ...] = tuple(key for _, key in element_kinds())
"""The names under which expressions find elements, the keys of a spec: `services`, `databases` …"""

WHOLE = ("cost", "recovery", "operations", "flows", "journeys")
"""The other sections of a spec that expressions may ask, as they are written there."""


@cache
def keys() -> frozenset[str]:
    """Return every key that expressions may ask for: what a spec may state, at any depth, and what is computed."""
    found: set[str] = {*_COMPUTED}
    waiting: list[type[Model]] = [Architecture]
    for model in waiting:  # grows while it is walked
        for name, field in model.model_fields.items():
            found.add(field.alias or name)
            waiting += [inner for inner in models_in(field.annotation) if inner not in waiting]
    return frozenset(found)


def known_as(graph: Graph, name: str) -> Any:
    """Return what an expression over the whole architecture finds under a name: a table, or a section."""
    return _plain(getattr(graph.architecture, name)) if name in WHOLE else table(graph, name)


def table(graph: Graph, name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return a kind's current elements by id, as plain data; made once for a graph."""
    known = _known(graph)
    if name not in known:
        known[name] = {element.id: facts(graph, element) for element in current(graph, name)}
    return known[name]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    return {}


def current(graph: Graph, name: str) -> list[Element]:
    """Return the current elements of a kind, in the order of the spec; `name` is its key in a spec."""
    area = next(area for area, key in element_kinds() if key == name)
    elements: Mapping[str, Element] = getattr(getattr(graph.architecture, area), name)
    return [element for element in elements.values() if element.status == "current"]


def facts(graph: Graph, element: Element, wanted: frozenset[str] | None = None) -> Mapping[str, Any]:
    """Return one element as plain data, with what is computed; only the keys that are wanted, where that is known."""
    found = {
        key: _plain(item)
        for name, key in _keys(type(element))
        if (wanted is None or key in wanted) and (item := getattr(element, name)) is not None and item != ""
    }
    for key, compute in _COMPUTED.items():
        if wanted is None or key in wanted:
            found[key] = compute(graph, element)
    return found


def _subnet_azs(graph: Graph, element: Element) -> list[str]:
    subnets = graph.subnets(element) if is_attached(element) else ()
    return sorted({subnet.az for subnet in subnets if subnet.status == "current"})


_COMPUTED: dict[str, Callable[[Graph, Element], Any]] = {
    "kind": lambda _, element: element.kind,
    "environment": lambda _, element: element.environment,
    "azs": lambda graph, element: list(graph.azs(element)),
    "subnet_azs": _subnet_azs,
}


_SCALARS = frozenset({bool, int, float, str})


@cache
def _keys(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


def _plain(value: Any) -> Any:
    match value:
        case tuple() | list():  # first, because asking whether something is a pydantic model is slow where it is not
            return [_plain(item) for item in value]
        case Model():
            held = value.__dict__
            return {
                key: item if item.__class__ in _SCALARS else _plain(item)
                for name, key in _keys(type(value))
                if (item := held[name]) is not None and item != ""
            }
        case Quantity():
            return float(value.high)
        case bool() | int() | float() | str():
            return int(value) if isinstance(value, Mebibytes) else value
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case _:
            return str(value)
