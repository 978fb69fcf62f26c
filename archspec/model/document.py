"""How the document about the architecture is put together."""

from typing import Literal

from pydantic import Field

from archspec.model.element import Model

SectionName = Literal[
    "overview", "pictures", "network", "traffic", "security-groups", "services", "load-balancing", "edge", "data",
    "storage", "messaging", "external", "access", "protection", "observability", "delivery", "supporting-services",
    "journeys", "costs", "recovery", "operations", "environments", "variables", "claims", "findings", "derived",
    "inventory",
]  # fmt: skip


class Table(Model):
    """A table of the author's own."""

    columns: tuple[str, ...]
    """The headings of its columns."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Its rows, each a list of texts, one for each column."""


class Code(Model):
    """Text that is shown as it is, in a box: commands, a configuration, a format."""

    language: str = Field("", pattern=r"^[a-z0-9+-]*$")
    """Its language, for colours: `sql`, `bash`."""
    text: str
    """The text, shown as it is."""


class Subsection(Model):
    """The author's own prose. It is printed as written: Markdown in it shows as what was typed."""

    title: str = ""
    """Its heading."""
    text: str = ""
    """Prose; a blank line starts a paragraph."""
    items: tuple[str, ...] = ()
    """A list with bullets."""
    steps: tuple[str, ...] = ()
    """A list with numbers."""
    table: Table | None = None
    """A table of your own."""
    code: Code | None = None
    """Text that is shown as it is, in a box."""
    claims: str = ""
    """The topic whose claims are shown."""


class Ready(Model):
    """The name of a section that archspec makes. On its own, because the keys of a base come first."""

    section: SectionName | None = None
    """The section that archspec makes and that stands here."""


class Section(Subsection, Ready):
    """A section of the document: a ready one, the author's own prose, or a ready one with prose before it."""

    sections: tuple[Subsection, ...] = ()
    """Smaller sections inside this one, before what a ready section shows."""


class DocumentArea(Model):
    """The `document:` section. Without `sections`, every ready section that has something to show stands in order."""

    sections: tuple[Section, ...] = ()
    """The sections in the order in which they stand; left out, every ready one that has something to show."""
