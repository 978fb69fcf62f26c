"""An alarm can never ring, as its metric has no data.

## Why

An alarm on a metric that nothing sends stays silent, and everybody believes that it watches. So it is with the lag of
a replica that is not there, with a component that is planned, with the number of running tasks where Container
Insights is off, with the load of a database where Performance Insights is off, and with an alarm that said of itself
when it was last seen: `INSUFFICIENT_DATA`.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {db-sg: {}}
data:
  databases:
    db: {engine: postgres, subnets: [data-a], security_groups: [db-sg], instances: [{role: primary, az: us-east-1a}]}
observability:
  alarms:
    lag: {metric: Replication lag, watches: [db], threshold: "> 30s"}  # expect: OBS003
    connections:
      metric: DatabaseConnections
      watches: [db]
      threshold: "> 90"
      state: INSUFFICIENT_DATA  # expect: OBS003
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}
  security_groups: {db-sg: {}}
data:
  databases:
    db:
      engine: postgres
      subnets: [data-a]
      security_groups: [db-sg]
      instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1a}]
observability:
  alarms:
    lag: {metric: Replication lag, watches: [db], threshold: "> 30s", state: OK}
```
"""

from collections.abc import Iterator

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
from archspec.model.observability import Alarm
from archspec.model.status import current

ID = "OBS003"
NAME = "alarm-without-data"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "rel_monitor_aws_resources_monitor_resources",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
)


def subjects(graph: Graph) -> list[Alarm]:
    """Return the alarms that are there today."""
    return current(graph.architecture.observability.alarms.values())


def check(graph: Graph, alarm: Alarm) -> Iterator[Violation | Unknown]:
    """Fail an alarm whose metric nothing sends, as far as the spec tells."""
    elements = [graph.architecture.elements[id_] for id_ in alarm.watches]
    absent = [one for one in elements if one.status != "current"]
    if elements and len(absent) == len(elements):
        message = f"{alarm.id} watches {absent[0].id}, which is {absent[0].status}"
        yield Violation(alarm.id, (*alarm.path, "watches"), message, "name what is there today, or make it `planned`")
        return
    found = [*_lag(alarm, elements), *_tasks(graph, alarm, elements), *_load(alarm, elements)]
    if alarm.state == "INSUFFICIENT_DATA" and not any(isinstance(one, Violation) for one in found):
        message = f"{alarm.id} has no data: nothing sends {alarm.metric}, or not under the dimensions of the alarm"
        insights = next((f" ({one.fact} is not stated)" for one in found if isinstance(one, Unknown)), "")
        fix = f"mend its metric{insights}, and state the new `state`"
        yield Violation(alarm.id, (*alarm.path, "state"), message, fix)
        return
    yield from found


def _lag(alarm: Alarm, elements: list[Element]) -> Iterator[Violation | Unknown]:
    """Tell an alarm on the lag of replicas where no watched store has one."""
    stores = [one for one in elements if isinstance(one, Store)]
    if not speaks_of_lag(alarm.metric) or not stores or len(stores) < len(elements):
        return
    if any(could_lag(store) for store in stores):
        return
    untold = next((store for store in stores if not store.instances), None)
    if untold:
        yield Unknown(alarm.id, alarm.path, f"{untold.id}.instances")
        return
    message = f"{alarm.id} watches a lag, and {', '.join(store.id for store in stores)} has no replica that could lag"
    yield Violation(alarm.id, alarm.path, message.replace(" has ", " have ") if len(stores) > 1 else message,
                    "remove the alarm, or declare the replica")  # fmt: skip


def _tasks(graph: Graph, alarm: Alarm, elements: list[Element]) -> Iterator[Violation | Unknown]:
    """Tell an alarm on the number of tasks where Container Insights is off, or not spoken of."""
    if not speaks_of_tasks(alarm.metric):
        return
    for cluster in clusters_of(graph, elements):
        if cluster.container_insights is False:
            message = f"{alarm.metric} of {alarm.id} is a metric of Container Insights, which is off in {cluster.id}"
            fix = f"set `container_insights: true` in {cluster.id}"
            yield Violation(alarm.id, (*alarm.path, "metric"), message, fix)
        elif cluster.container_insights is None and alarm.state in (None, "INSUFFICIENT_DATA"):
            yield Unknown(alarm.id, alarm.path, f"{cluster.id}.container_insights")


def _load(alarm: Alarm, elements: list[Element]) -> Iterator[Violation | Unknown]:
    """Tell an alarm on the load of databases where Performance Insights is off."""
    off = without_load(elements)
    if off and speaks_of_load(alarm.metric):
        names = ", ".join(one.id for one in off)
        message = f"{alarm.metric} of {alarm.id} is a metric of Performance Insights, which is off in {names}"
        yield Violation(alarm.id, (*alarm.path, "metric"), message, f"set `performance_insights: true` in {names}")
