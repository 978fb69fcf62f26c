"""The sections of the document, in their usual order.

One with a layout is a file here and a template of the same name; the others are nothing but tables of elements, and
each of those is a line in the table of groups.

A section turns a page into typed facts, as text; its template holds the wording and the layout. `make` returns nothing
where the architecture has nothing to show for it.
"""

from collections.abc import Iterator
from typing import Protocol

from archspec.documents.groups import GROUPS
from archspec.documents.illustrations import illustrations
from archspec.documents.page import Page
from archspec.documents.sections import (
    claims,
    costs,
    data,
    derived,
    elements,
    environments,
    findings,
    inventory,
    journeys,
    load_balancing,
    messaging,
    network,
    operations,
    overview,
    pictures,
    recovery,
    security_groups,
    services,
    supporting_services,
    traffic,
    variables,
)
from archspec.model.document import SectionName


class SectionMaker(Protocol):
    """What a section offers. Its template sees what `make` returns as `section`."""

    @property
    def TITLE(self) -> str:  # noqa: N802  a constant in most of them
        """The title, unless the document gives another."""

    def make(self, page: Page) -> object | None:
        """Return the facts of the section, or nothing."""


SECTIONS: dict[SectionName, SectionMaker] = {
    "overview": overview,
    "pictures": pictures,
    "environments": environments,
    "journeys": journeys,
    "network": network,
    "traffic": traffic,
    "security-groups": security_groups,
    "services": services,
    "load-balancing": load_balancing,
    "edge": elements.ElementSection("edge"),
    "data": data,
    "storage": elements.ElementSection("storage"),
    "messaging": messaging,
    "external": elements.ElementSection("external"),
    "access": elements.ElementSection("access"),
    "protection": elements.ElementSection("protection"),
    "observability": elements.ElementSection("observability"),
    "delivery": elements.ElementSection("delivery"),
    "supporting-services": supporting_services,
    "costs": costs,
    "recovery": recovery,
    "operations": operations,
    "variables": variables,
    "claims": claims,
    "findings": findings,
    "derived": derived,
    "inventory": inventory,
}

USUAL: tuple[SectionName, ...] = tuple(name for name in SECTIONS if name != "inventory")
"""The sections of a document that does not say which it has. The inventory repeats the others."""


def parts(page: Page, name: SectionName) -> Iterator[tuple[str, object]]:
    """Yield the parts of a section, each with its template: pictures, its own layout, what else its elements state."""
    # Messages are drawn as Mermaid there, which is text that a reader may change.
    drawn = illustrations(page, name) if name != "messaging" else None
    if drawn is not None:
        yield "pictures.md.j2", drawn
    facts = SECTIONS[name].make(page)
    if facts is not None:
        yield "elements.md.j2" if name in GROUPS else f"{name.replace('-', '_')}.md.j2", facts
    more = elements.behind(page, name) if name not in GROUPS else None
    if more is not None:
        yield "elements.md.j2", more
