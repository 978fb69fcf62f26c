"""A cache that services cannot go on without has no replica that takes over.

## Why

With Multi-AZ, ElastiCache promotes a replica in another zone when the primary is lost. AWS's default is off: then the
cache is gone until its node is replaced, and what it kept is gone for good. A service that only becomes slower without
it says so of its flow: `hard: false`, with a `fallback`. Serverless caches stand in several zones by themselves;
Memcached has no replicas and is not judged.

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
    web: {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
data:
  caches:
    sessions:  # expect: AVL008
      engine: redis
      subnets: [data-a, data-b]
      security_groups: [sg]
    pages:
      engine: valkey
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [sg]
      instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1a}]  # expect: AVL008
flows:
  - web -> sessions: 6379 Redis
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
    web: {desired: 2, subnets: [data-a, data-b], security_groups: [sg]}
data:
  caches:
    sessions:
      engine: redis
      multi_az: true
      subnets: [data-a, data-b]
      security_groups: [sg]
      instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}]
    pages: {engine: redis, subnets: [data-a, data-b], security_groups: [sg]}
flows:
  - {web -> pages: 6379 Redis, hard: false, fallback: renders the page again}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.flows_by_end import flows_to
from archspec.graph.graph import Graph
from archspec.model.data import Cache

ID = "AVL008"
NAME = "cache-without-failover"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "CP-10",
    "SC-36",
    "ElastiCache.3",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
)


def subjects(graph: Graph) -> Iterable[Cache]:
    """Return the caches that could fail over, but for those that everybody goes on without."""
    caches = graph.architecture.data.caches.values()
    return [
        one
        for one in caches
        if one.status == "current" and one.engine != "memcached" and not one.serverless and not _is_soft(graph, one)
    ]


def check(_graph: Graph, cache: Cache) -> Iterator[Violation | Unknown]:
    """Fail a cache without Multi-AZ, or one whose stated nodes all stand in one zone."""
    placed = {node.az for node in cache.members}
    fix = "state `multi_az: true` and a replica in another zone, or `hard: false` and a `fallback` of the flows to it"
    if not cache.multi_az and not cache.cluster_mode:
        nodes = "one node" if len(cache.members) == 1 else "no Multi-AZ"
        message = f"{cache.id} has {nodes}: no replica takes over when its primary is lost"
        yield Violation(cache.id, (*cache.path, "multi_az") if nodes == "no Multi-AZ" else _nodes(cache), message, fix)
    elif cache.members and all(placed) and len(placed) == 1:
        message = f"all nodes of {cache.id} stand in {placed.pop()}: no replica is left when that zone is lost"
        yield Violation(cache.id, _nodes(cache), message, fix)


def _nodes(cache: Cache) -> tuple[str | int, ...]:
    return (*cache.path, "instances")


def _is_soft(graph: Graph, cache: Cache) -> bool:
    flows = flows_to(graph).get(cache.id, [])
    return bool(flows) and all(flow.hard is False for flow in flows)
