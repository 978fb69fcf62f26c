"""What a month costs more or less: by the cost lines, and by AWS's list prices for what no line tells of.

An increase is graded low, medium from a fifth of the old sum on, high from the double on. Without a sum it is low: the
list tells of a part of what is there, and to that part everything is much.
"""

from collections.abc import Iterator
from decimal import Decimal

from archspec.changes.change import Grade, Risk
from archspec.changes.costs import CostChange, Costs, cost_change, middle, signed
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.prices import price_list
from archspec.graph.shortened import and_more
from archspec.graph.spending import Sum

_SHOWN = 3
_NOTHING = Sum(Decimal(0), Decimal(0))


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what is stated to cost more or less; or what by AWS's list does, and no line that changed tells of."""
    found = cost_change(versions)
    if found:
        yield _listed(found, versions) if found.is_listed else _stated(found)


def _stated(found: CostChange) -> Risk:
    before, now, changed = found.before, found.now, found.parts
    because = f": {_made_of(found)}" if changed else ""
    text = f"{signed(found.delta)} a month, {before.total or _NOTHING} -> {now.total or _NOTHING}{because}"
    facts = tuple(_fact(before, now, name, part) for name, part in changed)
    path = now.lines[changed[0][0]].path if changed and changed[0][0] in now.lines else ("cost", "total")
    return Risk(_grade(found), "cost", text, path, facts)


def _made_of(found: CostChange) -> str:
    made_of = ", ".join(f"{name} {signed(part)}" for name, part in found.parts[:_SHOWN])
    return and_more(made_of, len(found.parts) - _SHOWN)


def _fact(before: Costs, now: Costs, name: str, delta: Decimal) -> Hop:
    old, new = (costs.lines[name].amount.text if name in costs.lines else "nothing" for costs in (before, now))
    return Hop("note", f"{name}: {old} -> {new} ({signed(delta)})", now.lines[name].path if name in now.lines else ())


def _grade(found: CostChange) -> Grade:
    delta, old = found.delta, middle(found.before.total)
    if delta <= 0:
        return Grade.NONE
    if not old:
        return Grade.LOW
    return Grade.HIGH if delta >= old else Grade.MEDIUM if delta * 5 >= old else Grade.LOW


def _listed(found: CostChange, versions: Versions) -> Risk:
    """Return what costs more or less by the list, where the sum that is stated stays as it was."""
    unsaid = ", and no cost line says so" if found.now.total else ""
    listed = f"{signed(found.delta)} a month at least by AWS's list prices of {price_list().as_of}"
    first = next((versions.now[id_] for id_, _ in found.parts if id_ in versions.now), None)
    path, text = first.path if first else ("cost",), f"{listed}{unsaid}: {_made_of(found)}"
    return Risk(_grade(found), "cost", text, path, side="new" if first else "old")
