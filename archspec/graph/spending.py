"""What cost lines add up to, and how far that is from what is said. Exact decimals, in dollars a month."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from archspec.model.quantity import Money, spell_money


class Sum(NamedTuple):
    """What amounts add up to: low and high differ where one of them is a range."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        low, high = spell_money(self.low), spell_money(self.high)
        return low if self.low == self.high else f"{low}-{high.removeprefix('$')}"


def add_up(amounts: Iterable[Money]) -> Sum:
    """Add amounts up, their low and their high values each."""
    found = list(amounts)
    return Sum(sum((one.low for one in found), Decimal(0)), sum((one.high for one in found), Decimal(0)))


def apart(found: Sum, stated: Money) -> Decimal:
    """Return by how much a sum misses what is stated; an exact sum within a stated range misses nothing."""
    if found.low == found.high:
        return max(stated.low - found.low, found.high - stated.high, Decimal(0))
    return max(abs(found.high - stated.high), abs(found.low - stated.low))
