"""Environments: what each is for, what stands in it, and where it differs from what all share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.documents.headings import phrase
from archspec.documents.markup import Markdown, code, escape
from archspec.documents.page import Page
from archspec.documents.wording import computed, number, unless_current
from archspec.model.element import INTERNET
from archspec.model.environment import Difference, Environment

TITLE = "Environments"

_NAMING = frozenset({"title", "name", "note", "assumed", "tags"})
"""Keys that say what an element is called: other names in another environment are no difference of the system."""

_LONGEST = 100
"""Characters of a value that are printed here."""

_COUNTED = ("vpc", "cluster", "service", "database", "cache", "load_balancer")
"""The kinds of which it is worth knowing how many there are."""


class EnvironmentRow(NamedTuple):
    """An environment; `holds` says how many of what stand in it."""

    environment: Markdown
    stage: str
    status: str
    purpose: str
    domain: Markdown
    traffic: str
    holds: Markdown
    note: str


class DifferenceRow(NamedTuple):
    """What a key of an element is in each environment, side by side."""

    element: Markdown
    key: Markdown
    values: tuple[str, ...]


class Environments(NamedTuple):
    """The facts. `shared` counts what stands once; `compared` are the headings of the values of a difference."""

    environments: tuple[EnvironmentRow, ...]
    shared: Markdown
    compared: tuple[str, ...]
    differences: tuple[DifferenceRow, ...]


def make(page: Page) -> Environments | None:
    """Return the environments, if there are any."""
    environments = page.architecture.environments
    if not environments:
        return None
    titles = tuple(one.title or id_ for id_, one in environments.items())
    are_there = any(one.status == "current" for one in environments.values())
    return Environments(
        environments=tuple(_row(page, id_, one) for id_, one in environments.items()),
        shared=_shared(page) if are_there else Markdown(),
        compared=(*titles, "All share" if are_there else "Today") if len(titles) == 1 else titles,
        differences=tuple(_differences(environments)),
    )


def _row(page: Page, id_: str, one: Environment) -> EnvironmentRow:
    holds = _holds(page, id_)
    return EnvironmentRow(
        environment=Markdown(f"{escape(one.title)} {code(id_)}") if one.title else escape(id_),
        stage=one.stage or "",
        status=unless_current(one.status),
        purpose=one.purpose,
        domain=code(one.domain),
        traffic=one.traffic,
        holds=computed(holds) if holds else Markdown(),
        note=one.note,
    )


def _shared(page: Page) -> Markdown:
    """Count what stands in no environment, by kind: `3 distributions, 9 zones`."""
    kinds = Counter(
        one.kind for one in page.architecture.elements.values() if not one.environment and one.id != INTERNET
    )
    return computed(", ".join(number(count, phrase(kind)) for kind, count in kinds.items())) if kinds else Markdown()


def _holds(page: Page, environment: str) -> str:
    """Count what stands in an environment: `3 services, 4 tasks, 1 database`."""
    elements = [one for one in page.architecture.elements.values() if one.environment == environment]
    current = [one for one in elements if one.status == "current"]
    counts = [(sum(one.kind == kind for one in current), phrase(kind)) for kind in _COUNTED]
    services = page.architecture.compute.services
    counts.insert(3, (sum(services[one.id].desired for one in current if one.id in services), "task"))
    return ", ".join(number(count, word) for count, word in counts if count)


def _differences(environments: Mapping[str, Environment]) -> Iterator[DifferenceRow]:
    """Yield every key in which environments differ, the keys of an element beside each other.

    An environment that says nothing itself has what all share; a single one is compared with that.
    """
    found: dict[str, dict[str, dict[str, Difference]]] = {}
    for id_, one in environments.items():
        for change in one.differences:
            if change.key not in _NAMING:
                found.setdefault(change.subject, {}).setdefault(change.key, {})[id_] = change
    for subject, keys in found.items():
        for key, changes in keys.items():
            shared = next(iter(changes.values())).otherwise
            values = [changes[id_].here if id_ in changes else shared for id_ in environments]
            values += [shared] if len(environments) == 1 else []
            if len(set(values)) > 1:
                yield DifferenceRow(code(subject), code(key), tuple(map(_brief, values)))


def _brief(text: str) -> str:
    """Count the members of a list that would fill a cell; the element's own section has them all."""
    return f"{text.count('; ') + 1} of them" if len(text) > _LONGEST and "; " in text else text
