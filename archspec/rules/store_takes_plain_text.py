"""A store takes connections that are not encrypted.

## Why

A store that lets clients choose is read in plain text as soon as one of them forgets: what goes over the network then
is passwords and rows. RDS, DocumentDB, ElastiCache and RDS Proxy can refuse such connections, and a bucket's policy
such requests.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [data-a, data-b], security_groups: [db-sg]}
data:
  databases:
    orders:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      tls: false  # expect: DAT003
    events: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], tls: true}
  buckets:
    files:
      tls_only: false  # expect: DAT003
flows:
  - {api -> events: 5432 PostgreSQL, tls: false}  # expect: DAT003
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [data-a, data-b], security_groups: [db-sg]}
data:
  databases:
    orders: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], tls: true}
  caches:
    sessions: {engine: valkey, serverless: true, subnets: [data-a, data-b], security_groups: [db-sg]}
  buckets:
    files: {tls_only: true}
flows:
  - api -> orders: 5432 PostgreSQL
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.encryption_in_transit import takes_tls
from archspec.graph.graph import Graph
from archspec.graph.open_to_internet import raised
from archspec.graph.store_clients import client_connections
from archspec.model.data import Bucket, Proxy, Store

ID = "DAT003"
NAME = "store-takes-plain-text"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "RDS.38",
    "RDS.39",
    "RDS.43",
    "DocumentDB.6",
    "ElastiCache.5",
    "S3.5",
    "CIS 2.1.1",
    "SC-8",
    "sec_protect_data_transit_encrypt",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
)


def subjects(graph: Graph) -> Iterator[Store | Proxy | Bucket]:
    """Yield the databases, caches and proxies, and the buckets."""
    data = graph.architecture.data
    yield from (one for one in graph.attached if isinstance(one, Store | Proxy))
    yield from (bucket for bucket in data.buckets.values() if bucket.status == "current")


def check(graph: Graph, store: Store | Proxy | Bucket) -> Iterator[Violation | Unknown]:
    """Fail a store that takes plain connections, and each client that says it opens one all the same."""
    key = "tls_only" if isinstance(store, Bucket) else "tls"
    encrypted = store.tls_only if isinstance(store, Bucket) else takes_tls(store)
    if encrypted is None:
        yield Unknown(store.id, store.path, f"{store.id}.{key}")
    elif not encrypted:
        fix = (
            "let it refuse them (a parameter of its engine, or the policy of the bucket), and state " + f"`{key}: true`"
        )
        message = f"{store.id} takes connections that are not encrypted"
        yield Violation(store.id, (*store.path, key), message, fix, at_least=raised(graph, store))
    elif not isinstance(store, Bucket):
        yield from _clients(graph, store)


def _clients(graph: Graph, store: Store | Proxy) -> Iterator[Violation]:
    flows = {one.flow.index: one.flow for one in client_connections(graph).get(store.id, ())}
    for flow in flows.values():
        if flow.tls is False and flow.target == store.id:
            message = f"{flow.id} is not encrypted, and {store.id} refuses that"
            yield Violation(store.id, flow.path, message, "remove `tls: false`, or say what is true of the store")
