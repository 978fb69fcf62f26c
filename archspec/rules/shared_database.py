"""A service connects to a database that is not its own.

## Why

Services that read and write each other's tables cannot change or fail apart: every change of the tables is a change
of all of them, and one slow query slows all of them down. Others ask the owner. What belongs to several services, as a
web process and its worker, names them all as `owners`.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    shop:    {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
    billing: {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
data:
  databases:
    shop-db: {engine: postgres, subnets: [data-a, data-b], security_groups: [sg], owners: [shop]}
flows:
  - shop -> shop-db: 5432 PostgreSQL
  - billing -> shop-db: 5432 PostgreSQL  # expect: DAT010
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    shop:        {desired: 2, port: 80, subnets: [data-a, data-b], security_groups: [sg]}
    shop-worker: {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
    billing:     {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
data:
  databases:
    shop-db: {engine: postgres, subnets: [data-a, data-b], security_groups: [sg], owners: [shop, shop-worker]}
flows:
  - shop -> shop-db: 5432 PostgreSQL
  - shop-worker -> shop-db: 5432 PostgreSQL
  - billing -> shop: 80 HTTP
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Connection, Graph
from archspec.graph.store_clients import client_connections
from archspec.model.compute import Service
from archspec.model.data import Database

ID = "DAT010"
NAME = "shared-database"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_fault_isolation_use_bulkhead",
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/modernization-data-persistence/database-per-service.html",
)


def subjects(graph: Graph) -> Iterator[Database]:
    """Yield the databases that more than one service has a flow to."""
    for database in graph.stores:
        if isinstance(database, Database) and _is_shared(_connections(graph, database)):
            yield database


def check(graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail each flow of a service that is no owner; unknown where no owner is stated."""
    if not database.owners:
        yield Unknown(database.id, database.path, f"{database.id}.owners")
        return
    members = graph.members
    owners = {one for id_ in database.owners for one in (id_, *(service.id for service in members.get(id_, ())))}
    seen: set[int] = set()
    for connection in _connections(graph, database):
        strangers = [one.id for one in connection.sources if isinstance(one, Service) and one.id not in owners]
        if strangers and connection.flow.index not in seen:
            seen.add(connection.flow.index)
            message = f"{strangers[0]} connects to {database.id}, which belongs to {', '.join(database.owners)}"
            fix = "ask the owner for the data, or name the service in `owners`"
            yield Violation(database.id, connection.flow.path, message, fix)


def _connections(graph: Graph, database: Database) -> list[Connection]:
    return client_connections(graph).get(database.id, [])


def _is_shared(connections: list[Connection]) -> bool:
    services: set[str] = set()
    for connection in connections:
        for source in connection.sources:
            if isinstance(source, Service):
                services.add(source.id)
            if len(services) > 1:
                return True
    return False
