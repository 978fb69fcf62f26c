"""A service keeps fewer tasks than it has Availability Zones, or one task only.

## Why

ECS spreads tasks over the zones of a service. With fewer tasks than zones one of them holds none, and a service of one
task is gone while that one is replaced. What counts is the lowest number of any day: where a service scales, that is
the lowest `min` of its bounds and schedules, else what is `desired`. A service of which no second task may run says why
with `singleton: …`, and what keeps the second one out.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
    c: {az: us-east-1c, tier: private, cidr: 10.0.3.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {desired: 2, subnets: [a, b, c], security_groups: [sg]}  # expect: SCL001
    api:
      desired: 4
      scaling: {min: 1, max: 8}  # expect: SCL001
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
    c: {az: us-east-1c, tier: private, cidr: 10.0.3.0/24}
  security_groups: {sg: {}}
compute:
  services:
    web: {desired: 3, subnets: [a, b, c], security_groups: [sg]}
    api: {scaling: {min: 2, max: 8}, subnets: [a, b], security_groups: [sg]}
    clock: {desired: 1, singleton: runs jobs on time; a lock in Redis keeps a second one out, subnets: [a, b],
            security_groups: [sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.replicas import least_tasks
from archspec.model.compute import Service

ID = "SCL001"
NAME = "fewer-tasks-than-zones"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "rel_fault_isolation_multiaz_region_system",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
)


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the services of which more than one task may run."""
    services = graph.architecture.compute.services.values()
    return [service for service in services if service.status == "current" and not service.singleton]


def check(graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service whose lowest number of tasks is lower than two, or than the number of its zones."""
    tasks, azs = least_tasks(service), len(graph.azs(service))
    wanted = max(2, azs)
    if tasks is None:
        yield Unknown(service.id, service.path, "desired")
    elif tasks < wanted:
        kept = f"{service.id} keeps {tasks} task{'' if tasks == 1 else 's'} at its lowest"
        message = f"{kept}, in {azs} Availability Zones" if azs > 1 else kept
        key, fix = ("scaling", "min") if service.scaling else ("desired", "desired")
        yield Violation(
            service.id, (*service.path, key), message, f"state `{fix}: {wanted}`, or why it is a `singleton`"
        )
