"""Findings for the page: each with its witness and with the elements that it is about."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Any

from archspec.explorer.arrows import Pair
from archspec.explorer.sheet import Sheet
from archspec.explorer.ways import hop_data
from archspec.findings import Finding
from archspec.graph.graph import Graph

_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as the page lists them: open ones first, the worst of them first, then by their places."""
    return sorted(findings, key=lambda one: (not one.is_open, -one.severity))


def ways(graph: Graph, finding: Finding) -> list[Pair]:
    """Return the pairs of elements that a finding is about, or that its witness leads between, each once, in order."""
    source, arrow, target, *_ = [*finding.subject.split(" "), "", "", ""]
    pairs = [(source, target)] if arrow == "->" else []
    pairs += [pair for hop in finding.witness for pair in product(*hop.ends)]
    elements = graph.architecture.elements
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1] and {*pair} <= elements.keys()))


def finding_data(sheet: Sheet, finding: Finding) -> dict[str, Any]:
    """Return one finding, with the elements that it is about and those that its witness names."""
    elements = sheet.graph.architecture.elements
    about = list(dict.fromkeys([*_named(finding.subject, elements)] or _compound(finding.message, elements)))
    named = (id_ for hop in finding.witness for id_ in _named(hop.text, elements))
    pairs = ways(sheet.graph, finding)
    along = dict.fromkeys([*(id_ for pair in pairs for id_ in pair), *named])
    return {
        "rule": finding.rule,
        "name": finding.name,
        "page": finding.rule in sheet.checked.tallies,
        "severity": finding.severity.name.lower(),
        "state": _state(finding),
        "waiver": finding.waiver,
        "subject": finding.subject,
        "message": finding.message,
        "fix": finding.fix,
        "reference": finding.reference,
        "place": sheet.spot(finding.location),
        "hops": [hop_data(sheet, hop) for hop in finding.witness],
        "ways": [list(pair) for pair in pairs],
        "about": about,
        "along": [id_ for id_ in along if id_ not in about],
    }


def _state(finding: Finding) -> str:
    """Say what a reader has to know first: whether it stands open, is accepted, or could not be told."""
    if finding.outcome == "unknown":
        return "unknown"
    return "waived" if finding.waiver else "known" if finding.known else "open"


def _named(text: str, elements: Collection[str]) -> Iterator[str]:
    """Yield the elements whose ids stand in a text of ours."""
    yield from (id_ for id_ in _ID.findall(text) if id_ in elements)


def _compound(text: str, elements: Collection[str]) -> list[str]:
    """Return the elements named in a sentence, but for those whose ids may be plain words in it."""
    return [id_ for id_ in _named(text, elements) if "-" in id_ or "/" in id_]
