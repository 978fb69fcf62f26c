"""Findings as JSON, for programs. `version` changes when a key does, and not when one is added."""

import json
from collections.abc import Sequence
from typing import Any

from archspec.errors import Location
from archspec.findings import Finding, Severity
from archspec.reporters.plain import is_hidden
from archspec.reporters.summary import counts

VERSION = 1


def report(findings: Sequence[Finding], *, info: bool) -> str:
    """Return every finding, waived and known ones too, with their counts; `info` also gives minor and unknown ones."""
    shown = [one for one in findings if info or one.severity > Severity.INFO]
    content = {"version": VERSION, "findings": [_finding(one) for one in shown], "summary": counts(findings)}
    return write(content)


def write(content: object) -> str:
    """Return data as JSON that is harmless where a terminal shows it."""
    return _escaped(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"


def _escaped(text: str) -> str:
    """Write what could hide or fake output on a terminal as JSON's escapes, which programs read as the same text."""
    return "".join(json.dumps(char)[1:-1] if char != "\n" and is_hidden(char) else char for char in text)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.name.lower(),
        "outcome": finding.outcome,
        "subject": finding.subject,
        "message": finding.message,
        "fix": finding.fix,
        "location": _location(finding.location),
        "witness": [
            {
                "verdict": hop.verdict,
                "text": hop.text,
                "code": hop.code,
                "location": _location(hop.location) if hop.location else None,
            }
            for hop in finding.witness
        ],
        "reference": finding.reference,
        "fingerprint": finding.fingerprint,
        "waiver": finding.waiver or None,
        "known": finding.known,
    }


def _location(location: Location) -> dict[str, Any]:
    return {"file": location.file, "line": location.line, "column": location.column}
