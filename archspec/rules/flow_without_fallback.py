"""A service is said to go on without what it calls, and nobody says how.

## Why

`hard: false` is a promise: the service still answers when its dependency does not. It is kept only by code that knows
what to do then: to show an older value, to leave a part out, to ask somebody else. A promise without such a `fallback`
has most likely never been tried.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    tips: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - {web -> tips: 80 HTTP, hard: false}  # expect: AVL012
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    tips: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - {web -> tips: 80 HTTP, hard: false, fallback: shows the page without tips}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.flow import Flow

ID = "AVL012"
NAME = "flow-without-fallback"
SEVERITY = Severities(Severity.INFO, Severity.INFO, Severity.OFF)
REFERENCES = ("rel_mitigate_interaction_failure_graceful_degradation",)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows that their source is said to go on without."""
    return [flow for flow in graph.architecture.flows if flow.status == "current" and flow.hard is False]


def check(_graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow without a fallback."""
    if not flow.fallback:
        message = f"{flow.source} is said to go on without {flow.target}, and nobody says how"
        yield Violation(flow.id, flow.path, message, "state `fallback: …`, what it does instead")
