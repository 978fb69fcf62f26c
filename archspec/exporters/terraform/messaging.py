"""Topics of SNS and queues of SQS, who may send to them, and who is told."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import policies
from archspec.exporters.terraform.hcl import Body, Json, Reference, Value
from archspec.exporters.terraform.key_policies import tellers
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.subscriptions import of_queue, of_subscribers
from archspec.model.architecture import Architecture
from archspec.model.messaging import Queue, Topic
from archspec.model.quantity import Duration

_FIFO = ".fifo"
_TOPIC_NAME = re.compile(r"[A-Za-z0-9_-]{1,251}")
_QUEUE_NAME = re.compile(r"[A-Za-z0-9_-]{1,75}")
_RETENTION = range(60, 14 * 86400 + 1)
_VISIBILITY = range(12 * 3600 + 1)
_RECEIVES = 3


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the topics with their subscribers, and the queues with their policies and subscriptions."""
    for topic in architecture.messaging.topics.values():
        yield from _topic(topic, architecture)
    for queue in architecture.messaging.queues.values():
        yield from _queue(queue, architecture)


def _topic(topic: Topic, architecture: Architecture) -> Iterator[Part]:
    arn = refer("aws_sns_topic", topic.id, "arn")
    name = _name(topic, _TOPIC_NAME, named(architecture, topic.id, 250))
    body: Body = {
        "name": name,
        "fifo_topic": True if topic.fifo else None,
        "kms_master_key_id": None if topic.encryption == "none" else key_of(topic, "messages"),
    }
    yield Resource("aws_sns_topic", slug(topic.id), origin(topic), body, reasons(topic, _unlike(topic, name)))
    stated = policies.written(topic.policy, (*topic.path, "policy"), [arn], "sns:Publish", architecture)
    yield from stated.omissions
    statements = stated.statements if topic.policy else _topic_statements(topic, arn, architecture)
    if statements:
        policy: Body = {"arn": arn, "policy": policies.document(statements)}
        place = origin(topic, "policy") if topic.policy else origin(topic)
        yield Resource("aws_sns_topic_policy", slug(topic.id), place, policy)
    yield from of_subscribers(topic)


def _topic_statements(topic: Topic, arn: Reference, architecture: Architecture) -> list[Value]:
    """Let the services publish that notify it; the account's own roles need no more than their own policies."""
    services = tellers(topic, architecture)
    publish: dict[str, Value] = {"Effect": "Allow", "Action": "sns:Publish", "Resource": arn}
    return [
        {**policies.only_encrypted("sns", [arn]), "Action": "sns:Publish"},
        *({"Sid": one.capitalize(), **policies.of_this_account(one), **publish} for one in services),
    ]


def _queue(queue: Queue, architecture: Architecture) -> Iterator[Part]:
    name = _name(queue, _QUEUE_NAME, named(architecture, queue.id, 75))
    sources = [one for one in architecture.messaging.queues.values() if _dead_letter(one, architecture) == queue.id]
    is_kms = bool(queue.key) or queue.encryption in {None, "sse-kms"}
    is_kms = is_kms and queue.encryption not in {"sse-sqs", "none"}
    body: Body = {
        "name": name,
        "fifo_queue": True if queue.fifo else None,
        **_times(queue, is_for_failures=bool(sources)),
        "kms_master_key_id": key_of(queue, "messages") if is_kms else None,
        "sqs_managed_sse_enabled": None if is_kms else queue.encryption != "none",
        "redrive_policy": _redrive(queue, _dead_letter(queue, architecture)),
    }
    yield from _unexported(queue)
    if queue.dead_letter and not _dead_letter(queue, architecture):
        yield Omission((*queue.path, "dead_letter"), "what fails there would come back here")
    why = reasons(queue, _unlike(queue, name), *_assumptions(queue, is_for_failures=bool(sources)))
    yield Resource("aws_sqs_queue", slug(queue.id), origin(queue), body, why)
    if sources:
        yield _allowed_sources(queue, sources)
    yield from _queue_policy(queue, architecture, is_for_failures=bool(sources))
    yield from of_queue(queue, architecture)


def _name(element: Topic | Queue, pattern: re.Pattern[str], otherwise: str) -> str:
    """Return the name that is stated, if AWS takes it, or another; those of FIFO end in `.fifo`."""
    stated = element.name.removesuffix(_FIFO) if element.fifo else element.name
    return (stated if pattern.fullmatch(stated) else otherwise) + (_FIFO if element.fifo else "")


def _unlike(element: Topic | Queue, name: str) -> str:
    is_exported = not element.name or name.removesuffix(_FIFO) == element.name.removesuffix(_FIFO)
    return "" if is_exported else f"Not exported: the name '{element.name}', which AWS does not take."


def _times(queue: Queue, *, is_for_failures: bool) -> Body:
    retention, visibility = _seconds(queue.retention, _RETENTION), _seconds(queue.visibility_timeout, _VISIBILITY)
    if retention is None and is_for_failures:
        retention = _RETENTION[-1]
    return {"message_retention_seconds": retention, "visibility_timeout_seconds": visibility}


def _seconds(duration: Duration | None, allowed: range) -> int | None:
    return int(duration.high) if duration is not None and duration.high in allowed else None


def _assumptions(queue: Queue, *, is_for_failures: bool) -> Iterator[str]:
    if is_for_failures and queue.retention is None:
        yield "derived: no retention is stated, so it keeps what failed as long as SQS can, 14 days"
    if queue.dead_letter and queue.max_receives is None:
        yield f"derived: no number of attempts is stated, so it is {_RECEIVES}"


def _unexported(queue: Queue) -> Iterator[Omission]:
    if queue.retention is not None and _seconds(queue.retention, _RETENTION) is None:
        yield Omission((*queue.path, "retention"), "SQS keeps messages for whole seconds, from 60 to 14 days of them")
    if queue.visibility_timeout is not None and _seconds(queue.visibility_timeout, _VISIBILITY) is None:
        reason = "SQS hides a message for whole seconds, up to 12 hours of them"
        yield Omission((*queue.path, "visibility_timeout"), reason)


def _dead_letter(queue: Queue, architecture: Architecture) -> str:
    """Return the queue for what fails, or nothing where that leads back, in one step or in several."""
    passed: set[str] = set()
    at = queue.dead_letter
    while at and at != queue.id and at not in passed:
        passed.add(at)
        at = architecture.messaging.queues[at].dead_letter
    return "" if at == queue.id else queue.dead_letter


def _redrive(queue: Queue, dead_letter: str) -> Json | None:
    if not dead_letter:
        return None
    return Json(
        {
            "deadLetterTargetArn": refer("aws_sqs_queue", dead_letter, "arn"),
            "maxReceiveCount": queue.max_receives or _RECEIVES,
        }
    )


def _allowed_sources(queue: Queue, sources: list[Queue]) -> Resource:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"""
    arns = [refer("aws_sqs_queue", one.id, "arn") for one in sources]
    body: Body = {
        "queue_url": refer("aws_sqs_queue", queue.id),
        "redrive_allow_policy": Json({"redrivePermission": "byQueue", "sourceQueueArns": arns}),
    }
    return Resource("aws_sqs_queue_redrive_allow_policy", slug(queue.id), origin(queue), body)


def _queue_policy(queue: Queue, architecture: Architecture, *, is_for_failures: bool) -> Iterator[Part]:
    arn = refer("aws_sqs_queue", queue.id, "arn")
    stated = policies.written(queue.policy, (*queue.path, "policy"), [arn], "sqs:SendMessage", architecture)
    yield from stated.omissions
    statements = stated.statements if queue.policy else _queue_statements(queue, arn)
    if statements:
        # Both set attributes of the queue, so one after the other.
        before = [Reference(f"aws_sqs_queue_redrive_allow_policy.{slug(queue.id)}")] if is_for_failures else None
        body: Body = {
            "queue_url": refer("aws_sqs_queue", queue.id),
            "policy": policies.document(statements),
            "depends_on": before,
        }
        place = origin(queue, "policy") if queue.policy else origin(queue)
        yield Resource("aws_sqs_queue_policy", slug(queue.id), place, body)


def _queue_statements(queue: Queue, arn: Reference) -> list[Value]:
    """https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html"""
    statements: list[Value] = [policies.only_encrypted("sqs", [arn])]
    if queue.topic:
        topic = refer("aws_sns_topic", queue.topic, "arn")
        who: dict[str, Value] = {
            "Sid": "ItsTopic",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
        }
        statements.append(policies.allow(("sqs:SendMessage",), [arn], **who))
    return statements
