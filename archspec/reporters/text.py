"""Findings as text for a terminal: where, what, the line itself, the way that led there, what to do."""

import unicodedata
from collections.abc import Iterator, Sequence

from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.reporters.plain import plain
from archspec.reporters.summary import summary

_MARKS = {"open": "open", "blocked": "BLOCKED", "note": "note"}
_WIDEST = 120


def report(findings: Sequence[Finding], *, info: bool) -> str:
    """Return every finding that counts, then a summary; with `info` also what is known, minor, or could not be told."""
    shown = [one for one in findings if not one.waiver and (info or (one.severity > Severity.INFO and not one.known))]
    blocks = ["\n".join(_block(finding)) for finding in shown]
    return "\n\n".join([*blocks, summary(findings, info=info)]) + "\n"


def _block(finding: Finding) -> Iterator[str]:
    level = "unknown" if finding.outcome == "unknown" else finding.severity.name.lower()
    level = f"known {level}" if finding.known else level
    yield plain(f"{finding.location}: {level} {finding.rule} {finding.name}")
    yield plain(f"  {finding.message}")
    yield from excerpt(finding.location)
    for hop in finding.witness:
        yield hop_line(hop)
    if finding.fix:
        yield plain(f"  fix: {finding.fix}")
    if finding.reference:
        yield plain(f"  see: archspec explain {finding.rule}")


def excerpt(location: Location) -> Iterator[str]:
    """Yield the line that a finding stands on, and a mark under its column; nothing where there is no line."""
    if not location.text.strip():
        return
    number, line, column = str(location.line), location.text.expandtabs(1), location.column
    if len(line) > _WIDEST:
        start = max(0, min(column - _WIDEST // 2, len(line) - _WIDEST))
        line, column = line[start : start + _WIDEST], column - start
    yield plain(f"   {number} | {line}")
    yield f"   {' ' * len(number)} | {' ' * _cells(plain(line[: column - 1]))}^"


def _cells(text: str) -> int:
    """Count the cells of a terminal that a text takes: two for a wide character, none for one put onto another."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def hop_line(hop: LocatedHop) -> str:
    """Write one hop of a witness: its answer, the words, where it is decided, and AWS's code for it."""
    place = f"  {hop.location}" if hop.location else ""
    code = f"  [{hop.code}]" if hop.code else ""
    return plain(f"  {_MARKS[hop.verdict]:<8}{hop.text}{place}{code}")
