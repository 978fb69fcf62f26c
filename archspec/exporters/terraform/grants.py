"""What an element may do by what is stated of others: who sends to a queue, who reads a bucket."""

from collections.abc import Iterator

from archspec.exporters.terraform import access_logs, policies
from archspec.exporters.terraform.hcl import Reference, Template, Value
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.resource import refer
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket
from archspec.model.messaging import Queue, Topic

_SEND = ("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage")
_RECEIVE = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
)
_DECRYPT = ("kms:Decrypt",)
_ENCRYPT = ("kms:Decrypt", "kms:GenerateDataKey")
"""Who writes needs both.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
"""


def of(id_: str, architecture: Architecture) -> list[Value]:
    """Return the statements that let an element use the queues, topics and buckets that name it, and their keys."""
    messaging = architecture.messaging
    topics = [topic for topic in messaging.topics.values() if id_ in topic.publishers]
    queues = {
        _SEND: [queue for queue in messaging.queues.values() if id_ in queue.producers],
        _RECEIVE: [queue for queue in messaging.queues.values() if id_ in queue.consumers],
    }
    readers = [bucket for bucket in architecture.data.buckets.values() if id_ in bucket.readers]
    writers = [bucket for bucket in architecture.data.buckets.values() if id_ in bucket.writers]
    return [
        *(policies.allow(actions, [_arn(one) for one in some]) for actions, some in queues.items() if some),
        *([policies.allow(("sns:Publish",), [_arn(one) for one in topics])] if topics else []),
        *_objects(readers, writers),
        *_keys(_DECRYPT, [*queues[_RECEIVE], *_under_a_key(readers, architecture)]),
        *_keys(_ENCRYPT, [*queues[_SEND], *topics, *_under_a_key(writers, architecture)]),
    ]


def _under_a_key(buckets: list[Bucket], architecture: Architecture) -> list[Bucket]:
    return [one for one in buckets if not access_logs.is_left_to_s3(one, architecture)]


def _arn(element: Bucket | Queue | Topic) -> Reference:
    kind = {"bucket": "aws_s3_bucket", "queue": "aws_sqs_queue", "topic": "aws_sns_topic"}[element.kind]
    return refer(kind, element.id, "arn")


def _objects(readers: list[Bucket], writers: list[Bucket]) -> Iterator[Value]:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html"""
    if readers:
        yield policies.allow(("s3:ListBucket",), [_arn(one) for one in readers])
        yield policies.allow(("s3:GetObject",), [Template((_arn(one), "/*")) for one in readers])
    if writers:
        actions = ("s3:AbortMultipartUpload", "s3:PutObject")
        yield policies.allow(actions, [Template((_arn(one), "/*")) for one in writers])


def _keys(actions: tuple[str, ...], elements: list[Bucket | Queue | Topic]) -> Iterator[Value]:
    purposes = {"bucket": "data", "queue": "messages", "topic": "messages"}
    encrypted = [one for one in elements if one.encryption in {None, "sse-kms"}]
    found = {key_of(one, purposes[one.kind]).expression: key_of(one, purposes[one.kind]) for one in encrypted}
    if found:
        yield policies.allow(actions, [*found.values()])
