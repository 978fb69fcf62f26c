"""What watches, protects and ships, and whatever else has no section of its own."""

from typing import NamedTuple

from archspec.documents.markup import Markdown, escape, join
from archspec.documents.page import Page, home
from archspec.documents.wording import listing
from archspec.model.element import Element
from archspec.model.observability import Monitor
from archspec.model.security import Certificate

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
        SupportRow(page.define(element), element.kind.replace("_", " "), _facts(element) or Markdown("–"))
        for element in page.architecture.elements.values()
        if home(element) == "supporting-services"
    )
    return SupportingServices(rows) if rows else None


def _facts(element: Element) -> Markdown:
    facts: list[Markdown] = []
    match element:
        case Monitor(collects=collects) if collects:
            facts.append(Markdown(f"collects {listing(collects)}"))
        case Certificate(domain=domain, region=region):
            facts += [Markdown(f"for {escape(domain)}")] if domain else []
            facts += [Markdown(f"in {escape(region)}")] if region else []
        case _:
            pass
    facts += [escape(element.note)] if element.note else []
    facts += [Markdown(f"assumed: {escape(element.assumed)}")] if element.assumed else []
    return join(facts, "; ")
