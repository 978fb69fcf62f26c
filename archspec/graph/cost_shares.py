"""The groups of a cost table with their lines, and what share of the whole something is."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from archspec.graph.spending import Sum, add_up, apart
from archspec.model.cost import CostArea, CostGroup, CostLine
from archspec.model.quantity import Money

_TENTH = Decimal("0.1")


def grouped(cost: CostArea) -> Iterator[tuple[CostGroup | None, Sequence[CostLine]]]:
    """Yield the groups with their lines; a group that only lines name is one too. What is in none comes last."""
    named = {group.name: group for group in cost.groups}
    for line in cost.lines:
        if line.group:
            named.setdefault(line.group, CostGroup(name=line.group))
    for name, group in named.items():
        yield group, [line for line in cost.lines if line.group == name]
    yield None, [line for line in cost.lines if not line.group]


def sum_of(cost: CostArea) -> Sum:
    """Add up the lines; where none are stated, what the groups are said to be."""
    return add_up([line.amount for line in cost.lines] or [one.subtotal for one in cost.groups if one.subtotal])


def agrees(stated: Money, found: Sum, rounding: Money | None) -> bool:
    """Whether a stated amount is what was computed, within the accepted rounding."""
    return apart(found, stated) <= (rounding.high if rounding else Decimal(0))


def middle(amount: Money | Sum) -> Decimal:
    """Return what shares are taken of: the middle of a range."""
    return (amount.low + amount.high) / 2


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part in percent; nothing has no parts."""
    return part * 100 / whole if whole else Decimal(0)


def spell_share(found: Decimal) -> str:
    """Write a share with one decimal, where that is not zero: `5.3%`, `40%`."""
    rounded = found.quantize(_TENTH, ROUND_HALF_UP)
    if found and not rounded:
        return f"< {_TENTH}%"
    return f"{rounded:f}".removesuffix(".0") + "%"
