"""What a spec says before and after: its findings, by what they are known by and not by their lines."""

import datetime
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from archspec import api
from archspec.errors import SpecError
from archspec.findings import Finding, Stage

Texts = Mapping[str, str]
"""The texts of a spec's files by their names, the spec first."""


class Terms(NamedTuple):
    """What is asked of a spec: `select` and `ignore` say what may be fixed, and everything is looked at afterwards."""

    today: datetime.date
    longest_waiver: int
    stage: Stage | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()


class Said(NamedTuple):
    """A finding without its line and its numbers, which change with everything; or a problem, whose subject it says."""

    rule: str
    subject: str
    outcome: str


PROBLEM = "problem"
"""The outcome of what keeps a spec from being loaded."""


def load(texts: Texts, terms: Terms, environment: str = "") -> api.System:
    """Load a spec from its texts. Raises `SpecError`."""
    return api.load_texts(texts, terms.today, environment, terms.longest_waiver)


def offered(system: api.System, terms: Terms) -> list[Finding]:
    """Return the findings that offer a change, of the rules that are asked for."""
    checked = api.check(system, terms.stage, select=terms.select, ignore=terms.ignore, packs=terms.packs)
    return [one for one in checked.findings if one.edits and one.outcome == "fail" and not one.waiver]


def said(texts: Texts, terms: Terms) -> Counter[Said]:
    """Return what all rules say of a spec and of its planned environments, or why it cannot be loaded."""
    try:
        system = load(texts, terms)
        environments = system.architecture.environments.items()
        planned = [load(texts, terms, name) for name, one in environments if one.status != "current"]
    except SpecError as error:
        return Counter(Said(one.rule, one.message, PROBLEM) for one in error.problems)
    found: Counter[Said] = Counter()
    for one in (system, *planned):
        checked = api.check(one, terms.stage, packs=terms.packs)
        found += Counter(_said(finding) for finding in checked.findings)
    return found


def _said(finding: Finding) -> Said:
    return Said(finding.rule, finding.subject, f"{finding.outcome}{' waived' if finding.waiver else ''}")
