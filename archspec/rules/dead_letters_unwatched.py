"""Nobody is told when a message ends up in a dead-letter queue.

## Why

A message in a dead-letter queue is work that was not done: an order without a confirmation, a payment that nobody
booked. No one looks into the queue unasked, and after its retention the message is deleted. An alarm on more than zero
messages tells in time.

## Fails

```yaml
messaging:
  queues:
    orders: {dead_letter: dead-orders, max_receives: 5}
    dead-orders: {retention: 14 days}  # expect: OBS007
observability:
  alarms:
    waiting: {metric: ApproximateAgeOfOldestMessage, watches: [orders], threshold: "> 300"}
```

## Passes

```yaml
messaging:
  queues:
    orders: {dead_letter: dead-orders, max_receives: 5}
    dead-orders: {retention: 14 days}
observability:
  alarms:
    dead: {metric: DLQ depth, watches: [dead-orders], threshold: "> 0"}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.signals import compact, coverage, dead_letters, speaks_of_alarms, watching
from archspec.model.messaging import Queue

ID = "OBS007"
NAME = "dead-letters-unwatched"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "rel_monitor_aws_resources_monitor_resources",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
)


def subjects(graph: Graph) -> list[Queue]:
    """Return the queues that hold dead letters."""
    queues = graph.architecture.messaging.queues.values()
    return [queue for queue in queues if queue.status == "current" and queue.id in dead_letters(graph)]


def check(graph: Graph, queue: Queue) -> Iterator[Violation | Unknown]:
    """Fail a dead-letter queue without an alarm on it, or on the queue that it serves and about dead letters."""
    if not speaks_of_alarms(graph, queue):
        yield Unknown(queue.id, queue.path, "observability.alarms")
        return
    missing, doubt = coverage(graph, queue)
    if _watched_at_its_source(graph, queue):
        return
    if doubt:
        yield Unknown(queue.id, queue.path, f"{doubt.id}.watches")
    elif missing:
        message = f"no alarm tells of messages in {queue.id}"
        fix = f'add `{{metric: {missing[0].metric}, watches: [{queue.id}], threshold: "> 0"}}`'
        yield Violation(queue.id, queue.path, message, fix)


def _watched_at_its_source(graph: Graph, queue: Queue) -> bool:
    alarms = [alarm for id_ in dead_letters(graph)[queue.id] for alarm in watching(graph).get(id_, ())]
    return any(word in compact(a.metric, a.title, a.name) for a in alarms for word in ("dlq", "dead"))
