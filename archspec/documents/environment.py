"""The templates' surroundings: sandboxed, strict about names, and unable to print unescaped text."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.documents.markup import escape

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> "SandboxedEnvironment":
    """Return the environment. What a template prints goes through `escape`, whatever filters it went through before."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        finalize=escape,
        autoescape=False,  # Jinja's own escaping is for HTML; `finalize` escapes for Markdown, and always
        trim_blocks=True,
        lstrip_blocks=True,
    )
