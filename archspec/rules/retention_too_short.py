"""Backups of a database are gone before they are needed.

## Why

A bad write is often noticed late. What was written before it has to be kept at least until it is noticed and a restore
has been made (`recovery.noticed_within`, `backups.restore`), and for as long as the policy wants
(`recovery.retention`). Automated backups are kept for 35 days at most; snapshots that people take may be kept for
longer, and count for the policy.

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
      backups: {every: 1 day, retention: 7 days, restore: 1 hour}  # expect: REC005
recovery: {noticed_within: 7 days}
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
      backups: {every: 1 day, retention: 14 days, restore: 1 hour}
recovery: {noticed_within: 7 days, retention: 14 days}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Database
from archspec.model.quantity import spell_duration
from archspec.model.status import current

ID = "REC005"
NAME = "retention-too-short"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = ("RDS.11", "rel_backing_up_data_automated_backups_data", "CP-9")


def subjects(graph: Graph) -> Iterable[Database]:
    """Return the databases, where the spec says how long something has to be kept."""
    wanted = graph.architecture.recovery
    if wanted.retention is None and wanted.noticed_within is None:
        return []
    return current(graph.architecture.data.databases.values())


def check(graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a retention that is shorter than the policy, or than what it takes to notice and to restore."""
    backups, wanted = database.backups, graph.architecture.recovery
    if backups is None or backups.retention is None:
        yield Unknown(database.id, (*database.path, "backups"), "backups.retention")
        return
    kept = backups.retention.high
    manual = backups.manual_retention.high if backups.manual_retention else Decimal(0)
    if wanted.retention and max(kept, manual) < wanted.retention.low:
        yield _short(database, f"has to be restorable for {wanted.retention}")
    elif wanted.noticed_within:
        needed = wanted.noticed_within.high + (backups.restore.high if backups.restore else Decimal(0))
        if kept < needed:
            restore = f", and a restore takes {backups.restore}" if backups.restore else ""
            reason = f"a bad write is noticed within {wanted.noticed_within}{restore}"
            yield _short(database, f"needs {spell_duration(needed)}: {reason}")


def _short(database: Database, reason: str) -> Violation:
    retention = database.backups.retention if database.backups else None
    message = f"{database.id} keeps its backups for {retention} and {reason}"
    fix = "state a longer `backups.retention`, up to 35 days, or copies that are kept for longer"
    return Violation(database.id, (*database.path, "backups"), message, fix)
