"""The architecture as plain data, for expressions in rule packs and claims.

What is not stated is left out, so that asking for it answers "not stated". Durations are seconds, money is dollars,
`azs` is computed.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from archspec.errors import KeyPath
from archspec.graph.graph import Graph, is_attached
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.cost import CostLine
from archspec.model.element import Element, Listed, Model, inner_classes
from archspec.model.flow import Flow
from archspec.model.journey import Journey
from archspec.model.memory import Mebibytes
from archspec.model.quantity import Quantity
from archspec.model.status import current

TABLES: tuple[str, ...] = tuple(key for _, key in element_kinds())
"""The names under which expressions find elements, the keys of a spec: `services`, `databases` …"""

WHOLE = ("cost", "recovery", "operations", "flows", "journeys")
"""The other sections of a spec that expressions may ask, as they are written there."""

Item = Flow | Journey | CostLine

LISTED: Mapping[str, type[Item]] = {"flows": Flow, "journeys": Journey, "cost_lines": CostLine}
"""What else a rule of a pack may be about, beside elements: lists of a spec."""


@cache
def keys() -> frozenset[str]:
    """Return every key that expressions may ask for: what a spec may state, at any depth, and what is computed."""
    found: set[str] = {*COMPUTED}
    waiting: list[type[Model]] = [Architecture]
    for model in waiting:  # grows while it is walked
        found.update(field.alias or name for name, field in model.model_fields.items())
        inner = (one for classes in inner_classes(model).values() for one in classes)
        waiting += [one for one in dict.fromkeys(inner) if one not in waiting]
    return frozenset(found)


def known_as(graph: Graph, name: str) -> Any:
    """Return what an expression over the whole architecture finds under a name: a table, or a section."""
    return _plain(getattr(graph.architecture, name)) if name in WHOLE else table(graph, name)


def table(graph: Graph, name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return a kind's current elements by id, as plain data; made once for a graph."""
    known = _tables(graph)
    if name not in known:
        known[name] = {element.id: whole(graph, element) for element in current_of_kind(graph, name)}
    return known[name]


@lru_cache(maxsize=1)
def _tables(_graph: Graph) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    return {}


def whole(graph: Graph, one: Element | Item) -> Mapping[str, Any]:
    """Return everything about one element, or one item of a list, as plain data; made once for a graph."""
    known, key = _facts(graph), one.path
    if key not in known:
        known[key] = facts(graph, one)
    return known[key]


@lru_cache(maxsize=1)
def _facts(_graph: Graph) -> dict[KeyPath, Mapping[str, Any]]:
    return {}


def current_of_kind(graph: Graph, name: str) -> list[Element]:
    """Return the current elements of a kind, in the order of the spec; `name` is its key in a spec."""
    area = next(area for area, key in element_kinds() if key == name)
    elements: Mapping[str, Element] = getattr(getattr(graph.architecture, area), name)
    return current(elements.values())


def listed(graph: Graph, name: str) -> list[Item]:
    """Return the current items of one of the lists in `LISTED`, in the order of the spec."""
    architecture = graph.architecture
    found: Mapping[str, tuple[Item, ...]] = {
        "flows": architecture.flows,
        "journeys": architecture.journeys,
        "cost_lines": architecture.cost.lines,
    }
    return [one for one in found[name] if getattr(one, "status", "current") == "current"]


def facts(graph: Graph, one: Element | Item, wanted: frozenset[str] | None = None) -> Mapping[str, Any]:
    """Return an element, or an item of a list, as plain data with what is computed.

    Only the keys that are wanted are made, where that is known.
    """
    stated, computed = _wanted_keys(type(one), wanted)
    held = one.__dict__
    found = {key: _plain(item) for name, key in stated if (item := held[name]) is not None and item != ""}
    for key in computed:
        found[key] = COMPUTED[key](graph, one) if isinstance(one, Element) else one.id
    return found


_Names = tuple[str, ...]


@cache
def likeness(model: type[Model], wanted: frozenset[str]) -> Callable[[Graph, Any], object]:
    """Return what finds, for a thing of a class, that of which `facts` makes plain data: the same for things alike.

    Much cheaper than the data. It cannot be hashed where a key holds a map.
    """
    stated, computed = _wanted_keys(model, wanted)
    names = [name for name, _ in stated]
    held: Callable[[Mapping[str, object]], object] = itemgetter(*names) if names else lambda _: None

    def found(graph: Graph, one: Element | Item) -> object:
        values = (COMPUTED[key](graph, one) if isinstance(one, Element) else one.id for key in computed)
        return held(one.__dict__), *(tuple(value) if isinstance(value, list) else value for value in values)

    return found if computed else lambda _, one: held(one.__dict__)


@cache
def _wanted_keys(model: type[Model], wanted: frozenset[str] | None) -> tuple[tuple[tuple[str, str], ...], _Names]:
    """Return what to make of a thing: its fields with their keys in a spec, and what is computed."""
    stated = tuple((name, key) for name, key in _keys(model) if wanted is None or key in wanted)
    known = ("id",) if issubclass(model, Listed) else tuple(COMPUTED)  # an element states its own id
    return stated, tuple(key for key in known if wanted is None or key in wanted)


def _subnet_azs(graph: Graph, element: Element) -> list[str]:
    subnets = graph.subnets(element) if is_attached(element) else ()
    return sorted({subnet.az for subnet in subnets if subnet.status == "current"})


COMPUTED: Mapping[str, Callable[[Graph, Element], Any]] = {
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
