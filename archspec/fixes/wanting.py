"""Findings and problems → changes of texts, each with the reason why it cannot be made alone, if there is one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from archspec.api import System
from archspec.errors import Location, Problem
from archspec.findings import Edit, Finding
from archspec.model.element import references
from archspec.source import Source
from archspec.source.lines import offset
from archspec.source.rewriting import Change

_Located = tuple[int, Change] | None
"""A mark and the change there; nothing where no text says what an edit is about."""


class Wanted(NamedTuple):
    """What a finding or a problem wants changed: changes by the file that they are in, or why they cannot be made."""

    rule: str
    subject: str
    location: Location
    how: str
    changes: tuple[tuple[str, Change], ...] = ()
    why_not: str = ""


def of_findings(findings: Iterable[Finding], system: System) -> list[Wanted]:
    """Return what findings want changed. What is written once for several places changes for all of them or none."""
    found, source = list(findings), system.source
    kept, written = _referred_to(found, system), source.written()
    located = {edit: _located(source, edit) for finding in found for edit in finding.edits}
    times = Counter(one for one in located.values() if one)

    def why_not(finding: Finding) -> str:
        if finding.subject in kept and any(edit.does == "remove" for edit in finding.edits):
            return kept[finding.subject]
        places = [located[edit] for edit in finding.edits]
        if None in places:
            return "it is written nowhere"
        is_shared = any(one and times[one] < written[one[0], one[1].is_item] for one in places)
        return "it is written once for several places, and not all of them want the same" if is_shared else ""

    return [
        Wanted(
            one.rule, one.subject, one.location, _spell(one.edits), tuple(_in_files(one, located, source)), why_not(one)
        )
        for one in found
    ]


def _spell(edits: Iterable[Edit]) -> str:
    return ", ".join(f"`{one.path[-1]}: {one.value}`" if one.does == "set" else "removed" for one in edits)


def _in_files(finding: Finding, located: Mapping[Edit, _Located], source: Source) -> Iterator[tuple[str, Change]]:
    for edit in finding.edits:
        found = located[edit]
        if found:
            yield source.files[source.address(found[0])[0]], found[1]


def of_problems(problems: Iterable[Problem], texts: Mapping[str, str]) -> list[Wanted]:
    """Return what problems want changed: misspelt keys."""
    return [
        Wanted(one.rule, one.message, one.location, f"`{one.instead}`", ((one.location.file, _renamed(one, texts)),))
        for one in problems
        if one.instead
    ]


def _renamed(problem: Problem, texts: Mapping[str, str]) -> Change:
    place = problem.location
    return Change(offset(texts[place.file], place.line, place.column), False, "rename", value=problem.instead)  # noqa: FBT003


def _located(source: Source, edit: Edit) -> _Located:
    *holder, last = edit.path
    mark, is_item = source.mark(edit.path), isinstance(last, int)
    if mark is not None:
        return mark, Change(source.address(mark)[1], is_item, edit.does, value=edit.value)
    mark = source.mark(tuple(holder)) if edit.does == "set" else None
    if mark is None:
        return None
    return mark, Change(source.address(mark)[1], isinstance(holder[-1], int), "set", str(last), edit.value)


def _referred_to(findings: Collection[Finding], system: System) -> dict[str, str]:
    """Return why elements that are to be removed have to stay: something that stays refers to them.

    One that stays may refer to another that is to be removed, and so on.
    """
    removed = {one.path[:3] for finding in findings for one in finding.edits if one.does == "remove"}
    homes = {path[2]: path for path in removed if len(path) == 3 and path[2] in system.architecture.elements}
    kept: dict[str, str] = {}
    all_ = list(references(system.architecture)) if homes else []
    going = set(homes)
    while going:
        staying = {homes[id_] for id_ in going}
        found = {
            one.id: f"{'.'.join(map(str, one.path))} refers to it"
            for one in all_
            if one.id in going and one.path[:3] not in staying
        }
        kept |= found
        going -= set(found)
        if not found:
            break
    return kept
