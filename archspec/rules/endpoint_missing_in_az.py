"""An interface endpoint has no subnet in an Availability Zone in which a client of it stands.

## Why

An interface endpoint is there in the zones of its subnets. A client in another zone reaches it across zones, which is
paid by the gigabyte, and loses the service together with a zone that is not its own.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  endpoints:
    secrets-door:
      service: secretsmanager
      subnets: [a]  # expect: AVL007
      security_groups: [sg]
compute:
  services:
    web: {desired: 2, subnets: [a, b], security_groups: [sg]}
security: {secret_stores: {secrets: {}}}
flows:
  - web -> secrets: 443 HTTPS
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  endpoints:
    secrets-door: {service: secretsmanager, subnets: [a, b], security_groups: [sg]}
compute:
  services:
    web: {desired: 2, subnets: [a, b], security_groups: [sg]}
security: {secret_stores: {secrets: {}}}
flows:
  - web -> secrets: 443 HTTPS
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.endpoints import doors, in_vpc
from archspec.graph.graph import Connection, Graph, is_attached
from archspec.model.network import Endpoint

ID = "AVL007"
NAME = "endpoint-missing-in-az"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "VPCE_SERVICE_NOT_INSTALLED_IN_AZ",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
)


def subjects(graph: Graph) -> Iterable[Endpoint]:
    """Return the interface endpoints that flows lead through."""
    endpoints = graph.architecture.network.endpoints.values()
    return [one for one in endpoints if one.type == "interface" and one.status == "current" and one.id in _used(graph)]


def check(graph: Graph, endpoint: Endpoint) -> Iterator[Violation | Unknown]:
    """Fail an endpoint that is not in every zone of its clients; unknown where its subnets are not stated."""
    if not endpoint.subnets:
        yield Unknown(endpoint.id, endpoint.path, f"{endpoint.id}.subnets")
        return
    clients = _used(graph)[endpoint.id]
    lacking = sorted({*clients} - {*graph.azs(endpoint)})
    if lacking:
        message = f"{endpoint.id} has no subnet in {', '.join(lacking)}, where {clients[lacking[0]]} stands"
        yield Violation(endpoint.id, (*endpoint.path, "subnets"), message, f"add a subnet in {', '.join(lacking)}")


@lru_cache(maxsize=1)
def _used(graph: Graph) -> Mapping[str, Mapping[str, str]]:
    """Return endpoint → the zones of its clients, each with the first of them."""
    found: dict[str, dict[str, str]] = {}
    for connection in graph.connections:
        for endpoint in _through(graph, connection):
            for az in graph.azs(connection.source):
                found.setdefault(endpoint, {}).setdefault(az, connection.source.id)
    return found


def _through(graph: Graph, connection: Connection) -> Iterator[str]:
    source, target = connection.source, graph.architecture.elements[connection.flow.target]
    if not is_attached(source):
        return
    if isinstance(target, Endpoint):
        yield target.id
    elif not is_attached(connection.target):
        for door in doors(graph, source, target):
            stated = [one for one in in_vpc(graph, graph.vpc(source), door.service) if one.type == "interface"]
            yield from [door.interface.id] if door.interface else [one.id for one in stated if not one.subnets]
