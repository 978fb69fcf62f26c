"""Architecture, findings and pictures → documents for people."""

from typing import NamedTuple


class Picture(NamedTuple):
    """A picture of a view: the view's name and title, the file relative to the document, and what it shows in words."""

    name: str
    title: str
    link: str
    description: str
