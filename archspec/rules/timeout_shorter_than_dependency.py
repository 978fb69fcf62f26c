"""A caller gives up before the calls behind it have had their time.

## Why

A caller whose timeout is shorter than what its target waits for, retries included, gets an error for requests that
succeed a moment later, and tries again while the first is still being worked on. Along a way, each timeout has to be at
least the next one times the number of attempts.

Flows state `timeout` (of one attempt) and `retries` (left out: none). An Application Load Balancer waits for its
`idle_timeout`, 60 seconds unless it says otherwise.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    api: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    tax: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - {web -> api: 80 HTTP, timeout: 5 s}  # expect: AVL011
  - {api -> tax: 80 HTTP, timeout: 2 s, retries: 2}
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
    api: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    tax: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - {web -> api: 80 HTTP, timeout: 6 s}
  - {api -> tax: 80 HTTP, timeout: 2 s, retries: 2}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.synchronous import behind, patience, synchronous
from archspec.model.flow import Flow

ID = "AVL011"
NAME = "timeout-shorter-than-dependency"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_mitigate_interaction_failure_client_timeouts",
    "rel_mitigate_interaction_failure_fail_fast",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the synchronous flows behind which a timeout is stated."""
    return [flow for flow in synchronous(graph) if any(one.timeout for one in behind(graph, flow))]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow that does not wait for the longest of the calls behind it; unknown where it states no timeout."""
    waits = patience(graph, flow)
    if waits is None:
        if graph.architecture.elements[flow.source].attached:  # nobody states for how long people wait
            yield Unknown(flow.id, flow.path, "timeout")
        return
    longest = max(behind(graph, flow), key=_longest)
    if _longest(longest) > waits:
        attempts = (longest.retries or 0) + 1
        behind_it = f"{longest.id} may take {_longest(longest):f} s ({attempts} × {longest.timeout})"
        message = f"{flow.source} waits {waits:f} s for {flow.target}, and {behind_it}"
        fix = f"wait for {_longest(longest):f} s at least, or give the calls behind it less"
        yield Violation(flow.id, flow.path, message, fix, (Hop("note", longest.id, longest.path),))


def _longest(flow: Flow) -> Decimal:
    return flow.timeout.high * ((flow.retries or 0) + 1) if flow.timeout else Decimal(0)
