"""A recovery takes longer than the recovery time objective allows.

## Why

An objective is a promise about the worst case: everything from the failure to the moment of service counts. What an
element's own mechanism takes comes from the spec (`recovery.failover`, `backups.restore`), or from what AWS says that
it typically takes, and then the finding says so. The recovery of the whole takes as long as the longest way through
its steps; the steps on it have no slack, and making any other one faster gains nothing. Taking exactly as long as the
objective passes.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
data:
  databases:
    db:  # expect: REC002
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 1 day, retention: 7 days, restore: 20 minutes}
recovery:
  objectives: {rto: 15 minutes}
  steps:  # expect: REC002
    - {does: notice that the Region is lost, name: notice, takes: 5 minutes}
    - {does: restore the database, name: restore, takes: 20 minutes, after: [notice]}
    - {does: deploy the services, name: deploy, takes: 3 minutes, after: [notice]}
    - {does: point DNS to the other Region, takes: 1 minute, after: [restore, deploy]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
data:
  databases:
    db:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 1 day, retention: 7 days, restore: 20 minutes}
recovery:
  objectives: {rto: 30 minutes}
  steps:
    - {does: notice that the Region is lost, name: notice, takes: 5 minutes}
    - {does: restore the database, name: restore, takes: 20 minutes, after: [notice]}
    - {does: deploy the services, name: deploy, takes: 3 minutes, after: [notice]}
    - {does: point DNS to the other Region, takes: 1 minute, after: [restore, deploy]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_alike import Likeness, likeness
from archspec.graph.recovery_objectives import compare, wanted_for
from archspec.graph.recovery_plan import Plan, plan_of
from archspec.graph.recovery_time import Back, Recoverable, achieved_rto, faces, recoverable
from archspec.graph.recovery_timings import looked_up, timing
from archspec.model.data import Store
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import Disruption

ID = "REC002"
NAME = "rto-missed"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_planning_for_recovery_objective_defined_recovery",
    "rel_planning_for_recovery_auto_recovery",
    "CP-10",
)


class _Judged(NamedTuple):
    """The objectives that are missed, with when the element is back; and the fact that is missing to tell, if any."""

    missed: list[tuple[Back, Duration]]
    lacking: str


def subjects(graph: Graph) -> Iterable[Recoverable | Plan]:
    """Return what a recovery time objective is stated for: elements, and the steps of the whole."""
    wanted = graph.architecture.recovery
    if wanted.objectives.rto is None and wanted.objectives.region_rto is None and not wanted.targets:
        return []
    plan = plan_of(graph)
    elements = recoverable(graph)
    if wanted.objectives.rto is None or wanted.targets:
        elements = [one for one in elements if any(_objectives(graph, one))]
    return [*elements, *([plan] if plan and plan.rto else [])]


def _objectives(graph: Graph, element: Recoverable) -> Iterator[tuple[Disruption, Duration]]:
    """Yield the objectives of an element; the Region's loss is for the steps, unless it has a replica elsewhere."""
    alone = isinstance(element, Store) and bool(element.distant_replicas)
    for disruption in faces(element):
        if disruption != "region" or alone:
            objective = wanted_for(graph, element, disruption, "rto")
            if objective:
                yield disruption, objective


def check(graph: Graph, subject: Recoverable | Plan) -> Iterator[Violation | Unknown]:
    """Fail what takes longer than its objective; unknown where something has to be stated to tell."""
    if isinstance(subject, Plan):
        yield from _whole(subject)
        return
    missed, lacking = _judged(graph, subject)
    if missed:
        yield _violation(subject, missed)
    elif lacking:
        yield Unknown(subject.id, subject.path, lacking)


def _judged(graph: Graph, element: Recoverable) -> _Judged:
    """Judge an element: once for services that are alike."""
    alike = likeness(graph, element)
    if alike is None:
        return _compared(graph, element)
    known = _known(graph)
    if alike not in known:
        known[alike] = _compared(graph, element)
    return known[alike]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[Likeness, _Judged]:
    return {}


def _compared(graph: Graph, element: Recoverable) -> _Judged:
    found = [(achieved_rto(graph, element, one), objective) for one, objective in _objectives(graph, element)]
    missed = [(back, objective) for back, objective in found if _is_missed(back, objective)]
    return _Judged(missed, next((back.missing for back, _ in found if back.missing), ""))


def _is_missed(back: Back, objective: Duration) -> bool:
    return back.seconds is not None and compare(back.seconds, objective) == "missed"


def _violation(element: Recoverable, missed: list[tuple[Back, Duration]]) -> Violation:
    worst, objective = max(missed, key=lambda one: one[0].seconds or 0)
    message = f"{element.id} is back after {_spell(worst)} at worst; the objective is {objective}"
    witness = tuple(Hop("note", f"{back.disruption}: {_spell(back)}, because {back.because}") for back, _ in missed)
    names = dict.fromkeys(name for back, _ in missed for name in back.assumed)
    sources = tuple(Hop("note", f"assumed as of {looked_up()}: {timing(name).source}") for name in names)
    fix = "state a failover or a restore that is fast enough, where there is one, or a longer objective"
    return Violation(element.id, element.path, message, fix, witness + sources)


def _spell(back: Back) -> str:
    return spell_duration(back.seconds or 0)


def _whole(plan: Plan) -> Iterator[Violation | Unknown]:
    takes = plan.takes
    if plan.rto and compare(takes.high, plan.rto) == "missed":
        least = "at least " if takes.untimed else ""
        message = f"the steps take {least}{spell_duration(takes.high)}; the objective is {plan.rto}"
        witness = tuple(
            Hop("note", f"{spell_duration(one.start)} to {spell_duration(one.end)}: {one.step.does}", one.step.path)
            for one in plan.critical
        )
        fix = "make a step of the longest way faster, or take it off that way; every other step has slack"
        yield Violation(plan.id, plan.path, message, fix, witness)
        return
    yield from [Unknown(plan.id, step.path, "takes") for step in takes.untimed][:1]
