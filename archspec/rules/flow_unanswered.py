"""A declared flow leads to a port on which nothing listens.

## Why

A flow to a port that the target does not listen on is a misspelt port on one of the two sides, and a connection that is
refused once it is deployed.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    web-sg: {}
    api-sg: {ingress: [{from: web-sg, port: 8080}]}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [web-sg]}
    api: {port: 8081, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - web -> api: 8080 HTTP  # expect: NET004
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
    api-sg: {ingress: [{from: web-sg, port: 8080}]}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [web-sg]}
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - web -> api: 8080 HTTP
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Connection, Graph, listens
from archspec.graph.intervals import spell, union
from archspec.graph.listening import answer, forward_hops
from archspec.graph.repair import repairs
from archspec.model.flow import Flow
from archspec.model.status import current

ID = "NET004"
NAME = "flow-unanswered"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows."""
    return current(graph.architecture.flows)


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow to a port on which its target does not listen, or to a service that its balancer does not forward to.

    A target without a stated port is unknown, and so is a balancer that does not say where it forwards.
    """
    if flow.target in graph.members:
        yield from _check_cluster(graph, flow)
        return
    for connection in graph.connections_of(flow)[:1]:
        (source, target), wanted = graph.meant(connection), connection.wanted
        heard = answer(target, wanted)
        yield from _told(graph, connection, heard, "port")
        if all(hop.verdict == "open" for hop in heard):
            yield from _told(graph, connection, forward_hops(graph, source, target, wanted), "listeners")


def _told(graph: Graph, connection: Connection, found: Iterable[Hop], fact: str) -> Iterator[Violation | Unknown]:
    flow = connection.flow
    for hop in found:
        if hop.verdict == "blocked":
            yield Violation(flow.id, flow.path, f"{flow.id}: {hop.text}", _fix(graph, connection, hop), (hop,))
        elif hop.verdict == "note":
            yield Unknown(flow.id, hop.path, f"{hop.path[-1]}.{fact}")


def _fix(graph: Graph, connection: Connection, hop: Hop) -> str:
    """Offer to change the flow, or what it leads to."""
    found = repairs(graph, *graph.meant(connection), connection.wanted)
    words = [one.words for one in found if one.kind == "listening" and one.does != "decide"]
    if hop.code == "ELBV2_LISTENER_HAS_NO_TG":
        return words[0] if words else _FORWARD
    return f"name the port that it listens on in the flow, or {' and '.join(words)}" if words else _FIX


_FIX = "name the port that it listens on, here or there"


def _check_cluster(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """A flow to a cluster means those of its services that listen on a port it names: there has to be one."""
    members, connections = graph.members[flow.target], graph.connections_of(flow)
    if members and not connections and all(listens(member) for member in members):
        heard = spell(union(*(listens(member) for member in members)))
        message = f"{flow.id}: no service of {flow.target} listens there, but on {heard}"
        yield Violation(flow.id, flow.path, message, _FIX)
    found = _refused(graph, connections)
    if found is not None:
        yield Violation(flow.id, flow.path, f"{flow.id}: {found.text}", _FORWARD, (found,))


def _refused(graph: Graph, connections: Iterable[Connection]) -> Hop | None:
    """Return why a load balancer forwards to none of the services of a cluster; nothing where it does to one."""
    first = None
    for one in connections:
        for end in one.targets:
            for hop in forward_hops(graph, one.source, end, one.wanted):
                if hop.verdict != "blocked":
                    return None
                first = first or hop
    return first


_FORWARD = "name the load balancer of the services, or let one of its listeners forward to them"
