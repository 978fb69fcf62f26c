"""Subscriptions to topics of SNS: queues, and the people and addresses that are told."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.hcl import Body, Json, Reference
from archspec.exporters.terraform.resource import Part, Resource, Variable, origin, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.messaging import Queue, Subscriber, Topic

_TYPE = "aws_sns_topic_subscription"
_ENDPOINTS = {
    "email": re.compile(r"[^\s@*{}<>]+@[^\s@*{}<>]+\.[A-Za-z]{2,}"),
    "https": re.compile(r"https://[^\s*{}<>]+"),
    "lambda": re.compile(r"arn:[^\s*{}<>]+:lambda:[^\s*{}<>]+"),
    "sms": re.compile(r"\+[0-9]{7,15}"),
}
"""Protocol → what an endpoint of it looks like. A masked one (`***@example.com`) or a pattern is none.

https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
"""
_OUTSIDE = {"pagerduty": "https"}
"""What listens by another name, if its address says where."""
_EVENT = "event"


def of_subscribers(topic: Topic) -> Iterator[Part]:
    """Yield the subscriptions of those whom a topic tells, with a variable for an endpoint that is not told."""
    for i, subscriber in enumerate(topic.subscribers):
        path = (*topic.path, "subscribers", i)
        reason = _problem(subscriber)
        if subscriber.status != "current":
            continue  # noted for everything that is not there today
        if reason:
            yield Omission(path, reason)
        else:
            yield from _subscription(topic, i, subscriber)


def of_queue(queue: Queue, architecture: Architecture) -> Iterator[Part]:
    """Yield the subscription of a queue to its topic; of several events it takes its own."""
    if not queue.topic:
        return
    topic = architecture.messaging.topics[queue.topic]
    if queue.fifo and not topic.fifo:
        yield Omission((*queue.path, "topic"), "a topic that is not FIFO sends to no queue that is")
        return
    is_filtered = bool(queue.event) and topic.events != (queue.event,)
    body: Body = {
        "topic_arn": refer("aws_sns_topic", topic.id, "arn"),
        "protocol": "sqs",
        "endpoint": refer("aws_sqs_queue", queue.id, "arn"),
        "filter_policy": Json({_EVENT: [queue.event]}) if is_filtered else None,
        # Before, the queue refuses what the topic sends.
        "depends_on": None if queue.policy else [Reference(f"aws_sqs_queue_policy.{slug(queue.id)}")],
    }
    why = f"derived: publishers name the event in the message attribute '{_EVENT}'." if is_filtered else ""
    yield Resource(_TYPE, slug(queue.id), origin(queue, "topic"), body, (why,) if why else ())


def _problem(subscriber: Subscriber) -> str:
    protocol = _OUTSIDE.get(subscriber.protocol, subscriber.protocol)
    if protocol not in _ENDPOINTS:
        return f"SNS does not speak to {subscriber.protocol} itself"
    if subscriber.protocol in _OUTSIDE and not _ENDPOINTS[protocol].fullmatch(subscriber.to):
        return f"it names no https address of {subscriber.protocol}"
    return ""


def _subscription(topic: Topic, index: int, subscriber: Subscriber) -> Iterator[Part]:
    protocol = _OUTSIDE.get(subscriber.protocol, subscriber.protocol)
    variable = Variable(
        f"endpoint_{slug(topic.id, str(index + 1))}",
        f"{protocol} endpoint of subscriber {index + 1} of {topic.id}, which the spec does not tell",
    )
    is_told = bool(_ENDPOINTS[protocol].fullmatch(subscriber.to))
    if not is_told:
        yield variable
    body: Body = {
        "topic_arn": refer("aws_sns_topic", topic.id, "arn"),
        "protocol": protocol,
        "endpoint": subscriber.to if is_told else variable.reference,
    }
    place = origin(topic, "subscribers", index)
    yield Resource(_TYPE, slug(topic.id, "subscriber", str(index + 1)), place, body)
