"""A database is said to grow by less than RDS lets it grow.

## Why

When the volume of an instance is nearly full, RDS adds 10 GiB, a tenth of the volume, or what it expects to be written
in the next hours, whichever is most. Nobody can set that. A plan that counts on less reaches `max_storage`, and the
bill of it, earlier than it says.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
data:
  databases:
    db:
      engine: postgres
      subnets: [a, b]
      security_groups: [sg]
      storage: 20 GB gp3
      max_storage: 100 GB
      grows_by: 10%  # expect: DEP032
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
data:
  databases:
    db:
      engine: postgres
      subnets: [a, b]
      security_groups: [sg]
      storage: 200 GB gp3
      max_storage: 500 GB
      grows_by: 10%
```
"""

from collections.abc import Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.volumes import first_size
from archspec.model.data import Database

ID = "DEP032"
NAME = "grows-by-too-little"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES = ("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",)

_LEAST = 10
"""GiB."""


def subjects(graph: Graph) -> list[Database]:
    """Return the RDS instances that say by how much they grow; the storage of clusters grows by itself."""
    databases = graph.architecture.data.databases.values()
    engines = ("postgres", "mysql", "mariadb")
    return [one for one in databases if one.status == "current" and one.grows_by and one.engine in engines]


def check(_graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a share of the volume that is less than 10 GiB."""
    size = first_size(database.storage)
    if size is None or database.grows_by is None:
        yield Unknown(database.id, database.path, f"{database.id}.storage")
        return
    growth = size * database.grows_by.high / 100
    if growth < _LEAST:
        message = (
            f"{database.id} is to grow by {database.grows_by} of {database.storage}, {growth.normalize():f} GB,"
            f" and RDS adds {_LEAST} GB at least"
        )
        fix = f"state what {_LEAST} GB are of the volume, `grows_by: {_share(size)}%`, or a larger volume"
        yield Violation(database.id, (*database.path, "grows_by"), message, fix)


def _share(size: Decimal) -> int:
    return -int(-_LEAST * 100 // size) if size else 100
