"""A service cannot serve its peak when the Availability Zone with the most of its tasks is lost.

## Why

A system that is statically stable serves everybody with what is left, before anything new is started. With n tasks
spread over A zones, the worst loss takes n/A of them, rounded up. What is left, times what one task can serve
(`throughput`), has to reach the peak. The peak is the service's own (`peak`), or follows from the flows that lead to
it: from their `peak`, or from `calls`, how many of them its source makes for each request that it serves itself.

Services that state neither are not judged.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web:
      desired: 4  # expect: SCL002
      peak: 120 requests/s
      throughput: 40 requests/s
      subnets: [a, b]
      security_groups: [sg]
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web:
      desired: 6
      peak: 120 requests/s
      throughput: 40 requests/s
      subnets: [a, b]
      security_groups: [sg]
    api: {desired: 4, throughput: 90 requests/s, port: 80, subnets: [a, b], security_groups: [sg]}
flows:
  - {web -> api: 80 HTTP, calls: 1.5}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.demand import Demand, demands
from archspec.graph.graph import Graph
from archspec.graph.replicas import least_tasks
from archspec.graph.tasks_left import remaining, tasks_for
from archspec.model.compute import Service

ID = "SCL002"
NAME = "capacity-lost-with-an-az"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = ("CP-2(2)", "rel_withstand_component_failures_static_stability")


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the services of which the peak is known in part, or what a task can serve."""
    services = graph.architecture.compute.services.values()
    told = demands(graph)
    return [one for one in services if one.status == "current" and (one.throughput or one.id in told)]


def check(graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service of which too few tasks are left; unknown without its peak, its tasks or what one can serve."""
    told = demands(graph).get(service.id, Demand(None, missing="peak"))
    tasks = least_tasks(service)
    if told.amount is None:
        yield Unknown(service.id, service.path, told.missing)
    elif service.throughput is None or tasks is None:
        key = "throughput" if service.throughput is None else "desired"
        yield Unknown(service.id, service.path, key)
    else:
        azs = len(graph.azs(service))
        left = remaining(tasks, azs)
        if left * service.throughput.low < told.amount:
            served = f"{left * service.throughput.low:f} requests/s of a peak of {told.amount:f} ({told.because})"
            message = f"{service.id} keeps {left} of {tasks} tasks when a zone is lost, which serve {served}"
            yield Violation(service.id, _place(service), message, _fix(service, told, azs))


def _place(service: Service) -> tuple[str | int, ...]:
    return (*service.path, "scaling" if service.scaling else "desired")


def _fix(service: Service, told: Demand, azs: int) -> str:
    if azs < 2 or told.amount is None or not service.throughput or not service.throughput.low:
        return "add a subnet in another zone"
    key = "min" if service.scaling else "desired"
    return f"state `{key}: {tasks_for(told.amount, service.throughput.low, azs)}`, or add a zone"
