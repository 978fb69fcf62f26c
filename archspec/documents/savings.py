"""What costs less now or could, and what that adds up to, by horizon."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.documents.amounts import beside, difference, share_beside, times, total
from archspec.documents.markup import Markdown, escape
from archspec.documents.page import Page
from archspec.documents.wording import if_stated
from archspec.graph.cost_shares import middle, share
from archspec.graph.spending import Sum
from archspec.model.cost import Saving, SavingTotal

_MONTHS = 12


class SavingRow(NamedTuple):
    """A saving."""

    does: Markdown
    horizon: str
    covers: Markdown
    before: Markdown
    after: Markdown
    saves: Markdown
    share: Markdown
    status: str


class SavingTotalRow(NamedTuple):
    """What the savings of a horizon add up to."""

    horizon: Markdown
    monthly: Markdown
    yearly: Markdown


def savings(page: Page) -> Iterator[SavingRow]:
    """Yield every saving; savings of one horizon stand together, in the order of the spec."""
    cost = page.architecture.cost
    horizons = list(dict.fromkeys(one.horizon for one in cost.savings))
    for one in sorted(cost.savings, key=lambda saving: horizons.index(saving.horizon)):
        saves = _computed(one)
        part = one.saves or saves
        yield SavingRow(
            does=Markdown(f"{escape(one.does)}{page.marks(one.id)}"),
            horizon=one.horizon,
            covers=page.refer_all(one.covers),
            before=if_stated(one.before),
            after=if_stated(one.after),
            saves=beside(one.saves, saves, cost.rounding),
            share=share_beside(one.share, share(middle(part), middle(one.before)) if part and one.before else None),
            status=one.status,
        )


def saving_totals(page: Page) -> Iterator[SavingTotalRow]:
    """Yield the sum of each horizon that has one; a horizon that no saving has means all of them, and comes last."""
    yield from (row for row in _totals(page) if row.monthly or row.yearly)


def _totals(page: Page) -> Iterator[SavingTotalRow]:
    cost = page.architecture.cost
    stated = {one.horizon: one for one in cost.saving_totals}
    horizons = list(dict.fromkeys(one.horizon for one in cost.savings if one.horizon))
    for horizon in horizons:
        yield _total(page, stated.get(horizon), horizon, [one for one in cost.savings if one.horizon == horizon])
    whole = [one for one in cost.saving_totals if one.horizon not in horizons]
    for one in whole:
        yield _total(page, one, one.horizon, cost.savings)
    if cost.savings and not whole and len(horizons) != 1:
        yield _total(page, None, "", cost.savings)


def _total(page: Page, stated: SavingTotal | None, horizon: str, found: Sequence[Saving]) -> SavingTotalRow:
    rounding = page.architecture.cost.rounding
    amounts = [one.saves or _computed(one) for one in found]
    known = [amount for amount in amounts if amount]
    monthly = total(known) if len(known) == len(found) and found else None
    yearly = stated.monthly if stated and stated.monthly else monthly
    return SavingTotalRow(
        horizon=Markdown(f"{escape(horizon) or '**All together**'}{page.marks(stated.id) if stated else ''}"),
        monthly=beside(stated.monthly if stated else None, monthly, rounding),
        yearly=beside(stated.yearly if stated else None, times(yearly, _MONTHS) if yearly else None, rounding),
    )


def _computed(saving: Saving) -> Sum | None:
    return difference(saving.before, saving.after) if saving.before and saving.after else None
