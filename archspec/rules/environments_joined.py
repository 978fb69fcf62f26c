"""An element of one environment may open connections to an element of another, and no flow declares it.

## Why

An attacker, or a mistake, in a test environment that reaches production is in production. What two environments have
in common, a shared group or a peering, has to be a flow that somebody declared.

## Fails

```yaml
environments: {production: {stage: production}, test: {stage: development}}
shared:
  network:
    vpcs: {main: {cidr: 10.0.0.0/16}}
    subnets:
      a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
      b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
    security_groups:
      sg:
        ingress:
          - {from: sg, port: 80}  # expect: NET021, NET021
compute:
  services:
    api: {port: 80, desired: 2, subnets: [a, b], security_groups: [sg]}
```

## Passes

```yaml
environments: {production: {stage: production}, test: {stage: development}}
shared:
  network:
    vpcs: {main: {cidr: 10.0.0.0/16}}
    subnets:
      a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
      b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
network:
  security_groups:
    sg: {vpc: main, ingress: [{from: sg, port: 80}]}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [a, b], security_groups: [sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.exposure import Exposure
from archspec.graph.graph import Graph
from archspec.graph.intervals import spell
from archspec.graph.undeclared_steps import between_environments

ID = "NET021"
NAME = "environments-joined"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "sec_securely_operate_multi_accounts",
    "AC-4",
    "SC-7",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)


def subjects(graph: Graph) -> Iterable[Exposure]:
    """Return every permitted step from one environment to another."""
    return between_environments(graph)


def check(_graph: Graph, exposure: Exposure) -> Iterator[Violation | Unknown]:
    """Fail a step of which no flow declares all traffic."""
    if exposure.step.undeclared:
        message = f"{exposure.source} may open {spell(exposure.step.undeclared)} on {exposure.target}"
        fix = "give each environment groups of its own, or declare the flow"
        yield Violation(exposure.id, exposure.path, f"{message}, in another environment", fix)
