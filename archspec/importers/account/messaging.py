"""Queues and topics, as SQS and SNS answer.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, data, made, picked, tags
from archspec.resources.resource import Resource, Value

_NUMBERS = {
    "message_retention_seconds": "MessageRetentionPeriod",
    "visibility_timeout_seconds": "VisibilityTimeout",
    "delay_seconds": "DelaySeconds",
    "max_message_size": "MaximumMessageSize",
    "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield queues, topics and subscriptions."""
    named = {asked.parameters["QueueUrl"]: tags(asked.item) for asked in answers.asked("sqs.list_queue_tags")}
    for asked in answers.asked("sqs.get_queue_attributes"):
        url = asked.parameters["QueueUrl"]
        yield made("aws_sqs_queue", url, _queue(url, asked.item.get("Attributes") or {}), named.get(url))
    named = {asked.parameters["ResourceArn"]: tags(asked.item) for asked in answers.asked("sns.list_tags_for_resource")}
    for asked in answers.asked("sns.get_topic_attributes"):
        arn = asked.parameters["TopicArn"]
        yield made("aws_sns_topic", arn, _topic(arn, asked.item.get("Attributes") or {}), named.get(arn))
    told = {
        asked.parameters["SubscriptionArn"]: asked.item.get("Attributes") or {}
        for asked in answers.asked("sns.get_subscription_attributes")
    }
    for one in answers.items("sns.list_subscriptions"):
        id_ = f"{one['TopicArn']}:{one.get('Protocol')}:{one.get('Endpoint')}"
        yield made("aws_sns_topic_subscription", id_, _subscription(one, told.get(one.get("SubscriptionArn"), {})))


def _subscription(one: Item, attributes: Mapping[str, Any]) -> dict[str, Value]:
    is_pending = not str(one.get("SubscriptionArn")).startswith("arn:")
    return {
        **picked(one, {"topic_arn": "TopicArn", "protocol": "Protocol", "endpoint": "Endpoint"}),
        "pending_confirmation": is_pending,
        "raw_message_delivery": attributes.get("RawMessageDelivery") == "true",
        "filter_policy": data(attributes.get("FilterPolicy")),
    }


def _queue(url: str, attributes: Mapping[str, Any]) -> dict[str, Value]:
    found: dict[str, Value] = {
        name: int(attributes[key]) for name, key in _NUMBERS.items() if str(attributes.get(key, "")).isdigit()
    }
    return {
        **found,
        "name": url.rpartition("/")[2],
        "url": url,
        "arn": attributes.get("QueueArn"),
        "fifo_queue": attributes.get("FifoQueue") == "true",
        "sqs_managed_sse_enabled": attributes.get("SqsManagedSseEnabled") == "true",
        "kms_master_key_id": attributes.get("KmsMasterKeyId"),
        "policy": data(attributes.get("Policy")),
        "redrive_policy": data(attributes.get("RedrivePolicy")),
        "redrive_allow_policy": data(attributes.get("RedriveAllowPolicy")),
    }


def _topic(arn: str, attributes: Mapping[str, Any]) -> dict[str, Value]:
    return {
        "arn": arn,
        "name": arn.rpartition(":")[2],
        "display_name": attributes.get("DisplayName"),
        "kms_master_key_id": attributes.get("KmsMasterKeyId"),
        "fifo_topic": attributes.get("FifoTopic") == "true",
        "policy": data(attributes.get("Policy")),
    }
