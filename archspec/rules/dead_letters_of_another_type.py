"""A queue and its dead-letter queue do not go together.

## Why

AWS refuses a dead-letter queue that is FIFO where its source is not, or the other way round. A queue that is its own
dead-letter queue, or whose dead letters come back to it, never gets rid of a message that fails.

## Fails

```yaml
messaging:
  queues:
    orders: {fifo: true, dead_letter: dead-orders, max_receives: 5}  # expect: DEP011
    dead-orders: {retention: 14 days}
    post: {dead_letter: mails, max_receives: 5}
    mails: {dead_letter: returns, max_receives: 5}  # expect: DEP011
    returns: {dead_letter: mails, max_receives: 5}  # expect: DEP011
```

## Passes

```yaml
messaging:
  queues:
    orders: {fifo: true, dead_letter: dead-orders, max_receives: 5}
    dead-orders: {fifo: true, retention: 14 days}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.messaging import Queue

ID = "DEP011"
NAME = "dead-letters-of-another-type"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html",
)


def subjects(graph: Graph) -> Iterable[Queue]:
    """Return the queues that have a dead-letter queue."""
    queues = graph.architecture.messaging.queues.values()
    return [queue for queue in queues if queue.status == "current" and queue.dead_letter]


def check(graph: Graph, queue: Queue) -> Iterator[Violation | Unknown]:
    """Fail a queue whose dead-letter queue is of the other type, or leads back to it."""
    path = (*queue.path, "dead_letter")
    holder = graph.architecture.messaging.queues[queue.dead_letter]
    if holder.fifo != queue.fifo:
        kind, other = ("FIFO", "standard") if queue.fifo else ("standard", "FIFO")
        message = f"{queue.id} is a {kind} queue, and {holder.id}, its dead-letter queue, is a {other} queue"
        yield Violation(queue.id, path, message, f"state `fifo: {str(queue.fifo).lower()}` on {holder.id}")
    if queue.id in _circles(graph):
        message = f"the dead letters of {queue.id} come back to it"
        yield Violation(queue.id, path, message, "name a queue that has no dead-letter queue of its own")


@lru_cache(maxsize=1)
def _circles(graph: Graph) -> frozenset[str]:
    """Return the queues whose dead letters come back to them; each queue is followed once."""
    queues = graph.architecture.messaging.queues
    followed: set[str] = set()
    found: set[str] = set()
    for start in queues:
        way: dict[str, None] = {}
        here = start
        while here and here not in way and here not in followed:
            way[here] = None
            here = queues[here].dead_letter
        if here in way:
            found.update(list(way)[list(way).index(here) :])
        followed.update(way)
    return frozenset(found)
