"""The times of a queue do not fit each other.

## Why

A message that is being worked on longer than the visibility timeout is handed out a second time. A message that is
tried again and again until it is too old is deleted before it ever reaches the dead letters. And in a standard queue a
message keeps the age that it had: dead letters that are kept no longer than the queue itself keeps messages are soon
gone. A FIFO queue starts their age anew.

What is not stated is AWS's default: messages are invisible for 30 seconds and kept for 4 days. How long dead letters
are kept is not judged where nobody says it.

## Fails

```yaml
messaging:
  queues:
    orders:
      retention: 14 days
      dead_letter: dead-orders  # expect: SCL007
      max_receives: 3
    dead-orders: {retention: 14 days}
    films:
      retention: 4 days
      processing: 10 minutes  # expect: SCL007
      dead_letter: dead-films
      max_receives: 3
    dead-films: {retention: 14 days}
    checks:
      retention: 1 hour
      visibility_timeout: 20 minutes  # expect: SCL007
      dead_letter: dead-checks
      max_receives: 5
    dead-checks: {retention: 14 days}
```

## Passes

```yaml
messaging:
  queues:
    orders:
      retention: 4 days
      visibility_timeout: 5 minutes
      processing: 1 minute
      dead_letter: dead-orders
      max_receives: 3
    dead-orders: {retention: 14 days}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.messaging import Queue
from archspec.model.quantity import spell_duration

ID = "SCL007"
NAME = "queue-times"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
)

_VISIBILITY = Decimal(30)
_RETENTION = Decimal(4 * 86400)
"""Seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"""


def subjects(graph: Graph) -> Iterable[Queue]:
    """Return the queues of which a time can be compared: those with dead letters, or with a time for processing."""
    queues = graph.architecture.messaging.queues.values()
    return [one for one in queues if one.status == "current" and (one.dead_letter or one.processing)]


def check(graph: Graph, queue: Queue) -> Iterator[Violation | Unknown]:
    """Fail each pair of times that does not fit; unknown where it is not stated how long dead letters are kept."""
    invisible = queue.visibility_timeout.high if queue.visibility_timeout else _VISIBILITY
    kept = queue.retention.high if queue.retention else _RETENTION
    if queue.processing and queue.processing.high > invisible:
        message = (
            f"{queue.id} hands a message out again after {spell_duration(invisible)}, and it takes {queue.processing}"
        )
        yield _violation(queue, "processing", message, "state a longer `visibility_timeout`")
    if queue.dead_letter:
        yield from _check_dead_letters(graph, queue, kept, invisible)


def _check_dead_letters(graph: Graph, queue: Queue, kept: Decimal, invisible: Decimal) -> Iterator[Violation | Unknown]:
    tried = invisible * (queue.max_receives or 1)
    if tried >= kept:
        message = f"{queue.id} deletes a message after {spell_duration(kept)}, before it has been tried often enough"
        fix = (
            f"{queue.max_receives or 1} attempts take {spell_duration(tried)}: keep messages longer, or try less often"
        )
        yield _violation(queue, "visibility_timeout", message, fix)
    holder = graph.architecture.messaging.queues[queue.dead_letter]
    if queue.fifo or holder.status != "current":
        return
    if holder.retention is None:
        yield Unknown(queue.id, holder.path, f"{holder.id}.retention")
    elif holder.retention.high <= kept:
        message = (
            f"{holder.id} keeps messages for {holder.retention}, no longer than {queue.id}, and counts from the start"
        )
        fix = f"keep them longer than {spell_duration(kept)}; 14 days is the most"
        yield _violation(queue, "dead_letter", message, fix)


def _violation(queue: Queue, key: str, message: str, fix: str) -> Violation:
    return Violation(queue.id, (*queue.path, key), message, fix)
