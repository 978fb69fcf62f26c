"""Rules over a graph → findings: run, rate, place, waive, sort."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from archspec import frameworks
from archspec.errors import Locate, Location
from archspec.expressions import ExpressionError
from archspec.findings import CRASH, Finding, Hop, LocatedHop, Severity, Stage, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.status import current
from archspec.rules import Rule, stale_waiver
from archspec.waiving import mistaken, waive


class Tally(NamedTuple):
    """How many subjects a rule had, and how many of them failed it or could not be judged."""

    subjects: int
    failed: int
    unknown: int

    @property
    def passed(self) -> int:
        """The rest."""
        return self.subjects - self.failed - self.unknown

    def failing(self, more: int) -> "Tally":
        """Return the tally with so many more that failed, of those that had passed."""
        return self._replace(failed=self.failed + more)


class Checked(NamedTuple):
    """The findings, sorted by place, and the tally of every rule that ran."""

    findings: tuple[Finding, ...]
    tallies: Mapping[str, Tally]


def check(
    graph: Graph, rules: Iterable[Rule], stage: Stage | None, locate: Locate, known: Collection[str] = ()
) -> Checked:
    """Run the rules at a stage, or without one at that of each subject's environment.

    A rule that crashes becomes a finding that names it, and the others still run. `known` are the ids of all rules,
    also of those that do not run: a waiver may name any of them.
    """
    findings: list[Finding] = []
    tallies: dict[str, Tally] = {}
    stages = _Stages(graph.architecture, stage)
    for rule in rules:
        if not stages.any_runs(rule):
            continue
        try:
            results, tallies[rule.ID] = run_rule(rule, graph)
        except Exception as error:  # noqa: BLE001  a rule may raise anything, and must not take the others down
            findings.append(_crash(rule, error, locate))
            continue
        rated = [(_raised(stages.severity(rule, result.subject), result), result) for result in results]
        findings += [_finding(rule, severity, result, locate) for severity, result in rated if severity]
    waived = waive(findings, graph)
    if stale_waiver.ID in tallies:
        severity = stages.severity(stale_waiver, "")
        wrong = list(mistaken(findings, graph, tallies, known))
        failed = {finding.subject for finding in findings if finding.rule == stale_waiver.ID}
        also = sum(violation.subject not in failed for violation in wrong)
        tallies[stale_waiver.ID] = tallies[stale_waiver.ID].failing(also)
        waived += [_finding(stale_waiver, severity, violation, locate) for violation in wrong]
    return Checked(tuple(sorted(waived, key=_order)), tallies)


class _Stages:
    """The severity of a rule for a subject: by the stage that was asked for, or that of the subject's environment."""

    def __init__(self, architecture: Architecture, asked: Stage | None) -> None:
        self.asked, self.architecture = asked, architecture
        environments = current(architecture.environments.values())
        stages: set[Stage] = {one.stage for one in environments if one.stage}
        self.all = {asked} if asked else {architecture.stage} | stages

    def any_runs(self, rule: Rule) -> bool:
        """Whether the rule runs at any of the stages."""
        return any(getattr(rule.SEVERITY, stage) for stage in self.all)

    def severity(self, rule: Rule, subject: str) -> Severity:
        """Return how bad a violation of a subject is; a flow's environment is that of the end that it starts from."""
        rated: Severity = getattr(rule.SEVERITY, self.asked or self._stage(subject))
        return rated

    def _stage(self, subject: str) -> Stage:
        ends = [self.architecture.stage_of(end.split(" ")[0]) for end in subject.split(" -> ")]
        return next((stage for stage in ends if stage != self.architecture.stage), self.architecture.stage)


def _raised(severity: Severity, result: Violation | Unknown) -> Severity:
    """Return the severity of a result: never less than it says itself, where the rule runs at all."""
    if not severity or isinstance(result, Unknown):
        return severity
    return max(severity, result.at_least)


def _order(finding: Finding) -> tuple[Location, str, str, str]:
    return finding.location, finding.rule, finding.subject, finding.message


def run_rule(rule: Rule, graph: Graph) -> tuple[list[Violation | Unknown], Tally]:
    """Judge every subject of a rule: what was found, and how many subjects passed, failed or could not be judged."""
    results: list[Violation | Unknown] = []
    subjects = failed = unknown = 0
    for subject in rule.subjects(graph):
        subjects += 1
        found = [*rule.check(graph, subject)]
        if not found:
            continue
        results += found
        # By subject and not by its id: two flows may have one id, and each of them fails.
        if Violation in map(type, found):
            failed += 1
        else:
            unknown += 1
    return results, Tally(subjects, failed, unknown)


def _finding(rule: Rule, severity: Severity, result: Violation | Unknown, locate: Locate) -> Finding:
    reference = frameworks.shown(rule.REFERENCES)
    place = locate(result.path)
    if isinstance(result, Unknown):
        message, fix = _untold(result)
        return Finding(place, rule.ID, rule.NAME, result.subject, "unknown", Severity.INFO, message, fix, (), reference)
    witness = tuple(located(hop, locate) for hop in result.witness)
    return Finding(
        place,
        rule.ID,
        rule.NAME,
        result.subject,
        "fail",
        severity,
        result.message,
        result.fix,
        witness,
        reference,
        edits=result.edits,
    )


def _untold(unknown: Unknown) -> tuple[str, str]:
    """Return message and fix. A fact in words and not a key is a reason why nothing that could be stated would tell."""
    if " " in unknown.fact:
        return f"{unknown.subject}: {unknown.fact}, so this cannot be told", ""
    return f"{unknown.subject}: '{unknown.fact}' is not stated, so this cannot be told", f"state `{unknown.fact}`"


def located(hop: Hop, locate: Locate) -> LocatedHop:
    """Give a hop its place; one that no line decides has none."""
    return LocatedHop(hop.verdict, hop.text, locate(hop.path) if hop.path else None, hop.code, hop.ends)


def _crash(rule: Rule, error: Exception, locate: Locate) -> Finding:
    message = f"the rule {rule.ID} {rule.NAME} crashed: {type(error).__name__}: {error}"
    what = "mend its expression" if isinstance(error, ExpressionError) else "report it"
    fix = f"{what}; the other rules ran"
    return Finding(locate(()), CRASH, "rule-crashed", rule.ID, "fail", Severity.ERROR, message, fix)
