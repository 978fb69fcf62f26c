"""Amounts as a person writes them in a spec: `30 days`, `90 seconds`, `80%`, `100 GB`."""

from decimal import Decimal

from archspec.importers.draft.attributes import number
from archspec.resources.resource import Value

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def amount(value: Decimal) -> str:
    """Write a number without needless digits."""
    return f"{value.normalize():f}"


def counted(value: Value, unit: str) -> str:
    """Write a number of things, `30 days`; nothing where there is no number, or a negative one."""
    found = number(value)
    if found is None or found < 0:
        return ""
    return f"{amount(found)} {unit}{'' if found == 1 else 's'}"


def seconds(value: Value) -> str:
    """Write seconds in the largest unit that they are a whole number of."""
    found = number(value)
    size, unit = next(((s, u) for s, u in _UNITS if found and found % s == 0), (1, "second"))
    return counted(str(found / size), unit) if found is not None else ""


def gigabytes(value: Value) -> str:
    """Write GiB as AWS does: `20 GB`."""
    found = number(value)
    return f"{amount(found)} GB" if found is not None and found > 0 else ""


def percent(value: Value) -> str:
    """Write a share of a hundred."""
    found = number(value)
    return f"{amount(found)}%" if found is not None and found >= 0 else ""


def dollars(value: Value) -> str:
    """Write an amount of US dollars."""
    found = number(value)
    return f"${amount(found)}" if found is not None and found >= 0 else ""
