"""A monitor lists a metric that nothing sends.

## Why

What a monitor lists, people expect to find when something is wrong, and runbooks tell them to look there. A replica
that is not there has no lag. ECS counts its tasks for CloudWatch only where Container Insights is on, and RDS tells
the load of a database only where Performance Insights is on.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {db-sg: {}}
compute:
  clusters: {ecs: {container_insights: false}}
data:
  databases:
    db:
      engine: postgres
      subnets: [data-a]
      security_groups: [db-sg]
      performance_insights: false
      instances: [{role: primary, az: us-east-1a}]
observability:
  monitors:
    tasks:
      watches: [ecs]
      metrics:
        - CPU utilization
        - Task count (running, desired)  # expect: OBS011
    stores:
      watches: [db]
      metrics:
        - Replication lag  # expect: OBS011
        - DBLoad  # expect: OBS011
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {db-sg: {}}
compute:
  clusters: {ecs: {container_insights: true}}
data:
  databases:
    db:
      engine: postgres
      subnets: [data-a]
      security_groups: [db-sg]
      performance_insights: true
      instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1a}]
observability:
  monitors:
    tasks: {watches: [ecs], metrics: [CPU utilization, "Task count (running, desired)"]}
    stores: {watches: [db], metrics: [Replication lag, DBLoad]}
```
"""

from collections.abc import Iterator, Sequence

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.unsent_metrics import (
    clusters_of,
    could_lag,
    speaks_of_lag,
    speaks_of_load,
    speaks_of_tasks,
    without_load,
)
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.observability import Monitor

ID = "OBS011"
NAME = "metric-without-source"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_monitor_aws_resources_monitor_resources",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Cloudwatch.html",
)

Found = Iterator[Violation | Unknown]


def subjects(graph: Graph) -> list[Monitor]:
    """Return the monitors that say which metrics of what they watch; one that watches nothing may mean anything."""
    monitors = graph.architecture.observability.monitors.values()
    return [one for one in monitors if one.status == "current" and one.watches and one.metrics]


def check(graph: Graph, monitor: Monitor) -> Found:
    """Fail each metric that nothing sends of what the monitor watches, as far as the spec tells."""
    elements = [graph.architecture.elements[id_] for id_ in monitor.watches]
    for i, metric in enumerate(monitor.metrics):
        path = (*monitor.path, "metrics", i)
        if speaks_of_lag(metric):
            yield from _lag(monitor, path, elements)
        if speaks_of_tasks(metric):
            yield from _tasks(graph, monitor, path)
        off = without_load(elements) if speaks_of_load(metric) else []
        if off:
            yield _violation(monitor, path, "the load of databases", f"Performance Insights is off in {_names(off)}")


def _lag(monitor: Monitor, path: KeyPath, elements: list[Element]) -> Found:
    stores = [one for one in elements if isinstance(one, Store) and one.status == "current"]
    if not stores or any(could_lag(store) for store in stores):
        return
    untold = next((store for store in stores if not store.instances), None)
    if untold:
        yield Unknown(monitor.id, path, f"{untold.id}.instances")
        return
    have = "have" if len(stores) > 1 else "has"
    yield _violation(monitor, path, "a lag", f"{_names(stores)} {have} no replica that could lag")


def _tasks(graph: Graph, monitor: Monitor, path: KeyPath) -> Found:
    elements = [graph.architecture.elements[id_] for id_ in monitor.watches]
    for cluster in clusters_of(graph, elements):
        if cluster.container_insights is False:
            yield _violation(monitor, path, "numbers of tasks", f"Container Insights is off in {cluster.id}")
        elif cluster.container_insights is None:
            yield Unknown(monitor.id, path, f"{cluster.id}.container_insights")


def _names(elements: Sequence[Element]) -> str:
    return ", ".join(one.id for one in elements)


def _violation(monitor: Monitor, path: KeyPath, what: str, why: str) -> Violation:
    return Violation(
        monitor.id, path, f"{monitor.id} lists {what}, and {why}", "leave it out, or turn on what sends it"
    )
