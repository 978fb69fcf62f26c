"""The architecture as plain data, for expressions in rule packs and claims.

What is not stated is left out, so that asking for it answers "not stated". Durations are seconds, money is dollars,
`azs` is computed.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from archspec.graph.graph import Graph, is_attached
from archspec.model.architecture import element_kinds
from archspec.model.element import Element, Model
from archspec.model.quantity import Quantity

TABLES: tuple[str, ...] = tuple(key for _, key in element_kinds())
"""The names under which expressions find elements, the keys of a spec: `services`, `databases` …"""


def tables(graph: Graph) -> Mapping[str, Mapping[str, Any]]:
    """Return every kind's current elements by id, as plain data."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {name: {} for name in TABLES}
    for element in graph.architecture.elements.values():
        if element.status == "current" and element.home[1] in found:
            found[element.home[1]][element.id] = facts(graph, element)
    return found


def facts(graph: Graph, element: Element) -> Mapping[str, Any]:
    """Return one element as plain data, with the AZs that it stands in and those that its subnets cover."""
    known = _known(graph)
    if element.id not in known:
        known[element.id] = {
            **_plain(element),
            "kind": element.kind,
            "azs": list(graph.azs(element)),
            "subnet_azs": sorted({subnet.az for subnet in graph.subnets(element)}) if is_attached(element) else [],
        }
    return known[element.id]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[str, dict[str, Any]]:
    return {}


_SCALARS = frozenset({bool, int, float, str})


@cache
def _keys(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


def _plain(value: Any) -> Any:
    match value:
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
            return value
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case _:
            return str(value)
