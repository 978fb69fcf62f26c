"""What a month costs more or less between two versions, and what makes the difference.

By what the specs state, and where that stays as it was, by AWS's list prices, as far as these tell.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from archspec.changes.versions import Versions
from archspec.graph.graph import Graph
from archspec.graph.price_bounds import Bound, least
from archspec.graph.spending import Sum, add_up, estimate
from archspec.model.cost import CostLine
from archspec.model.quantity import spell_money


class Costs(NamedTuple):
    """The sum of a month where one can be told, the lines by what they are for, and the list's least by element."""

    total: Sum | None
    lines: Mapping[str, CostLine]
    listed: Mapping[str, Bound]


class CostChange(NamedTuple):
    """By how many dollars a month differs, and by how many each part of it, the largest first.

    `is_listed` says that the parts are elements, by the list; else they are lines of the spec.
    """

    delta: Decimal
    before: Costs
    now: Costs
    parts: tuple[tuple[str, Decimal], ...]
    is_listed: bool = False


def cost_change(versions: Versions) -> CostChange | None:
    """Return by what a month differs; nothing where it does not, or nobody can tell."""
    before, now = versions.both(_costs)
    return _stated(before, now) or _listed(before, now)


def _costs(graph: Graph) -> Costs:
    lines: dict[str, CostLine] = {}
    for line in graph.architecture.cost.lines:
        name, number = line.resource, 1
        while name in lines:
            number += 1
            name = f"{line.resource} ({number})"
        lines[name] = line
    elements = [one for one in graph.architecture.elements.values() if one.status == "current"]
    listed = {one.id: bound for one in elements if (bound := least(graph, (one,))).amount}
    return Costs(estimate(graph, ""), lines, listed)


def _stated(before: Costs, now: Costs) -> CostChange | None:
    delta = middle(now.total) - middle(before.total)
    if not delta:
        return None
    names = dict.fromkeys([*now.lines, *before.lines])
    found = [(name, _amount(now, name) - _amount(before, name)) for name in names]
    return CostChange(delta, before, now, _largest_first(found))


def _listed(before: Costs, now: Costs) -> CostChange | None:
    if before.total != now.total:
        return None
    ids = dict.fromkeys([*now.listed, *before.listed])
    parts = _largest_first([(id_, _by_list(now, id_) - _by_list(before, id_)) for id_ in ids])
    delta = sum((part for _, part in parts), Decimal(0))
    return CostChange(delta, before, now, parts, is_listed=True) if delta else None


def _largest_first(found: list[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    return tuple(sorted(((name, part) for name, part in found if part), key=lambda one: -abs(one[1])))


def _amount(costs: Costs, name: str) -> Decimal:
    return middle(add_up([costs.lines[name].amount])) if name in costs.lines else Decimal(0)


def _by_list(costs: Costs, id_: str) -> Decimal:
    return costs.listed[id_].amount if id_ in costs.listed else Decimal(0)


def middle(found: Sum | None) -> Decimal:
    """Return the middle of a range in dollars; of no sum, nothing."""
    return (found.low + found.high) / 2 if found else Decimal(0)


def signed(amount: Decimal) -> str:
    """Write a difference in dollars with its sign: `+$410`."""
    return f"{'-' if amount < 0 else '+'}{spell_money(abs(amount))}"
