"""A spec that cannot be used, shown like findings."""

import sys

from archspec.commands.reporting import look
from archspec.errors import Problem, SpecError
from archspec.findings import Finding, Severity
from archspec.reference.beside_rules import PAGES
from archspec.reporters import text
from archspec.reporters.report import of
from archspec.rules import RULES


def show(error: SpecError) -> str:
    """Return the problems as a text report for standard error."""
    found = [finding(problem) for problem in error.problems]
    return text.report(of(found, look=look("auto", sys.stderr)))


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
