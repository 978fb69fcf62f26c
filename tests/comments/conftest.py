"""The browser that draws Mermaid is that of the renderers' tests."""

from tests.renderers.conftest import page

__all__ = ["page"]
