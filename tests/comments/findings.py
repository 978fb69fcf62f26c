"""Findings and systems for the tests of comments."""

from typing import Literal

from archspec.changes import Difference
from archspec.comments import Compared, Origin, Places, Standing
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity

HERE = Location("specs/shop.yaml", 3, 5)
COMMITS = ("a" * 12, "a" * 40), ("", "b" * 40)
PLACES = Places("/repository", ".", *COMMITS)
ORIGIN = Origin("main", "a" * 12)


def finding(
    rule: str = "NET001",
    subject: str = "db",
    severity: Severity = Severity.ERROR,
    outcome: Literal["fail", "unknown"] = "fail",
    message: str = "is wrong",
) -> Finding:
    """Return a finding with a fix and a step."""
    hop = LocatedHop("note", "because", HERE, "")
    return Finding(HERE, rule, "a-rule", subject, outcome, severity, message, "mend it", (hop,))


def system(standing: Standing, difference: Difference | None = None) -> Compared:
    """Return a system of which something is told."""
    old, new = f"{'a' * 12}:specs/shop.yaml", "specs/shop.yaml"
    return Compared("shop", old, new, difference or Difference("shop", old, new), (), standing)
