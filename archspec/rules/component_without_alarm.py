"""A component has no alarm on a signal that tells of its failure.

## Why

What no alarm watches is reported by those who use it. AWS recommends alarms for each kind of component; of these, the
rule asks for the few that tell of an outage or of one to come: load balancers on 5xx answers and unhealthy targets,
services on CPU and memory, databases on CPU, connections, free storage and replica lag, caches on CPU and memory,
queues on what waits in them. An alarm on a cluster counts for each service in it. An environment without any alarm in
the spec is one of which alarms are not told: there the answer is unknown.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}  # expect: OBS001
observability:
  alarms:
    api-cpu: {metric: CPUUtilization, watches: [api], threshold: "> 80%"}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, desired: 2, subnets: [private-a], security_groups: [api-sg]}
observability:
  alarms:
    cpu: {metric: ECS CPU, watches: [ecs], threshold: "> 80%"}
    memory: {metric: Memory of the service, watches: [api], threshold: "> 80%"}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.signals import coverage, dead_letters, signals, speaks_of_alarms
from archspec.model.element import Element

ID = "OBS001"
NAME = "component-without-alarm"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "rel_monitor_aws_resources_monitor_resources",
    "SI-4",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
)


def subjects(graph: Graph) -> Iterator[Element]:
    """Yield the current components that should have alarms; dead letters have a rule of their own."""
    queues = graph.architecture.messaging.queues.values()
    for element in (*graph.attached, *queues):
        if element.status == "current" and element.id not in dead_letters(graph) and signals(graph, element):
            yield element


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail a component with a signal that no alarm is about."""
    if not speaks_of_alarms(graph, element):
        yield Unknown(element.id, element.path, "observability.alarms")
        return
    missing, doubt = coverage(graph, element)
    if missing:
        names, metrics = " or ".join(one.name for one in missing), ", ".join(one.metric for one in missing)
        message = f"no alarm watches {element.id} for {names}"
        fix = f"add an alarm on {metrics} with `watches: [{element.id}]`"
        yield Violation(element.id, element.path, message, fix)
    elif doubt:
        yield Unknown(element.id, element.path, f"{doubt.id}.watches")
