"""A spec that cannot be used, shown like findings."""

from archspec.errors import Problem, SpecError
from archspec.findings import Finding, Severity
from archspec.reference.beside_rules import PAGES
from archspec.reporters import text
from archspec.rules import RULES


def show(error: SpecError) -> str:
    """Return the problems as a text report."""
    return text.report([finding(problem) for problem in error.problems], info=False)


def finding(problem: Problem) -> Finding:
    """Return a problem as a finding."""
    page = PAGES.get(problem.rule) or RULES[problem.rule]
    return Finding(
        problem.location,
        problem.rule,
        page.NAME,
        problem.location.file,
        "fail",
        Severity.ERROR,
        problem.message,
        problem.hint,
    )
