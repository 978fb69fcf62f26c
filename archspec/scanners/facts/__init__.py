"""Why a check of checkov fails: the fact of the spec that decides it, with its line, or nothing.

A check that a fact decides is no defect of the export: whoever does not want it changes the spec. What no fact explains
stays open. https://www.checkov.io/5.Policy%20Index/terraform.html
"""

from collections.abc import Mapping

from archspec.artifacts import Origin
from archspec.errors import Locate
from archspec.model.architecture import Architecture
from archspec.scanners import Explain
from archspec.scanners.facts import edge, network, stores, workloads
from archspec.scanners.facts.fact import Asked, Fact, Question

FACTS: Mapping[str, Question] = {**network.FACTS, **edge.FACTS, **stores.FACTS, **workloads.FACTS}
"""Check → what asks for the fact that makes it fail."""


def fact(architecture: Architecture, check: str, address: str, origin: Origin) -> Fact | None:
    """Return the fact that makes a check fail on the exported resource of that address; nothing where none does."""
    question = FACTS.get(check)
    return question(Asked(architecture, address, origin)) if question else None


def explainer(architecture: Architecture, locate: Locate) -> Explain:
    """Return what tells the reason of a failed check, with the file and line of the fact; nothing without a fact."""

    def explain(check: str, address: str, origin: Origin) -> str:
        found = fact(architecture, check, address, origin)
        if found is None:
            return ""
        place = locate(found.path)
        return f"the spec decides it: {found.says} ({place.file}:{place.line})"

    return explain
