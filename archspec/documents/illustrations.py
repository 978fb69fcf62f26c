"""Which section of a document shows which picture; what no section of it shows stands among the pictures."""

from collections.abc import Iterable
from typing import NamedTuple

from archspec.documents import Picture
from archspec.documents.markup import Markdown, link
from archspec.documents.page import Page
from archspec.model.document import SectionName

_SECTIONS: dict[str, SectionName] = {
    "network": "network",
    "traffic": "traffic",
    "edge": "edge",
    "services": "services",
    "security-groups": "security-groups",
    "security": "protection",
    "permissions": "access",
    "encryption": "protection",
    "journey": "journeys",
    "messaging": "messaging",
    "data": "data",
    "delivery": "delivery",
    "recovery": "recovery",
    "recovery-steps": "recovery",
    "observability": "observability",
    "cost": "costs",
}
"""Name of a view, or its beginning → the section that it belongs to. The longest that fits counts."""


class Shown(NamedTuple):
    """One picture: its title, and the image with its description as the text in its place."""

    title: str
    image: Markdown


class Illustrations(NamedTuple):
    """The pictures of a section, in the order given."""

    pictures: tuple[Shown, ...]


def illustrations(page: Page, section: SectionName) -> Illustrations | None:
    """Return the pictures that a section shows, if there are any."""
    return _shown(page, (one for one in page.pictures if _home(page, one) == section))


def others(page: Page) -> Illustrations | None:
    """Return the pictures that none of the document's other sections shows."""
    return _shown(page, (one for one in page.pictures if _home(page, one) == ""))


def _home(page: Page, picture: Picture) -> str:
    """Return the section that shows a picture; nothing where the document does not have it."""
    named = [name for name in _SECTIONS if f"{picture.name}-".startswith(f"{name}-")]
    home = _SECTIONS[max(named, key=len)] if named and not _is_own(page, picture) else ""
    return home if home in page.shown else ""


def _is_own(page: Page, picture: Picture) -> bool:
    return any(f"{picture.name}-".startswith(f"{one.name}-") for one in page.architecture.views)


def _shown(page: Page, pictures: Iterable[Picture]) -> Illustrations | None:
    found = tuple(
        Shown(_title(page, one), Markdown(f"!{link(one.description or one.title, one.link)}")) for one in pictures
    )
    return Illustrations(found) if found else None


def _title(page: Page, picture: Picture) -> str:
    """Return the title without the name of the whole, which stands above."""
    short = picture.title.removeprefix(f"{page.architecture.label}: ") or picture.name
    return short[:1].upper() + short[1:]
