"""A Fargate task has a size that AWS does not offer.

## Why

Fargate offers certain amounts of memory for each amount of CPU. A task definition with any other pair is refused when
the service is deployed.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      cpu: 256
      memory: 4096  # expect: DEP006
      desired: 2
      subnets: [private-a, private-b]
      security_groups: [api-sg]
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
    api: {cpu: 1024, memory: 4096, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.compute import Service

ID = "DEP006"
NAME = "fargate-size"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",)

GIB = 1024
SIZES: dict[int, range | tuple[int, ...]] = {
    256: (512, 1 * GIB, 2 * GIB),
    512: range(1 * GIB, 4 * GIB + 1, GIB),
    1024: range(2 * GIB, 8 * GIB + 1, GIB),
    2048: range(4 * GIB, 16 * GIB + 1, GIB),
    4096: range(8 * GIB, 30 * GIB + 1, GIB),
    8192: range(16 * GIB, 60 * GIB + 1, 4 * GIB),
    16384: range(32 * GIB, 120 * GIB + 1, 8 * GIB),
}
"""CPU units → the amounts of memory, in MiB, that go with them: the table of the page in REFERENCES, November 2026."""


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the Fargate services that state a size."""
    services = graph.architecture.compute.services.values()
    sized = [one for one in services if one.launch == "fargate" and (one.cpu or one.memory)]
    return [one for one in sized if one.status == "current"]


def check(_graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service whose CPU is not offered, or whose memory is not offered with its CPU."""
    if service.cpu is None or service.memory is None:
        yield Unknown(service.id, service.path, "memory" if service.cpu else "cpu")
    elif service.cpu not in SIZES:
        message = f"{service.id} has {service.cpu} CPU units, which Fargate does not offer"
        fix = f"choose one of {', '.join(map(str, SIZES))}"
        yield Violation(service.id, (*service.path, "cpu"), message, fix)
    elif service.memory not in SIZES[service.cpu]:
        offered = SIZES[service.cpu]
        message = f"{service.id} has {service.memory} MiB, which Fargate does not offer with {service.cpu} CPU units"
        fix = f"choose from {offered[0]} to {offered[-1]} MiB in steps of {offered[-1] - offered[-2]}"
        yield Violation(service.id, (*service.path, "memory"), message, fix)
