"""How the document about the architecture is put together."""

from typing import Literal

from archspec.model.element import Model

SectionName = Literal[
    "overview", "pictures", "network", "traffic", "security-groups", "services", "data", "supporting-services",
    "costs", "recovery", "claims", "findings", "derived",
]  # fmt: skip


class Section(Model):
    """A section of the document: a ready one, the author's own `text`, or a ready one with text before it."""

    section: SectionName | None = None
    title: str = ""
    text: str = ""


class DocumentArea(Model):
    """The `document:` section. Without `sections`, every ready section that has something to show stands in order."""

    sections: tuple[Section, ...] = ()
