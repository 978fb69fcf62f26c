"""An element that is there once stands on every way to a store or to what others run.

## Why

What every request leads through decides whether requests are answered at all. Where such an element is one task, one
instance or stands in one zone, its loss cuts off everything behind it, and every journey that names it.

Every flow is hard unless it says `hard: false`: then its source goes on without its target. An element that is there
once and that other ways lead around is not found here; `AVL001` is about those. Load balancers, NAT gateways and
endpoints fail with their zone and not by themselves. Elements without a zone (S3, SQS, Route 53) are assumed not to
fail, as AWS runs them for a whole Region.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, public-b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 1, subnets: [private-a, private-b], security_groups: [sg]}  # expect: AVL004
    api: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
data:
  databases:
    db:
      engine: postgres
      subnets: [private-a, private-b]
      security_groups: [sg]
      multi_az: false  # expect: AVL004
flows:
  - internet -> alb: 443 HTTPS
  - alb -> web: 80 HTTP
  - web -> api: 80 HTTP
  - api -> db: 5432 PostgreSQL
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, public-b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, subnets: [private-a, private-b], security_groups: [sg], multi_az: true}
  caches:
    pages: {engine: redis, subnets: [private-a, private-b], security_groups: [sg]}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> web: 80 HTTP
  - web -> db: 5432 PostgreSQL
  - {web -> pages: 6379 Redis, hard: false, fallback: asks the database}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.replicas import is_untold, place, remedy
from archspec.graph.shortened import and_more
from archspec.graph.single_points import SinglePoint, cuts_off, single_points
from archspec.model.element import Element

ID = "AVL004"
NAME = "single-point-of-failure"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "CP-10",
    "SC-36",
    "rel_fault_isolation_multiaz_region_system",
    "rel_withstand_component_failures_failover2good",
)


def subjects(graph: Graph) -> Iterable[Element]:
    """Return what stands in zones: everything attached, and the NAT gateways."""
    gateways = graph.architecture.network.nat_gateways.values()
    return [*graph.attached, *(one for one in gateways if one.status == "current")]


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail a single point of failure; unknown where it would be one if it ran one task, and nobody says how many."""
    found = single_points(graph).get(element.id)
    if found:
        message = f"{element.id} is a single point of failure, as {found.because}: without it {_lost(found)}"
        yield Violation(element.id, place(element), message, remedy(element), tuple(_witness(found)))
    elif element.id in cuts_off(graph) and is_untold(element):
        yield Unknown(element.id, element.path, "desired")


def _lost(found: SinglePoint) -> str:
    told = []
    others = [id_ for id_ in found.cut.first if id_ != found.element.id]
    if others:
        told.append(f"nothing leads to {and_more(', '.join(others), found.cut.total - len(found.cut.first))}")
    stopped = [(len(found.journeys), "journey"), (found.flows, "flow")]
    told += [f"{n} {noun} stops" if n == 1 else f"{n} {noun}s stop" for n, noun in stopped if n]
    return "; ".join(told)


def _witness(found: SinglePoint) -> Iterator[Hop]:
    for journey in found.journeys:
        yield Hop("note", f"{journey.id} passes {found.element.id}", journey.path)
