"""People have to act on the way to a recovery, and the objective leaves no time for that.

## Why

A step that a person does begins when the person has been called, has read what happened and has logged in. That is
minutes before the first command, and it counts. Below a recovery time of 15 minutes a person has no time left to think
either: such a step is a machine's, or follows a runbook to the letter.

## Fails

```yaml
recovery:
  objectives: {rto: 15 minutes}
  paging: 10 minutes
  steps:  # expect: REC016
    - {does: notice that the Region is lost, takes: 2 minutes, automatic: true}
    - {does: promote the replica, takes: 5 minutes, automatic: false, owner: operations, runbook: promote.md}
```

## Passes

```yaml
recovery:
  objectives: {rto: 15 minutes}
  paging: 5 minutes
  steps:
    - {does: notice that the Region is lost, takes: 2 minutes, automatic: true}
    - {does: promote the replica, takes: 5 minutes, automatic: false, owner: operations, runbook: promote.md}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import compare
from archspec.graph.recovery_plan import Plan, plan_of
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import RecoveryStep

ID = "REC016"
NAME = "people-too-slow"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = ("rel_planning_for_recovery_auto_recovery", "CP-10")

_TO_THINK = 15 * 60
"""Seconds: where no more are given, what people do has to be written down."""


def subjects(graph: Graph) -> Iterable[Plan]:
    """Return the steps of the whole, where a recovery time is wanted."""
    plan = plan_of(graph)
    return [plan] if plan and plan.rto else []


def check(graph: Graph, plan: Plan) -> Iterator[Violation | Unknown]:
    """Fail steps that keep the objective only without the time until people begin; unknown without that time.

    Steps that miss it by themselves are what REC002 finds.
    """
    if plan.rto is None or compare(plan.takes.high, plan.rto) == "missed":
        return
    critical = [one.step for one in plan.critical]
    manual = [step for step in critical if step.automatic is False]
    unsaid = [step for step in critical if step.automatic is None]
    yield from _without_runbook(plan, manual)
    paging = graph.architecture.recovery.paging
    if manual and paging:
        yield from _called(plan, paging, plan.rto)
    elif manual:
        yield Unknown(plan.id, plan.path, "recovery.paging")
    elif unsaid:
        yield Unknown(plan.id, unsaid[0].path, "automatic")


def _called(plan: Plan, paging: Duration, rto: Duration) -> Iterator[Violation]:
    together = plan.takes.high + paging.high
    if compare(together, rto) == "missed":
        steps = spell_duration(plan.takes.high)
        message = f"the steps take {steps}, and people begin {paging} after they are called: {spell_duration(together)}"
        fix = "let a machine do the steps on the longest way, or state a longer objective"
        yield Violation(plan.id, plan.path, f"{message}; the objective is {rto}", fix)


def _without_runbook(plan: Plan, manual: list[RecoveryStep]) -> Iterator[Violation]:
    if plan.rto and plan.rto.high <= _TO_THINK:
        for step in manual:
            if not step.runbook:
                message = f"a person does it without a runbook, within a recovery time of {plan.rto}"
                yield Violation(step.id, step.path, message, "name its `runbook`, or let a machine do it")
