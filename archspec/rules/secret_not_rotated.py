"""A secret is never changed by itself, too rarely, or nothing uses it.

## Why

A password that is never changed stays good for everybody who ever saw it. Rotation limits that to its interval, of 90
days at most, and costs nobody anything once it is set up. A secret that nothing reads is a key to a door that nobody
watches.

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
    db:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      credentials: [db-secret]
security:
  secrets:
    db-secret:
      rotation: false  # expect: SEC011
    old-secret: {rotation: true, rotate_every: 30 days}  # expect: SEC011
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
    db:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      credentials: [db-secret]
security:
  secrets:
    db-secret: {rotation: true, rotate_every: 30 days}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.referred_ids import referred_ids
from archspec.model.compute import Service
from archspec.model.security import Secret
from archspec.model.status import current

ID = "SEC011"
NAME = "secret-not-rotated"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = (
    "SecretsManager.1",
    "SecretsManager.3",
    "SecretsManager.4",
    "sec_identities_secrets",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
)

_KINDS = frozenset({"secret", "secret_store"})
_LONGEST = 90 * 86400
"""Seconds: what SecretsManager.4 asks for unless it is told otherwise."""


def subjects(graph: Graph) -> Iterable[Secret]:
    """Return the secrets."""
    return current(graph.architecture.security.secrets.values())


def check(graph: Graph, secret: Secret) -> Iterator[Violation | Unknown]:
    """Fail a secret that is not rotated within 90 days, or that nothing names; unknown where services name none."""
    yield from _rotation(secret)
    if secret.id in _used(graph) or (secret.store and secret.store in _used(graph)):
        return
    silent = _silent(graph).get(secret.environment)
    if silent:
        yield Unknown(secret.id, silent.path, f"{silent.id}.secrets")
    else:
        message = f"nothing reads {secret.id}"
        yield Violation(
            secret.id, secret.path, message, "name it where it is read (`secrets`, `credentials`), or remove it"
        )


def _rotation(secret: Secret) -> Iterator[Violation | Unknown]:
    place = (*secret.path, "rotation")
    if secret.rotation is None:
        yield Unknown(secret.id, place, f"{secret.id}.rotation")
    elif secret.rotation is not True:
        why = "is not rotated" if secret.rotation is False else "is not rotated yet"
        yield Violation(
            secret.id, place, f"{secret.id} {why}", "turn rotation on: `rotation: true, rotate_every: 30 days`"
        )
    elif secret.rotate_every is None:
        yield Unknown(secret.id, place, f"{secret.id}.rotate_every")
    elif secret.rotate_every.high > _LONGEST:
        message = f"{secret.id} is rotated every {secret.rotate_every}, and 90 days is the longest"
        yield Violation(secret.id, (*secret.path, "rotate_every"), message, "rotate it every 90 days or sooner")


@lru_cache(maxsize=1)
def _used(graph: Graph) -> frozenset[str]:
    """Return every secret, and every place where secrets are kept, that something current names."""
    security = graph.architecture.security
    secrets = security.secrets.keys() | security.secret_stores.keys()
    return frozenset(
        id_
        for element in graph.architecture.elements.values()
        if element.status == "current" and element.kind != "secret"
        for id_ in referred_ids(element, _KINDS)
        if id_ in secrets
    )


@lru_cache(maxsize=1)
def _silent(graph: Graph) -> Mapping[str, Service]:
    """Return environment → a service there that names no secrets, so that it may read any; under "" one of any."""
    found: dict[str, Service] = {}
    for service in graph.architecture.compute.services.values():
        if service.status == "current" and not service.secrets:
            found.setdefault(service.environment, service)
            found.setdefault("", service)
    return found
