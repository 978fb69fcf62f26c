"""Data flows to something that is not meant for data of its class.

## Why

A store, a queue or another company's system is protected for the most sensitive data that it is meant to hold. What is
more sensitive than that has less protection there than it needs. Topics hand on to their queues, queues to their
dead-letter queues and proxies to their databases, so these count as well.

## Fails

```yaml
compute:
  services:
    shop: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
messaging:
  topics:
    orders: {classification: confidential}
  queues:
    thumbnails:
      topic: orders
      classification: internal  # expect: DAT011
external:
  systems: {analytics: {classification: internal}}
flows:
  - {shop -> orders: 443 HTTPS, carries: internal}
  - {shop -> analytics: 443 HTTPS, carries: restricted}  # expect: DAT011
```

## Passes

```yaml
compute:
  services:
    shop: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
messaging:
  topics:
    orders: {classification: confidential}
  queues:
    invoices: {topic: orders, classification: confidential}
external:
  systems: {analytics: {classification: internal}}
flows:
  - {shop -> orders: 443 HTTPS, carries: confidential}
  - {shop -> analytics: 443 HTTPS, carries: internal}
```
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.classification import Classification, sensitivity
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.messaging import Queue, Topic
from archspec.model.status import current

ID = "DAT011"
NAME = "data-above-its-class"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = ("sec_data_classification_define_protection", "AC-4")

_RATED = frozenset({"database", "cache", "bucket", "topic", "queue", "system"})
"""The kinds that state a class: where data stays, or leaves the system."""


def subjects(graph: Graph) -> Iterator[Flow | Topic | Queue]:
    """Yield the flows that say what they carry, and what states a class and hands messages on."""
    yield from (one for one in graph.architecture.flows if one.status == "current" and one.carries)
    messaging = graph.architecture.messaging
    holders: list[Topic | Queue] = [*messaging.topics.values(), *messaging.queues.values()]
    for holder in holders:
        if holder.status == "current" and holder.classification and holder.id in _handed_on(graph):
            yield holder


def check(graph: Graph, subject: Flow | Topic | Queue) -> Iterator[Violation | Unknown]:
    """Fail what is handed data above its class; unknown where it states none."""
    class_ = subject.carries if isinstance(subject, Flow) else subject.classification
    assert class_ is not None  # noqa: S101  `subjects` takes no others
    for receiver in _receivers(graph, subject):
        rated: Classification | None = getattr(receiver, "classification", None)
        if rated is None:
            yield Unknown(subject.id, receiver.path, f"{receiver.id}.classification")
        elif sensitivity(rated) < sensitivity(class_):
            message = f"{subject.id} brings {class_} data to {receiver.id}, which is {rated}"
            place = subject.path if isinstance(subject, Flow) else (*receiver.path, "classification")
            fix = f"send less, or protect {receiver.id} for it and state `classification: {class_}`"
            yield Violation(subject.id, place, message, fix)


def _receivers(graph: Graph, subject: Flow | Topic | Queue) -> Iterator[Element]:
    """Yield what data of a subject gets to: the target of a flow, and what is handed it on by what states no class.

    What states a class is a subject of its own for what it hands on.
    """
    waiting = [subject.target] if isinstance(subject, Flow) else list(_handed_on(graph)[subject.id])
    seen: set[str] = set()
    while waiting:
        id_ = waiting.pop(0)
        if id_ in seen:
            continue
        seen.add(id_)
        element = graph.architecture.elements[id_]
        if element.kind in _RATED:
            yield element
        if getattr(element, "classification", None) is None:
            waiting += _handed_on(graph).get(id_, ())


@lru_cache(maxsize=1)
def _handed_on(graph: Graph) -> Mapping[str, list[str]]:
    """Return who hands on what he is given → to whom."""
    found: dict[str, list[str]] = {}
    for queue in current(graph.architecture.messaging.queues.values()):
        for source, target in ((queue.topic, queue.id), (queue.id, queue.dead_letter)):
            if source and target:
                found.setdefault(source, []).append(target)
    for proxy in current(graph.architecture.data.proxies.values()):
        found.setdefault(proxy.id, []).append(proxy.target)
    return found
