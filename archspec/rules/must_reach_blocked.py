"""What has to be reachable, as `must_reach` says, is blocked on one of its hops.

## Why

A flow says what the system is for; an assertion says what somebody relies on beside it: an operator's way to a
database, a probe's way to a health check. It is judged hop by hop like a flow, and it does not depend on whether a flow
is declared.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    desk-sg: {}
    db-sg: {ingress: [{from: desk-sg, port: 5432}]}
compute:
  services:
    desk: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [desk-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
must_reach:
  - desk -> db: 27017  # expect: NET023
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    desk-sg: {}
    db-sg: {ingress: [{from: desk-sg, port: 5432}]}
compute:
  services:
    desk: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [desk-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
must_reach:
  - desk -> db: 5432
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.assertions import unjudged
from archspec.graph.graph import Graph
from archspec.graph.intervals import spell, traffic
from archspec.graph.verdict import answers
from archspec.model.flow import MustReach
from archspec.model.status import current

ID = "NET023"
NAME = "must-reach-blocked"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "rel_planning_network_topology_ha_conn_users",
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
)


def subjects(graph: Graph) -> Iterable[MustReach]:
    """Return the current assertions."""
    return current(graph.architecture.must_reach)


def check(graph: Graph, wanted: MustReach) -> Iterator[Violation | Unknown]:
    """Fail an assertion once for every pair of its ends of which a hop is blocked."""
    asked = traffic(wanted.port, wanted.transport)
    found = answers(graph, wanted.source, wanted.target, asked)
    if not found:
        yield unjudged(wanted)
    for answer in found:
        if not answer.is_open:
            message = f"{answer.source} does not reach {answer.target} on {spell(asked)}, and has to"
            fix = "mend the hops that are blocked, or remove the assertion"
            yield Violation(wanted.id, wanted.path, message, fix, answer.hops)
