"""Data is kept in an AWS Region where it may not be.

## Why

Laws and contracts say in which countries data may be. A store stays where it is; its replicas and the copies of its
backups leave for another Region by one switch, which nobody reads as a decision about law.

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
    patients:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      residency: [us-east-1, us-east-2]
      backups: {every: 1 day, retention: 7 days, cross_region: true}  # expect: DAT012
  buckets:
    records:
      residency: [eu-central-1]  # expect: DAT012
recovery: {region: us-west-2}
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
    patients:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      residency: [us-east-1, us-east-2]
      backups: {every: 1 day, retention: 7 days, cross_region: true}
recovery: {region: us-east-2}
```
"""

from collections.abc import Iterator

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Bucket, Store

ID = "DAT012"
NAME = "data-outside-its-regions"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = ("sec_data_classification_define_protection",)


def subjects(graph: Graph) -> Iterator[Store | Bucket]:
    """Yield the databases, caches and buckets that say in which Regions their data may be."""
    yield from (store for store in graph.stores if store.residency)
    for bucket in graph.architecture.data.buckets.values():
        if bucket.status == "current" and bucket.residency:
            yield bucket


def check(graph: Graph, store: Store | Bucket) -> Iterator[Violation | Unknown]:
    """Fail each Region that is not among those; unknown where copies go to one that is not stated."""
    for region, place, what in _places(graph, store):
        if not region:
            yield Unknown(store.id, place, "recovery.region")
        elif region not in store.residency:
            allowed = ", ".join(store.residency)
            message = f"{what} {store.id} in {region}, and its data may be in {allowed} only"
            yield Violation(store.id, place, message, "keep it in one of these Regions, or widen `residency`")


def _places(graph: Graph, store: Store | Bucket) -> Iterator[tuple[str, KeyPath, str]]:
    """Yield Region, place in the spec and what is there. Copies go to the Region that a recovery goes to."""
    distant = graph.architecture.recovery.region
    yield graph.architecture.region, (*store.path, "residency"), "there is"
    if isinstance(store, Bucket):
        if store.replication is True:
            yield distant, (*store.path, "replication"), "there is a replica of"
        return
    if store.backups and store.backups.cross_region is True:
        yield distant, (*store.path, "backups"), "there are backups of"
    for i, replica in enumerate(store.distant_replicas):
        if replica.status == "current":
            yield replica.region, (*store.path, "distant_replicas", i), "there is a replica of"
