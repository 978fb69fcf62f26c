"""The sections of the document: one file and one template of the same name each, listed here in their usual order.

A section turns a page into typed facts, as text; its template holds the wording and the layout. `make` returns nothing
where the architecture has nothing to show for it.
"""

from typing import Protocol

from archspec.documents.page import Page
from archspec.documents.sections import (
    claims,
    costs,
    data,
    derived,
    findings,
    load_balancing,
    network,
    overview,
    pictures,
    recovery,
    security_groups,
    services,
    supporting_services,
    traffic,
)
from archspec.model.document import SectionName


class SectionMaker(Protocol):
    """What a section offers. Its template sees what `make` returns as `section`."""

    TITLE: str

    def make(self, page: Page) -> object | None:
        """Return the facts of the section, or nothing."""


SECTIONS: dict[SectionName, SectionMaker] = {
    "overview": overview,
    "pictures": pictures,
    "network": network,
    "traffic": traffic,
    "security-groups": security_groups,
    "services": services,
    "load-balancing": load_balancing,
    "data": data,
    "supporting-services": supporting_services,
    "costs": costs,
    "recovery": recovery,
    "claims": claims,
    "findings": findings,
    "derived": derived,
}
