"""The estimate of a month is higher than a budget for it.

## Why

A budget that is lower than what the architecture is known to cost is missed from its first month on, and its alerts say
nothing new. Either the estimate, the architecture or the budget is wrong. A budget of one environment is compared with
the estimate of that environment, any other with the total.

## Fails

```yaml
cost:
  total: $150-200
  environments: [{environment: beta, total: $60}]
observability:
  budgets: {monthly: {limit: $180}}  # expect: CST002
environments:
  beta:
    observability:
      budgets: {small: {limit: $50}}  # expect: CST002
  staging:
    observability:
      budgets: {large: {limit: $300}}
```

## Passes

```yaml
cost:
  lines:
    - {resource: Fargate, amount: $120.50}
    - {resource: ALB, amount: $16.43}
observability:
  budgets: {monthly: {limit: $180}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.spending import estimate
from archspec.model.observability import Budget
from archspec.model.quantity import spell_money
from archspec.model.status import current

ID = "CST002"
NAME = "budget-exceeded"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES = (
    "cost_govern_usage_goal_target",
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
)


def subjects(graph: Graph) -> Iterable[Budget]:
    """Return the budgets."""
    return current(graph.architecture.observability.budgets.values())


def check(graph: Graph, budget: Budget) -> Iterator[Violation | Unknown]:
    """Fail a budget that the estimate exceeds, or its upper end where it is a range."""
    expected = estimate(graph, budget.environment)
    if expected is None:
        yield Unknown(budget.id, budget.path, "cost.total")
    elif expected.high > budget.limit.high:
        missed = spell_money(expected.high - budget.limit.high)
        message = f"{expected} a month is estimated, {missed} more than {budget.id} allows"
        yield Violation(budget.id, (*budget.path, "limit"), message, "raise the limit, or plan for less")
