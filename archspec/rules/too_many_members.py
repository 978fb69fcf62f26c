"""A database or cache has more members than AWS lets it, or a member with a rank that it does not know.

## Why

A cluster of Aurora or DocumentDB has 15 readers at most, a cache 5 replicas of its primary. Promotion tiers go from 0
to 15. AWS refuses others.

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
      engine: aurora-postgresql
      instances:
        - {role: primary, az: us-east-1a, promotion_tier: 0}
        - {role: reader, az: us-east-1b, promotion_tier: 16}  # expect: DEP046
      subnets: [data-a, data-b]
      security_groups: [db-sg]
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
      engine: aurora-postgresql
      instances:
        - {role: primary, az: us-east-1a, promotion_tier: 0}
        - {role: reader, az: us-east-1b, promotion_tier: 15}
      subnets: [data-a, data-b]
      security_groups: [db-sg]
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Cache, Store

ID = "DEP046"
NAME = "too-many-members"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/replication.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis.Groups.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)

_LAST_TIER = 15


def subjects(graph: Graph) -> list[Store]:
    """Return the databases and caches that state their members."""
    return [one for one in graph.stores if one.members]


def check(_graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a store for the number of its copies, and each member whose tier is too high."""
    copies = sum(one.role in {"reader", "replica"} for one in store.members)
    most = _most(store)
    if copies > most:
        message = f"{store.id} has {copies} replicas, and AWS takes {most}"
        yield Violation(store.id, (*store.path, "instances"), message, f"keep {most} at most")
    for i, instance in enumerate(store.instances):
        if instance.status == "current" and not 0 <= (instance.promotion_tier or 0) <= _LAST_TIER:
            message = f"{store.id} has a member of promotion tier {instance.promotion_tier}"
            path = (*store.path, "instances", i, "promotion_tier")
            yield Violation(store.id, path, message, f"state a tier from 0 to {_LAST_TIER}")


def _most(store: Store) -> int:
    """Return how many copies there may be; in cluster mode, and of Memcached, the members are of many shards."""
    if isinstance(store, Cache):
        return 500 if store.cluster_mode or store.engine == "memcached" else 5
    return 15
