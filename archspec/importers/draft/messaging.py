"""The `messaging:` section: topics with those they tell, queues with where their messages come from and go to."""

from collections.abc import Iterator, Sequence
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, document, switch, text, texts, whole
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.policies import is_tls_only, statements, unstated
from archspec.importers.draft.spelling import seconds
from archspec.resources.resource import Ref, Resource, refs

TYPES = frozenset({
    "aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription",
    "aws_sqs_queue", "aws_sqs_queue_policy", "aws_sqs_queue_redrive_policy", "aws_sqs_queue_redrive_allow_policy",
})  # fmt: skip
_PROTOCOLS = {"email": "email", "email-json": "email", "sms": "sms", "https": "https", "lambda": "lambda"}
_TELLERS = ("cloudwatch.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com")
_SERVICES = {"events.pagerduty.com": "pagerduty", "hooks.slack.com": "slack"}


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield the topics and the queues."""
    yield from fitted(given, (*_topics(given), *_queues(given)))


def _topics(given: Given) -> Iterator[Piece]:
    subscriptions = links.parts(given, "aws_sns_topic_subscription", "topic_arn")
    policies = links.parts(given, "aws_sns_topic_policy", "arn")
    for id_, found in links.by_id(given, "aws_sns_topic").items():
        one = found[0]
        own = [each.values.get("policy") for each in policies.get(one.address, [])] or [one.values.get("policy")]
        read = statements(given, *own)
        said = [] if all(map(_is_usual, read.said)) else read.said
        told = subscriptions.get(one.address, [])
        known = [each for each in told if _protocol(each.values)]
        parts: dict[KeyPath, str] = {("subscribers", i): each.address for i, each in enumerate(known)}
        data = {
            "name": text(one.values.get("name")),
            "subscribers": [_subscriber(each.values) for each in known],
            "fifo": switch(one.values.get("fifo_topic")) or None,
            **_encryption(given, one),
            "policy": said,
        }
        yield Piece(
            ("messaging", "topics"), id_, data, one.address, (*read.guesses, *unstated(said), *_untold(told)), parts
        )


def _protocol(values: Values) -> str:
    written, to = text(values.get("protocol")), text(values.get("endpoint"))
    if written == "https":
        return next((name for host, name in _SERVICES.items() if host in to), written)
    return _PROTOCOLS.get(written, "")


def _subscriber(values: Values) -> dict[str, str]:
    endpoint = values.get("endpoint")
    to = endpoint.address if isinstance(endpoint, Ref) else text(endpoint)
    is_pending = values.get("pending_confirmation") is True
    return {"protocol": _protocol(values), "to": to, "status": "pending" if is_pending else ""}


def _untold(told: Sequence[Resource]) -> Iterator[str]:
    others = {text(each.values.get("protocol")) for each in told if not _protocol(each.values)} - {"sqs", ""}
    if others:
        yield f"subscribers are left out that a spec has no word for: {', '.join(sorted(others))}"


def _encryption(given: Given, one: Resource) -> dict[str, str]:
    """Read the encryption of a topic or a queue: by a key of KMS, by SQS itself, or none."""
    key = one.values.get("kms_master_key_id")
    if key or "kms_master_key_id" in one.unknown:
        return {"encryption": "sse-kms", "key": links.element(given, key)}
    managed = switch(one.values.get("sqs_managed_sse_enabled"))
    if one.type == "aws_sqs_queue":
        return {"encryption": "" if managed is None else "sse-sqs" if managed else "none"}
    return {"encryption": "none"}


def _is_usual(statement: dict[str, Any]) -> bool:
    """Whether a statement goes without saying: that of every new topic, TLS, and that services may tell of alarms.

    https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    """
    conditions = [key.lower() for key in statement.get("conditions") or {}]
    is_own = statement["principal"] == "*" and conditions == ["aws:sourceowner"]
    is_told = statement["principal"] in _TELLERS and statement["does"].lower() == "sns:publish"
    return is_tls_only(statement, "sns") or is_own or is_told


def _queues(given: Given) -> Iterator[Piece]:
    policies = links.parts(given, "aws_sqs_queue_policy", "queue_url")
    redrives = links.parts(given, "aws_sqs_queue_redrive_policy", "queue_url")
    topics = links.parts(given, "aws_sns_topic_subscription", "endpoint")
    for id_, found in links.by_id(given, "aws_sqs_queue").items():
        one = found[0]
        own = [each.values.get("policy") for each in policies.get(one.address, [])] or [one.values.get("policy")]
        moved = [each.values.get("redrive_policy") for each in redrives.get(one.address, [])]
        stated = next(iter(moved), one.values.get("redrive_policy"))
        redrive = document(stated)
        # As long as not all of it is known, a plan only says what it names.
        dead = [redrive.get("deadLetterTargetArn")] if redrive else [*refs(stated)]
        read = statements(given, *own)
        said = [] if all(map(_is_of_topic, read.said)) else read.said
        data = {
            "name": text(one.values.get("name")),
            **_source(given, topics.get(one.address, [])),
            "retention": seconds(one.values.get("message_retention_seconds")),
            "visibility_timeout": seconds(one.values.get("visibility_timeout_seconds")),
            "dead_letter": next(iter(links.elements(given, dead)), ""),
            "max_receives": whole(redrive.get("maxReceiveCount")),
            "fifo": switch(one.values.get("fifo_queue")) or None,
            **_encryption(given, one),
            "policy": said,
        }
        several = _several(given, topics.get(one.address, []))
        yield Piece(("messaging", "queues"), id_, data, one.address, (*read.guesses, *unstated(said), *several))


def _source(given: Given, subscriptions: Sequence[Resource]) -> dict[str, str]:
    """Return the topic of a queue, and the one event that it takes of it."""
    found = [(id_, one) for one in subscriptions if (id_ := links.element(given, one.values.get("topic_arn")))]
    if not found:
        return {}
    topic, subscription = found[0]
    events = [event for value in document(subscription.values.get("filter_policy")).values() for event in texts(value)]
    return {"topic": topic, "event": ", ".join(events)}


def _several(given: Given, subscriptions: Sequence[Resource]) -> tuple[str, ...]:
    topics = links.elements(given, [one.values.get("topic_arn") for one in subscriptions])
    return (f"it is subscribed to {', '.join(topics[1:])} as well",) if len(topics) > 1 else ()


def _is_of_topic(statement: dict[str, Any]) -> bool:
    """Whether a statement asks for TLS, or lets a topic send: what a queue needs that names its topic.

    https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
    """
    conditions = [key.lower() for key in statement.get("conditions") or {}]
    is_narrow = conditions == ["aws:sourcearn"] or "conditions" not in statement
    is_send = statement["does"].lower() == "sqs:sendmessage" and is_narrow
    return is_tls_only(statement, "sqs") or (is_send and statement["principal"] in ("*", "sns.amazonaws.com"))
