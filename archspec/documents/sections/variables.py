"""Variables: the placeholders in names, what they stand for, and their values where those are known."""

from typing import NamedTuple

from archspec.documents.markup import Markdown, code
from archspec.documents.page import Page

TITLE = "Variables"


class VariableRow(NamedTuple):
    """A placeholder as names have it."""

    variable: Markdown
    value: Markdown
    note: str


class Variables(NamedTuple):
    """Every variable, in the order of the spec."""

    variables: tuple[VariableRow, ...]


def make(page: Page) -> Variables | None:
    """Return the variables, if there are any."""
    rows = [
        VariableRow(code(f"{{{name}}}"), code(one.value), one.note) for name, one in page.architecture.variables.items()
    ]
    return Variables(tuple(rows)) if rows else None
