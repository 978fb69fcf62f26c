"""A database is to grow to a size that RDS does not take.

## Why

The largest size of a volume that grows by itself has to be 10 % above the first, or RDS refuses it. Aurora and
DocumentDB have no such limit: their volumes grow as they need to, and AWS refuses the setting.

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
    orders:
      engine: postgres
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      storage: 100 GB gp3
      max_storage: 105 GB  # expect: DEP036
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
      storage: 100 GB gp3
      max_storage: 200 GB
```
"""

from collections.abc import Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.volumes import first_size
from archspec.model.data import Database
from archspec.model.status import current

ID = "DEP036"
NAME = "growth-refused"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)

_LEAST = Decimal("1.1")
_INSTANCES = frozenset({"postgres", "mysql", "mariadb"})


def subjects(graph: Graph) -> list[Database]:
    """Return the databases that say how large they may grow."""
    return [one for one in current(graph.architecture.data.databases.values()) if one.max_storage]


def check(_graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a limit that is not 10 % above the size, and one on a cluster."""
    path = (*database.path, "max_storage")
    if database.engine not in _INSTANCES:
        message = f"{database.id} is {database.engine}, whose volumes have no `max_storage`"
        yield Violation(database.id, path, message, "remove it: the volume grows as it needs to")
        return
    size = first_size(database.storage)
    if size is None or database.max_storage is None:
        yield Unknown(database.id, database.path, f"{database.id}.storage")
    elif database.max_storage.high < size * _LEAST:
        message = f"{database.id} is to grow from {database.storage} to {database.max_storage}, less than 10 % more"
        yield Violation(database.id, path, message, "state a `max_storage` of 10 % above the storage or more")
