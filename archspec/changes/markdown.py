"""Differences as Markdown for a pull request: the risks as a table, worst first, and all else folded away.

A fold is a tag that GitHub and GitLab show. https://docs.github.com/en/get-started/writing-on-github
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from archspec.changes.change import Change, Difference, Field, Grade, LocatedRisk
from archspec.changes.text import cut, summary
from archspec.documents.markup import Markdown, code, escape, spaced
from archspec.errors import Location

_SIGNS = {Grade.HIGH: "🔴 high", Grade.MEDIUM: "🟠 medium", Grade.LOW: "🟡 low", Grade.NONE: "⚪ none"}
_MOST_ROWS = 200
_MOST_CHARACTERS = 65_000
"""GitHub takes no comment beyond 65,536 characters."""
_LONGEST = 120
_CALLS = re.compile(r"((?<!\w)@\w[\w/-]*|[\w./-]*#\d+|\bGH-\d+)", re.ASCII)


def report(differences: Sequence[Difference]) -> str:
    """Return all differences, one section a spec; those of which nothing changed are said in one line.

    Of more than fits into a comment, the changes are only counted, and then the facts are left out as well.
    """
    found = [_report(differences, folds) for folds in (2, 1, 0)]
    return next((one for one in found if len(one) <= _MOST_CHARACTERS), found[-1])


def _report(differences: Sequence[Difference], folds: int) -> str:
    changed = [one for one in differences if not one.is_empty]
    same = [one for one in differences if one.is_empty]
    blocks = ["\n".join(_section(one, folds)) for one in changed]
    if same:
        blocks.append(f"No change: {', '.join(code(one.name) for one in same)}")
    return "\n\n".join(blocks) + "\n"


def _section(one: Difference, folds: int) -> Iterator[str]:
    yield f"### {escape(one.name)}: {_versions(one)}"
    yield ""
    yield f"{escape(summary(one))}"
    if one.risks:
        yield from ("", "| risk | what | where |", "|---|---|---|")
        yield from _rows((_risk(risk) for risk in one.risks), len(one.risks), 3)
    facts = [risk for risk in one.risks if risk.facts]
    if facts and folds > 0:
        yield from _folded(f"Why: {len(facts)} with the facts", _facts(facts))
    if one.changes:
        title = f"{len(one.changes)} {'change' if len(one.changes) == 1 else 'changes'}"
        if folds > 1:
            yield from _folded(title, _changes(one.changes))
        else:
            yield from ("", f"{title}, too many for a comment: `archspec diff` lists them.")


def _versions(one: Difference) -> Markdown:
    if one.old and one.new:
        return Markdown(f"{code(one.old)} → {code(one.new)}")
    return Markdown(f"{code(one.new)} is new" if one.new else f"{code(one.old)} is gone")


def _rows(rows: Iterator[str], total: int, columns: int) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number == _MOST_ROWS:
            yield f"| … and {total - number} more |{' |' * (columns - 1)}"
            return
        yield row


def _risk(risk: LocatedRisk) -> str:
    return f"| {_SIGNS[risk.grade]} | {_said(risk.text)} | {_place(risk.location)} |"


def _place(location: Location | None) -> Markdown:
    return code(f"{location.file}:{location.line}") if location else Markdown()


def _folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines behind a title that opens them; the empty line after it lets them be Markdown."""
    yield from ("", f"<details><summary>{escape(title)}</summary>", "", *lines, "", "</details>")


def _facts(risks: Sequence[LocatedRisk]) -> Iterator[str]:
    told = 0
    for risk in risks:
        if told >= _MOST_ROWS:
            yield "- …"
            return
        yield f"- {_said(risk.text)}"
        yield from (f"  - {_said(fact.text)} {_place(fact.location)}".rstrip() for fact in risk.facts)
        told += 1 + len(risk.facts)


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    yield from ("| change | of | field | before | after |", "|---|---|---|---|---|")
    rows = [row for change in changes for row in _change(change)]
    yield from _rows(iter(rows), len(rows), 5)


def _change(change: Change) -> Iterator[str]:
    of = f"{escape(change.sort.replace('_', ' '))} {code(_short(change.id))}"
    if change.was:
        of = f"{of}, was {code(_short(change.was))}"
    if not change.fields:
        yield f"| {change.what} | {of} | | | |"
    yield from (f"| {change.what} | {of} | {_field(field)} |" for field in change.fields)


def _field(field: Field) -> str:
    old, new = cut(field, _LONGEST)
    return f"{code(field.path)} | {_quiet(old)} | {_quiet(new)}"


def _said(text: str) -> Markdown:
    """Return a sentence of archspec's own, in which backticks mean code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _quiet(text)
    return Markdown("".join(code(part) if i % 2 else _quiet(part) for i, part in enumerate(parts)))


def _quiet(text: str) -> Markdown:
    """Return text that calls nobody: in code type, `@name` notifies no one and `#12` leaves no mark on that issue.

    https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax
    """
    return Markdown("".join(code(part) if i % 2 else spaced(part) for i, part in enumerate(_CALLS.split(text))))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
