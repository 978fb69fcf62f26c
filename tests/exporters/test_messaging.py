"""Topics and queues: their encryption, who may send to them, and who is told."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from archspec.exporters.terraform import messaging
from archspec.exporters.terraform.hcl import Json, Reference

Parts = Callable[..., Any]


def statements(resources: Mapping[str, Any], address: str) -> list[Any]:
    """Return the statements of a policy."""
    return [*resources[address].body["policy"].value["Statement"]]


def queue(said: str, *others: str) -> str:
    """Return the messaging section with a queue `jobs`."""
    return f"messaging: {{queues: {{{', '.join((f'jobs: {{{said}}}', *others))}}}}}"


def topic(said: str, queues: str = "") -> str:
    """Return the messaging section with a topic `news`."""
    return f"messaging: {{topics: {{news: {{{said}}}}}, queues: {{{queues}}}}}"


def test_a_queue_of_which_nothing_is_said_is_encrypted_and_refuses_requests_without_tls(parts: Parts) -> None:
    made = parts(messaging.resources, queue(""))
    body = made.resources["aws_sqs_queue.jobs"].body
    assert body["kms_master_key_id"] == Reference("aws_kms_key.derived__key__messages.arn")
    assert [one["Sid"] for one in statements(made.resources, "aws_sqs_queue_policy.jobs")] == ["OnlyEncryptedTransport"]


@pytest.mark.parametrize(
    ("said", "key", "managed"),
    [
        ("encryption: sse-sqs", None, True),
        ("encryption: none", None, False),
        ("key: own", Reference("aws_kms_key.own.arn"), None),
    ],
)
def test_a_queue_is_encrypted_as_it_states(parts: Parts, said: str, key: object, managed: object) -> None:
    body = (
        parts(messaging.resources, queue(said) + "\nsecurity: {keys: {own: {}}}").resources["aws_sqs_queue.jobs"].body
    )
    assert (body["kms_master_key_id"], body["sqs_managed_sse_enabled"]) == (key, managed)


def test_times_of_a_queue_are_in_seconds(parts: Parts) -> None:
    body = (
        parts(messaging.resources, queue("retention: 4 days, visibility_timeout: 2 minutes"))
        .resources["aws_sqs_queue.jobs"]
        .body
    )
    assert (body["message_retention_seconds"], body["visibility_timeout_seconds"]) == (345600, 120)


def test_times_that_sqs_does_not_have_are_noted(parts: Parts) -> None:
    made = parts(messaging.resources, queue("retention: 30 days, visibility_timeout: 13 hours"))
    assert [path for path, _ in made.omissions] == [
        "messaging.queues.jobs.retention",
        "messaging.queues.jobs.visibility_timeout",
    ]
    assert made.resources["aws_sqs_queue.jobs"].body["message_retention_seconds"] is None


def test_what_failed_goes_to_the_dead_letter_queue_and_only_its_queues_may_send_there(parts: Parts) -> None:
    made = parts(messaging.resources, queue("dead_letter: dlq, max_receives: 5", "dlq: {}"))
    dlq, jobs = Reference("aws_sqs_queue.dlq.arn"), Reference("aws_sqs_queue.jobs.arn")
    assert made.resources["aws_sqs_queue.jobs"].body["redrive_policy"] == Json(
        {"deadLetterTargetArn": dlq, "maxReceiveCount": 5}
    )
    assert made.resources["aws_sqs_queue_redrive_allow_policy.dlq"].body["redrive_allow_policy"] == Json(
        {"redrivePermission": "byQueue", "sourceQueueArns": [jobs]}
    )
    assert made.resources["aws_sqs_queue.dlq"].body["message_retention_seconds"] == 14 * 86400


def test_the_names_of_fifo_queues_and_topics_say_so(parts: Parts) -> None:
    text = "messaging: {topics: {news: {fifo: true, name: my-news}}, queues: {jobs: {fifo: true, name: news.fifo}}}"
    made = parts(messaging.resources, text)
    assert made.resources["aws_sns_topic.news"].body["name"] == "my-news.fifo"
    assert made.resources["aws_sqs_queue.jobs"].body["name"] == "news.fifo"


def test_a_queue_takes_messages_from_its_topic_and_of_several_events_its_own(parts: Parts) -> None:
    made = parts(messaging.resources, topic("events: [made, paid]", "jobs: {topic: news, event: made}"))
    subscription = made.resources["aws_sns_topic_subscription.jobs"].body
    assert subscription["topic_arn"] == Reference("aws_sns_topic.news.arn")
    assert subscription["filter_policy"] == Json({"event": ["made"]})
    _, allowed = statements(made.resources, "aws_sqs_queue_policy.jobs")
    assert allowed["Condition"] == {"ArnEquals": {"aws:SourceArn": Reference("aws_sns_topic.news.arn")}}


def test_of_a_topic_with_one_event_a_queue_takes_everything(parts: Parts) -> None:
    made = parts(messaging.resources, topic("events: [made]", "jobs: {topic: news, event: made}"))
    assert made.resources["aws_sns_topic_subscription.jobs"].body["filter_policy"] is None


def test_a_fifo_queue_cannot_listen_to_a_topic_that_is_not_fifo(parts: Parts) -> None:
    made = parts(messaging.resources, topic("", "jobs: {topic: news, fifo: true}"))
    assert made.omissions == [("messaging.queues.jobs.topic", "a topic that is not FIFO sends to no queue that is")]
    assert "aws_sns_topic_subscription.jobs" not in made.resources


def test_a_stated_policy_takes_the_place_of_the_secure_one(parts: Parts) -> None:
    made = parts(messaging.resources, queue("policy: [{principal: events.amazonaws.com, conditions: {}}]"))
    assert statements(made.resources, "aws_sqs_queue_policy.jobs") == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": [Reference("aws_sqs_queue.jobs.arn")],
        }
    ]


def test_the_services_that_notify_a_topic_may_publish_to_it(parts: Parts) -> None:
    text = topic("publishers: [cost]") + (
        "\nobservability:"
        "\n  alarms: {cpu: {metric: CPU, threshold: '> 80%', notifies: [news]}}"
        "\n  anomaly_monitors: {cost: {}}"
    )
    made = parts(messaging.resources, text)
    _, *allowed = statements(made.resources, "aws_sns_topic_policy.news")
    assert [one["Principal"] for one in allowed] == [
        {"Service": "cloudwatch.amazonaws.com"},
        {"Service": "costalerts.amazonaws.com"},
    ]


def test_subscribers_get_what_is_published(parts: Parts) -> None:
    said = "subscribers: [{protocol: email, to: a@example.com}, {protocol: pagerduty, to: 'https://example.com/x'}]"
    made = parts(messaging.resources, topic(said))
    found = [made.resources[f"aws_sns_topic_subscription.news__subscriber__{i}"].body for i in (1, 2)]
    assert [(one["protocol"], one["endpoint"]) for one in found] == [
        ("email", "a@example.com"),
        ("https", "https://example.com/x"),
    ]


@pytest.mark.parametrize("to", ["***@example.com", "", "a b@example.com"])
def test_an_address_that_is_masked_or_none_is_a_variable(parts: Parts, to: str) -> None:
    made = parts(messaging.resources, topic(f"subscribers: [{{protocol: email, to: '{to}'}}]"))
    subscription = made.resources["aws_sns_topic_subscription.news__subscriber__1"].body
    assert subscription["endpoint"] == made.variables["endpoint_news__1"].reference


def test_what_sns_does_not_speak_to_is_noted(parts: Parts) -> None:
    made = parts(messaging.resources, topic("subscribers: [{protocol: slack, to: '#x'}, {protocol: pagerduty}]"))
    assert made.omissions == [
        ("messaging.topics.news.subscribers.0", "SNS does not speak to slack itself"),
        ("messaging.topics.news.subscribers.1", "it names no https address of pagerduty"),
    ]


def test_a_subscriber_that_is_not_there_today_gets_nothing(parts: Parts) -> None:
    made = parts(messaging.resources, topic("subscribers: [{protocol: email, to: a@example.com, status: pending}]"))
    assert [one for one in made.resources if one.startswith("aws_sns_topic_subscription")] == []
