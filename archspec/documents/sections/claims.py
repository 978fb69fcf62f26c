"""What the document's owners say about the architecture, each sentence checked, by topic."""

from typing import NamedTuple

from archspec.documents.claim_rows import ClaimRow, rows, shown_topics
from archspec.documents.page import Page

TITLE = "Claims"


class Topic(NamedTuple):
    """The claims of a topic; the topic is empty for those that have none."""

    topic: str
    claims: tuple[ClaimRow, ...]


class Claims(NamedTuple):
    """The claims that no other section of the document shows, those without a topic first."""

    topics: tuple[Topic, ...]


def make(page: Page) -> Claims | None:
    """Return the claims that are left, if there are any."""
    shown = shown_topics(page.architecture.document.sections)
    left = [one for one in page.architecture.claims if not one.topic or one.topic not in shown]
    topics = sorted(dict.fromkeys(one.topic for one in left), key=bool)
    found = tuple(Topic(topic, rows(page, (one for one in left if one.topic == topic))) for topic in topics)
    return Claims(found) if found else None
