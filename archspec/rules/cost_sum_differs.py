"""A cost total is not the sum of its lines.

## Why

A budget is approved by its total and spent by its lines. Where the two differ, one of them was changed alone. The sum
is exact decimal arithmetic; `cost.rounding` says what difference the author accepts, in dollars.

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

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.spending import add_up, apart
from archspec.model.cost import CostArea
from archspec.model.quantity import spell_money

ID = "CST001"
NAME = "cost-sum-differs"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES: tuple[str, ...] = ()


def subjects(graph: Graph) -> Iterable[CostArea]:
    """Return the cost table, where it states lines and a total."""
    cost = graph.architecture.cost
    return [cost] if cost.lines and cost.total else []


def check(_graph: Graph, cost: CostArea) -> Iterator[Violation | Unknown]:
    """Fail a total that the lines' sum misses by more than `rounding`; it may lie within a total that is a range."""
    if cost.total is None:
        return
    found = add_up(line.amount for line in cost.lines)
    missed = apart(found, cost.total)
    if missed <= (cost.rounding.high if cost.rounding else Decimal(0)):
        return
    difference = spell_money(missed)
    message = f"the {len(cost.lines)} cost lines add up to {found}, the total says {cost.total}: {difference} apart"
    hint = f"set `total: {found}`, mend the line that is wrong, or accept it: `rounding: {difference}`"
    yield Violation(cost.id, cost.path, message, hint)
