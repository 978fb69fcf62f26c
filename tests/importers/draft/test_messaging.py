"""Topics and queues of Terraform come back as a person writes them in a spec."""

from typing import Any

from archspec.importers.draft import messaging
from tests.importers.draft.reading import read

_SENDS = {
    "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*",
    "Condition": {"ArnEquals": {"aws:SourceArn": "@aws_sns_topic.orders"}},
}  # fmt: skip
_QUEUES: dict[str, dict[str, Any]] = {
    "aws_sns_topic.orders": {"name": "shop-orders", "kms_master_key_id": "@aws_kms_key.main"},
    "aws_kms_key.main": {},
    "aws_sqs_queue.mails": {
        "name": "shop-mails",
        "message_retention_seconds": 345600,
        "visibility_timeout_seconds": 90,
        "sqs_managed_sse_enabled": True,
        "redrive_policy": {"deadLetterTargetArn": "@aws_sqs_queue.mails-dlq", "maxReceiveCount": 3},
        "policy": {"Statement": [_SENDS]},
    },
    "aws_sqs_queue.mails-dlq": {"sqs_managed_sse_enabled": False},
    "aws_sns_topic_subscription.mails": {
        "topic_arn": "@aws_sns_topic.orders",
        "protocol": "sqs",
        "endpoint": "@aws_sqs_queue.mails",
        "filter_policy": {"event": ["order.paid"]},
    },
}


def test_a_queue_comes_back_with_its_topic_and_its_dead_letters() -> None:
    found = read(messaging, _QUEUES)
    assert found["mails"].data == {
        "name": "shop-mails",
        "topic": "orders",
        "event": "order.paid",
        "retention": "4 days",
        "visibility_timeout": "90 seconds",
        "dead_letter": "mails-dlq",
        "max_receives": 3,
        "encryption": "sse-sqs",
    }
    assert found["mails-dlq"].data == {"encryption": "none"}


def test_policies_of_queues_beside_them_are_read_and_what_a_topic_needs_is_not_repeated() -> None:
    opened = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    policy = {"queue_url": "@aws_sqs_queue.mails-dlq", "policy": {"Statement": opened}}
    found = read(messaging, {**_QUEUES, "aws_sqs_queue_policy.dlq": policy})
    assert found["mails-dlq"].data["policy"] == [{"principal": "*", "does": "sqs:SendMessage", "conditions": {}}]


def test_a_topic_tells_its_subscribers_and_says_which_it_has_no_word_for() -> None:
    endpoints = {
        "mail": ("email", "ops@example.com"),
        "page": ("https", "https://events.pagerduty.com/integration/1/enqueue"),
        "phone": ("application", "arn:aws:sns:us-east-1:1:endpoint/x"),
    }
    subscriptions = {
        f"aws_sns_topic_subscription.{name}": {
            "topic_arn": "@aws_sns_topic.alerts",
            "protocol": protocol,
            "endpoint": endpoint,
            "pending_confirmation": name == "mail",
        }
        for name, (protocol, endpoint) in endpoints.items()
    }
    piece = read(messaging, {"aws_sns_topic.alerts": {"fifo_topic": False}, **subscriptions})["alerts"]
    assert piece.data == {
        "subscribers": [
            {"protocol": "email", "to": "ops@example.com", "status": "pending"},
            {"protocol": "pagerduty", "to": "https://events.pagerduty.com/integration/1/enqueue"},
        ],
        "encryption": "none",
    }
    assert piece.guesses == ("subscribers are left out that a spec has no word for: application",)


def test_the_policy_of_every_new_topic_is_not_repeated() -> None:
    default = {
        "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["SNS:Publish"],
        "Condition": {"StringEquals": {"AWS:SourceOwner": "123456789012"}},
    }  # fmt: skip
    found = read(messaging, {"aws_sns_topic.alerts": {"policy": {"Statement": [default]}}})
    assert found["alerts"].data == {"encryption": "none"}


def test_a_queue_of_several_topics_names_the_first_and_says_so() -> None:
    another = {"topic_arn": "@aws_sns_topic.refunds", "protocol": "sqs", "endpoint": "@aws_sqs_queue.mails"}
    resources = {**_QUEUES, "aws_sns_topic.refunds": {}, "aws_sns_topic_subscription.zz": another}
    piece = read(messaging, resources)["mails"]
    assert (piece.data["topic"], piece.guesses) == ("orders", ("it is subscribed to refunds as well",))
