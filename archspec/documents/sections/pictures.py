"""The pictures that no other section shows, with what they show in words."""

from archspec.documents.illustrations import Illustrations, others
from archspec.documents.page import Page

TITLE = "Pictures"


def make(page: Page) -> Illustrations | None:
    """Return the pictures, if there are any."""
    return others(page)
