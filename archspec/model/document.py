"""How the document about the architecture is put together."""

from typing import Literal

from archspec.model.element import Model

SectionName = Literal[
    "overview", "pictures", "network", "traffic", "security-groups", "services", "load-balancing", "data",
    "supporting-services", "costs", "recovery", "claims", "findings", "derived",
]  # fmt: skip


class Table(Model):
    """A table of the author's own."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


class Section(Model):
    """A section of the document: a ready one, the author's own prose, or a ready one with prose before it.

    Prose is `text` (a blank line starts a paragraph), then a list of `items`, numbered `steps` and a `table`. It is
    printed as written: Markdown in it shows as what was typed.
    """

    section: SectionName | None = None
    title: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    table: Table | None = None


class DocumentArea(Model):
    """The `document:` section. Without `sections`, every ready section that has something to show stands in order."""

    sections: tuple[Section, ...] = ()
