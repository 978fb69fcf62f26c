"""A view → a file in some format: one module a format, listed here. A renderer sees the view and nothing behind it."""

from typing import Protocol

from archspec.tables import Table
from archspec.views.view import View


class Renderer(Protocol):
    """What a renderer offers."""

    EXTENSION: str

    def render(self, view: View) -> bytes:
        """Return the file. Raises `UsageError` where the view cannot be drawn."""


class WideRenderer(Protocol):
    """What a renderer offers whose files are made of characters."""

    def render(self, view: View, width: int) -> bytes:
        """Return the file, drawn for a width in characters. Raises `UsageError` also for one that it cannot fill."""


RENDERERS: Table[Renderer] = Table(
    __name__,
    {
        "ascii": "ascii",
        "d2": "d2",
        "drawio": "drawio",
        "mermaid": "mermaid",
        "png": "png",
        "svg": "svg",
        "text": "text",
    },
)

WIDE: Table[WideRenderer] = Table(__name__, {"ascii": "ascii", "text": "text"})
"""The formats that are drawn for a width."""
