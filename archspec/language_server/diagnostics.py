"""Findings and problems → diagnostics, by the files that they are in."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lsprotocol import types as lsp

from archspec import frameworks
from archspec.errors import Location, Problem
from archspec.findings import Finding, LocatedHop, Severity
from archspec.language_server.lines import Lines
from archspec.language_server.linting import Linted
from archspec.language_server.slots import slots
from archspec.source.lines import line_end, line_start, offset
from archspec.source.removing import content_end
from archspec.source.spans import Child

SOURCE = "archspec"
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_WORD = re.compile(r"[^\s,\[\]{}:#]+")


class Client(NamedTuple):
    """What answers depend on beside the texts: how the client calls files and counts columns, what it can show."""

    lines: Callable[[str], Lines]
    uri: Callable[[str], str]
    shows_related: bool = False
    shows_links: bool = False


def diagnostics(linted: Linted, client: Client) -> Mapping[str, list[lsp.Diagnostic]]:
    """Return the diagnostics of a spec by the real paths of its files, of those too that have none.

    A finding that a waiver accepts is none; one that the baseline knows, and what could not be told, is a hint.
    """
    found: dict[str, list[lsp.Diagnostic]] = {path: [] for path in linted.files.values()}
    for problem in linted.problems:
        found.setdefault(linted.path(problem.location.file), []).append(_of_problem(problem, linted, client))
    for finding in linted.findings:
        if not finding.waiver:
            found.setdefault(linted.path(finding.location.file), []).append(_of_finding(finding, linted, client))
    return found


def _of_problem(problem: Problem, linted: Linted, client: Client) -> lsp.Diagnostic:
    place = problem.location
    data = {"rule": problem.rule, "message": problem.message, "hint": problem.hint, "file": place.file}
    return lsp.Diagnostic(
        range=place_range(place, linted, client),
        message=_sentence(problem.message, problem.hint),
        severity=lsp.DiagnosticSeverity.Error,
        code=problem.rule,
        source=SOURCE,
        data={**data, "line": place.line, "column": place.column},
    )


def _of_finding(finding: Finding, linted: Linted, client: Client) -> lsp.Diagnostic:
    is_quiet = finding.outcome == "unknown" or finding.known
    link = _page(finding.rule) if client.shows_links else ""
    return lsp.Diagnostic(
        range=place_range(finding.location, linted, client),
        message=_sentence(finding.message, finding.fix) + (" (known)" if finding.known else ""),
        severity=lsp.DiagnosticSeverity.Hint if is_quiet else _SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=lsp.CodeDescription(link) if link else None,
        source=SOURCE,
        related_information=list(_hops(finding, linted, client)) if client.shows_related and finding.witness else None,
        data={"rule": finding.rule, "subject": finding.subject, "message": finding.message},
    )


def _sentence(message: str, hint: str) -> str:
    return f"{message}\n{hint}" if hint else message


def _hops(finding: Finding, linted: Linted, client: Client) -> Iterator[lsp.DiagnosticRelatedInformation]:
    for hop in finding.witness:
        if hop.location:
            path = linted.path(hop.location.file)
            location = lsp.Location(client.uri(path), place_range(hop.location, linted, client))
            yield lsp.DiagnosticRelatedInformation(location, _spell(hop))


def _spell(hop: LocatedHop) -> str:
    return hop.text if hop.verdict == "note" else f"{hop.verdict}: {hop.text}"


@lru_cache(maxsize=512)
def _page(rule: str) -> str:
    """Return a page on the web that a rule of archspec's own is based on; nothing where it names none."""
    from archspec.rulepacks import built_in

    known: Any = built_in().get(rule)
    pages = (frameworks.address(one) for one in known.REFERENCES) if known else ()
    return next((page for page in pages if page), "")


def place_range(place: Location, linted: Linted, client: Client) -> lsp.Range:
    """Return the range of what stands at a place: its key, with the value where that is a single one."""
    text = linted.texts.get(place.file)
    if text is None:  # of a file that is no part of the spec, as a rule pack: from there to the end of the line
        line = place.line - 1
        return lsp.Range(lsp.Position(line, place.column - 1), lsp.Position(line, max(len(place.text), place.column)))
    start = min(offset(text, place.line, place.column), len(text))
    return client.lines(linted.path(place.file)).range(start, _end(text, start))


def _end(text: str, start: int) -> int:
    child = children(text).get(start)
    if child and child.key and child.value.form != "scalar":
        return child.key.end
    if child:
        end = (
            child.end if child.key or child.value.form == "scalar" or child.value.flow else child.value.children[0].end
        )
        return content_end(text, start, min(end, line_end(text, start))) if "\n" in text[start:end] else end
    word = _WORD.match(text, start)
    return word.end() if word else min(start + 1, max(line_end(text, start), line_start(text, start) + 1))


@lru_cache(maxsize=16)
def children(text: str) -> Mapping[int, Child]:
    """Return the entries and items of a text by where they begin; where two do, the inner one."""
    return {slot.child.start: slot.child for slot in slots(text)}
