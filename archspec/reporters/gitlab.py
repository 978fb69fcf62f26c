"""Findings as GitLab's code quality report, which a merge request compares with its target's.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from archspec.findings import Finding, Severity
from archspec.reporters.json import write
from archspec.reporters.plain import plain
from archspec.reporters.report import Report

_SEVERITIES = {Severity.OFF: "info", Severity.INFO: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}


def report(given: Report) -> str:
    """Return the findings that count as a list; GitLab takes each once by its fingerprint, so that no two share one."""
    seen: Counter[tuple[str, str]] = Counter()
    entries = []
    for one in given.shown:
        path = given.repository.path(one.location.file)
        known_by = (path, one.fingerprint)
        seen[known_by] += 1
        entries.append(_entry(one, path, seen[known_by]))
    return write(entries)


def _entry(finding: Finding, path: str, count: int) -> dict[str, Any]:
    fingerprint = f"{path}\0{finding.fingerprint}\0{count}".encode("utf-8", "surrogatepass")
    return {
        "description": _description(finding),
        "check_name": finding.rule,
        "fingerprint": sha256(fingerprint).hexdigest(),
        "severity": "info" if finding.outcome == "unknown" else _SEVERITIES[finding.severity],
        "location": {
            "path": path.encode("utf-8", "replace").decode(),
            "lines": {"begin": finding.location.line},
        },
    }


def _description(finding: Finding) -> str:
    fix = f"; fix: {finding.fix}" if finding.fix else ""
    return plain(f"{finding.rule} {finding.name}: {finding.message}{fix}")
