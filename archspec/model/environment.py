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
    """One deployment. `differences` is filled in by loading; the sections below are empty once they are laid over."""

    title: str = ""
    stage: Stage | None = None
    status: Status = "current"
    purpose: str = ""
    domain: str = ""
    traffic: str = ""
    note: str = ""
    differences: tuple[Difference, ...] = ()

    network: Overlay = {}
    compute: Overlay = {}
    data: Overlay = {}
    messaging: Overlay = {}
    edge: Overlay = {}
    security: Overlay = {}
    observability: Overlay = {}
    delivery: Overlay = {}
    external: Overlay = {}
    flows: tuple[Any, ...] = ()


class Variable(Model):
    """A placeholder in names, `{project}`: what it stands for, and its value where that is known."""

    value: str = ""
    note: str = ""
