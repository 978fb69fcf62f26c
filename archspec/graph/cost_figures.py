"""Figures about money that follow from others, shares and differences and twelve months, and what they should be."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Graph
from archspec.graph.spending import Sum, add_up, half_digit, outside
from archspec.model.cost import CostArea, CostGroup, CostLine, EnvironmentCost, EstimateLine, Saving, SavingTotal
from archspec.model.quantity import Money, Percent, Quantity

_HUNDRED = Decimal(100)
_DAYS = Decimal(30)
_A_MONTH_IN_DAYS = Decimal("0.07")
"""Months of 28 and of 31 days lie within 7 % of one of 30."""
_ABOUT = Decimal("0.05")
"""What `~` may take from a figure that follows from others."""
_DONE = frozenset({"implemented", "done", "completed", "complete", "applied", "live", "yes", "✅", "✓"})


class Figure(NamedTuple):
    """A figure that is stated, whose it is and where, and what it should be, in words and as a number or a range."""

    whose: str
    path: KeyPath
    stated: Quantity
    expected: Sum
    words: str
    slack: Decimal = Decimal(0)

    @property
    def id(self) -> str:
        """How findings and waivers call what states the figure."""
        return self.whose

    @property
    def missed(self) -> Decimal:
        """By how much the figure is wrong, beyond what its own rounding and its `~` allow."""
        about = self.stated.high * _ABOUT if self.stated.approximate else Decimal(0)
        allowed = max(half_digit(self.stated.low), half_digit(self.stated.high), about, self.slack)
        missed = self._apart if self._is_exact else outside(self.expected, self.stated)
        return missed if missed > allowed else Decimal(0)

    @property
    def _is_exact(self) -> bool:
        return self.slack < 0  # both ends of a range have to fit

    @property
    def _apart(self) -> Decimal:
        return max(abs(self.expected.low - self.stated.low), abs(self.expected.high - self.stated.high))


def figures(graph: Graph) -> list[Figure]:
    """Return every such figure, in the order of the spec."""
    cost = graph.architecture.cost
    rounding = cost.rounding.high if cost.rounding else Decimal(0)
    found: list[Figure] = []
    for line in cost.lines:
        found += _by_the_day(line, line.path, line.id, line.amount)
    if cost.total:
        found += _by_the_day(cost, ("cost",), cost.id, cost.total)
    for group in cost.groups:
        found += _share(group, cost)
    for saving in cost.savings:
        found += _saving(saving, rounding)
    for one in cost.saving_totals:
        found += _totals(one, cost)
    return found


def _by_the_day(one: CostLine | CostArea, path: KeyPath, id_: str, month: Money) -> Iterator[Figure]:
    if one.daily:
        expected = Sum(one.daily.low * _DAYS, one.daily.high * _DAYS)
        slack = expected.high * _A_MONTH_IN_DAYS
        yield Figure(id_, (*path, "daily"), month, expected, f"30 × {one.daily} a day", slack)


def _share(group: CostGroup, cost: CostArea) -> Iterator[Figure]:
    if group.share and group.subtotal and cost.total and cost.total.low > 0:
        low = group.subtotal.low * _HUNDRED / cost.total.high
        expected = Sum(low, group.subtotal.high * _HUNDRED / cost.total.low)
        words = f"{group.subtotal} of {cost.total}"
        yield Figure(group.id, (*group.path, "share"), group.share, expected, words)


def _saving(saving: Saving, rounding: Decimal) -> Iterator[Figure]:
    """Yield what a saving saves, and its share of what was paid before."""
    before, after, saves = saving.before, saving.after, saving.saves
    if before and after and saves:
        expected = Sum(before.low - after.high, before.high - after.low)
        yield Figure(saving.id, (*saving.path, "saves"), saves, expected, f"{before} less {after}", rounding)
    if before and before.low > 0 and saving.share and (saves or after):
        part = Sum(saves.low, saves.high) if saves else _less(before, after)
        share = Sum(part.low * _HUNDRED / before.high, part.high * _HUNDRED / before.low)
        words = f"from {before} to {after}" if after else f"{saves} of {before}"
        yield Figure(saving.id, (*saving.path, "share"), saving.share, share, words)


def _less(before: Money, after: Money | None) -> Sum:
    return Sum(before.low - after.high, before.high - after.low) if after else Sum(before.low, before.high)


def _totals(total: SavingTotal, cost: CostArea) -> Iterator[Figure]:
    """Yield what a year saves, and what the difference between the periods before and after is said to be."""
    if total.monthly and total.yearly:
        expected = Sum(total.monthly.low * 12, total.monthly.high * 12)
        yield Figure(total.id, (*total.path, "yearly"), total.yearly, expected, f"12 × {total.monthly}")
    before = [one for one in cost.periods if one.scenario.lower() == "before"]
    after = [one for one in cost.periods if one.scenario.lower() == "after"]
    if total.monthly and len(cost.saving_totals) == len(before) == len(after) == 1:
        words = f"{before[0].amount} less {after[0].amount}"
        expected = _less(before[0].amount, after[0].amount)
        yield Figure(total.id, (*total.path, "monthly"), total.monthly, expected, words, Decimal(-1))


class Twice(NamedTuple):
    """A line of an environment's estimate, and one of another environment with the same words and another amount."""

    estimate: EnvironmentCost
    position: int
    line: EstimateLine
    other: EnvironmentCost
    amount: Money


def priced_twice(cost: CostArea) -> Iterator[Twice]:
    """Yield the lines of environments that have one resource and one configuration, and two amounts."""
    known: dict[tuple[str, str], tuple[EnvironmentCost, Money]] = {}
    for one in cost.environments:
        for position, line in enumerate(one.lines):
            key = (line.resource.lower(), line.configuration.lower())
            if not line.configuration:
                continue
            other, amount = known.setdefault(key, (one, line.amount))
            if (amount.low, amount.high) != (line.amount.low, line.amount.high):
                yield Twice(one, position, line, other, amount)


def still_paid(cost: CostArea, saving: Saving) -> bool:
    """Whether a saving is said to be done, and the lines for what it covers add up to the amount before it."""
    if saving.status.strip().lower() not in _DONE or not (saving.covers and saving.before and saving.after):
        return False
    amounts = [line.amount for line in cost.lines if set(line.covers) == set(saving.covers)]
    found = add_up(amounts)
    same = (found.low, found.high) == (saving.before.low, saving.before.high)
    return bool(amounts) and same and saving.before.low != saving.after.low


class Overlap(NamedTuple):
    """Savings on the same elements that take more together than all of it costs."""

    savings: tuple[Saving, ...]
    saved: Decimal
    paid: Decimal


def overlaps(cost: CostArea) -> Iterator[Overlap]:
    """Yield savings that cannot all be had."""
    groups: dict[tuple[str, ...], list[Saving]] = defaultdict(list)
    for saving in cost.savings:
        if saving.covers and saving.before and saving.saves:
            groups[tuple(sorted(saving.covers))].append(saving)
    for found in groups.values():
        saved = sum((one.saves.low for one in found if one.saves), Decimal(0))
        paid = max(one.before.high for one in found if one.before)
        if len(found) > 1 and saved > paid:
            yield Overlap(tuple(found), saved, paid)


def spell(figure: Sum, like: Quantity) -> str:
    """Write what a figure should be, as precisely as the one that is stated, in its unit."""
    places = max(0, -int(like.high.as_tuple().exponent))
    places = max(places, 1) if isinstance(like, Percent) else 2
    ends = [f"{end:,.{places}f}".removesuffix(".00") for end in figure]
    unit = ("", "%") if isinstance(like, Percent) else ("$", "")
    return f"{unit[0]}{ends[0] if ends[0] == ends[1] else '-'.join(ends)}{unit[1]}"
