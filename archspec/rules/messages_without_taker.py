"""Nobody takes the messages of a queue or topic.

## Why

Messages that nobody receives are deleted when they are too old, and a topic without a subscriber forgets them at once:
the sender never learns of it. A consumer or subscriber that is only planned, disabled or not yet confirmed receives
nothing today.

A queue or topic of which nobody says who receives its messages is not judged.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    printer: {status: planned, subnets: [a], security_groups: [sg]}
messaging:
  queues:
    prints: {consumers: [printer]}  # expect: SCL008
  topics:
    alerts: {subscribers: [{protocol: email, to: ops@example.com, status: pending}]}  # expect: SCL008
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    printer: {desired: 2, subnets: [a], security_groups: [sg]}
messaging:
  queues:
    prints: {topic: orders, consumers: [printer]}
  topics:
    orders: {}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.flows_by_end import flows_to
from archspec.graph.graph import Graph
from archspec.model.messaging import Queue, Topic

ID = "SCL008"
NAME = "messages-without-taker"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html",
    "https://docs.aws.amazon.com/resilience-hub/latest/userguide/resilience-checks.html",
)


def subjects(graph: Graph) -> Iterable[Queue | Topic]:
    """Return the queues and topics, without those that hold dead letters: people look into these."""
    messaging = graph.architecture.messaging
    holders = {queue.dead_letter for queue in messaging.queues.values()}
    queues = [one for one in messaging.queues.values() if one.status == "current" and one.id not in holders]
    return [*queues, *(one for one in messaging.topics.values() if one.status == "current")]


def check(graph: Graph, held: Queue | Topic) -> Iterator[Violation | Unknown]:
    """Fail one whose stated takers are all not there today; unknown where none is stated."""
    key = "consumers" if isinstance(held, Queue) else "subscribers"
    takers = _takers(graph, held)
    if not takers:
        yield Unknown(held.id, held.path, f"{held.id}.{key}")
    elif all(status != "current" for _, status in takers):
        told = ", ".join(f"{name} ({status})" for name, status in takers[:5])
        message = f"nobody takes the messages of {held.id} today: {told}"
        yield Violation(held.id, (*held.path, key), message, "name somebody who is there, or mark it as planned too")


def _takers(graph: Graph, held: Queue | Topic) -> list[tuple[str, str]]:
    """Return whoever takes messages, with the status: those stated, or else whoever is not known to send them."""
    elements = graph.architecture.elements
    if isinstance(held, Queue):
        flows = flows_to(graph).get(held.id, ())
        others = [(flow.source, "current") for flow in flows if flow.source not in held.producers]
        return [(id_, elements[id_].status) for id_ in held.consumers] or others
    people = [(f"{one.protocol} {one.to}".strip(), one.status) for one in held.subscribers]
    return [*people, *((one.id, one.status) for one in _queues(graph).get(held.id, ()))]


@lru_cache(maxsize=1)
def _queues(graph: Graph) -> Mapping[str, list[Queue]]:
    found: dict[str, list[Queue]] = {}
    for queue in graph.architecture.messaging.queues.values():
        if queue.topic:
            found.setdefault(queue.topic, []).append(queue)
    return found
