"""A KMS key is named for what is not encrypted with it.

## Why

AWS takes a key only together with encryption under keys: not for a database that is not encrypted, nor for a bucket or
queue with the service's own encryption. It refuses the two together.

## Fails

```yaml
security: {keys: {orders-key: {rotation: true}}}
messaging:
  queues:
    orders: {encryption: sse-sqs, key: orders-key, dead_letter: lost}  # expect: DEP057
    lost: {encryption: sse-sqs}
```

## Passes

```yaml
security: {keys: {orders-key: {rotation: true}}}
messaging:
  queues:
    orders: {encryption: sse-kms, key: orders-key, dead_letter: lost}
    lost: {encryption: sse-sqs}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Bucket, Store
from archspec.model.delivery import Registry
from archspec.model.messaging import Queue, Topic
from archspec.model.status import current

ID = "DEP057"
NAME = "key-without-encryption"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
)

Encrypted = Store | Bucket | Queue | Topic | Registry


def subjects(graph: Graph) -> Iterable[Encrypted]:
    """Return what names a key."""
    spec = graph.architecture
    held: list[Encrypted] = [*spec.data.databases.values(), *spec.data.caches.values(), *spec.data.buckets.values()]
    held += [*spec.messaging.queues.values(), *spec.messaging.topics.values(), *spec.delivery.registries.values()]
    return [one for one in current(held) if one.key]


def check(_graph: Graph, element: Encrypted) -> Iterator[Violation | Unknown]:
    """Fail a key beside another encryption, or none."""
    key, stated = _stated(element)
    if stated:
        message = (
            f"{element.id} names the key {element.key} and has `{key}: {stated}`, which AWS does not take together"
        )
        good = "true" if key == "encrypted" else "sse-kms"
        yield Violation(element.id, (*element.path, key), message, f"state `{key}: {good}`, or name no key")


def _stated(element: Encrypted) -> tuple[str, str]:
    """Return the key under which an encryption other than with KMS is stated, and what it says."""
    if isinstance(element, Store | Registry):
        return "encrypted", "false" if element.encrypted is False else ""
    return "encryption", element.encryption if element.encryption not in {None, "sse-kms"} else ""
