"""A cache is to fail over, or to ask for a password, in a way that AWS refuses.

## Why

ElastiCache promotes a replica when the primary fails. It refuses Multi-AZ for a cache that has no replica, for
Memcached, which has none by nature, and for the old node types T1; a Redis or Valkey password needs encryption in
transit; and a cache in cluster mode is always one that fails over.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {cache-sg: {}}
data:
  caches:
    sessions:
      engine: redis
      multi_az: true
      instances: [{role: primary, az: us-east-1a}]  # expect: DEP013
      subnets: [data-a, data-b]
      security_groups: [cache-sg]
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {cache-sg: {}}
data:
  caches:
    sessions:
      engine: redis
      multi_az: true
      instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}]
      subnets: [data-a, data-b]
      security_groups: [cache-sg]
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Cache

ID = "DEP013"
NAME = "failover-without-replica"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
)


def subjects(graph: Graph) -> Iterable[Cache]:
    """Return the caches that stand on nodes; AWS keeps serverless ones in several zones by itself."""
    caches = graph.architecture.data.caches.values()
    return [one for one in caches if one.status == "current" and not one.serverless]


def check(_graph: Graph, cache: Cache) -> Iterator[Violation | Unknown]:
    """Fail a Multi-AZ cache without a replica, Memcached with one, and a password without encryption in transit."""
    if cache.engine == "memcached":
        yield from _check_memcached(cache)
        return
    if cache.credentials and cache.tls is False:
        message = f"{cache.id} asks for a password, and AWS takes one only with encryption in transit"
        yield Violation(cache.id, (*cache.path, "tls"), message, "state `tls: true`")
    if cache.multi_az or cache.cluster_mode:
        yield from _check_replicas(cache)


def _check_memcached(cache: Cache) -> Iterator[Violation]:
    replicas = [one for one in cache.members if one.role in {"replica", "standby", "reader"}]
    if cache.multi_az or cache.cluster_mode or replicas:
        key = "multi_az" if cache.multi_az else "cluster_mode" if cache.cluster_mode else "instances"
        message = f"{cache.id} is Memcached, which has no replicas and does not fail over"
        yield Violation(cache.id, (*cache.path, key), message, "use Valkey or Redis, or do without a replica")


def _check_replicas(cache: Cache) -> Iterator[Violation | Unknown]:
    if cache.class_.startswith("cache.t1."):
        message = f"{cache.id} is to fail over, which {cache.class_} cannot"
        yield Violation(cache.id, (*cache.path, "class"), message, "choose a class such as cache.t4g.small")
    if not cache.multi_az:
        return
    if not cache.instances:
        yield Unknown(cache.id, cache.path, "instances")
    elif len(cache.members) < 2:
        message = f"{cache.id} is Multi-AZ and has no replica that could take over"
        fix = "add `{role: replica, az: …}` in another zone, or state `multi_az: false`"
        yield Violation(cache.id, (*cache.path, "instances"), message, fix)
