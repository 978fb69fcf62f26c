"""Differences as Markdown for a pull request: the risks as a table, worst first, and all else folded away.

A fold is a tag that GitHub and GitLab show. https://docs.github.com/en/get-started/writing-on-github
"""

from collections.abc import Iterable, Iterator, Sequence

from archspec.changes.change import Change, Difference, Field, Grade, LocatedRisk
from archspec.changes.text import summary
from archspec.documents.markup import Markdown, code, escape, message
from archspec.errors import Location

_SIGNS = {Grade.HIGH: "🔴 high", Grade.MEDIUM: "🟠 medium", Grade.LOW: "🟡 low", Grade.NONE: "⚪ none"}
_MOST_ROWS = 200
"""GitHub takes no comment beyond 65,536 characters."""
_LONGEST = 120


def report(differences: Sequence[Difference]) -> str:
    """Return all differences, one section a spec; those of which nothing changed are said in one line."""
    changed = [one for one in differences if not one.is_empty]
    same = [one for one in differences if one.is_empty]
    blocks = ["\n".join(_section(one)) for one in changed]
    if same:
        blocks.append(f"No change: {', '.join(code(one.name) for one in same)}")
    return "\n\n".join(blocks) + "\n"


def _section(one: Difference) -> Iterator[str]:
    yield f"### {escape(one.name)}: {_versions(one)}"
    yield ""
    yield f"{escape(summary(one))}"
    if one.risks:
        yield from ("", "| risk | what | where |", "|---|---|---|")
        yield from _rows((_risk(risk) for risk in one.risks), len(one.risks), 3)
    facts = [risk for risk in one.risks if risk.facts]
    if facts:
        yield from _folded(f"Why: {len(facts)} with the facts", _facts(facts))
    if one.changes:
        noun = "change" if len(one.changes) == 1 else "changes"
        yield from _folded(f"{len(one.changes)} {noun}", _changes(one.changes))


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
    return f"| {_SIGNS[risk.grade]} | {message(risk.text)} | {_place(risk.location)} |"


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
        yield f"- {message(risk.text)}"
        yield from (f"  - {message(fact.text)} {_place(fact.location)}".rstrip() for fact in risk.facts)
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
    return f"{code(field.path)} | {escape(_short(field.old))} | {escape(_short(field.new))}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
