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
from archspec.graph.graph import Attached, Connection, End, Graph, is_attached, listens, spell_ends
from archspec.graph.intervals import Intervals, spell, spell_keys, subtract
from archspec.graph.permits import are_joined, hops, let_in, let_out, permitted
from archspec.model.flow import Flow
from archspec.model.network import Namespace

ID = "NET001"
NAME = "flow-blocked-by-security-group"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows, but those that ask the VPC's own DNS resolver: no security group filters them.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    """
    elements = graph.architecture.elements
    flows = [flow for flow in graph.architecture.flows if flow.status == "current"]
    return [flow for flow in flows if not isinstance(elements[flow.target], Namespace)]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow once for every pair of ends that may not talk on its ports; elements alike are one end.

    A flow to a cluster in which no port is stated that it could mean is unknown, and so is one of which an end has no
    security groups.
    """
    reason = unasked(graph, flow)
    if reason:
        yield Unknown(flow.id, flow.path, reason)
        return
    connections = graph.connections_of(flow)
    silent = [] if connections else [one for one in graph.members.get(flow.target, ()) if not listens(one)]
    if silent:
        yield Unknown(flow.id, silent[0].path, f"{silent[0].id}.port")
    for connection in connections:
        missing = subtract(connection.wanted, permitted(graph, connection.source, connection.target))
        endpoint = graph.endpoint(connection.source, flow.target) if missing else ""
        if endpoint:
            yield Unknown(flow.id, flow.path, f"{flow.target} is reached through {endpoint}, which is not judged yet")
        elif missing:
            yield _violation(graph, connection, missing)


def unasked(graph: Graph, flow: Flow) -> str:
    """Say which end of a flow has no security groups that could be asked; nothing where both have."""
    for id_ in (flow.source, flow.target):
        if not graph.ends(id_) and id_ not in graph.members:
            kind = graph.architecture.elements[id_].kind.replace("_", " ")
            return f"the {kind} {id_} has no security groups that could be asked"
    return ""


def _violation(graph: Graph, connection: Connection, missing: Intervals) -> Violation:
    source, target = spell_ends(connection.sources), spell_ends(connection.targets)
    witness = hops(graph, connection.source, connection.target, missing)
    whom = "each other" if connection.sources == connection.targets and len(connection.sources) > 1 else target
    message = f"{source} may not reach {whom} on {spell(missing)}"
    fix = ", and ".join(_repairs(graph, connection, missing))
    return Violation(connection.flow.id, connection.flow.path, message, fix, witness)


def _repairs(graph: Graph, connection: Connection, missing: Intervals) -> Iterator[str]:
    """Yield the rule to add on each side that blocks, as it is written in a spec."""
    source, target = connection.source, connection.target
    if is_attached(source) and is_attached(target) and not are_joined(graph, source, target):
        yield f"put {source.id} and {target.id} into one VPC: nothing joins two of them yet"
    if is_attached(source) and subtract(missing, let_out(graph, source, target)):
        yield _repair(source, "egress", "to", target, missing)
    if is_attached(target) and subtract(missing, let_in(graph, source, target)):
        yield _repair(target, "ingress", "from", source, missing)


def _repair(at: Attached, side: str, key: str, other: End, missing: Intervals) -> str:
    if not at.security_groups:
        return f"give {at.id} a security group"
    peer = other.security_groups[0] if is_attached(other) and other.security_groups else other.id
    rules = ", ".join(f"{{{key}: {peer}, {ports}}}" for ports in spell_keys(missing))
    return f"add to the {side} of {at.security_groups[0]}: {rules}"
