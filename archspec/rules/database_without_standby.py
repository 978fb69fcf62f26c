"""A database has no standby in another Availability Zone.

## Why

A Multi-AZ database is written to a standby in a second zone at the same time and fails over to it by itself, typically
within one or two minutes. Without one, the loss of a zone is a restore from a backup.

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
    orders: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg]}  # expect: AVL002
    events:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      instances: [{role: primary, az: us-east-1a}, {role: standby, az: us-east-1a}]  # expect: AVL002
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
    orders:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      instances: [{role: primary, az: us-east-1a}, {role: standby, az: us-east-1b}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery import has_standby
from archspec.model.data import Database
from archspec.model.status import current

ID = "AVL002"
NAME = "database-without-standby"
SEVERITY = Severities(Severity.ERROR, Severity.INFO, Severity.OFF)
REFERENCES = (
    "RDS.5",
    "RDS.15",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
)


def subjects(graph: Graph) -> Iterable[Database]:
    """Return the databases."""
    return current(graph.architecture.data.databases.values())


def check(_graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a database that is not Multi-AZ, or whose stated standby shares the primary's zone."""
    if has_standby(database):
        return
    if not database.multi_az:
        message = f"{database.id} is not Multi-AZ: no standby takes over when its zone is lost"
        yield Violation(database.id, (*database.path, "multi_az"), message, "set `multi_az: true`")
    else:
        message = f"{database.id} is Multi-AZ, and no instance is a standby in another zone than the primary"
        yield Violation(database.id, (*database.path, "instances"), message, "place a standby in another zone")
