"""Sums and shares of money that may be ranges, and how a stated figure is printed beside what archspec computes.

A stated figure stands alone where the computed one agrees with it; where it does not, both stand there.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from archspec.documents.markup import Markdown, escape
from archspec.documents.wording import computed
from archspec.graph.cost_shares import agrees, spell_share
from archspec.graph.spending import Sum
from archspec.model.quantity import Money, Percent


def total(amounts: Iterable[Money | Sum]) -> Sum:
    """Add up what is stated and what is computed."""
    parts = list(amounts)
    return Sum(sum((one.low for one in parts), Decimal(0)), sum((one.high for one in parts), Decimal(0)))


def times(amount: Money | Sum, factor: int) -> Sum:
    """Return so many times the amount."""
    return Sum(amount.low * factor, amount.high * factor)


def difference(before: Money, after: Money) -> Sum:
    """Return what is left between two amounts, the least and the most."""
    return Sum(before.low - after.high, before.high - after.low)


def beside(stated: Money | None, found: Sum | None, rounding: Money | None = None) -> Markdown:
    """Return the stated amount, with the computed one where that differs or nobody stated one."""
    if stated is None:
        return computed(found) if found else Markdown()
    if found is None or agrees(stated, found, rounding):
        return escape(stated)
    return Markdown(f"{escape(stated)} ({computed(found)})")


def share_beside(stated: Percent | None, found: Decimal | None) -> Markdown:
    """Return the stated share, with the computed one where that differs in a digit that is stated."""
    if stated is None:
        return computed(spell_share(found)) if found is not None else Markdown()
    if found is None or _rounded(found, stated.high) == stated.high:
        return escape(stated)
    return Markdown(f"{escape(stated)} ({computed(spell_share(found))})")


def _rounded(found: Decimal, like: Decimal) -> Decimal:
    """Round to as many decimals as another figure has."""
    return found.quantize(Decimal(1).scaleb(min(0, int(like.as_tuple().exponent))), ROUND_HALF_UP)
