"""Whatever has no section of its own, or not one that this document has."""

from typing import NamedTuple

from archspec.documents.cells import NOTHING, summary
from archspec.documents.headings import phrase
from archspec.documents.markup import Markdown
from archspec.documents.page import Page

TITLE = "Supporting services"


class SupportRow(NamedTuple):
    """One supporting element and what is known about it."""

    element: Markdown
    kind: str
    facts: Markdown


class SupportingServices(NamedTuple):
    """Every supporting element, in the order of the spec's areas."""

    elements: tuple[SupportRow, ...]


def make(page: Page) -> SupportingServices | None:
    """Return the supporting elements, if there are any."""
    rows = tuple(
        SupportRow(page.define(element), phrase(element.kind), summary(page, element) or NOTHING)
        for element in page.architecture.elements.values()
        if page.home(element) == "supporting-services"
    )
    return SupportingServices(rows) if rows else None
