"""Services may open more connections to a database than it accepts.

## Why

Every task keeps a pool of its own. The largest number of tasks, doubled while a deployment replaces them, times the
size of the pool, has to stay within what the database accepts: beyond that, connections are refused, mostly on the
busiest day. RDS derives the limit from the memory of the instance's class. An RDS Proxy shares its connections among
all clients, so those behind one are not counted.

The pool is the database's (`pool: {max: …}`), in connections of one task. Of Aurora MySQL, DocumentDB and serverless
databases the limit is not known here.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {scaling: {min: 2, max: 20}, subnets: [a, b], security_groups: [sg]}
data:
  databases:
    db:
      engine: postgres
      class: db.t4g.micro
      multi_az: true
      pool: {max: 10}  # expect: SCL004
      subnets: [a, b]
      security_groups: [sg]
flows:
  - web -> db: 5432 PostgreSQL
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {scaling: {min: 2, max: 5}, subnets: [a, b], security_groups: [sg]}
data:
  databases:
    db:
      engine: postgres
      class: db.t4g.micro
      multi_az: true
      pool: {max: 10}
      subnets: [a, b]
      security_groups: [sg]
flows:
  - web -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.connection_limits import connection_limit
from archspec.graph.graph import Graph
from archspec.graph.replicas import deploying
from archspec.model.compute import Service
from archspec.model.data import Database
from archspec.model.quantity import Count

ID = "SCL004"
NAME = "too-many-connections"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html",
    "rel_manage_service_limits_suff_buffer_limits",
)


def subjects(graph: Graph) -> Iterable[Database]:
    """Return the databases that services connect to with pools of a stated size."""
    databases = graph.architecture.data.databases.values()
    return [one for one in databases if one.status == "current" and _pool(one) and _clients(graph).get(one.id)]


def check(graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a database whose clients may open more connections than its default limit."""
    limit, pool = connection_limit(database), _pool(database)
    clients = _clients(graph)[database.id]
    most = {service.id: deploying(service) for service in clients.values()}
    untold = [id_ for id_, tasks in most.items() if tasks is None]
    needed = pool * sum(tasks or 0 for tasks in most.values())
    if limit is None:
        told = f"the default limit of connections of {database.engine} on {database.class_}" if database.class_ else ""
        yield Unknown(database.id, database.path, f"{told} is not known here" if told else "class")
    elif needed > limit:
        message = f"{needed} connections may be opened to {database.id}, which accepts {limit} by default"
        parts = (f"{id_}: {tasks} tasks × {pool}, a deployment included" for id_, tasks in most.items() if tasks)
        witness = tuple(Hop("note", part) for part in parts)
        fix = "use smaller pools or fewer tasks, put an RDS Proxy before it, or choose a class with more memory"
        yield Violation(database.id, (*database.path, "pool", "max"), message, fix, witness)
    elif untold:
        yield Unknown(database.id, database.path, f"{untold[0]}.desired")


def _pool(database: Database) -> int:
    most = database.pool.max if database.pool else None
    return int(most.high) if isinstance(most, Count) else 0


@lru_cache(maxsize=1)
def _clients(graph: Graph) -> Mapping[str, Mapping[str, Service]]:
    """Return database → the services that flows lead from to it, without a proxy between."""
    found: dict[str, dict[str, Service]] = {}
    for connection in graph.connections:
        for target in connection.targets if isinstance(connection.target, Database) else ():
            services = {one.id: one for one in connection.sources if isinstance(one, Service)}
            found.setdefault(target.id, {}).update(services)
    return found
