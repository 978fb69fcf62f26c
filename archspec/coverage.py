"""What the rules say of systems, by the controls of a framework: which are passed, failed, unknown, not applicable."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from archspec.checks import Checked, Tally
from archspec.findings import CRASH
from archspec.frameworks import FRAMEWORKS, Framework, address, framework_of, order
from archspec.rules import Documented

Outcome = Literal["passed", "failed", "unknown", "not applicable"]
OUTCOMES: tuple[Outcome, ...] = ("passed", "failed", "unknown", "not applicable")
_NOBODY = Tally(0, 0, 0)


class RuleTally(NamedTuple):
    """A rule and its subjects in all systems together. One that crashed anywhere cannot be told."""

    id: str
    name: str
    tally: Tally
    crashed: bool


class Control(NamedTuple):
    """A control of a framework, and the rules that refer to it."""

    id: str
    rules: tuple[RuleTally, ...]

    @property
    def address(self) -> str:
        """Where it is described."""
        return address(self.id)

    @property
    def tally(self) -> Tally:
        """The subjects of all its rules."""
        return _sum(one.tally for one in self.rules)

    @property
    def outcome(self) -> Outcome:
        """Failed where anything fails, unknown where anything cannot be told, passed where something was judged."""
        tally = self.tally
        if tally.failed:
            return "failed"
        if tally.unknown or any(one.crashed for one in self.rules):
            return "unknown"
        return "passed" if tally.subjects else "not applicable"


class Coverage(NamedTuple):
    """A framework and those of its controls that rules refer to, in order."""

    framework: Framework
    controls: tuple[Control, ...]

    @property
    def totals(self) -> dict[Outcome, int]:
        """How many controls have each outcome."""
        outcomes = [control.outcome for control in self.controls]
        return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}


def coverage(rules: Sequence[Documented], checked: Sequence[Checked], wanted: str = "") -> list[Coverage]:
    """Return how systems stand in the framework that is wanted, or in each.

    What a waiver accepts has failed all the same. A rule that is off at a system's stage is not applicable there.
    """
    tallies = {rule.ID: _tally(rule, checked) for rule in rules}
    return [
        Coverage(framework, tuple(_controls(framework, rules, tallies)))
        for framework in FRAMEWORKS
        if wanted in ("", framework.key)
    ]


def _controls(framework: Framework, rules: Sequence[Documented], tallies: Mapping[str, RuleTally]) -> Iterable[Control]:
    found: dict[str, list[RuleTally]] = {}
    for rule in rules:
        for reference in dict.fromkeys(rule.REFERENCES):
            if framework_of(reference) == framework:
                found.setdefault(reference, []).append(tallies[rule.ID])
    return [Control(control, tuple(found[control])) for control in sorted(found, key=order)]


def _tally(rule: Documented, checked: Sequence[Checked]) -> RuleTally:
    tally = _sum(one.tallies.get(rule.ID, _NOBODY) for one in checked)
    crashed = any(finding.rule == CRASH and finding.subject == rule.ID for one in checked for finding in one.findings)
    return RuleTally(rule.ID, rule.NAME, tally, crashed)


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(
        sum(one.subjects for one in found), sum(one.failed for one in found), sum(one.unknown for one in found)
    )
