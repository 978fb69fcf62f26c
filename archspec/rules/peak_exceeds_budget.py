"""With every service at its largest number of tasks, a month costs more than the budget.

## Why

Scaling out is not only capacity, it is money: what a service may grow to is what may be spent, by success, by a loop
that calls itself or by an attack. The estimate of a month, with all tasks that scaling allows at the list price of
Fargate, is held against the budget. A budget of an environment is asked about the services of that environment.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      {cpu: 1024, memory: 2048, desired: 2, scaling: {min: 2, max: 50}, subnets: [private-a], security_groups: [api-sg]}
cost: {total: $400}
observability:
  budgets:
    monthly: {limit: $1000}  # expect: CST008
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      {cpu: 1024, memory: 2048, desired: 2, scaling: {min: 2, max: 6}, subnets: [private-a], security_groups: [api-sg]}
cost: {total: $400}
observability:
  budgets: {monthly: {limit: $1000}}
```
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.prices import price_list, task_month
from archspec.graph.spending import estimate
from archspec.model.compute import Service
from archspec.model.observability import Budget
from archspec.model.quantity import spell_money

ID = "CST008"
NAME = "peak-exceeds-budget"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = (
    "cost_govern_usage_goal_target",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
)


class Growth(NamedTuple):
    """A service, by how many tasks it may grow, and what they cost a month."""

    service: Service
    tasks: int
    price: Decimal


def subjects(graph: Graph) -> list[Budget]:
    """Return the budgets over services that may grow."""
    budgets = graph.architecture.observability.budgets.values()
    return [one for one in budgets if one.status == "current" and _growths(graph, one.environment)]


def _growths(graph: Graph, environment: str) -> list[Growth]:
    found = []
    for service in graph.architecture.compute.services.values():
        more = service.scaling.max - service.desired if service.scaling else 0
        if service.status == "current" and environment in ("", service.environment) and more > 0:
            found.append(Growth(service, more, task_month(graph, service) * more))
    return found


def check(graph: Graph, budget: Budget) -> Iterator[Violation | Unknown]:
    """Fail a budget that the estimate exceeds when everything has grown, and only then."""
    expected, region = estimate(graph, budget.environment), graph.architecture.region
    growths = _growths(graph, budget.environment)
    if region != price_list().region:
        yield Unknown(budget.id, budget.path, f"archspec has no price list of {region}")
    elif expected is None:
        yield Unknown(budget.id, budget.path, "cost.total")
    elif expected.high <= budget.limit.high:
        more = sum((one.price for one in growths), Decimal(0)).quantize(Decimal(1))
        largest = max(growths, key=lambda one: one.price)
        if expected.high + more > budget.limit.high:
            tasks = sum(one.tasks for one in growths)
            message = (
                f"{expected} a month is estimated, and the {tasks} more tasks that scaling allows cost "
                f"{spell_money(more)}: {budget.id} allows {budget.limit}; most of it is for {largest.service.id}"
            )
            fix = f"lower the `max` of {largest.service.id}, or raise the limit and alert on a forecast"
            yield Violation(budget.id, (*budget.path, "limit"), message, fix)
