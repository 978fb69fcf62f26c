"""Something is recorded in two places, or only copies of it are kept.

## Why

When two stores both say that they hold the record and differ, nobody knows which is right. When only a cache, a queue
or copies hold something, it is gone with them. Each thing needs one store that is right, and that is not a cache.

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
    shop:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      record_of: [orders]
    reports:
      engine: mysql
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      record_of:
        - orders  # expect: DAT009
  caches:
    redis:
      engine: redis
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      record_of:
        - carts  # expect: DAT009
      copy_of:
        - prices  # expect: DAT009
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
    shop:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      record_of: [orders, prices]
  caches:
    redis: {engine: redis, subnets: [data-a, data-b], security_groups: [db-sg], copy_of: [prices]}
```
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Bucket, Store
from archspec.model.messaging import Queue

ID = "DAT009"
NAME = "no-single-record"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = ("sec_data_classification_identify_data",)


class Held(NamedTuple):
    """Who keeps something, and where it says so."""

    holder: str
    path: KeyPath
    lasting: bool


class Entity(NamedTuple):
    """Something that is kept, by its name and environment; the records and the copies of it."""

    id: str
    records: list[Held]
    copies: list[Held]

    @property
    def path(self) -> KeyPath:
        """Where it is named first."""
        return (*self.records, *self.copies)[0].path


def subjects(graph: Graph) -> Iterable[Entity]:
    """Return what stores, buckets and queues say they keep, in the order of the spec."""
    found: dict[str, Entity] = {}
    for holder in _holders(graph):
        for key in ("record_of", "copy_of"):
            for i, name in enumerate(getattr(holder, key, ())):
                id_ = f"{holder.environment}/{name}" if holder.environment else name
                entity = found.setdefault(id_, Entity(id_, [], []))
                lasting = holder.kind in {"database", "bucket"}
                held = entity.records if key == "record_of" else entity.copies
                held.append(Held(holder.id, (*holder.path, key, i), lasting))
    return found.values()


def check(_graph: Graph, entity: Entity) -> Iterator[Violation | Unknown]:
    """Fail what has no record, two of them, or one in a cache."""
    first, *more = entity.records or entity.copies
    if not entity.records:
        message = f"{first.holder} keeps a copy of {entity.id}, and nothing keeps the record"
        yield Violation(entity.id, first.path, message, "name it in `record_of` of the store that is right")
    elif more:
        hop = Hop("note", f"{first.holder} keeps the record too", first.path)
        message = f"{first.holder} and {more[0].holder} both keep the record of {entity.id}"
        yield Violation(entity.id, more[0].path, message, "choose one; name it in `copy_of` of the other", (hop,))
    elif not first.lasting:
        message = f"{first.holder} keeps the only record of {entity.id}, and is a cache"
        yield Violation(entity.id, first.path, message, "keep the record in a database or bucket")


def _holders(graph: Graph) -> Iterator[Store | Bucket | Queue]:
    data = graph.architecture.data
    yield from graph.stores
    yield from (one for one in data.buckets.values() if one.status == "current")
    yield from (one for one in graph.architecture.messaging.queues.values() if one.status == "current")
