"""What a month costs: the lines, their shares, and whether they add up to the stated total."""

from decimal import Decimal
from typing import NamedTuple

from archspec.documents.markup import Markdown, fenced, join
from archspec.documents.page import Page
from archspec.documents.wording import computed, stated
from archspec.model.cost import CostArea, CostLine
from archspec.model.quantity import spell_money

TITLE = "Costs"

_BAR, _NAME = 40, 24
_HALF = Decimal("0.5")


class CostRow(NamedTuple):
    """A line of the table; `arithmetic` is quantity × unit price × hours, where stated."""

    resource: str
    covers: Markdown
    configuration: str
    arithmetic: str
    amount: str
    share: Markdown
    note: str


class Bar(NamedTuple):
    """A line of the chart, its parts as wide as those of the others."""

    name: Markdown
    bar: str
    percent: Markdown


class Costs(NamedTuple):
    """The facts. `agrees` is whether the sum is the stated total; nothing where no total is stated."""

    lines: tuple[CostRow, ...]
    total: Markdown
    sum: Markdown
    agrees: bool | None
    findings: Markdown
    bars: tuple[Bar, ...]
    has_arithmetic: bool
    has_notes: bool


def make(page: Page) -> Costs | None:
    """Return the costs, if any are stated."""
    cost = page.architecture.cost
    if not (cost.lines or cost.total):
        return None
    rows = tuple(_row(page, line, cost) for line in cost.lines)
    return Costs(
        lines=rows,
        total=stated(cost.total),
        sum=computed(sum_of(cost)),
        agrees=None if cost.total is None else _agrees(cost),
        findings=join(page.cited(cost.id)),
        bars=tuple(_bar(line, cost) for line in cost.lines),
        has_arithmetic=any(row.arithmetic for row in rows),
        has_notes=any(row.note for row in rows),
    )


def sum_of(cost: CostArea) -> str:
    """Add up the lines, low and high where they are ranges."""
    low = sum((line.amount.low for line in cost.lines), Decimal(0))
    high = sum((line.amount.high for line in cost.lines), Decimal(0))
    return spell_money(low) if low == high else f"{spell_money(low)}-{spell_money(high)[1:]}"


def _agrees(cost: CostArea) -> bool:
    if cost.total is None:
        return False
    accepted = cost.rounding.high if cost.rounding else Decimal(0)
    apart = (
        sum((line.amount.low for line in cost.lines), -cost.total.low),
        sum((line.amount.high for line in cost.lines), -cost.total.high),
    )
    return all(abs(difference) <= accepted for difference in apart)


def _row(page: Page, line: CostLine, cost: CostArea) -> CostRow:
    parts = [str(part) for part in (line.quantity, line.unit_price, line.hours) if part is not None]
    return CostRow(
        resource=line.resource,
        covers=join([page.refer_all(line.covers) or Markdown("–"), page.marks(line.id)], ""),
        configuration=line.configuration or "–",
        arithmetic=" × ".join(parts),
        amount=str(line.amount),
        share=computed(f"{_percent(line, cost)} %"),
        note=line.note,
    )


def _percent(line: CostLine, cost: CostArea) -> int:
    """Return the line's share of the sum, of its middle where it is a range."""
    whole = sum((one.amount.low + one.amount.high for one in cost.lines), Decimal(0))
    return int((line.amount.low + line.amount.high) * 100 / whole + _HALF) if whole else 0


def _bar(line: CostLine, cost: CostArea) -> Bar:
    percent = _percent(line, cost)
    widest = max(len(_name(one)) for one in cost.lines)
    name, number = Markdown(_name(line).ljust(widest)), Markdown(f"{percent} %".rjust(len("100 %")))
    return Bar(name, "█" * max(percent * _BAR // 100, 1 if percent else 0), number)


def _name(line: CostLine) -> str:
    name = fenced(line.resource)
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
