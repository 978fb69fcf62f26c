"""Claims as rows of a table, each with whether it is true."""

from collections.abc import Iterable
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page, refer_if
from archspec.model.claim import Claim
from archspec.model.document import Section
from archspec.rules import false_claim

_ANSWERS = {"fail": "**✗ false**", "unknown": "? a fact is not stated"}


class ClaimRow(NamedTuple):
    """A claim, whether it is true, and the expression that decides."""

    says: str
    because: str
    about: Markdown
    answer: Markdown
    assertion: Markdown


def rows(page: Page, claims: Iterable[Claim]) -> tuple[ClaimRow, ...]:
    """Return a row for each claim."""
    return tuple(
        ClaimRow(one.says, one.because, refer_if(page, one.about), _answer(page, one), code(one.assertion))
        for one in claims
    )


def of_topic(page: Page, topic: str) -> tuple[ClaimRow, ...]:
    """Return the claims of a topic; none of no topic."""
    return rows(page, (one for one in page.architecture.claims if topic and one.topic == topic))


def shown_topics(sections: Iterable[Section]) -> frozenset[str]:
    """Return the topics whose claims stand in sections of the document's own."""
    return frozenset(part.claims for section in sections for part in (section, *section.sections))


def _answer(page: Page, claim: Claim) -> Markdown:
    if not claim.assertion or false_claim.ID not in page.checked.tallies:
        return Markdown("not checked")
    found = [
        join([Markdown(_ANSWERS[one.outcome]), page.cite(i)], " ")
        for i, one in enumerate(page.checked.findings)
        if one.rule == false_claim.ID and one.subject == claim.id
    ]
    return found[0] if found else Markdown("✓ true")
