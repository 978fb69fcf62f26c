"""A Fargate service has no network that its tasks can be given.

## Why

Every task on Fargate has a network interface of its own, in one of the service's subnets. AWS refuses a service without
subnets or with more than 16, and one behind a target group of instances: such a group sends requests to machines, and
here are none.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
  security_groups: {api-sg: {}}
  target_groups:
    api-tg: {target: api, port: 80, target_type: instance}  # expect: DEP007
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg]}
    worker: {desired: 2, subnets: [], security_groups: [api-sg]}  # expect: DEP007
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
  security_groups: {api-sg: {}}
  target_groups:
    api-tg: {target: api, port: 80, target_type: ip}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.network import TargetGroup

ID = "DEP007"
NAME = "tasks-without-network"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
)


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the Fargate services."""
    services = graph.architecture.compute.services.values()
    return [one for one in services if one.launch == "fargate" and one.status == "current"]


def check(graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service for its subnets, and for each target group of instances that sends it requests."""
    most = dated("quotas")["task_subnets"]
    path = (*service.path, "subnets")
    if not service.subnets:
        message = f"{service.id} runs on Fargate and has no subnets"
        yield Violation(service.id, path, message, "name a subnet in each of two zones")
    elif len(service.subnets) > most:
        message = f"{service.id} names {len(service.subnets)} subnets, and AWS takes {most}"
        yield Violation(service.id, path, message, f"name {most} subnets at most")
    for group in _of_instances(graph).get(service.id, ()):
        message = f"{service.id} runs on Fargate, and {group.id} sends requests to instances"
        yield Violation(service.id, (*group.path, "target_type"), message, "state `target_type: ip`")


@lru_cache(maxsize=1)
def _of_instances(graph: Graph) -> Mapping[str, list[TargetGroup]]:
    """Return service → its current target groups whose targets are no addresses."""
    found: dict[str, list[TargetGroup]] = {}
    for group in graph.architecture.network.target_groups.values():
        if group.status == "current" and group.target_type and group.target_type != "ip":
            found.setdefault(group.target, []).append(group)
    return found
