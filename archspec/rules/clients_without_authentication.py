"""A store lets in whoever reaches it, or its password is kept nowhere.

## Why

A security group says who gets to a store, and not who he is: one taken-over task reads everything. A database asks for
a password that Secrets Manager keeps, or for a role; a cache asks for nothing unless it is told to.

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
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      credentials: [db-secret]  # expect: DAT005
  caches:
    sessions:
      engine: redis
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      auth: none  # expect: DAT005
security:
  secrets: {db-secret: {status: planned}}
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
    orders: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], credentials: [db-secret]}
    events: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], iam_auth: true}
  caches:
    sessions: {engine: redis, subnets: [data-a, data-b], security_groups: [db-sg], auth: rbac}
security:
  secrets: {db-secret: {rotation: true, rotate_every: 30 days}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.open_to_internet import raised
from archspec.model.data import Cache, Database, Store

ID = "DAT005"
NAME = "clients-without-authentication"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "RDS.10",
    "RDS.12",
    "ElastiCache.6",
    "IA-2",
    "sec_identities_secrets",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
)


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the databases and caches."""
    return graph.stores


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a cache that asks for nothing, and a store whose password is kept in no place that is there today."""
    if isinstance(store, Database) and store.iam_auth:
        return
    if isinstance(store, Cache) and store.auth == "none":
        fix = "turn on a token, access control or IAM, and state `auth: rbac`"
        message = f"{store.id} lets in whoever reaches it"
        yield Violation(store.id, (*store.path, "auth"), message, fix, at_least=raised(graph, store))
        return
    if isinstance(store, Cache) and store.auth == "iam":
        return
    elements = graph.architecture.elements
    kept = [id_ for id_ in store.credentials if elements[id_].status == "current"]
    if store.credentials and not kept:
        message = f"what opens {store.id} is kept in {store.credentials[0]}, which is not there today"
        place = (*store.path, "credentials")
        yield Violation(store.id, place, message, "name a secret that is", at_least=raised(graph, store))
    elif not store.credentials and not (isinstance(store, Cache) and store.auth):
        yield Unknown(store.id, store.path, f"{store.id}.{'auth' if isinstance(store, Cache) else 'credentials'}")
