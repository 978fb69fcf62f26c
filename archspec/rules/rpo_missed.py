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
from archspec.graph.recovery import Disruption, achieved_rpo, is_record
from archspec.model.data import Store
from archspec.model.quantity import spell_duration

ID = "REC001"
NAME = "rpo-missed"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html",
)

# An objective that names no disruption is about what happens within a Region.
JUDGED: tuple[Disruption, ...] = ("application", "infrastructure", "az")


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the systems of record, where an objective is stated."""
    if graph.architecture.recovery.objectives.rpo is None:
        return []
    return [element for element in graph.attached if isinstance(element, Store) and is_record(element)]


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a store whose worst loss, of those judged, is more than the objective."""
    wanted = graph.architecture.recovery.objectives.rpo
    if wanted is None:
        return
    missed = [
        one
        for one in (achieved_rpo(store, disruption) for disruption in JUDGED)
        if one.seconds is None or one.seconds > wanted.high
    ]
    if not missed:
        return
    hops = tuple(
        Hop(
            "note",
            f"{one.disruption}: {_spell(one.seconds)}, because {one.because}",
            (*store.path, "backups"),
        )
        for one in missed
    )
    message = f"{store.id} can lose {_spell(missed[0].seconds)}; the objective is {wanted}"
    place = (*store.path, "backups")
    yield Violation(store.id, place, message, "turn on point-in-time recovery, or back up more often", hops)


def _spell(seconds: Decimal | None) -> str:
    return "everything" if seconds is None else spell_duration(seconds)
