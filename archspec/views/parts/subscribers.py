"""Whom a topic tells."""

from archspec.model.messaging import Subscriber, Topic
from archspec.views.parts.cards import status_words
from archspec.views.view import Node


def subscribers(topic: Topic) -> list[tuple[Node, Subscriber]]:
    """Return those whom a topic tells, each with what the topic says about it; a pending one is not told yet."""
    return [
        (
            Node(
                id=f"{topic.id}@{number}",
                element=topic.id,
                title=one.to or one.protocol,
                kind="actor",
                detail=status_words(one.status),
                status="planned" if one.status == "pending" else one.status,
            ),
            one,
        )
        for number, one in enumerate(topic.subscribers)
    ]
