"""What everybody on the internet may open has no web ACL before it.

## Why

A distribution or an Application Load Balancer hands every request on to the application. A web ACL turns away what is
known to be an attack, and who asks too often. One before CloudFront covers a load balancer behind it only if nobody
gets to the load balancer past CloudFront, so each that is next to the internet needs its own.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {alb-sg: {ingress: [{from: internet, port: 443}]}}
  load_balancers:
    alb:  # expect: SEC001
      subnets: [public-a, public-b]
      security_groups: [alb-sg]
edge:
  distributions:
    cdn: {origins: [alb]}
  web_acls:
    waf: {scope: cloudfront, protects: [cdn]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  prefix_lists: {cloudfront: {managed: cloudfront}}
  security_groups: {alb-sg: {ingress: [{from: cloudfront, port: 443}]}}
  load_balancers:
    alb: {subnets: [public-a, public-b], security_groups: [alb-sg]}
edge:
  distributions: {cdn: {origins: [alb], origin_header: true}}
  web_acls:
    waf: {scope: cloudfront, protects: [cdn]}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.in_front import fronts, guards
from archspec.graph.open_to_internet import opened_to_world
from archspec.model.edge import Distribution
from archspec.model.network import LoadBalancer

ID = "SEC001"
NAME = "entry-without-web-acl"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "CloudFront.6",
    "AC-4(21)",
    "sec_network_protection_inspection",
    "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html",
)


def subjects(graph: Graph) -> Iterator[LoadBalancer | Distribution]:
    """Yield the distributions, and the Application Load Balancers that everybody may open a connection to."""
    architecture = graph.architecture
    yield from (one for one in architecture.edge.distributions.values() if one.status == "current")
    for balancer in architecture.network.load_balancers.values():
        if balancer.status == "current" and balancer.type == "application" and opened_to_world(graph, balancer):
            yield balancer


def check(graph: Graph, entry: LoadBalancer | Distribution) -> Iterator[Violation | Unknown]:
    """Fail an entry that no web ACL protects; unknown where one does not say what it protects."""
    known, before = guards(graph), fronts(graph).get(entry.id, ())
    if entry.id in known or (before and all(one.origin_header for one in before)):
        return
    scope = "cloudfront" if isinstance(entry, Distribution) else "regional"
    silent = [one for one in known.get("", ()) if one.scope == scope and one.environment in {"", entry.environment}]
    if silent:
        yield Unknown(entry.id, silent[0].path, f"{silent[0].id}.protects")
        return
    message = f"everybody may open connections to {entry.id}, and no web ACL protects it"
    fix = f"declare one: `edge: {{web_acls: {{waf: {{scope: {scope}, protects: [{entry.id}]}}}}}}`"
    yield Violation(entry.id, entry.path, message, fix)
