"""A figure about money does not follow from the figures that it is made of.

## Why

A table of costs holds more than sums. The share of a group is its subtotal of the total; a saving is what was paid
before less what is paid after, and a share of it; a year is twelve months and a month about thirty days; what is saved
in all is the difference between the period before and the one after. An environment that has the same as another does
not cost something else, and a saving that is done no longer stands in the lines at its old price. What rounding takes
is allowed, and what `~` leaves open.

## Fails

```yaml
cost:
  lines:
    - {resource: Fargate, group: compute, amount: $60}
    - {resource: NAT Gateway, group: network, amount: $40}
  groups:
    - {name: compute, subtotal: $60, share: 60%}
    - name: network
      subtotal: $40
      share: 45%  # expect: CST009
  total: $100
  savings:
    - does: Spot
      before: $60
      after: $40
      saves: $25  # expect: CST009
```

## Passes

```yaml
cost:
  lines:
    - {resource: Fargate, group: compute, amount: $66.70}
    - {resource: NAT Gateway, group: network, amount: $33.30}
  groups:
    - {name: compute, subtotal: $66.70, share: 67%}
    - {name: network, subtotal: $33.30, share: 33%}
  total: $100
  savings: [{does: Spot, before: $66.70, after: $40.02, saves: $26.68, share: 40%}]
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.cost_figures import Figure, Overlap, Twice, figures, overlaps, priced_twice, spell, still_paid
from archspec.graph.graph import Graph
from archspec.model.cost import Saving
from archspec.model.quantity import spell_money

ID = "CST009"
NAME = "cost-figures-contradict"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES: tuple[str, ...] = ()

Subject = Figure | Twice | Saving | Overlap


def subjects(graph: Graph) -> list[Subject]:
    """Return the figures that follow from others, what has two prices, savings that are done, savings that overlap."""
    cost = graph.architecture.cost
    done = [one for one in cost.savings if one.status and one.covers]
    return [*figures(graph), *priced_twice(cost), *done, *overlaps(cost)]


def check(graph: Graph, subject: Subject) -> Iterator[Violation | Unknown]:
    """Fail a figure that is not what the others make it."""
    match subject:
        case Figure() if subject.missed:
            found = spell(subject.expected, subject.stated)
            message = f"the {subject.whose} says {subject.stated}, and {subject.words} is {found}"
            yield Violation(subject.whose, subject.path, message, f"write {found}, or mend what it follows from")
        case Twice():
            yield _priced_twice(subject)
        case Overlap():
            yield _overlapping(subject)
        case Saving() if still_paid(graph.architecture.cost, subject):
            message = f"the {subject.id} is said to be done, and the cost lines still say {subject.before}"
            fix = f"write what it costs now, {subject.after}, or another `status`"
            yield Violation(subject.id, (*subject.path, "status"), message, fix)
        case _:
            return


def _priced_twice(twice: Twice) -> Violation:
    one, line = twice.estimate, twice.line
    place = (*one.path, "lines", twice.position, "amount")
    message = (
        f"{line.resource} costs {line.amount} in {one.environment} and {twice.amount} in {twice.other.environment},"
        f" and is the same in both: {line.configuration}"
    )
    return Violation(one.id, place, message, "say what differs, or give both one amount")


def _overlapping(found: Overlap) -> Violation:
    last = found.savings[-1]
    saved, paid = spell_money(found.saved), spell_money(found.paid)
    message = f"{len(found.savings)} savings on {', '.join(last.covers)} take {saved} together, of {paid} that it costs"
    return Violation(
        last.id, (*last.path, "saves"), message, "they cannot all be had: say what each saves after the others"
    )
