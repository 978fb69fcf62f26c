"""What carries messages: topics that fan out, queues that keep, and queues for what could not be handled."""

from typing import Annotated, ClassVar, Literal

from archspec.model.classification import Classification
from archspec.model.element import Element, ElementId, KeyId, Model, PositiveInt, Refers, Switch
from archspec.model.policy import Statement
from archspec.model.quantity import Duration


class Subscriber(Model):
    """A person or address that a topic tells; queues name their topic themselves."""

    protocol: Literal["email", "sms", "https", "lambda", "slack", "pagerduty"]
    """How it is told."""
    to: str = ""
    """Its address."""
    status: Literal["current", "planned", "disabled", "pending"] = "current"
    """Whether it is told today, or planned, disabled, or has not confirmed yet (`pending`)."""
    note: str = ""


class Topic(Element):
    """An SNS topic: what is published to it goes to every subscriber and to every queue that names it.

    Without a key SNS encrypts the disks that messages are on.
    https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
    """

    kind: ClassVar[str] = "topic"
    home: ClassVar[tuple[str, str]] = ("messaging", "topics")

    publishers: tuple[ElementId, ...] = ()
    """Who publishes to it."""
    events: tuple[str, ...] = ()
    """What is published: `order.created`."""
    subscribers: tuple[Subscriber, ...] = ()
    """The people and addresses that it tells; queues name their topic themselves."""
    fifo: Switch = False
    """Whether messages keep their order and arrive once."""
    key: KeyId = ""
    """The KMS key of `sse-kms`."""
    encryption: Literal["sse-kms", "none"] | None = None
    """How messages are encrypted; left out, it is not stated."""
    policy: tuple[Statement, ...] = ()
    classification: Classification | None = None
    """The class of the most sensitive data in its messages."""


class Queue(Element):
    """An SQS queue. AWS has encrypted new queues with SSE-SQS since October 2022.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
    """

    kind: ClassVar[str] = "queue"
    home: ClassVar[tuple[str, str]] = ("messaging", "queues")

    topic: Annotated[str, Refers(("topic",))] = ""
    """The topic that it gets messages from."""
    event: str = ""
    """The event of the topic that it is for."""
    producers: tuple[ElementId, ...] = ()
    """Who sends to it."""
    consumers: tuple[ElementId, ...] = ()
    """Who receives from it."""
    retention: Duration | None = None
    """How long a message is kept."""
    visibility_timeout: Duration | None = None
    """How long a message that was received is hidden from others."""
    processing: Duration | None = None
    """How long a consumer takes for a message, at most."""
    dead_letter: Annotated[str, Refers(("queue",))] = ""
    """The queue that a message moves to after `max_receives` attempts."""
    max_receives: PositiveInt | None = None
    """After how many attempts a message moves to `dead_letter`."""
    fifo: Switch = False
    """Whether messages keep their order and arrive once."""
    key: KeyId = ""
    """The KMS key of `sse-kms`."""
    encryption: Literal["sse-sqs", "sse-kms", "none"] | None = None
    """How messages are encrypted; left out, it is not stated."""
    policy: tuple[Statement, ...] = ()
    classification: Classification | None = None
    """The class of the most sensitive data in its messages."""
    copy_of: tuple[str, ...] = ()
    """What its messages hold copies of."""


class MessagingArea(Model):
    """The `messaging:` section."""

    topics: dict[str, Topic] = {}
    """SNS topics by id."""
    queues: dict[str, Queue] = {}
    """SQS queues by id."""
