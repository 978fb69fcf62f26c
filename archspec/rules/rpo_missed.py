"""A store can lose more than the recovery point objective allows.

## Why

An objective is a promise about the worst case. What a store can lose follows from its backups: five minutes with
point-in-time recovery, a day with daily backups, nothing when only an instance or a zone is lost and a synchronous
standby exists. Losing exactly as much as the objective passes. Caches are filled from elsewhere and not judged.

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
    db:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 1 day, retention: 7 days}  # expect: REC001
recovery:
  objectives: {rpo: 1 hour}
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
      backups: {every: 1 day, retention: 7 days, point_in_time: true}
recovery:
  objectives: {rpo: 5 minutes}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery import JUDGED, achieved_rpo, is_record, judge, wanted_rpo
from archspec.model.data import Store
from archspec.model.quantity import spell_duration

ID = "REC001"
NAME = "rpo-missed"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html",
)


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the systems of record for which an objective is stated."""
    wanted = graph.architecture.recovery
    return [store for store in graph.stores if is_record(store) and wanted_rpo(wanted, store) is not None]


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a store whose worst loss, of those judged, is more than the objective; unknown without a stated backup."""
    wanted = wanted_rpo(graph.architecture.recovery, store)
    if wanted is None:
        return
    missed: list[Hop] = []
    worst = Decimal(0)
    for one in (achieved_rpo(store, disruption) for disruption in JUDGED):
        if one.seconds is None:
            yield Unknown(store.id, store.path, "backups.every" if store.backups else "backups")
            return
        if judge(store, one, wanted) == "missed":
            worst = max(worst, one.seconds)
            text = f"{one.disruption}: {spell_duration(one.seconds)}, because {one.because}"
            missed.append(Hop("note", text, (*store.path, "backups")))
    if missed:
        message = f"{store.id} can lose {spell_duration(worst)}; the objective is {wanted}"
        fix = "turn on point-in-time recovery, or back up more often"
        yield Violation(store.id, (*store.path, "backups"), message, fix, tuple(missed))
