"""What Markdown for a pull request is made of: quiet words, folds, tables of risks and of changes.

A fold is a tag that GitHub and GitLab show. https://docs.github.com/en/get-started/writing-on-github
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from archspec.changes.change import Change, Field, Grade, LocatedRisk
from archspec.changes.text import cut
from archspec.documents.markup import Markdown, code, escape, spaced
from archspec.errors import Location

SIGNS = {Grade.HIGH: "🔴 high", Grade.MEDIUM: "🟠 medium", Grade.LOW: "🟡 low", Grade.NONE: "⚪ none"}
"""Grade → how a table says it, by colour and by word."""

MOST_ROWS = 200
"""A table ends here, and says how many more there are."""

_LONGEST = 120
_CALLS = re.compile(r"((?<!\w)@\w[\w/-]*|[\w./-]*[#!]\d+|(?<!\w)&\d+|\bGH-\d+)", re.ASCII)

Place = Callable[[Location | None], Markdown]
"""Shows where something stands; nothing where it stands nowhere."""


def plain_place(location: Location | None) -> Markdown:
    """Show file and line, without a link."""
    return code(f"{location.file}:{location.line}") if location else Markdown()


def rows(found: Iterable[str], total: int, columns: int, most: int = MOST_ROWS) -> Iterator[str]:
    """Yield rows of a table as long as there is room for them, then one that says how many more there are."""
    for number, row in enumerate(found):
        if number == most:
            yield f"| … and {total - number} more |{' |' * (columns - 1)}"
            return
        yield row


def folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines behind a title of archspec's own that opens them; the empty line after it lets them be Markdown."""
    yield from ("", f"<details><summary>{escape(title)}</summary>", "", *lines, "", "</details>")


def risk_table(risks: Sequence[LocatedRisk], place: Place = plain_place, most: int = MOST_ROWS) -> Iterator[str]:
    """Yield a table of risks, a row each."""
    yield from ("| risk | what | where |", "|---|---|---|")
    yield from rows((_risk(risk, place) for risk in risks), len(risks), 3, most)


def _risk(risk: LocatedRisk, place: Place) -> str:
    return f"| {SIGNS[risk.grade]} | {said(risk.text)} | {place(risk.location)} |"


def facts(risks: Iterable[LocatedRisk], place: Place = plain_place, most: int = MOST_ROWS) -> Iterator[str]:
    """Yield a list of risks with the facts behind each."""
    told = 0
    for risk in risks:
        if told >= most:
            yield "- …"
            return
        yield f"- {said(risk.text)}"
        yield from (f"  - {said(fact.text)} {place(fact.location)}".rstrip() for fact in risk.facts)
        told += 1 + len(risk.facts)


def change_table(changes: Sequence[Change], most: int = MOST_ROWS) -> Iterator[str]:
    """Yield a table of changes, a row for each value that is another."""
    yield from ("| change | of | field | before | after |", "|---|---|---|---|---|")
    found = [row for change in changes for row in _change(change)]
    yield from rows(found, len(found), 5, most)


def _change(change: Change) -> Iterator[str]:
    of = f"{escape(change.sort.replace('_', ' '))} {code(_short(change.id))}"
    if change.was:
        of = f"{of}, was {code(_short(change.was))}"
    if not change.fields:
        yield f"| {change.what} | {of} | | | |"
    yield from (f"| {change.what} | {of} | {_field(field)} |" for field in change.fields)


def _field(field: Field) -> str:
    old, new = cut(field, _LONGEST)
    return f"{code(field.path)} | {quiet(old)} | {quiet(new)}"


def said(text: str) -> Markdown:
    """Return a sentence of archspec's own, in which backticks mean code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return quiet(text)
    return Markdown("".join(code(part) if i % 2 else quiet(part) for i, part in enumerate(parts)))


def quiet(text: str) -> Markdown:
    """Return text that calls nobody: in code type, `@name` notifies no one and `#12` leaves no mark on that issue.

    `!12` and `&12` are merge requests and epics to GitLab. Sources:
    https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax,
    https://docs.gitlab.com/user/markdown/#gitlab-specific-references
    """
    return Markdown("".join(code(part) if i % 2 else spaced(part) for i, part in enumerate(_CALLS.split(text))))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
