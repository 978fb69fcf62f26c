"""Sums and shares of money that may be ranges, and how a stated figure is printed beside what archspec computes.

A stated figure stands alone where the computed one agrees with it; where it does not, both stand there.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from archspec.documents.markup import Markdown, escape
from archspec.documents.wording import computed
from archspec.graph.spending import Sum, apart
from archspec.model.quantity import Money, Percent

_TENTH = Decimal("0.1")


def total(amounts: Iterable[Money | Sum]) -> Sum:
    """Add up what is stated and what is computed."""
    parts = list(amounts)
    return Sum(sum((one.low for one in parts), Decimal(0)), sum((one.high for one in parts), Decimal(0)))


def times(amount: Money | Sum, factor: int) -> Sum:
    """Return so many times the amount."""
    return Sum(amount.low * factor, amount.high * factor)


def middle(amount: Money | Sum) -> Decimal:
    """Return what shares are taken of: the middle of a range."""
    return (amount.low + amount.high) / 2


def difference(before: Money, after: Money) -> Sum:
    """Return what is left between two amounts, the least and the most."""
    return Sum(before.low - after.high, before.high - after.low)


def agrees(stated: Money, found: Sum, rounding: Money | None) -> bool:
    """Whether a stated amount is what was computed, within the accepted rounding."""
    return apart(found, stated) <= (rounding.high if rounding else Decimal(0))


def beside(stated: Money | None, found: Sum | None, rounding: Money | None = None) -> Markdown:
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
    if found and not rounded:
        return f"< {_TENTH}%"
    return f"{rounded:f}".removesuffix(".0") + "%"


def _rounded(found: Decimal, like: Decimal) -> Decimal:
    """Round to as many decimals as another figure has."""
    return found.quantize(Decimal(1).scaleb(min(0, int(like.as_tuple().exponent))), ROUND_HALF_UP)
