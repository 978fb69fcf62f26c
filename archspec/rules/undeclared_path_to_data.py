"""The internet can get at data by a step that no flow declares.

## Why

An attacker who takes over an element may do what the element may do. Step by step, permits that nobody meant add up to
a way from the internet to a database. Every permitted step on such a way has to be a declared flow; a single step from
the internet to a store is an error even when it is declared.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    data-a:   {az: us-east-1a, tier: data,   cidr: 10.0.3.0/24}
    data-b:   {az: us-east-1b, tier: data,   cidr: 10.0.4.0/24}
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}]}
    db-sg:
      ingress:
        - {from: web-sg, port: 5432}  # expect: NET005
compute:
  services:
    web: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [web-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
flows:
  - internet -> web: 443 HTTPS
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    data-a:   {az: us-east-1a, tier: data,   cidr: 10.0.3.0/24}
    data-b:   {az: us-east-1b, tier: data,   cidr: 10.0.4.0/24}
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
compute:
  services:
    web: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [web-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
flows:
  - internet -> web: 443 HTTPS
  - web -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.exposure import Exposure, exposures
from archspec.graph.graph import Graph
from archspec.graph.intervals import spell

ID = "NET005"
NAME = "undeclared-path-to-data"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "RDS.46",
    "EC2.18",
    "sec_network_protection_create_layers",
)


def subjects(graph: Graph) -> Iterable[Exposure]:
    """Return every permitted step on a way from the internet to a store."""
    return exposures(graph)


def check(_graph: Graph, exposure: Exposure) -> Iterator[Violation | Unknown]:
    """Fail a step that no flow declares, and every single step from the internet to a store."""
    if exposure.is_direct:
        message = f"the internet may open {spell(exposure.step.traffic)} on {exposure.target}, a store"
        yield Violation(exposure.id, exposure.path, message, "remove the rule", exposure.witness)
    elif exposure.step.undeclared:
        opened = spell(exposure.step.undeclared)
        why = exposure.undeclared or "and no flow declares it"
        message = f"{exposure.source} may open {opened} on {exposure.target}, {why}"
        yield Violation(exposure.id, exposure.path, message, "declare the flow, or narrow the rule", exposure.witness)
