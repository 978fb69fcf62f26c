"""What the rules find open now and did not before, and what they find no more.

An error is graded medium and a warning low: `archspec lint` is what fails for findings, and where there is more to a
change than a finding says, another risk says it.
"""

from collections.abc import Iterable, Iterator, Mapping

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.findings import Finding, LocatedHop, Severity
from archspec.graph.shortened import and_more

_GRADES: Mapping[Severity, Grade] = {
    Severity.ERROR: Grade.MEDIUM,
    Severity.WARNING: Grade.LOW,
    Severity.INFO: Grade.NONE,
    Severity.OFF: Grade.NONE,
}


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield a sentence for each rule that finds something new, and for each that finds something no more."""
    old, new = versions.findings
    were_open, fail = _subjects(one for one in old if one.is_open), _subjects(new)
    for found in _by_rule(one for one in new if one.is_open and (one.rule, one.subject) not in were_open):
        worst = max(found, key=lambda one: one.severity)
        text = f"{_rule(found)} finds {_whom(found)}: {_reason(worst)}"
        yield Risk(_GRADES[worst.severity], worst.subject, text, worst.location, _facts(found))
    gone = {one.id for one in versions.gone}
    left = (one for one in old if gone.isdisjoint(one.subject.split(" ")))  # of what is gone nothing can be found
    for found in _by_rule(one for one in left if one.is_open and (one.rule, one.subject) not in fail):
        text = f"{_rule(found)} no longer finds {_whom(found)}"
        yield Risk(Grade.NONE, found[0].subject, text, found[0].location, _facts(found))


def _subjects(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(one.rule, one.subject) for one in findings}


def _by_rule(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    found: dict[str, dict[str, Finding]] = {}
    for one in findings:
        found.setdefault(one.rule, {}).setdefault(one.subject, one)
    return [[*found[rule].values()] for rule in sorted(found)]


def _rule(found: list[Finding]) -> str:
    return f"{found[0].rule} {found[0].name}"


def _whom(found: list[Finding]) -> str:
    return and_more(max(found, key=lambda one: one.severity).subject, len(found) - 1)


def _reason(finding: Finding) -> str:
    return finding.message.removeprefix(f"{finding.subject}: ").removeprefix(f"{finding.subject} ")


def _facts(found: list[Finding]) -> tuple[LocatedHop, ...]:
    return tuple(LocatedHop("note", one.message, one.location, one.rule) for one in found)
