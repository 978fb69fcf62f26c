"""A store or bucket is not encrypted at rest, or not with the key that its data asks for.

## Why

Whoever gets at a disk, a snapshot or a copy reads what is not encrypted, and an RDS database cannot be encrypted later
without being made anew. Data that is `confidential` or above needs a key of one's own: a key of AWS's cannot be
disabled, and not be kept from anybody in the account.

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
      encrypted: false  # expect: DAT002
    patients:  # expect: DAT002
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      encrypted: true
      classification: restricted
  buckets:
    records:
      classification: confidential
      encryption: sse-s3  # expect: DAT002
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
    orders: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], encrypted: true}
    patients:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      encrypted: true
      classification: restricted
      key: patients-key
  buckets:
    files: {}
    records: {classification: confidential, encryption: sse-kms, key: records-key}
security:
  keys:
    patients-key: {rotation: true}
    records-key: {rotation: true}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.open_to_internet import raised
from archspec.model.classification import is_sensitive
from archspec.model.data import Bucket, Cache, Store

ID = "DAT002"
NAME = "store-not-encrypted"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "RDS.3",
    "RDS.27",
    "DocumentDB.1",
    "ElastiCache.4",
    "CIS 2.3.1",
    "SC-28",
    "sec_protect_data_rest_encrypt",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
)


def subjects(graph: Graph) -> Iterator[Store | Bucket]:
    """Yield the databases, caches and buckets."""
    yield from graph.stores
    yield from (bucket for bucket in graph.architecture.data.buckets.values() if bucket.status == "current")


def check(graph: Graph, store: Store | Bucket) -> Iterator[Violation | Unknown]:
    """Fail a store that is not encrypted, or without a key of its own that is there today where it needs one.

    S3 encrypts every object, and a serverless cache is always encrypted.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html,
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
    """
    name = "encryption" if isinstance(store, Bucket) else "encrypted"
    place = (*store.path, name)
    encrypted = _is_encrypted(store)
    if encrypted is None:
        yield Unknown(store.id, store.path, f"{store.id}.{name}")
    elif not encrypted:
        fix = "encrypt it; an RDS database by a snapshot that is copied with encryption and restored"
        yield Violation(store.id, place, f"{store.id} is not encrypted", fix, at_least=raised(graph, store))
    else:
        yield from _key(graph, store)


def _is_encrypted(store: Store | Bucket) -> bool | None:
    if isinstance(store, Bucket):
        return store.encryption != "none"
    return True if isinstance(store, Cache) and store.serverless else store.encrypted


def _key(graph: Graph, store: Store | Bucket) -> Iterator[Violation]:
    if store.key:
        status = graph.architecture.security.keys[store.key].status
        if status != "current":
            message = f"{store.key}, the key of {store.id}, is {status}"
            yield Violation(store.id, (*store.path, "key"), message, "name a key that is there today")
        return
    if is_sensitive(store.classification):
        stated = isinstance(store, Bucket) and store.encryption is not None
        place = (*store.path, "encryption") if stated else store.path
        message = f"{store.id} is {store.classification}, and not encrypted with a key of its own"
        yield Violation(store.id, place, message, "declare one, `security: {keys: {…}}`, and name it: `key: …`")
