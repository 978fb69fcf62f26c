"""Attributes of resources as what they should be, or nothing: what a source says of them is anybody's."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from archspec.resources.resource import Value

Values = Mapping[str, Value]

_LARGEST = 10**15
_SWITCHES = {"true": True, "false": False, "on": True, "off": False, "1": True, "0": False}


def text(value: Value) -> str:
    """Return a text that is not empty in itself, or ""."""
    return value.strip() if isinstance(value, str) else ""


def number(value: Value) -> Decimal | None:
    """Return a number, also one that is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value))
    except (ArithmeticError, ValueError):
        return None
    return found if found.is_finite() and abs(found) < _LARGEST else None


def whole(value: Value) -> int | None:
    """Return a whole number that is not negative."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == found.to_integral_value() else None


def switch(value: Value) -> bool | None:
    """Return on or off, also as a parameter group writes it: `1`, `ON`."""
    if isinstance(value, bool):
        return value
    return _SWITCHES.get(str(value).lower()) if isinstance(value, str | int) else None


def items(value: Value) -> list[Value]:
    """Return what a list holds; a value alone is a list of one, and nothing is an empty one."""
    if value is None:
        return []
    return [*value] if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def texts(value: Value) -> list[str]:
    """Return the texts in a list."""
    return [found for found in map(text, items(value)) if found]


def blocks(value: Value) -> list[Values]:
    """Return the nested blocks of one name."""
    return [one for one in items(value) if isinstance(one, Mapping)]


def block(values: Values, *names: str) -> Values:
    """Return the first nested block at the end of a path of names, or one that is empty."""
    for name in names:
        values = next(iter(blocks(values.get(name))), {})
    return values


def document(value: Value) -> Values:
    """Return what JSON text holds, whether its reader has read it or not."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, Mapping) else {}
