"""The pictures, with what they show in words."""

from typing import NamedTuple

from archspec.documents import Picture
from archspec.documents.markup import Markdown, link
from archspec.documents.page import Page

TITLE = "Pictures"


class Shown(NamedTuple):
    """One picture: its title, and the image with its description as the text in its place."""

    title: str
    image: Markdown


class Pictures(NamedTuple):
    """Every picture, in the order given."""

    pictures: tuple[Shown, ...]


def make(page: Page) -> Pictures | None:
    """Return the pictures, if there are any."""
    shown = tuple(
        Shown(_title(page, one), Markdown(f"!{link(one.description or one.title, one.link)}")) for one in page.pictures
    )
    return Pictures(shown) if shown else None


def _title(page: Page, picture: Picture) -> str:
    """Return the title without the name of the whole, which stands above."""
    short = picture.title.removeprefix(f"{page.architecture.label}: ") or picture.name
    return short[:1].upper() + short[1:]
