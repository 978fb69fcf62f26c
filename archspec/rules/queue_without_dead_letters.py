"""A queue has nowhere to put the messages that nobody could handle.

## Why

A message whose consumer fails becomes visible again and is received again, until it is too old and is deleted: the work
is done many times, and what the message said is lost. A dead-letter queue keeps it. With `max_receives: 1` the first
failure of any kind puts a message aside, one that a second attempt would have handled too.

## Fails

```yaml
messaging:
  queues:
    orders: {retention: 4 days}  # expect: SCL006
    mails: {dead_letter: dead-mails, max_receives: 1}  # expect: SCL006
    dead-mails: {retention: 14 days}
    prints: {dead_letter: dead-prints, max_receives: 5}  # expect: SCL006
    dead-prints: {retention: 14 days, status: planned}
```

## Passes

```yaml
messaging:
  queues:
    orders: {retention: 4 days, dead_letter: dead-orders, max_receives: 5}
    dead-orders: {retention: 14 days}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.messaging import Queue

ID = "SCL006"
NAME = "queue-without-dead-letters"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "rel_mitigate_interaction_failure_graceful_degradation",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
)


def subjects(graph: Graph) -> Iterable[Queue]:
    """Return the queues, without those that hold the dead letters of others."""
    queues = graph.architecture.messaging.queues.values()
    holders = {queue.dead_letter for queue in queues}
    return [queue for queue in queues if queue.status == "current" and queue.id not in holders]


def check(graph: Graph, queue: Queue) -> Iterator[Violation | Unknown]:
    """Fail a queue without a dead-letter queue that is there today, or that gives a message one chance only."""
    if not queue.dead_letter:
        message = f"{queue.id} has no dead-letter queue: messages that fail are received again until they are deleted"
        fix = "declare a queue for them and name it: `dead_letter: …, max_receives: 5`"
        yield Violation(queue.id, queue.path, message, fix)
    elif (status := graph.architecture.messaging.queues[queue.dead_letter].status) != "current":
        message = f"{queue.dead_letter}, the dead-letter queue of {queue.id}, is {status}"
        yield Violation(queue.id, (*queue.path, "dead_letter"), message, "name a queue that is there today")
    elif queue.max_receives is None:
        yield Unknown(queue.id, queue.path, f"{queue.id}.max_receives")
    elif queue.max_receives == 1:
        message = f"{queue.id} puts a message aside after one failure"
        yield Violation(queue.id, (*queue.path, "max_receives"), message, "state `max_receives: 5`, or 2 at least")
