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
    rows: tuple[tuple[str, ...], ...] = ()


class Code(Model):
    """Text that is shown as it is, in a box: commands, a configuration, a format."""

    language: str = Field("", pattern=r"^[a-z0-9+-]*$")
    text: str


class Subsection(Model):
    """The author's own prose: `text` (a blank line starts a paragraph), `items`, `steps`, a `table`, `code`.

    It is printed as written: Markdown in it shows as what was typed. `claims` shows the claims of a topic.
    """

    title: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    table: Table | None = None
    code: Code | None = None
    claims: str = ""


class Ready(Model):
    """The name of a section that archspec makes. On its own, because the keys of a base come first."""

    section: SectionName | None = None


class Section(Subsection, Ready):
    """A section of the document: a ready one, the author's own prose, or a ready one with prose before it.

    `sections` are smaller ones inside this one, before what a ready section shows.
    """

    sections: tuple[Subsection, ...] = ()


class DocumentArea(Model):
    """The `document:` section. Without `sections`, every ready section that has something to show stands in order."""

    sections: tuple[Section, ...] = ()
