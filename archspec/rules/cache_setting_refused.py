"""A cache is to have what ElastiCache does not offer for it.

## Why

Memcached on nodes of its own has no snapshots, no password and no encryption at rest. A serverless cache is always
encrypted, at rest and in transit. Every way to sign in needs encryption in transit; users need Redis 6, roles Redis 7.
AWS refuses what is stated otherwise.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {cache-sg: {}}
data:
  caches:
    sessions:
      engine: memcached
      auth: token  # expect: DEP047
      subnets: [data-a]
      security_groups: [cache-sg]
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {cache-sg: {}}
data:
  caches:
    sessions:
      engine: valkey
      auth: token
      tls: true
      subnets: [data-a]
      security_groups: [cache-sg]
```
"""

import re
from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Cache
from archspec.model.status import current

ID = "DEP047"
NAME = "cache-setting-refused"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
)

_SINCE = {"rbac": 6, "iam": 7}
"""Way to sign in → the first major version of Redis that has it; every version of Valkey does."""
_WHO = {"rbac": "users", "iam": "roles"}


def subjects(graph: Graph) -> list[Cache]:
    """Return the current caches."""
    return current(graph.architecture.data.caches.values())


def check(_graph: Graph, cache: Cache) -> Iterator[Violation | Unknown]:
    """Fail each setting that AWS refuses."""
    for key, message, fix in _refused(cache):
        yield Violation(cache.id, (*cache.path, key), f"{cache.id} {message}", fix)


def _refused(cache: Cache) -> Iterator[tuple[str, str, str]]:
    """Yield the keys that are refused: what they say of the cache, and what to do."""
    if cache.serverless:
        for key in ("encrypted", "tls"):
            if getattr(cache, key) is False:
                yield key, "is serverless, and always encrypted", f"state `{key}: true`"
    elif cache.engine == "memcached":
        yield from _refused_of_memcached(cache)
    else:
        yield from _refused_of_replicas(cache)


def _refused_of_memcached(cache: Cache) -> Iterator[tuple[str, str, str]]:
    fix = "leave it out, or use Valkey, Redis or a serverless cache"
    if cache.backups and cache.backups.every:
        yield "backups", "is Memcached on nodes, which has no snapshots", fix
    if cache.encrypted:
        yield "encrypted", "is Memcached on nodes, which has no encryption at rest", fix
    if _signs_in(cache):
        yield "auth", "is Memcached on nodes, which lets in whoever reaches it", fix


def _refused_of_replicas(cache: Cache) -> Iterator[tuple[str, str, str]]:
    """Yield what Redis and Valkey on nodes do not take: a password over plain text, users and roles in old versions."""
    if _signs_in(cache) and cache.tls is False:
        yield "tls", "asks who signs in, which AWS takes only with encryption in transit", "state `tls: true`"
    least = _SINCE.get(cache.auth or "")
    major = re.match(r"\d{1,4}", cache.engine_version)
    if least and cache.engine == "redis" and major and int(major[0]) < least:
        message = f"has version {cache.engine_version} of Redis, which cannot tell {_WHO[cache.auth or '']} apart"
        yield "engine_version", message, f"choose version {least} or later"


def _signs_in(cache: Cache) -> bool:
    return cache.auth not in {None, "none"}
