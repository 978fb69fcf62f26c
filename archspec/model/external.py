"""What the system works with and does not own: people, and other systems."""

from typing import ClassVar

from archspec.model.classification import Classification
from archspec.model.element import Element, Model


class Actor(Element):
    """People, or the programs of people, who use the system."""

    kind: ClassVar[str] = "actor"
    home: ClassVar[tuple[str, str]] = ("external", "actors")


class ExternalSystem(Element):
    """A service of somebody else, or of AWS where it is only called: an identity provider, a model, an e-mail API."""

    kind: ClassVar[str] = "system"
    home: ClassVar[tuple[str, str]] = ("external", "systems")

    provider: str = ""
    """Who runs it: `Stripe`."""
    classification: Classification | None = None
    """The class of the most sensitive data that it may be given."""


class ExternalArea(Model):
    """The `external:` section."""

    actors: dict[str, Actor] = {}
    """People, or the programs of people, by id."""
    systems: dict[str, ExternalSystem] = {}
    """Services of others, or of AWS where they are only called, by id."""
