"""What a month costs more or less: by the cost lines, and by AWS's list prices for what no line tells of.

An increase is graded low, medium from a fifth of the old sum on, high from the double on. Without a sum it is low: the
list tells of a part of what is there, and to that part everything is much.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.graph import Graph
from archspec.graph.price_bounds import Bound, least
from archspec.graph.prices import price_list
from archspec.graph.shortened import and_more
from archspec.graph.spending import Sum, add_up, estimate
from archspec.model.cost import CostLine
from archspec.model.quantity import spell_money

_SHOWN = 3
_NOTHING = Sum(Decimal(0), Decimal(0))


class _Costs(NamedTuple):
    """The sum of a month where one can be told, the lines by what they are for, and the list's least by element."""

    total: Sum | None
    lines: Mapping[str, CostLine]
    listed: Mapping[str, Bound]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what is stated to cost more or less; then what by AWS's list does, and no line that changed tells of."""
    before, now = versions.both(_costs)
    changed = _changed_lines(before, now)
    if before.total or now.total:
        yield from _stated(before, now, changed)
    yield from _listed(versions, before, now)


def _costs(graph: Graph) -> _Costs:
    lines: dict[str, CostLine] = {}
    for line in graph.architecture.cost.lines:
        name, number = line.resource, 1
        while name in lines:
            number += 1
            name = f"{line.resource} ({number})"
        lines[name] = line
    elements = [one for one in graph.architecture.elements.values() if one.status == "current"]
    listed = {one.id: bound for one in elements if (bound := least(graph, (one,))).amount}
    return _Costs(estimate(graph, ""), lines, listed)


def _changed_lines(before: _Costs, now: _Costs) -> list[tuple[str, Decimal]]:
    """Return the lines whose amount differs, with the difference, the largest first."""
    found = [(name, _amount(now, name) - _amount(before, name)) for name in dict.fromkeys([*now.lines, *before.lines])]
    return sorted(((name, delta) for name, delta in found if delta), key=lambda one: -abs(one[1]))


def _amount(costs: _Costs, name: str) -> Decimal:
    return _middle(add_up([costs.lines[name].amount])) if name in costs.lines else Decimal(0)


def _middle(found: Sum) -> Decimal:
    return (found.low + found.high) / 2


def _stated(before: _Costs, now: _Costs, changed: list[tuple[str, Decimal]]) -> Iterator[Risk]:
    old, new = before.total or _NOTHING, now.total or _NOTHING
    delta = _middle(new) - _middle(old)
    if not delta:
        return
    made_of = ", ".join(f"{name} {_signed(part)}" for name, part in changed[:_SHOWN])
    because = f": {and_more(made_of, len(changed) - _SHOWN)}" if changed else ""
    text = f"{_signed(delta)} a month, {old} -> {new}{because}"
    facts = tuple(_fact(before, now, name, part) for name, part in changed)
    path = now.lines[changed[0][0]].path if changed and changed[0][0] in now.lines else ("cost", "total")
    yield Risk(_grade(delta, _middle(old)), "cost", text, path, facts)


def _fact(before: _Costs, now: _Costs, name: str, delta: Decimal) -> Hop:
    old, new = (costs.lines[name].amount.text if name in costs.lines else "nothing" for costs in (before, now))
    return Hop("note", f"{name}: {old} -> {new} ({_signed(delta)})", now.lines[name].path if name in now.lines else ())


def _signed(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else '+'}{spell_money(abs(amount))}"


def _grade(delta: Decimal, old: Decimal) -> Grade:
    if delta <= 0:
        return Grade.NONE
    if not old:
        return Grade.LOW
    return Grade.HIGH if delta >= old else Grade.MEDIUM if delta * 5 >= old else Grade.LOW


def _listed(versions: Versions, before: _Costs, now: _Costs) -> Iterator[Risk]:
    """Yield what costs more or less by the list, where the sum that is stated stays as it was."""
    ids = dict.fromkeys([*now.listed, *before.listed])
    deltas = [(id_, _by_list(now, id_) - _by_list(before, id_)) for id_ in ids]
    parts = sorted(((id_, part) for id_, part in deltas if part), key=lambda one: -abs(one[1]))
    delta = sum((part for _, part in parts), Decimal(0))
    if before.total != now.total or not delta:
        return
    made_of = and_more(", ".join(f"{id_} {_signed(part)}" for id_, part in parts[:_SHOWN]), len(parts) - _SHOWN)
    unsaid = ", and no cost line says so" if now.total else ""
    text = f"{_signed(delta)} a month at least by AWS's list prices of {price_list().as_of}{unsaid}: {made_of}"
    grade = _grade(delta, _middle(before.total or _NOTHING))
    first = next((versions.now[id_] for id_, _ in parts if id_ in versions.now), None)
    yield Risk(grade, "cost", text, first.path if first else ("cost",), side="new" if first else "old")


def _by_list(costs: _Costs, id_: str) -> Decimal:
    return costs.listed[id_].amount if id_ in costs.listed else Decimal(0)
