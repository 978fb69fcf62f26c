"""Sums and shares of money that may be ranges, and how a stated figure is printed beside what archspec computes.

A stated figure stands alone where the computed one agrees with it; where it does not, both stand there.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape
from archspec.documents.wording import computed
from archspec.model.quantity import Money, Percent, spell_money

_TENTH = Decimal("0.1")


class Amount(NamedTuple):
    """Dollars, low and high; equal unless something in it is a range."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        if self.low == self.high:
            return spell_money(self.low)
        return f"{spell_money(self.low)}-{spell_money(self.high).removeprefix('$')}"

    @property
    def middle(self) -> Decimal:
        """What shares are taken of."""
        return (self.low + self.high) / 2

    def times(self, factor: int) -> "Amount":
        """Return so many times the amount."""
        return Amount(self.low * factor, self.high * factor)


def total(amounts: Iterable[Money | Amount]) -> Amount:
    """Add up."""
    parts = list(amounts)
    return Amount(sum((one.low for one in parts), Decimal(0)), sum((one.high for one in parts), Decimal(0)))


def difference(before: Money, after: Money) -> Amount:
    """Return what is left between two amounts, the least and the most."""
    return Amount(before.low - after.high, before.high - after.low)


def agrees(stated: Money, found: Amount, rounding: Money | None) -> bool:
    """Whether a stated amount is what was computed, within the accepted rounding."""
    accepted = rounding.high if rounding else Decimal(0)
    return abs(found.low - stated.low) <= accepted and abs(found.high - stated.high) <= accepted


def beside(stated: Money | None, found: Amount | None, rounding: Money | None = None) -> Markdown:
    """Return the stated amount, with the computed one where that differs or nobody stated one."""
    if stated is None:
        return computed(found) if found else Markdown()
    if found is None or agrees(stated, found, rounding):
        return escape(stated)
    return Markdown(f"{escape(stated)} ({computed(found)})")


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part in percent; nothing has no parts."""
    return part * 100 / whole if whole else Decimal(0)


def share_beside(stated: Percent | None, found: Decimal | None) -> Markdown:
    """Return the stated share, with the computed one where that differs in a digit that is stated."""
    if stated is None:
        return computed(spell_share(found)) if found is not None else Markdown()
    if found is None or _rounded(found, stated.high) == stated.high:
        return escape(stated)
    return Markdown(f"{escape(stated)} ({computed(spell_share(found))})")


def spell_share(found: Decimal) -> str:
    """Write a share with one decimal, where that is not zero: `5.3%`, `40%`."""
    rounded = found.quantize(_TENTH, ROUND_HALF_UP)
    return f"{rounded:f}".removesuffix(".0") + "%"


def _rounded(found: Decimal, like: Decimal) -> Decimal:
    """Round to as many decimals as another figure has."""
    return found.quantize(Decimal(1).scaleb(min(0, int(like.as_tuple().exponent))), ROUND_HALF_UP)
