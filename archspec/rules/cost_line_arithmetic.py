"""A cost line's amount is not its quantity times its unit price.

## Why

A line that shows its arithmetic is checked by it: `quantity` × `unit_price`, × `hours` where the price is by the hour.
The difference may be half a unit of the last digit written, or `cost.rounding`.

## Fails

```yaml
cost:
  lines:
    - {resource: NAT Gateway, quantity: 2, unit_price: $32.85, amount: $75}  # expect: CST004
```

## Passes

```yaml
cost:
  lines:
    - {resource: NAT Gateway, quantity: 2, unit_price: $32.85, amount: $65.70}
    - {resource: ALB, quantity: 1, unit_price: $0.0225, hours: 730, amount: ~$16}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.spending import half_digit
from archspec.model.cost import CostLine
from archspec.model.quantity import spell_money

ID = "CST004"
NAME = "cost-line-arithmetic"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES: tuple[str, ...] = ()


def subjects(graph: Graph) -> Iterable[CostLine]:
    """Return the lines that state a quantity or a unit price."""
    return [line for line in graph.architecture.cost.lines if line.quantity or line.unit_price]


def check(graph: Graph, line: CostLine) -> Iterator[Violation | Unknown]:
    """Fail a line whose product differs from its amount by more than its last digit or the accepted rounding."""
    if line.quantity is None or line.unit_price is None:
        yield Unknown(line.id, line.path, "unit_price" if line.quantity else "quantity")
        return
    hours = line.hours.high if line.hours else Decimal(1)
    product = line.quantity.high * line.unit_price.high * hours
    accepted = graph.architecture.cost.rounding
    tolerance = max(accepted.high if accepted else Decimal(0), half_digit(line.amount.high))
    if abs(product - line.amount.high) > tolerance:
        factors = [str(line.quantity), str(line.unit_price), *([f"{line.hours} hours"] if line.hours else [])]
        message = f"{line.resource}: {' × '.join(factors)} is {spell_money(product)}, the line says {line.amount}"
        yield Violation(line.id, (*line.path, "amount"), message, f"set `amount: {spell_money(product)}`")
