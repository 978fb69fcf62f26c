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
from archspec.graph.broken_flows import Broken, broken, unknown
from archspec.graph.graph import Graph, listens
from archspec.graph.intervals import spell
from archspec.model.flow import Flow
from archspec.model.network import Namespace
from archspec.model.status import current

ID = "NET001"
NAME = "flow-blocked-by-security-group"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    "sec_network_protection_layered",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows, but those that ask the VPC's own DNS resolver: no security group filters them.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    """
    elements = graph.architecture.elements
    flows = current(graph.architecture.flows)
    return [flow for flow in flows if not isinstance(elements[flow.target], Namespace)]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow once for every pair of ends that may not talk on its ports; elements alike are one end.

    A flow to a cluster in which no port is stated that it could mean is unknown, and so is one of which an end has no
    security groups, or states none although it may: a load balancer, or an endpoint on the way.
    """
    reason = unasked(graph, flow)
    if reason:
        yield Unknown(flow.id, flow.path, reason)
        return
    silent = [] if graph.connections_of(flow) else [m for m in graph.members.get(flow.target, ()) if not listens(m)]
    if silent:
        yield Unknown(flow.id, silent[0].path, f"{silent[0].id}.port")
    for one in broken(graph, flow):
        if one.blocks("group"):
            yield unknown(graph, flow, one) or _violation(one)


def unasked(graph: Graph, flow: Flow) -> str:
    """Say which end of a flow has no security groups that could be asked; nothing where both have."""
    for id_ in (flow.source, flow.target):
        if not graph.ends(id_) and id_ not in graph.members:
            kind = graph.architecture.elements[id_].kind.replace("_", " ")
            return f"the {kind} {id_} has no security groups that could be asked"
    return ""


def _violation(one: Broken) -> Violation:
    (source, target), flow = one.ends, one.connection.flow
    same = one.connection.sources == one.connection.targets and len(one.connection.sources) > 1
    message = f"{source} may not reach {'each other' if same else target} on {spell(one.missing)}"
    return Violation(flow.id, flow.path, message, one.fix("group"), one.hops)
