"""Values of the model as a spec writes them, and what two of them are compared by: what they mean.

`30d` and `30 days` mean the same, and so do lists whose order means nothing, in any order.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from archspec.model.delivery import Pipeline, Stage
from archspec.model.document import DocumentArea, Section, Subsection, Table
from archspec.model.edge import WebAcl
from archspec.model.element import Model
from archspec.model.journey import Journey, Step
from archspec.model.memory import Mebibytes
from archspec.model.network import Listener, Nacl
from archspec.model.ports import PortRange
from archspec.model.quantity import Count, Measure, Quantity, UnitPrice
from archspec.model.recovery import Drill

_ORDERED: Mapping[type[Model], frozenset[str]] = {
    Journey: frozenset({"steps"}),
    Step: frozenset({"details"}),
    Pipeline: frozenset({"stages"}),
    Stage: frozenset({"does"}),
    Drill: frozenset({"does"}),
    Listener: frozenset({"rules"}),
    Nacl: frozenset({"ingress", "egress"}),
    WebAcl: frozenset({"rules"}),
    DocumentArea: frozenset({"sections"}),
    Section: frozenset({"items", "steps", "sections"}),
    Subsection: frozenset({"items", "steps"}),
    Table: frozenset({"columns", "rows"}),
}
"""The lists whose order means something; of all others a spec may change it, and says the same."""

_UNTOLD = frozenset({"id", "index", "derived"})
"""What loading fills in, and what is told as the thing itself."""

_SAME_SIGN = {"≤": "<=", "≥": ">="}


def fields_of(model: Model) -> Iterator[tuple[str, str, Any]]:
    """Yield the fields of a model that a spec can state: the name, the key in a spec, the value."""
    for name, field in type(model).model_fields.items():
        if name not in _UNTOLD:
            yield name, field.alias or name, getattr(model, name)


def stated_fields(model: Model) -> list[tuple[str, Any]]:
    """Return the keys and values of a model that differ from what holds where nothing is stated."""
    plan = type(model).model_fields
    return [(key, value) for name, key, value in fields_of(model) if value != plan[name].get_default()]


def is_ordered(model: Model, name: str) -> bool:
    """Whether the order of a list in a field means something."""
    return name in _ORDERED.get(type(model), ())


def spell(value: object) -> str:
    """Write a value as a spec does; nothing for what is not stated."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Quantity() | Mebibytes():
            return value.text
        case Model() | dict():
            items = stated_fields(value) if isinstance(value, Model) else value.items()
            return ", ".join(f"{key} {spell(item)}" for key, item in items) or "{}"
        case tuple() if not isinstance(value, PortRange):
            separator = "; " if any(isinstance(one, Model | tuple) and not _is_port(one) for one in value) else ", "
            return separator.join(map(spell, value)) or "none"
        case _:
            return str(value)


def _is_port(value: object) -> bool:
    return isinstance(value, PortRange)


def meaning(value: object, *, ordered: bool = False) -> Hashable:
    """Return what is equal for values that mean the same."""
    match value:
        case Quantity():
            return type(value), _measured(value)
        case Model():
            own = tuple((key, meaning(item, ordered=is_ordered(value, name))) for name, key, item in fields_of(value))
            return type(value), own
        case tuple() if not isinstance(value, PortRange):
            all_ = [meaning(one) for one in value]
            return tuple(all_) if ordered else frozenset(Counter(all_).items())
        case dict():
            return frozenset((key, meaning(item)) for key, item in value.items())
        case list():
            return tuple(map(meaning, value))
        case _:
            return value


def _measured(value: Quantity) -> Hashable:
    if isinstance(value, Count | Measure | UnitPrice):  # these say in words what they are a number of
        return value.text
    sign = _SAME_SIGN.get(value.comparator, value.comparator)
    return value.low, value.high, sign, value.approximate, value.text.endswith("+")
