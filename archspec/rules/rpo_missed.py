"""A store can lose more than the recovery point objective allows.

## Why

An objective is a promise about the worst case. What a store can lose follows from its backups: five minutes with
point-in-time recovery, a day with daily backups, nothing when only an instance or a zone is lost and a synchronous
standby exists. A copy in another Region is as old as the interval of backups, how long one takes, and how long copying
it takes, together. Losing exactly as much as the objective passes. Caches are filled from elsewhere and not judged.

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
    ledger:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 12 hours, point_in_time: true, cross_region: true, copy_takes: 1 hour}  # expect: REC001
recovery:
  objectives: {rpo: 1 hour, region_rpo: 12 hours}
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
      backups: {every: 12 hours, point_in_time: true, cross_region: true, copy_takes: 1 hour}
recovery:
  objectives: {rpo: 5 minutes, region_rpo: 13 hours}
```
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery import DISRUPTIONS, is_record
from archspec.graph.recovery_objectives import judge_loss, wanted_for
from archspec.graph.recovery_point import Achieved, achieved_rpo
from archspec.model.data import Store
from archspec.model.quantity import Duration, spell_duration

ID = "REC001"
NAME = "rpo-missed"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_planning_for_recovery_objective_defined_recovery",
    "rel_backing_up_data_automated_backups_data",
    "CP-9",
    "CP-10",
)


class _Missed(NamedTuple):
    achieved: Achieved
    wanted: Duration


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the systems of record for which an objective is stated."""
    records = [store for store in graph.stores if is_record(store)]
    return [one for one in records if any(wanted_for(graph, one, disruption, "rpo") for disruption in DISRUPTIONS)]


def _objectives(graph: Graph, store: Store) -> Iterator[tuple[Achieved, Duration]]:
    """Yield what is achieved beside what is wanted, by disruption."""
    for disruption in DISRUPTIONS:
        objective = wanted_for(graph, store, disruption, "rpo")
        if objective:
            yield achieved_rpo(store, disruption), objective


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a store whose worst loss, of those judged, is more than the objective; unknown without a stated backup.

    That nothing at all is copied to another Region is what REC006 says.
    """
    missed: list[_Missed] = []
    for achieved, wanted in _objectives(graph, store):
        if achieved.seconds is not None:
            if judge_loss(graph, store, achieved) == "missed":
                missed.append(_Missed(achieved, wanted))
        elif achieved.disruption != "region" or achieved.missing:
            yield Unknown(store.id, store.path, _missing(store, achieved))
            return
    if missed:
        yield _violation(store, missed)


def _missing(store: Store, achieved: Achieved) -> str:
    return achieved.missing or ("backups.every" if store.backups else "backups")


def _violation(store: Store, missed: list[_Missed]) -> Violation:
    worst: dict[str, tuple[Achieved, Duration]] = {}
    for achieved, wanted in missed:
        known = worst.get(wanted.text)
        if known is None or (achieved.seconds or 0) > (known[0].seconds or 0):
            worst[wanted.text] = achieved, wanted
    parts = [
        f"{_spell(achieved)}{' with the Region' if achieved.disruption == 'region' else ''}; the objective is {wanted}"
        for achieved, wanted in worst.values()
    ]
    witness = tuple(
        Hop("note", f"{one.disruption}: {_spell(one)}, because {one.because}", (*store.path, "backups"))
        for one, _ in missed
    )
    fix = "turn on point-in-time recovery, or back up more often"
    if all(one.disruption == "region" for one, _ in missed):
        fix = "copy backups to the other Region more often, or keep a replica there"
    return Violation(store.id, (*store.path, "backups"), f"{store.id} can lose {', and '.join(parts)}", fix, witness)


def _spell(achieved: Achieved) -> str:
    return spell_duration(achieved.seconds or 0)
