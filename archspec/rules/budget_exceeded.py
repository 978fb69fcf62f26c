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
from archspec.graph.spending import Sum, add_up
from archspec.model.observability import Budget
from archspec.model.quantity import spell_money

ID = "CST002"
NAME = "budget-exceeded"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES = (
    "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_govern_usage_goal_target.html",
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
)


def subjects(graph: Graph) -> Iterable[Budget]:
    """Return the budgets."""
    return [budget for budget in graph.architecture.observability.budgets.values() if budget.status == "current"]


def check(graph: Graph, budget: Budget) -> Iterator[Violation | Unknown]:
    """Fail a budget that the estimate exceeds, or its upper end where it is a range."""
    estimate = _estimate(graph, budget.environment)
    if estimate is None:
        yield Unknown(budget.id, budget.path, "cost.total")
    elif estimate.high > budget.limit.high:
        missed = spell_money(estimate.high - budget.limit.high)
        message = f"{estimate} a month is estimated, {missed} more than {budget.id} allows"
        yield Violation(budget.id, (*budget.path, "limit"), message, "raise the limit, or plan for less")


def _estimate(graph: Graph, environment: str) -> Sum | None:
    """Return what a month costs by the total that is stated, or else by the cost lines."""
    cost = graph.architecture.cost
    own = [one for one in cost.environments if environment and one.environment == environment]
    total, lines = (own[0].total, own[0].lines) if own else (cost.total, cost.lines)
    amounts = [total] if total else [line.amount for line in lines]
    return add_up(amounts) if amounts else None
