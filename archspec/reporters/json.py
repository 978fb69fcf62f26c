"""Findings as JSON, for programs. `version` changes when a key does, and not when one is added.

`archspec schema --findings` prints its JSON Schema, which is made from the types here.
"""

import json
import re
from collections.abc import Mapping
from typing import Literal, TypedDict

from archspec.errors import Location
from archspec.findings import Finding, Severity
from archspec.reporters.plain import is_hidden
from archspec.reporters.report import Report
from archspec.reporters.summary import counts

Word = Literal["info", "warning", "error"]

VERSION: Literal[1] = 1
_NO_PLAIN_ASCII = re.compile(r"[^\n -~]")
_SEVERITIES: Mapping[Severity, Word] = {
    Severity.INFO: "info",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
}


class Place(TypedDict):
    """A place in a file."""

    file: str
    line: int
    column: int


class Step(TypedDict):
    """A hop of a witness: one question on the way, and its answer."""

    verdict: Literal["open", "blocked", "note"]
    text: str
    code: str
    location: Place | None


class Entry(TypedDict):
    """A finding."""

    rule: str
    name: str
    severity: Word
    outcome: Literal["fail", "unknown"]
    subject: str
    message: str
    fix: str
    location: Place
    witness: list[Step]
    reference: str
    fingerprint: str
    waiver: str | None
    known: bool


class Counts(TypedDict):
    """How many findings there are of each sort."""

    errors: int
    warnings: int
    infos: int
    waived: int
    known: int
    unknown: int


class Content(TypedDict):
    """The findings of a run of `archspec lint`, `scan` or `drift`."""

    version: Literal[1]
    findings: list[Entry]
    summary: Counts


def report(given: Report) -> str:
    """Return every finding, waived and known ones too, with their counts; `info` also gives minor and unknown ones."""
    shown = [one for one in given.findings if given.info or one.severity > Severity.INFO]
    content: Content = {
        "version": VERSION,
        "findings": [_finding(one) for one in shown],
        "summary": _counts(counts(given.findings)),
    }
    return write(content)


def write(content: object) -> str:
    """Return data as JSON that is harmless where a terminal shows it."""
    return _escaped(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"


def _escaped(text: str) -> str:
    """Write what could hide or fake output on a terminal as JSON's escapes, which programs read as the same text."""
    return _NO_PLAIN_ASCII.sub(lambda found: _shown(found[0]), text)


def _shown(char: str) -> str:
    return json.dumps(char)[1:-1] if is_hidden(char) else char


def _counts(found: Mapping[str, int]) -> Counts:
    return {
        "errors": found["errors"],
        "warnings": found["warnings"],
        "infos": found["infos"],
        "waived": found["waived"],
        "known": found["known"],
        "unknown": found["unknown"],
    }


def _finding(finding: Finding) -> Entry:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": _SEVERITIES[finding.severity],
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


def _location(location: Location) -> Place:
    return {"file": location.file, "line": location.line, "column": location.column}
