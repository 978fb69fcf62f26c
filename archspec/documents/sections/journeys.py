"""Journeys: named ways of requests through the system, drawn as a chain in text and told step by step."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape, fenced
from archspec.documents.page import Page
from archspec.documents.wording import unless_current
from archspec.model.journey import Journey, Step

TITLE = "Journeys"

WIDEST = 100
"""A chain goes on in the next line before it is wider than this many characters."""

_ARROW = " → "


class StepRow(NamedTuple):
    """A step: who does it to whom, and its details."""

    does: Markdown
    details: tuple[str, ...]


class JourneyFacts(NamedTuple):
    """A journey; `chain` are the lines of its drawing."""

    title: str
    status: str
    note: str
    findings: Markdown
    chain: tuple[Markdown, ...]
    steps: tuple[StepRow, ...]


class Journeys(NamedTuple):
    """Every journey, in the order of the spec."""

    journeys: tuple[JourneyFacts, ...]


def make(page: Page) -> Journeys | None:
    """Return the journeys, if there are any."""
    journeys = page.architecture.journeys
    return Journeys(tuple(_journey(page, one) for one in journeys)) if journeys else None


def _journey(page: Page, journey: Journey) -> JourneyFacts:
    chains = [chain for chain in chains_of(journey.steps) if len(chain) > 1]
    return JourneyFacts(
        title=journey.title,
        status=unless_current(journey.status),
        note=journey.note,
        findings=page.marks(journey.id),
        chain=tuple(line for chain in chains for line in _wrapped([fenced(page.label(id_)) for id_ in chain])),
        steps=tuple(StepRow(_told(page, step), step.details) for step in journey.steps),
    )


def chains_of(steps: Sequence[Step]) -> list[list[str]]:
    """Return the ids that steps lead through: a step that does not begin where the last one ended begins a new chain.

    What an element does by itself leads nowhere.
    """
    found: list[list[str]] = []
    for step in steps:
        if step.source and step.target:
            if not found or found[-1][-1] != step.source:
                found.append([step.source])
            found[-1].append(step.target)
    return found


def _wrapped(names: Sequence[Markdown]) -> Iterator[Markdown]:
    line = names[0]
    for name in names[1:]:
        if len(line) + len(_ARROW) + len(name) > WIDEST:
            yield line
            line = Markdown(f" {_ARROW}{name}")
        else:
            line = Markdown(f"{line}{_ARROW}{name}")
    yield line


def _told(page: Page, step: Step) -> Markdown:
    """Write a step: `web → queue: enqueue`, with links."""
    ends = _ARROW.join(page.refer(id_) for id_ in (step.source, step.target) if id_)
    return Markdown(": ".join(part for part in (ends, escape(step.does)) if part))
