"""A tier runs in one Availability Zone.

## Why

An Availability Zone is what AWS expects to fail as a whole. What runs in one zone is gone with it, until somebody
starts it elsewhere. A service or a load balancer in two zones goes on.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}  # expect: AVL001
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer

ID = "AVL001"
NAME = "single-az-tier"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "ELB.13",
    "rel_fault_isolation_multiaz_region_system",
)


def subjects(graph: Graph) -> Iterator[Service | LoadBalancer]:
    """Yield everything that serves: services and load balancers."""
    yield from (element for element in graph.attached if isinstance(element, (Service, LoadBalancer)))


def check(graph: Graph, element: Service | LoadBalancer) -> Iterator[Violation | Unknown]:
    """Fail an element whose subnets lie in fewer than two zones, or that runs fewer than two tasks."""
    azs = graph.azs(element)
    if len(azs) < 2:
        message = f"{element.id} runs in one Availability Zone ({', '.join(azs) or 'none'})"
        yield Violation(element.id, (*element.path, "subnets"), message, "add a subnet in another zone")
    elif isinstance(element, Service) and max(element.desired, element.scaling.min if element.scaling else 0) < 2:
        tasks = "one task, so one zone holds all of it" if element.desired else "no task, so no zone holds any of it"
        message = f"{element.id} runs {tasks}"
        yield Violation(element.id, (*element.path, "desired"), message, "run at least two tasks")
