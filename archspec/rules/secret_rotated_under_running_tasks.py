"""A secret is rotated while tasks run that were given it when they started.

## Why

What ECS passes to a container from a secret, it passes when the container starts. A rotation changes the secret, and
the tasks that run keep the old value: a database password that no longer opens the database, at whatever hour the
rotation was. A service reads the secret by itself whenever it connects, or new tasks are started after each rotation.

A service that names the store of a secret is given the secrets of what its flows lead to: the `credentials` of a
database, cache or proxy. Where such a database lets in by role (`iam_auth`), no password is needed.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    api: {subnets: [private-a], security_groups: [sg], secrets: [db-password]}
security:
  secrets:
    db-password:
      rotation: true  # expect: SEC015
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    api: {subnets: [private-a], security_groups: [sg], secrets: [api-key]}
security:
  secrets:
    api-key: {rotation: false}
    db-password: {rotation: true}
flows:
  - api -> db-password: 443 HTTPS (read at each connection)
```
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.services_meant import services_meant
from archspec.graph.shortened import and_more
from archspec.model.data import Cache, Database, Proxy
from archspec.model.security import Secret

ID = "SEC015"
NAME = "secret-rotated-under-running-tasks"
SEVERITY = Severities(Severity.INFO, Severity.INFO, Severity.INFO)
REFERENCES = (
    "sec_identities_secrets",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
)


def subjects(graph: Graph) -> list[Secret]:
    """Return the secrets that are rotated today."""
    secrets = graph.architecture.security.secrets.values()
    return [one for one in secrets if one.status == "current" and _is_rotated(one)]


def check(graph: Graph, secret: Secret) -> Iterator[Violation | Unknown]:
    """Fail a secret that services are given at their start; unknown where they name its store and nothing more."""
    holders = _holders(graph)
    services, users = holders.get(secret.id, ()), _users(graph).get(secret.id, frozenset())
    by_store = holders.get(secret.store, ())
    given = dict.fromkeys([*services, *(one for one in by_store if one in users)])
    if given:
        named, are = and_more(next(iter(given)), len(given) - 1), "is" if len(given) == 1 else "are"
        message = f"{secret.id} is rotated, and {named} {are} given it when a task starts and never again"
        fix = "let the service read it when it connects, or start new tasks after each rotation and waive this"
        yield Violation(secret.id, (*secret.path, "rotate_every" if secret.rotate_every else "rotation"), message, fix)
    elif by_store:
        yield Unknown(secret.id, secret.path, f"which secrets of {secret.store} {by_store[0]} is given is not stated")


def _is_rotated(secret: Secret) -> bool:
    return secret.rotation is True or (secret.rotation is None and secret.rotate_every is not None)


@lru_cache(maxsize=1)
def _holders(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return secret or store → the services that name it as what their tasks are given."""
    found: dict[str, list[str]] = {}
    for service in graph.architecture.compute.services.values():
        for id_ in service.secrets if service.status == "current" else ():
            found.setdefault(id_, []).append(service.id)
    return {id_: tuple(services) for id_, services in found.items()}


@lru_cache(maxsize=1)
def _users(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return secret → the services with a flow to what lets in by it."""
    found: dict[str, set[str]] = {}
    elements = graph.architecture.elements
    for flow in graph.architecture.flows:
        target = elements[flow.target]
        if flow.status != "current" or not isinstance(target, Database | Cache | Proxy) or _lets_in_by_role(target):
            continue
        for id_ in target.credentials:
            found.setdefault(id_, set()).update(one.id for one in services_meant(graph, flow.source))
    return {id_: frozenset(services) for id_, services in found.items()}


def _lets_in_by_role(target: Database | Cache | Proxy) -> bool:
    return target.auth == "iam" if isinstance(target, Cache) else target.iam_auth is True
