"""A queue or topic does not encrypt its messages, or not with the key that they ask for.

## Why

Messages lie in a queue for days, with the names and orders of people in them. SQS and SNS encrypt them for nothing
once they are told to. What is `confidential` or above needs a key of one's own, whose policy says who may read.

## Fails

```yaml
messaging:
  topics:
    orders:
      encryption: none  # expect: DAT008
  queues:
    invoices:
      topic: orders
      encryption: sse-sqs
      classification: confidential  # expect: DAT008
```

## Passes

```yaml
messaging:
  topics:
    orders: {key: messages}
  queues:
    invoices: {topic: orders, key: messages, classification: confidential}
    thumbnails: {encryption: sse-sqs}
security:
  keys: {messages: {rotation: true}}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.classification import is_sensitive
from archspec.model.messaging import Queue, Topic

ID = "DAT008"
NAME = "messages-not-encrypted"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "SQS.1",
    "SC-28",
    "sec_protect_data_rest_encrypt",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
)


def subjects(graph: Graph) -> Iterator[Queue | Topic]:
    """Yield the topics and queues."""
    messaging = graph.architecture.messaging
    yield from (one for one in messaging.topics.values() if one.status == "current")
    yield from (one for one in messaging.queues.values() if one.status == "current")


def check(graph: Graph, holder: Queue | Topic) -> Iterator[Violation | Unknown]:
    """Fail what is not encrypted, and what is sensitive without a key of its own."""
    place = (*holder.path, "encryption")
    if holder.encryption == "none":
        word = "sse-sqs" if isinstance(holder, Queue) else "sse-kms"
        yield Violation(holder.id, place, f"{holder.id} is not encrypted", f"state `encryption: {word}`, or a `key`")
    elif holder.key:
        status = graph.architecture.security.keys[holder.key].status
        if status != "current":
            message = f"{holder.key}, the key of {holder.id}, is {status}"
            yield Violation(holder.id, (*holder.path, "key"), message, "name a key that is there today")
    elif is_sensitive(holder.classification):
        message = f"{holder.id} is {holder.classification}, and not encrypted with a key of its own"
        yield Violation(holder.id, (*holder.path, "classification"), message, "declare one, and name it: `key: …`")
    elif holder.encryption is None:
        yield Unknown(holder.id, holder.path, f"{holder.id}.encryption")
