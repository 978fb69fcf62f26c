"""What a month costs: lines by group with their shares, whether they add up, by environment, over time, and savings."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from archspec.documents.amounts import beside, share_beside, total
from archspec.documents.markup import Markdown, escape, fenced, join
from archspec.documents.page import Page
from archspec.documents.savings import SavingRow, SavingTotalRow, saving_totals, savings
from archspec.documents.wording import BLANK, computed, if_stated, stated
from archspec.graph.cost_shares import agrees, grouped, middle, share, spell_share, sum_of
from archspec.model.cost import CostArea, CostGroup, CostLine, EnvironmentCost

TITLE = "Costs"

_BAR, _NAME = 40, 36


class CostRow(NamedTuple):
    """A line, the group above its lines, or the total. `arithmetic` is quantity × unit price × hours, where stated."""

    resource: Markdown
    covers: Markdown
    configuration: Markdown
    arithmetic: Markdown
    daily: Markdown
    amount: Markdown
    share: Markdown
    note: Markdown


class Bar(NamedTuple):
    """A line of the chart, its parts as wide as those of the others."""

    name: Markdown
    bar: str
    percent: Markdown


class EstimateRow(NamedTuple):
    """A line of an environment's estimate, or its total."""

    environment: Markdown
    resource: Markdown
    configuration: str
    amount: Markdown
    note: str


class PeriodRow(NamedTuple):
    """What a period cost, or may cost."""

    period: str
    scenario: str
    amount: str
    note: str


class Costs(NamedTuple):
    """The facts. `agrees` is whether the sum is the stated total; nothing where no total is stated."""

    lines: tuple[CostRow, ...]
    total: Markdown
    sum: Markdown
    agrees: bool | None
    findings: Markdown
    bars: tuple[Bar, ...]
    estimates: tuple[EstimateRow, ...]
    periods: tuple[PeriodRow, ...]
    savings: tuple[SavingRow, ...]
    saving_totals: tuple[SavingTotalRow, ...]


def make(page: Page) -> Costs | None:
    """Return the costs, if any are stated."""
    cost = page.architecture.cost
    if not any(value for key, value in cost if key != "rounding"):
        return None
    whole = sum_of(cost)
    return Costs(
        lines=tuple(_rows(page, cost)),
        total=stated(cost.total),
        sum=computed(whole),
        agrees=agrees(cost.total, whole, cost.rounding) if cost.total else None,
        findings=join(page.cited(cost.id)),
        bars=tuple(_bars(cost)),
        estimates=tuple(row for one in cost.environments for row in _estimate(page, one)),
        periods=tuple(PeriodRow(one.period, one.scenario, str(one.amount), one.note) for one in cost.periods),
        savings=tuple(savings(page)),
        saving_totals=tuple(saving_totals(page)),
    )


def _rows(page: Page, cost: CostArea) -> Iterator[CostRow]:
    """Yield each group with its lines below, then the lines that are in none, and the total."""
    for group, lines in grouped(cost):
        if group:
            yield _group(page, group, lines)
        elif cost.groups and lines:
            yield _rest(cost, lines)
        yield from (_row(page, line, cost) for line in lines)
    if cost.lines or cost.groups:
        daily = [line.daily for line in cost.lines if line.daily]
        a_day = beside(cost.daily, total(daily) if daily and len(daily) == len(cost.lines) else None, cost.rounding)
        yield _bold("Total", amount=stated(cost.total), daily=a_day)


def _group(page: Page, group: CostGroup, lines: Sequence[CostLine]) -> CostRow:
    cost = page.architecture.cost
    found = total(line.amount for line in lines) if lines else None
    part = found or group.subtotal
    return _bold(
        group.title or group.name,
        mark=page.marks(group.id),
        amount=beside(group.subtotal, found, cost.rounding),
        part=share_beside(group.share, share(middle(part), middle(sum_of(cost))) if part else None),
    )


def _rest(cost: CostArea, lines: Sequence[CostLine]) -> CostRow:
    found = total(line.amount for line in lines)
    part = share(middle(found), middle(sum_of(cost)))
    return _bold("In no group", amount=computed(found), part=computed(spell_share(part)))


def _bold(name: str, *, mark: str = "", amount: Markdown, daily: Markdown = BLANK, part: Markdown = BLANK) -> CostRow:
    """Return a row that stands for others."""
    bold = [Markdown(f"**{text}**") if text.strip() else BLANK for text in (escape(name), amount, daily, part)]
    named = Markdown(f"{bold[0]}{mark}")
    return CostRow(named, BLANK, BLANK, BLANK, bold[2], bold[1], bold[3], BLANK)


def _row(page: Page, line: CostLine, cost: CostArea) -> CostRow:
    parts = [str(part) for part in (line.quantity, line.unit_price, line.hours) if part is not None]
    return CostRow(
        resource=Markdown(f"{escape(line.resource)}{page.marks(line.id)}"),
        covers=page.refer_all(line.covers),
        configuration=escape(line.configuration),
        arithmetic=escape(" × ".join(parts)),
        daily=if_stated(line.daily),
        amount=escape(line.amount),
        share=computed(spell_share(share(middle(line.amount), middle(sum_of(cost))))),
        note=escape(line.note),
    )


def _bars(cost: CostArea) -> Iterator[Bar]:
    """Yield a bar for each group, and for each line that is in none."""
    parts: list[tuple[str, Sequence[CostLine]]] = []
    for group, lines in grouped(cost):
        parts += [(group.title or group.name, lines)] if group else [(line.resource, [line]) for line in lines]
    shown = [(_short(name), middle(total(line.amount for line in lines))) for name, lines in parts if lines]
    whole = sum((amount for _, amount in shown), Decimal(0))
    widest = max((len(name) for name, _ in shown), default=0)
    for name, amount in shown:
        percent = int(share(amount, whole).quantize(Decimal(1), ROUND_HALF_UP))
        bar = "█" * max(percent * _BAR // 100, 1 if percent else 0)
        yield Bar(Markdown(name.ljust(widest)), bar, Markdown(f"{percent} %".rjust(len("100 %"))))


def _short(text: str) -> str:
    name = fenced(text)
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _estimate(page: Page, one: EnvironmentCost) -> Iterator[EstimateRow]:
    known = page.architecture.environments.get(one.environment)
    title = escape((known and known.title) or one.environment)
    for line in one.lines:
        yield EstimateRow(title, escape(line.resource), line.configuration, escape(line.amount), "")
    whole = total(line.amount for line in one.lines) if one.lines else None
    amount = beside(one.total, whole, page.architecture.cost.rounding)
    named = Markdown(f"**{title}**{page.marks(one.id)}")
    yield EstimateRow(named, Markdown("**Total**"), BLANK, Markdown(f"**{amount}**"), one.note)
