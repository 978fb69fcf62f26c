"""What rings reaches nobody: its topic has no subscriber who hears it.

## Why

An alarm changes its state whether or not anyone listens. It reaches people through a topic that is there and has a
subscriber who confirmed: to an address that is pending, SNS delivers nothing. The same is asked of budgets and of cost
anomaly monitors; one that reports daily or weekly does so by e-mail only, and a topic gets nothing from it.

## Fails

```yaml
messaging:
  topics: {alerts: {subscribers: [{protocol: email, to: ops@acme.io, status: pending}]}}
observability:
  alarms:
    cpu:
      metric: CPUUtilization
      threshold: "> 80%"
      notifies: [alerts]  # expect: OBS002
  anomaly_monitors:
    costs:
      frequency: Daily
      notifies: [alerts]  # expect: OBS002
```

## Passes

```yaml
messaging:
  topics: {alerts: {subscribers: [{protocol: email, to: ops@acme.io}]}}
observability:
  alarms:
    cpu: {metric: CPUUtilization, threshold: "> 80%", notifies: [alerts]}
  anomaly_monitors:
    costs: {frequency: Immediate, notifies: [alerts]}
```
"""

from collections.abc import Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.messaging import Topic
from archspec.model.observability import Alarm, AnomalyMonitor, Budget
from archspec.model.status import current

ID = "OBS002"
NAME = "alarm-tells-nobody"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "rel_monitor_aws_resources_notification_monitor",
    "CloudWatch.15",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html",
    "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription.html",
)

_SUMMARIES = ("daily", "weekly")
Bell = Alarm | Budget | AnomalyMonitor


def subjects(graph: Graph) -> list[Bell]:
    """Return what rings: alarms, budgets, cost anomaly monitors."""
    area = graph.architecture.observability
    bells: list[Bell] = [*area.alarms.values(), *area.budgets.values(), *area.anomaly_monitors.values()]
    return current(bells)


def check(graph: Graph, bell: Bell) -> Iterator[Violation | Unknown]:
    """Fail what rings for a topic that nobody listens to, or that its summaries do not go to."""
    place = (*bell.path, "notifies")
    if not bell.notifies:
        yield Unknown(bell.id, bell.path, f"{bell.id}.notifies")
        return
    if isinstance(bell, AnomalyMonitor) and bell.frequency.lower() in _SUMMARIES:
        message = f"{bell.id} reports {bell.frequency.lower()}, and such a report goes out by e-mail, never to a topic"
        yield Violation(bell.id, place, message, "state `frequency: Immediate`, or leave out `notifies`")
        return
    topics = [graph.architecture.messaging.topics[id_] for id_ in bell.notifies]
    reasons = [_deaf(graph, topic) for topic in topics]
    if not all(reasons):
        return
    silent = next((topic for topic, reason in zip(topics, reasons, strict=True) if reason == "unstated"), None)
    if silent:
        yield Unknown(bell.id, place, f"{silent.id}.subscribers")
    else:
        yield Violation(bell.id, place, f"{bell.id} tells nobody: {'; '.join(reasons)}", "name a topic that is heard")


@lru_cache(maxsize=1)
def _queued(graph: Graph) -> frozenset[str]:
    """Return the topics that hand on to a queue."""
    queues = graph.architecture.messaging.queues.values()
    return frozenset(one.topic for one in queues if one.topic and one.status == "current")


def _deaf(graph: Graph, topic: Topic) -> str:
    """Return why nobody hears a topic, `unstated` where no subscriber is named, nothing where somebody does."""
    if topic.status != "current":
        return f"{topic.id} is {topic.status}"
    if topic.id in _queued(graph):
        return ""
    if not topic.subscribers:
        return "unstated"
    if any(one.status == "current" for one in topic.subscribers):
        return ""
    return f"every subscriber of {topic.id} is {' or '.join(sorted({one.status for one in topic.subscribers}))}"
