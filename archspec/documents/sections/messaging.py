"""Messaging: how messages fan out, drawn where they are described; topics and queues stand in tables behind."""

from typing import NamedTuple

from archspec.documents.markup import Markdown
from archspec.documents.page import Page
from archspec.renderers import mermaid
from archspec.views import project

TITLE = "Messaging"

VIEW = "messaging"
"""The view, and the beginning of its name where each environment has one."""


class Drawing(NamedTuple):
    """A drawing as Mermaid, and the name of the view that it shows."""

    name: str
    text: Markdown


class Messaging(NamedTuple):
    """The drawings: one, or one for each environment."""

    drawings: tuple[Drawing, ...]


def make(page: Page) -> Messaging | None:
    """Return the drawings, where anybody sends messages."""
    drawings = tuple(
        Drawing(view.name, Markdown(mermaid.render(view).decode().rstrip()))  # what it renders cannot end a fence
        for view in project(page.graph)
        if view.name.partition("-")[0] == VIEW and view.edges
    )
    return Messaging(drawings) if drawings else None
