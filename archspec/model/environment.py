"""Environments: deployments of one architecture, and how each differs from what they share."""

from typing import Any, Literal

from archspec.model.element import Model, Status

Stage = Literal["production", "staging", "development"]
Overlay = dict[str, dict[str, Any]]
"""Elements by key and id, as in the section of the same name, with only what differs; loading lays it over the rest."""


class Difference(Model):
    """Where an environment says something else: the element, the key in it, and both values as text."""

    subject: str
    key: str
    here: str
    otherwise: str


class Environment(Model):
    """One deployment: what is said about it, and what differs in it from what stands at the top of the spec.

    A value replaces, a mapping is merged key by key, `~` leaves an element out.
    """

    # Loading fills in `differences`; the sections below it are empty once they are laid over.

    title: str = ""
    """How people call it; left out, its name."""
    stage: Stage | None = None
    """How serious findings in it are; left out, the stage of the spec."""
    status: Status = "current"
    """Whether it is there today; one that is planned is looked at where `--environment` names it."""
    purpose: str = ""
    """What it is for."""
    domain: str = ""
    """The name under which people reach it: `staging.example.com`."""
    traffic: str = ""
    """Who uses it, and how much, in words."""
    note: str = ""
    differences: tuple[Difference, ...] = ()

    network: Overlay = {}
    """What differs in the network: elements by key and id, with only the keys that differ; `nat-b: ~` leaves one
    out.
    """
    compute: Overlay = {}
    """What differs in what runs: elements by key and id, with only the keys that differ."""
    data: Overlay = {}
    """What differs in where data rests: elements by key and id, with only the keys that differ."""
    messaging: Overlay = {}
    """What differs in topics and queues: elements by key and id, with only the keys that differ."""
    edge: Overlay = {}
    """What differs in what stands before the system: elements by key and id, with only the keys that differ."""
    security: Overlay = {}
    """What differs in what protects: elements by key and id, with only the keys that differ."""
    observability: Overlay = {}
    """What differs in what watches: elements by key and id, with only the keys that differ."""
    delivery: Overlay = {}
    """What differs in what ships: elements by key and id, with only the keys that differ."""
    external: Overlay = {}
    """What differs in people and other systems: elements by key and id, with only the keys that differ."""
    flows: tuple[Any, ...] = ()
    """Connections that are only in this environment, beside those of all."""


class Variable(Model):
    """A placeholder in names, `{project}`: what it stands for, and its value where that is known."""

    value: str = ""
    """What it is replaced by, where that is known."""
    note: str = ""
    """What it stands for."""
