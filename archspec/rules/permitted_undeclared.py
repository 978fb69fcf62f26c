"""Security groups let one element open connections to another that no flow declares.

## Why

What nobody declared, nobody looks at: a port that is open for no reason is there for whoever breaks in. Steps that lie
on a way from the internet to data are NET005's, and are not told twice.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    web-sg: {}
    api-sg:
      ingress:
        - {from: web-sg, port: 8080}
        - {from: web-sg, port: 9090}  # expect: NET006
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [web-sg]}
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - web -> api: 8080 HTTP
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    web-sg: {}
    api-sg:
      ingress:
        - {from: web-sg, port: 8080}
        - {from: web-sg, port: 9090}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [web-sg]}
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - web -> api: 8080 HTTP
  - web -> api: 9090 metrics
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.exposure import Exposure
from archspec.graph.graph import Graph
from archspec.graph.intervals import spell
from archspec.graph.undeclared_steps import undeclared

ID = "NET006"
NAME = "permitted-undeclared"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "sec_permissions_least_privileges",
    "sec_network_protection_layered",
    "AC-4",
    "SC-7",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)


def subjects(graph: Graph) -> Iterable[Exposure]:
    """Return every permitted step that is on no way from the internet to a store."""
    return undeclared(graph)


def check(_graph: Graph, exposure: Exposure) -> Iterator[Violation | Unknown]:
    """Fail a step of which no flow declares all traffic."""
    if exposure.step.undeclared:
        why = exposure.undeclared or "and no flow declares it"
        message = f"{exposure.source} may open {spell(exposure.step.undeclared)} on {exposure.target}, {why}"
        yield Violation(exposure.id, exposure.path, message, "declare the flow, or narrow the rule")
