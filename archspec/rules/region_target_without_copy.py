"""A recovery in another Region is promised, and the data is not there.

## Why

When a Region is lost, so are the backups that lie in it. An objective for that loss, or a Region that the recovery goes
to, needs a replica or a copy of every system of record in another Region, and, where the data is encrypted with a key
of one's own, a key there: KMS keys do not leave their Region.

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
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 1 day, retention: 7 days, cross_region: false}  # expect: REC006
recovery:
  objectives: {region_rto: 4 hours, region_rpo: 1 day}
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
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {every: 1 day, retention: 7 days, cross_region: true}
    ledger:
      engine: aurora-postgresql
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      distant_replicas: [{region: us-west-2, lag: 1 second}]
recovery:
  objectives: {region_rto: 4 hours, region_rpo: 1 day}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import Measure, targets_of, wanted_for
from archspec.model.data import Database

ID = "REC006"
NAME = "region-target-without-copy"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = ("rel_planning_for_recovery_disaster_recovery", "CP-9")

_MEASURES: tuple[Measure, ...] = ("rpo", "rto")


def subjects(graph: Graph) -> Iterable[Database]:
    """Return the databases that are to be recovered in another Region."""
    return [one for one in graph.architecture.data.databases.values() if one.status == "current" and _why(graph, one)]


def _why(graph: Graph, database: Database) -> str:
    """Return what promises a recovery elsewhere, or nothing."""
    wanted = graph.architecture.recovery
    rpo, rto = (wanted_for(graph, database, "region", measure) for measure in _MEASURES)
    if rpo or rto:
        return f"the recovery {'point' if rpo else 'time'} objective for the loss of the Region is {rpo or rto}"
    excused = any(one.not_required for one in targets_of(graph, database, "region"))
    elsewhere = wanted.region not in ("", graph.architecture.region)
    return f"a recovery goes to {wanted.region}" if elsewhere and not excused else ""


def check(graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a database that is not copied; unknown where it is not stated whether it is, or with which key."""
    if any(one.status == "current" for one in database.distant_replicas):
        return
    backups = database.backups
    match backups.cross_region if backups else None:
        case True:
            if database.key and backups and not backups.copy_key:
                yield Unknown(database.id, (*database.path, "backups"), "backups.copy_key")
        case None:
            yield Unknown(database.id, database.path, "backups.cross_region")
        case planned:
            there = "copies in another Region are planned, none exists" if planned else "nothing is copied there"
            message = f"{database.id}: {_why(graph, database)}, and {there}"
            fix = "copy its backups to another Region, `cross_region: true`, or keep a replica there"
            yield Violation(database.id, (*database.path, "backups"), message, fix)
