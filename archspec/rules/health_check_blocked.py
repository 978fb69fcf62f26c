"""A load balancer's health check does not get through to its targets.

## Why

A load balancer asks each target whether it is healthy, on the target's own port or on one of its own. No flow declares
that, and a group that lets in the flow alone leaves every target unhealthy: requests are answered with 503, although
all that is declared is open.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    alb-sg: {ingress: [{from: 10.0.0.0/16, port: 80}]}
    api-sg: {ingress: [{from: alb-sg, port: 8080}]}
  load_balancers:
    alb:
      scheme: internal
      subnets: [private-a, private-b]
      security_groups: [alb-sg]
      listeners: [{port: 80, protocol: HTTP, forward: api-tg}]
  target_groups:
    api-tg: {target: api, port: 8080, health_port: 9090}  # expect: NET022
compute:
  services: {api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}}
flows:
  - alb -> api: 8080 HTTP
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    alb-sg: {ingress: [{from: 10.0.0.0/16, port: 80}]}
    api-sg: {ingress: [{from: alb-sg, port: 8080}]}
  load_balancers:
    alb:
      scheme: internal
      subnets: [private-a, private-b]
      security_groups: [alb-sg]
      listeners: [{port: 80, protocol: HTTP, forward: api-tg}]
  target_groups:
    api-tg: {target: api, port: 8080}
compute:
  services: {api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}}
flows:
  - alb -> api: 8080 HTTP
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.broken_flows import broken, kind_of
from archspec.graph.flows_by_end import flows_from
from archspec.graph.graph import Graph
from archspec.graph.hops import hops
from archspec.graph.intervals import Intervals, spell, subtract
from archspec.graph.listening import forwarded
from archspec.graph.permits import permitted
from archspec.graph.repair import repairs
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer, TargetGroup

ID = "NET022"
NAME = "health-check-blocked"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "rel_withstand_component_failures_monitoring_health",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
)


def subjects(graph: Graph) -> Iterable[TargetGroup]:
    """Return the current target groups to which a load balancer forwards."""
    groups, services = graph.architecture.network.target_groups.values(), graph.architecture.compute.services
    known = _balancers(graph)
    return [
        group
        for group in groups
        if group.status == "current" and group.id in known and services[group.target].status == "current"
    ]


def check(graph: Graph, group: TargetGroup) -> Iterator[Violation | Unknown]:
    """Fail a target group once for every balancer that does not reach its targets on the port of the health check.

    Where a declared flow from the balancer is blocked on that port, the flow is found, and not this as well.
    """
    service = graph.architecture.compute.services[group.target]
    port = group.port if group.health_port is None else group.health_port
    wanted = ((port, port),)
    for balancer in _balancers(graph)[group.id]:
        missing = subtract(wanted, permitted(graph, balancer, service))
        if not missing or _is_found(graph, balancer, service, missing):
            continue
        if not balancer.security_groups:
            yield Unknown(group.id, balancer.path, f"{balancer.id}.security_groups")
            continue
        message = (
            f"the health check of {group.id} is blocked: {balancer.id} may not reach {service.id} on {spell(missing)}"
        )
        found = repairs(graph, balancer, service, missing)
        fix = ", and ".join(one.words for one in found if one.kind != "listening")
        witness = tuple(hop for hop in hops(graph, balancer, service, missing) if kind_of(hop) != "listening")
        yield Violation(group.id, group.path, message, fix, witness)


@lru_cache(maxsize=1)
def _balancers(graph: Graph) -> Mapping[str, list[LoadBalancer]]:
    """Return the current load balancers that forward to each target group."""
    found: dict[str, list[LoadBalancer]] = {}
    for balancer in graph.architecture.network.load_balancers.values():
        pairs = forwarded(graph, balancer).values() if balancer.status == "current" else ()
        for id_ in dict.fromkeys(group.id for those in pairs for _, group in those):
            found.setdefault(id_, []).append(balancer)
    return found


def _is_found(graph: Graph, balancer: LoadBalancer, service: Service, missing: Intervals) -> bool:
    ends = {service.id, service.cluster}
    flows = [one for one in flows_from(graph).get(balancer.id, ()) if one.target in ends]
    return any(
        not subtract(missing, one.missing) and service.id in {end.id for end in one.connection.targets}
        for flow in flows
        for one in broken(graph, flow)
    )
