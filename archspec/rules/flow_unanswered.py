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

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph, listens
from archspec.graph.intervals import spell, union
from archspec.graph.permits import answer
from archspec.model.flow import Flow

ID = "NET004"
NAME = "flow-unanswered"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows."""
    return [flow for flow in graph.architecture.flows if flow.status == "current"]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow to a port on which its target does not listen; a target without a stated port is unknown."""
    if flow.target in graph.members:
        yield from _check_cluster(graph, flow)
        return
    for connection in graph.connections_of(flow)[:1]:
        for hop in answer(connection.target, connection.wanted):
            if hop.verdict == "blocked":
                yield Violation(flow.id, flow.path, f"{flow.id}: {hop.text}", _FIX, (hop,))
            elif hop.verdict == "note":
                yield Unknown(flow.id, connection.target.path, f"{connection.target.id}.port")


_FIX = "name the port that it listens on, here or there"


def _check_cluster(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """A flow to a cluster means those of its services that listen on a port it names: there has to be one."""
    members = graph.members[flow.target]
    if members and not graph.connections_of(flow) and all(listens(member) for member in members):
        heard = spell(union(*(listens(member) for member in members)))
        message = f"{flow.id}: no service of {flow.target} listens there, but on {heard}"
        yield Violation(flow.id, flow.path, message, _FIX)
