"""The pictures, with what they show in words."""

from typing import NamedTuple

from archspec.documents import Picture
from archspec.documents.markup import Markdown, link
from archspec.documents.page import Page
from archspec.documents.sections import messaging

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
        Shown(_title(page, one), Markdown(f"!{link(one.description or one.title, one.link)}"))
        for one in page.pictures
        if not _is_drawn_elsewhere(page, one)
    )
    return Pictures(shown) if shown else None


def _is_drawn_elsewhere(page: Page, picture: Picture) -> bool:
    """Whether the section about it draws it."""
    return messaging.VIEW in page.shown and picture.name.partition("-")[0] == messaging.VIEW


def _title(page: Page, picture: Picture) -> str:
    """Return the title without the name of the whole, which stands above."""
    short = picture.title.removeprefix(f"{page.architecture.label}: ") or picture.name
    return short[:1].upper() + short[1:]
