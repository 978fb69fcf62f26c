"""A spec that cannot be used, shown like findings."""

from collections.abc import Mapping

from archspec.errors import Problem, SpecError
from archspec.findings import Finding, Severity
from archspec.reporters import text

NAMES: Mapping[str, str] = {
    "DOC000": "unreadable-spec",
    "DOC001": "unresolved-reference",
    "DOC002": "unknown-key-or-placeholder",
}


def show(error: SpecError) -> str:
    """Return the problems as a text report."""
    return text.report([finding(problem) for problem in error.problems], info=False)


def finding(problem: Problem) -> Finding:
    """Return a problem as a finding."""
    return Finding(
        problem.location,
        problem.rule,
        NAMES[problem.rule],
        problem.location.file,
        "fail",
        Severity.ERROR,
        problem.message,
        problem.hint,
    )
