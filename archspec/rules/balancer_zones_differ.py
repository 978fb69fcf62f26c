"""A load balancer and its targets stand in different Availability Zones.

## Why

Tasks in a zone that the load balancer has no subnet in get no requests at all: they are paid for and do nothing. The
other way round, a zone of the load balancer without a target sends every request across to another zone; and a Network
Load Balancer that does not balance across zones, as is AWS's default, has nobody there to send it to.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
    c: {az: us-east-1c, tier: private, cidr: 10.0.3.0/24}
  security_groups: {sg: {}}
  load_balancers:
    alb:
      subnets: [a, b]  # expect: AVL006
      security_groups: [sg]
    nlb:
      type: network
      subnets: [a, b]  # expect: AVL006
compute:
  services:
    web: {port: 80, desired: 3, load_balancer: alb, subnets: [a, b, c], security_groups: [sg]}
    dns: {port: 53, desired: 2, load_balancer: nlb, subnets: [a], security_groups: [sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers:
    alb: {subnets: [a, b], security_groups: [sg]}
compute:
  services:
    web: {port: 80, desired: 2, load_balancer: alb, subnets: [a, b], security_groups: [sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.balancer_targets import targets
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer

ID = "AVL006"
NAME = "balancer-zones-differ"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "ELBV2_NO_TARGETS_IN_AZ",
    "ELB_NOT_CROSSZONE",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
)


def subjects(graph: Graph) -> Iterable[LoadBalancer]:
    """Return the load balancers with targets."""
    balancers = graph.architecture.network.load_balancers.values()
    return [one for one in balancers if one.status == "current" and targets(graph).get(one.id)]


def check(graph: Graph, balancer: LoadBalancer) -> Iterator[Violation | Unknown]:
    """Fail a load balancer once, with each zone that has it or its targets and not both."""
    wrong = [*_unserved(graph, balancer), *_empty(graph, balancer)]
    if wrong:
        fix = "give the load balancer and its targets subnets in the same zones"
        yield Violation(balancer.id, (*balancer.path, "subnets"), wrong[0].text, fix, tuple(wrong[1:]))


def _unserved(graph: Graph, balancer: LoadBalancer) -> Iterator[Hop]:
    served = graph.azs(balancer)
    for service in targets(graph)[balancer.id]:
        beyond = [az for az in graph.azs(service) if az not in served]
        if beyond:
            text = f"{balancer.id} has no subnet in {', '.join(beyond)}: tasks of {service.id} there get no requests"
            yield Hop("blocked", text, (*service.path, "subnets"), "ELBV2_NO_TARGETS_IN_AZ")


def _empty(graph: Graph, balancer: LoadBalancer) -> Iterator[Hop]:
    """Yield the zones without a target: of any service, or of each where requests stay in their zone."""
    services = targets(graph)[balancer.id]
    stays = balancer.type == "network" and not balancer.cross_zone
    for held in [(one,) for one in services] if stays else [services]:
        azs = {az for service in held for az in graph.azs(service)}
        lacking = sorted({*graph.azs(balancer)} - azs) if azs else []
        if lacking:
            text = f"{balancer.id} stands in {', '.join(lacking)}, where no task of {_names(held)} can be"
            yield Hop("blocked", text, (*held[0].path, "subnets"), "ELB_NOT_CROSSZONE" if stays else "")


def _names(services: tuple[Service, ...]) -> str:
    return services[0].id if len(services) == 1 else f"its {len(services)} targets"
