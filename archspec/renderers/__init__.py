"""A view → a file in some format: one module a format, listed here. A renderer sees the view and nothing behind it."""

from collections.abc import Callable
from typing import Protocol

from archspec.renderers import ascii as ascii_text
from archspec.renderers import d2, drawio, mermaid, png, svg, text
from archspec.views.view import View


class Renderer(Protocol):
    """What a renderer offers."""

    EXTENSION: str

    def render(self, view: View) -> bytes:
        """Return the file. Raises `UsageError` where the view cannot be drawn."""


RENDERERS: dict[str, Renderer] = {
    "ascii": ascii_text,
    "d2": d2,
    "drawio": drawio,
    "mermaid": mermaid,
    "png": png,
    "svg": svg,
    "text": text,
}

WIDE: dict[str, Callable[[View, int], bytes]] = {"ascii": ascii_text.render, "text": text.render}
"""The formats that are drawn for a width, in characters; they raise `UsageError` for one that they cannot fill."""
