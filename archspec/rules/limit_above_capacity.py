"""A web ACL lets one address send more requests than the service behind it can serve.

## Why

A limit of requests is there so that nobody alone uses up what is there for all. One that is higher than what the most
tasks of a service can serve (`throughput`) stops nobody before the service is down.

A limit is counted over five minutes, unless its rule says `per`. Services without a `throughput` are not judged, and a
web ACL without any limit is what `SEC008` finds.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, throughput: 10 requests/s, load_balancer: alb, subnets: [a, b], security_groups: [sg]}
edge:
  web_acls:
    waf:
      protects: [alb]
      rules:
        - {name: flood, limit: 10000, per: 5 minutes}  # expect: SCL010
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, throughput: 10 requests/s, load_balancer: alb, subnets: [a, b], security_groups: [sg]}
edge:
  web_acls:
    waf:
      protects: [alb]
      rules:
        - {name: flood, limit: 2000, per: 5 minutes}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.balancer_targets import targets
from archspec.graph.graph import Graph
from archspec.graph.replicas import most_tasks
from archspec.model.compute import Service
from archspec.model.edge import Distribution, WebAcl

ID = "SCL010"
NAME = "limit-above-capacity"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "SC-5(2)",
    "rel_mitigate_interaction_failure_throttle_requests",
    "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
)

_WINDOW = Decimal(300)
"""Seconds. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html"""


def subjects(graph: Graph) -> Iterable[WebAcl]:
    """Return the web ACLs that limit requests to services which say what a task can serve."""
    acls = graph.architecture.edge.web_acls.values()
    return [acl for acl in acls if acl.status == "current" and _limits(acl) and any(_served(graph, acl))]


def check(graph: Graph, acl: WebAcl) -> Iterator[Violation | Unknown]:
    """Fail an ACL whose strictest limit is above what the weakest of the services can serve."""
    rate, position = min(_limits(acl))
    known = [(service, most_tasks(service)) for service in _served(graph, acl)]
    untold = next((service.id for service, tasks in known if tasks is None), "")
    capacity = [(tasks * one.throughput.low, one.id) for one, tasks in known if tasks and one.throughput]
    if capacity and rate > min(capacity)[0]:
        least, id_ = min(capacity)
        message = (
            f"{acl.id} lets one address send {rate:.1f} requests/s, and {id_} serves {least:f} with its most tasks"
        )
        path = (*acl.path, "rules", position)
        yield Violation(acl.id, path, message, "state a lower `limit`, or let more tasks run")
    elif untold:
        yield Unknown(acl.id, acl.path, f"{untold}.desired")


def _limits(acl: WebAcl) -> list[tuple[Decimal, int]]:
    """Return the requests a second that each rule lets one address send, with its position."""
    return [
        (rule.limit.high / (rule.per.high if rule.per and rule.per.high else _WINDOW), i)
        for i, rule in enumerate(acl.rules)
        if rule.limit
    ]


def _served(graph: Graph, acl: WebAcl) -> Iterator[Service]:
    """Yield the services that say what a task can serve, behind what the ACL protects."""
    elements = graph.architecture.elements
    for id_ in acl.protects:
        element = elements[id_]
        for origin in element.origins if isinstance(element, Distribution) else (id_,):
            yield from (service for service in targets(graph).get(origin, ()) if service.throughput)
