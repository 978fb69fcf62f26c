"""A declared flow is blocked by a security group.

## Why

A flow says that two elements talk. If a group on either side does not let them, the deployed system does not work, and
the usual repair under pressure is a rule that is too wide. All groups of an element add up; groups are stateful, so
answers need no rule.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 3306}]}  # expect: NET007
compute:
  services:
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
flows:
  - api -> db: 5432 PostgreSQL  # expect: NET001
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  services:
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
flows:
  - api -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Connection, Graph, spell_ends
from archspec.graph.intervals import Intervals, spell, subtract
from archspec.graph.permits import group_hops, permitted
from archspec.model.flow import Flow

ID = "NET001"
NAME = "flow-blocked-by-security-group"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows."""
    return [flow for flow in graph.architecture.flows if flow.status == "current"]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow once for every pair of ends that may not talk on its ports; elements alike are one end."""
    for connection in graph.connections_of(flow):
        missing = subtract(connection.wanted, permitted(graph, connection.source, connection.target))
        if missing:
            yield _violation(graph, connection, missing)


def _violation(graph: Graph, connection: Connection, missing: Intervals) -> Violation:
    source, target = spell_ends(connection.sources), spell_ends(connection.targets)
    witness = group_hops(graph, connection.source, connection.target, missing)
    blocked = [hop for hop in witness if hop.verdict == "blocked"]
    side = "ingress" if blocked[-1] is witness[-1] and connection.target.id != "internet" else "egress"
    other = f"from {connection.source.id}" if side == "ingress" else f"to {connection.target.id}"
    fix = f"add {side} {spell(missing)} {other}"
    message = f"{source} may not reach {target} on {spell(missing)}"
    return Violation(connection.flow.id, connection.flow.path, message, fix, witness)
