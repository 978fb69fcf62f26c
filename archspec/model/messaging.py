"""What carries messages: topics that fan out, queues that keep, and queues for what could not be handled."""

from typing import Annotated, ClassVar, Literal

from archspec.model.classification import Classification
from archspec.model.element import Element, ElementId, KeyId, Model, PositiveInt, Refers, Switch
from archspec.model.policy import Statement
from archspec.model.quantity import Duration


class Subscriber(Model):
    """A person or address that a topic tells; queues name their topic themselves."""

    protocol: Literal["email", "sms", "https", "lambda", "slack", "pagerduty"]
    to: str = ""
    status: Literal["current", "planned", "disabled", "pending"] = "current"
    note: str = ""


class Topic(Element):
    """An SNS topic: what is published to it goes to every subscriber and to every queue that names it.

    `policy` are the statements of its own policy.
    `encryption` left out is not stated; without a key SNS encrypts the disks that messages are on.
    https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
    """

    kind: ClassVar[str] = "topic"
    home: ClassVar[tuple[str, str]] = ("messaging", "topics")

    publishers: tuple[ElementId, ...] = ()
    events: tuple[str, ...] = ()
    subscribers: tuple[Subscriber, ...] = ()
    fifo: Switch = False
    key: KeyId = ""
    encryption: Literal["sse-kms", "none"] | None = None
    policy: tuple[Statement, ...] = ()
    classification: Classification | None = None


class Queue(Element):
    """An SQS queue. After `max_receives` attempts a message moves to the `dead_letter` queue.

    `processing` is how long a consumer takes for a message, at most.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html

    `policy` are the statements of its own policy.
    `encryption` left out is not stated; AWS has encrypted new queues with SSE-SQS since October 2022.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
    `classification` is the class of the most sensitive data in its messages, `copy_of` what they hold copies of.
    """

    kind: ClassVar[str] = "queue"
    home: ClassVar[tuple[str, str]] = ("messaging", "queues")

    topic: Annotated[str, Refers(("topic",))] = ""
    event: str = ""
    producers: tuple[ElementId, ...] = ()
    consumers: tuple[ElementId, ...] = ()
    retention: Duration | None = None
    visibility_timeout: Duration | None = None
    processing: Duration | None = None
    dead_letter: Annotated[str, Refers(("queue",))] = ""
    max_receives: PositiveInt | None = None
    fifo: Switch = False
    key: KeyId = ""
    encryption: Literal["sse-sqs", "sse-kms", "none"] | None = None
    policy: tuple[Statement, ...] = ()
    classification: Classification | None = None
    copy_of: tuple[str, ...] = ()


class MessagingArea(Model):
    """The `messaging:` section."""

    topics: dict[str, Topic] = {}
    queues: dict[str, Queue] = {}
