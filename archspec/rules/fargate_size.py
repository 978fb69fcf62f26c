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

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.element import either
from archspec.model.status import current

ID = "DEP006"
NAME = "fargate-size"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",)


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the Fargate services that state a size."""
    services = graph.architecture.compute.services.values()
    sized = [one for one in services if one.launch == "fargate" and (one.cpu or one.memory)]
    return current(sized)


def check(_graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service whose CPU is not offered, or whose memory is not offered with its CPU."""
    sizes: Mapping[str, Sequence[int]] = dated("fargate_sizes")["sizes"]
    if service.cpu is None or service.memory is None:
        yield Unknown(service.id, service.path, "memory" if service.cpu else "cpu")
    elif str(service.cpu) not in sizes:
        message = f"{service.id} has {service.cpu} CPU units, which Fargate does not offer"
        fix = f"choose one of {', '.join(sizes)}"
        yield Violation(service.id, (*service.path, "cpu"), message, fix)
    elif service.memory not in (offered := sizes[str(service.cpu)]):
        message = f"{service.id} has {service.memory} MiB, which Fargate does not offer with {service.cpu} CPU units"
        fix = f"choose {_spelt(offered)} MiB"
        yield Violation(service.id, (*service.path, "memory"), message, fix)


def _spelt(offered: Sequence[int]) -> str:
    """Write amounts of memory: a few one by one, many by their bounds."""
    if len(offered) < 4:
        return either([str(one) for one in offered])
    return f"from {offered[0]} to {offered[-1]} in steps of {offered[-1] - offered[-2]}"
