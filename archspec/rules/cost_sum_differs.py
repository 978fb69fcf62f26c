"""A cost total is not the sum of its lines, or another sum not that of its parts.

## Why

A budget is approved by its total and spent by its lines. Where the two differ, one of them was changed alone. The same
is asked of the subtotal of a group, the estimate of an environment and what savings add up to. The sum is exact decimal
arithmetic; `cost.rounding` says what difference the author accepts, in dollars.

## Fails

```yaml
cost:
  lines:
    - {resource: Fargate, amount: $150}
    - {resource: RDS, amount: $130}
  total: $300  # expect: CST001
```

## Passes

```yaml
cost:
  lines:
    - {resource: Fargate, amount: ~$150}
    - {resource: RDS, amount: $120-140}
  total: $270-290
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.spending import add_up, apart
from archspec.model.cost import CostArea, CostGroup, EnvironmentCost, SavingTotal
from archspec.model.quantity import Money, spell_money

ID = "CST001"
NAME = "cost-sum-differs"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES: tuple[str, ...] = ()


_WORDS = {"monthly": "monthly sum"}


class Addition(NamedTuple):
    """What is said to be a sum, the key that says it, and the amounts that it is a sum of."""

    whose: CostArea | CostGroup | EnvironmentCost | SavingTotal
    key: str
    stated: Money
    amounts: tuple[Money, ...]
    words: str


def subjects(graph: Graph) -> Iterable[Addition]:
    """Return the sums that are stated, where their parts are as well."""
    cost = graph.architecture.cost
    found = (
        [Addition(cost, "", cost.total, tuple(one.amount for one in cost.lines), "cost lines")] if cost.total else []
    )
    for group in cost.groups:
        amounts = tuple(line.amount for line in cost.lines if line.group == group.name)
        found += [Addition(group, "subtotal", group.subtotal, amounts, "cost lines")] if group.subtotal else []
    for one in cost.environments:
        amounts = tuple(line.amount for line in one.lines)
        found += [Addition(one, "total", one.total, amounts, "cost lines")] if one.total else []
    found += [addition for total in cost.saving_totals for addition in _savings(cost, total)]
    return [addition for addition in found if addition.amounts]


def _savings(cost: CostArea, total: SavingTotal) -> Iterator[Addition]:
    """Yield what the savings of a horizon, or all where no saving has that one, are said to add up to."""
    own = [one for one in cost.savings if one.horizon == total.horizon] or list(cost.savings)
    amounts = tuple(one.saves for one in own if one.saves)
    if total.monthly and len(amounts) == len(own):
        yield Addition(total, "monthly", total.monthly, amounts, "savings")


def check(graph: Graph, sum_: Addition) -> Iterator[Violation | Unknown]:
    """Fail a sum that its parts miss by more than `rounding`; they may lie within one that is a range."""
    rounding = graph.architecture.cost.rounding
    found = add_up(sum_.amounts)
    missed = apart(found, sum_.stated)
    if missed <= (rounding.high if rounding else Decimal(0)):
        return
    difference, whose, key = spell_money(missed), sum_.whose, sum_.key or "total"
    named = f"the {_WORDS.get(key, key)}"
    says = f"{named} says" if isinstance(whose, CostArea) else f"{named} of the {whose.id} says"
    message = f"the {len(sum_.amounts)} {sum_.words} add up to {found}, {says} {sum_.stated}: {difference} apart"
    hint = f"set `{key}: {found}`, mend the line that is wrong, or accept it: `rounding: {difference}`"
    yield Violation(whose.id, (*whose.path, sum_.key) if sum_.key else whose.path, message, hint)
