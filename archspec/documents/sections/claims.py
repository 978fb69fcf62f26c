"""What the document's owners say about the architecture, each sentence checked."""

from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page
from archspec.model.claim import Claim
from archspec.rules import false_claim

TITLE = "Claims"

_ANSWERS = {"fail": "✗ false", "unknown": "? a fact is not stated"}


class ClaimRow(NamedTuple):
    """A claim, whether it is true, and the expression that decides."""

    says: str
    about: Markdown
    answer: Markdown
    assertion: Markdown


class Claims(NamedTuple):
    """Every claim, in the order of the spec."""

    claims: tuple[ClaimRow, ...]


def make(page: Page) -> Claims | None:
    """Return the claims, if any are made."""
    rows = tuple(_row(page, claim) for claim in page.architecture.claims)
    return Claims(rows) if rows else None


def _row(page: Page, claim: Claim) -> ClaimRow:
    about = page.refer(claim.about) if claim.about else Markdown("–")
    return ClaimRow(claim.says, about, _answer(page, claim), code(claim.assertion) or Markdown("–"))


def _answer(page: Page, claim: Claim) -> Markdown:
    if not claim.assertion or false_claim.ID not in page.checked.tallies:
        return Markdown("not checked")
    found = [
        join([Markdown(_ANSWERS[one.outcome]), page.cite(i)], " ")
        for i, one in enumerate(page.checked.findings)
        if one.rule == false_claim.ID and one.subject == claim.id
    ]
    return found[0] if found else Markdown("✓ true")
