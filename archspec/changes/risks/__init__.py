"""What makes a change risky, one sort of risk a module, listed here.

A module takes both versions and yields a sentence with its grade and facts: what became worse, and, graded as none,
what became better. It tells of what stands in both versions, unless it is about things that come or go.
"""

from collections.abc import Iterable
from typing import Protocol

from archspec.changes.change import LocatedRisk, Risk
from archspec.changes.risks import (
    blocked_flows,
    data_lost,
    findings,
    monthly_cost,
    objectives,
    open_to_internet,
    opened_between,
    permissions,
    protection,
    recovery_points,
    recovery_times,
    redundancy,
    renamed_stores,
    single_points,
    waivers,
)
from archspec.changes.versions import Versions
from archspec.checks import located
from archspec.errors import Location
from archspec.findings import LocatedHop
from archspec.views.ordered import natural


class RiskModule(Protocol):
    """What a module of risks offers."""

    def risks(self, versions: Versions) -> Iterable[Risk]:
        """Yield what is riskier in the new version than in the old one, or less."""


RISKS: dict[str, RiskModule] = {
    "data-lost": data_lost,
    "open-to-internet": open_to_internet,
    "opened-between": opened_between,
    "protection": protection,
    "permissions": permissions,
    "blocked-flows": blocked_flows,
    "recovery-points": recovery_points,
    "recovery-times": recovery_times,
    "objectives": objectives,
    "redundancy": redundancy,
    "single-points": single_points,
    "renamed-stores": renamed_stores,
    "waivers": waivers,
    "findings": findings,
    "monthly-cost": monthly_cost,
}
"""Name → module; of risks with one grade, those of the first in this order stand first."""


def graded(versions: Versions) -> tuple[LocatedRisk, ...]:
    """Return every risk with its place, worst first."""
    order = {name: position for position, name in enumerate(RISKS)}
    found = [_located(versions, name, one) for name, module in RISKS.items() for one in module.risks(versions)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (-one.grade, order[one.name], natural(one.subject))))


def _located(versions: Versions, name: str, risk: Risk) -> LocatedRisk:
    side = versions.old if risk.side == "old" else versions.new
    locate, elements = side.locate, side.stated.elements
    place = risk.place if isinstance(risk.place, Location) else locate(risk.place)
    facts = tuple(hop if isinstance(hop, LocatedHop) else located(hop, locate) for hop in risk.facts)
    steps = () if isinstance(risk.place, Location) else risk.place
    element = next((str(step) for step in steps if step in elements and elements[str(step)].path[:3] == steps[:3]), "")
    return LocatedRisk(risk.grade, name, risk.subject, risk.text, place, facts, element)
