"""Findings as text for a terminal: where, what, the line itself, the way that led there, what to do."""

from collections.abc import Iterator

from archspec.errors import Location
from archspec.findings import Finding, LocatedHop
from archspec.reporters.plain import plain
from archspec.reporters.report import PLAIN, Look, Report, level
from archspec.reporters.summary import colour, summary
from archspec.reporters.terminal import Piece, cells, lines

_MARKS = {"open": "open", "blocked": "BLOCKED", "note": "note"}
_WIDEST = 120
_NARROWEST = 20
"""Characters of a line that are shown however narrow a terminal is."""


def report(given: Report) -> str:
    """Return every finding that counts, then a summary; with `info` also what is known, minor, or could not be told."""
    blocks = ["\n".join(block(finding, given.look)) for finding in given.shown]
    told = Piece(summary(given.findings, info=given.info), colour(given.findings))
    return "\n\n".join([*blocks, "\n".join(lines([told], given.look))]) + "\n"


def block(finding: Finding, look: Look = PLAIN) -> Iterator[str]:
    """Yield the lines that tell of a finding."""
    known = "known " if finding.known else ""
    head = [Piece(f"{finding.location}:", "strong"), Piece(" "), Piece(known + level(finding), level(finding))]
    yield from lines([*head, Piece(f" {finding.rule} {finding.name}", "strong")], look._replace(width=0))
    yield from lines([Piece(f"  {finding.message}")], look, 2)
    yield from excerpt(finding.location, look, level(finding))
    for hop in finding.witness:
        yield from lines(_hop(hop), look, 10)
    if finding.fix:
        yield from lines([Piece("  "), Piece(f"fix: {finding.fix}", "fix")], look, 7)
    if finding.reference:
        yield from lines([Piece(f"  see: archspec explain {finding.rule}", "dim")], look, 7)


def excerpt(location: Location, look: Look = PLAIN, means: str = "") -> Iterator[str]:
    """Yield the line that a finding stands on, and a mark under its column; nothing where there is no line."""
    if not location.text.strip():
        return
    number, line, column = str(location.line), location.text.expandtabs(1), location.column
    widest = min(_WIDEST, max(_NARROWEST, look.width - len(number) - 6)) if look.width else _WIDEST
    if len(line) > widest:
        start = max(0, min(column - widest // 2, len(line) - widest))
        line, column = line[start : start + widest], column - start
    before = " " * cells(plain(line[: column - 1]))
    unwrapped = look._replace(width=0)
    yield from lines([Piece(f"   {number} | {line}", "dim")], unwrapped)
    yield from lines([Piece(f"   {' ' * len(number)} | ", "dim"), Piece(before), Piece("^", means)], unwrapped)


def hop_line(hop: LocatedHop) -> str:
    """Write one hop of a witness: its answer, the words, where it is decided, and AWS's code for it."""
    return next(lines(_hop(hop), PLAIN))


def _hop(hop: LocatedHop) -> list[Piece]:
    place = f"  {hop.location}" if hop.location else ""
    code = f"  [{hop.code}]" if hop.code else ""
    mark = _MARKS[hop.verdict]
    return [Piece("  "), Piece(mark, hop.verdict), Piece(" " * (8 - len(mark)) + hop.text), Piece(place + code, "dim")]
