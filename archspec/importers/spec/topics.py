"""Topics that the document shows and no claim has → problems with the topic that may be meant."""

from collections.abc import Iterator

from archspec.errors import KeyPath, Problem
from archspec.mistakes import short, suggest
from archspec.model.architecture import Architecture
from archspec.source import Source


def unclaimed(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """Yield a problem for every `claims:` of a section that names no claim's topic."""
    known = tuple(dict.fromkeys(claim.topic for claim in architecture.claims if claim.topic))
    for topic, path in _shown(architecture):
        if topic not in known:
            hint = suggest(topic, known) or "give claims this `topic:`"
            yield Problem(f"no claim has the topic '{short(topic)}'", read.locate(path), hint, "DOC001")


def _shown(architecture: Architecture) -> Iterator[tuple[str, KeyPath]]:
    """Yield every topic that a section of the document shows, and where that is written."""
    for i, section in enumerate(architecture.document.sections):
        place: KeyPath = ("document", "sections", i)
        if section.claims:
            yield section.claims, (*place, "claims")
        for j, inner in enumerate(section.sections):
            if inner.claims:
                yield inner.claims, (*place, "sections", j, "claims")
