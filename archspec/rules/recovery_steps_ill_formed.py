"""The steps of a recovery cannot be carried out as they are written.

## Why

A plan is read at the worst moment. Steps that wait for each other in a circle never begin, a step that waits for a name
nobody has waits for nothing, one that nothing waits for is forgotten, and one that is carried out from the Region that
was lost cannot be carried out. Each step also needs a length, and either a machine or an owner who does it; where the
spec does not say, that is unknown.

## Fails

```yaml
recovery:
  region: us-west-2
  steps:  # expect: REC003
    - {does: restore the database, name: restore, takes: 10 minutes, automatic: true, after: [deploy]}
    - {does: deploy, name: deploy, takes: 3 minutes, automatic: true, after: [restore]}
    - {does: start the pipeline, takes: 1 minute, automatic: true, runs_in: us-east-1}  # expect: REC003
    - {does: check, takes: 1 minute, automatic: true, after: [everything]}  # expect: REC003
```

## Passes

```yaml
recovery:
  region: us-west-2
  steps:
    - {does: deploy, name: deploy, takes: 3 minutes, automatic: true, runs_in: us-west-2}
    - {does: restore the database, name: restore, takes: 10 minutes, automatic: true, after: [deploy]}
    - {does: check, takes: 1 minute, automatic: false, owner: operations, after: [restore]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_order import cycle, loose_ends, repeated_names, unknown_names
from archspec.graph.recovery_plan import Plan, plan_of
from archspec.model.recovery import RecoveryStep

ID = "REC003"
NAME = "recovery-steps-ill-formed"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES = ("rel_planning_for_recovery_auto_recovery", "CP-10")


def subjects(graph: Graph) -> Iterable[Plan | RecoveryStep]:
    """Return the steps together, and each of them."""
    plan = plan_of(graph)
    return [plan, *plan.steps] if plan else []


def check(graph: Graph, subject: Plan | RecoveryStep) -> Iterator[Violation | Unknown]:
    """Fail a circle of steps, a name that none has, a step that leads nowhere or runs in the lost Region."""
    if isinstance(subject, Plan):
        circle = cycle(subject.steps)
        if circle:
            names = " -> ".join(step.name or step.does for step in (circle[0], *reversed(circle[1:]), circle[0]))
            message = f"steps wait for each other in a circle: {names}"
            yield Violation(subject.id, subject.path, message, "take one of them out of another's `after`")
        return
    wrong = [*_misplaced(graph, subject)]
    yield from wrong
    if not wrong:
        yield from _unstated(subject)


def _misplaced(graph: Graph, step: RecoveryStep) -> Iterator[Violation]:
    for name in _unknown(graph).get(step.index, ()):
        message = f"it waits for '{name}', and no step or group has that name"
        yield Violation(step.id, (*step.path, "after"), message, "name the step or group that it has to wait for")
    if step.index in _repeated(graph):
        message = f"another step or group is called '{step.name}' as well"
        yield Violation(step.id, (*step.path, "name"), message, "give each step a name of its own")
    if step.index in _loose(graph):
        message = "nothing waits for it, so the recovery counts as done without it"
        yield Violation(step.id, step.path, message, "name it in the `after` of the step that needs it")
    region = graph.architecture.region
    if graph.architecture.recovery.region not in ("", region) and _lies_in(step.runs_in, region):
        message = f"it is carried out in {step.runs_in}, which is lost with {region}"
        yield Violation(step.id, (*step.path, "runs_in"), message, "carry it out from the Region that takes over")


def _lies_in(place: str, region: str) -> bool:
    """Whether a place is the Region, or one of its AZs: us-east-1a."""
    return place == region or (place.startswith(region) and len(place) == len(region) + 1)


def _unstated(step: RecoveryStep) -> Iterator[Unknown]:
    if step.takes is None:
        yield Unknown(step.id, step.path, "takes")
    elif step.automatic is None:
        yield Unknown(step.id, step.path, "automatic")
    elif not step.automatic and not step.owner:
        yield Unknown(step.id, step.path, "owner")


@lru_cache(maxsize=1)
def _unknown(graph: Graph) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for step, name in unknown_names(graph.architecture.recovery.steps):
        found.setdefault(step.index, []).append(name)
    return found


@lru_cache(maxsize=1)
def _loose(graph: Graph) -> frozenset[int]:
    return frozenset(step.index for step in loose_ends(graph.architecture.recovery.steps))


@lru_cache(maxsize=1)
def _repeated(graph: Graph) -> frozenset[int]:
    return frozenset(step.index for step in repeated_names(graph.architecture.recovery.steps))
