"""Findings as one line each: `file:line:column: severity RULE name: message`, which editors and `grep` understand."""

from archspec.findings import Finding
from archspec.reporters.plain import plain
from archspec.reporters.report import Report, level
from archspec.reporters.summary import colour, summary
from archspec.reporters.terminal import Piece, lines


def report(given: Report) -> str:
    """Return a line for every finding that counts, then a summary; with `info` for those of a text report with it."""
    look = given.look._replace(width=0)
    rows = [_pieces(finding) for finding in given.shown]
    rows.append([Piece(summary(given.findings, info=given.info), colour(given.findings))])
    return "".join(f"{line}\n" for row in rows for line in lines(row, look))


def line(finding: Finding) -> str:
    """Return a finding on one line, without colours."""
    return plain("".join(one.text for one in _pieces(finding)))


def _pieces(finding: Finding) -> list[Piece]:
    known = "known " if finding.known else ""
    return [
        Piece(f"{finding.location}:", "strong"),
        Piece(" "),
        Piece(known + level(finding), level(finding)),
        Piece(f" {finding.rule} {finding.name}:", "strong"),
        Piece(f" {finding.message}"),
    ]
