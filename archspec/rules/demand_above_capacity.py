"""More requests reach a service at its busiest than its most tasks can serve.

## Why

What comes in at the entry goes on to everything behind it, often several times over. A service whose largest number of
tasks, times what one of them can serve (`throughput`), is less than that answers slowly or not at all on the busiest
day, however well it scales.

The peak is stated (`peak` of a flow or of a service) and pushed along the flows: `calls` of a flow says how many of
them its source makes for each request that it serves. Services without a `throughput` are not judged.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, scaling: {min: 6, max: 12}, throughput: 50 requests/s, subnets: [a, b], security_groups: [sg]}
    api:
      port: 80
      scaling: {min: 4, max: 8}  # expect: SCL009
      throughput: 100 requests/s
      subnets: [a, b]
      security_groups: [sg]
flows:
  - {internet -> alb: 443 HTTPS, peak: 300 requests/s}
  - alb -> web: 80 HTTP
  - {web -> api: 80 HTTP, calls: 3}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, scaling: {min: 6, max: 12}, throughput: 50 requests/s, subnets: [a, b], security_groups: [sg]}
    api: {port: 80, scaling: {min: 4, max: 18}, throughput: 100 requests/s, subnets: [a, b], security_groups: [sg]}
flows:
  - {internet -> alb: 443 HTTPS, peak: 300 requests/s}
  - alb -> web: 80 HTTP
  - {web -> api: 80 HTTP, calls: 3}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.demand import demands
from archspec.graph.graph import Graph
from archspec.graph.replicas import most_tasks
from archspec.model.compute import Service

ID = "SCL009"
NAME = "demand-above-capacity"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "CP-2(2)",
    "rel_manage_service_limits_suff_buffer_limits",
    "rel_adapt_to_changes_autoscale_adapt",
)


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the services that say what a task can serve, and of whose peak somebody says something."""
    services = graph.architecture.compute.services.values()
    return [one for one in services if one.status == "current" and one.throughput and one.id in demands(graph)]


def check(graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service of which even the most tasks are too few."""
    told, tasks = demands(graph)[service.id], most_tasks(service)
    if told.amount is None:
        yield Unknown(service.id, service.path, told.missing)
    elif tasks is None or not service.throughput:
        yield Unknown(service.id, service.path, "desired")
    elif told.amount > tasks * service.throughput.low:
        serves = f"its {tasks} tasks serve {tasks * service.throughput.low:f}"
        message = f"{told.amount:f} requests/s reach {service.id} at its busiest ({told.because}), and {serves}"
        key = "scaling" if service.scaling else "desired"
        yield Violation(service.id, (*service.path, key), message, "let more tasks run, or let each do less")
