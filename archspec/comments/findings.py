"""The findings of a comment as Markdown: what is to be mended as a table, what became better in a line."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from archspec.changes.cells import folded, quiet, rows, said
from archspec.comments.compared import Compared
from archspec.comments.places import Places
from archspec.comments.repeats import Once, once_each
from archspec.comments.standing import Standing
from archspec.comments.verdict import counted
from archspec.documents.markup import Markdown
from archspec.findings import Finding, LocatedHop, Severity
from archspec.graph.shortened import and_more

_IN_SIGHT = 10
_NAMED = 3
"""As many subjects of a rule are named in a line; more are counted."""
_LONGEST = 600
_SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning"}
_HEAD = ("| finding | what, and what to do | where |", "|---|---|---|")
_ANSWERS = {"open": "open: ", "blocked": "**blocked**: ", "note": ""}

_Told = tuple[str, Finding]


def finding_lines(one: Compared, places: Places, most: int) -> Iterator[str]:
    """Yield what became of findings: `most` rows of those to be mended, some of them folded, and a line of the rest."""
    told = once_each(one.standing.open, one.environments, _said_of)
    if told:
        yield from ("", *_HEAD, *rows(_rows(told[:_IN_SIGHT], places), min(len(told), _IN_SIGHT), 3, most))
    rest = told[_IN_SIGHT:]
    if rest:
        more = (*_HEAD, *rows(_rows(rest, places), len(rest), 3, most))
        yield from folded(counted(len(rest), "more finding"), more)
    others = [*_others(one.standing)]
    if others:
        yield from ("", "<br>\n".join(others))


def _said_of(told: _Told) -> tuple[Hashable, str]:
    word, one = told
    return (word, one.severity, one.rule, one.location), f"{one.subject} {one.message}"


def _rows(told: Sequence[Once[_Told]], places: Places) -> Iterator[str]:
    for (word, one), others in told:
        also = f"<br>*also in* {', '.join(map(quiet, others))}" if others else ""
        fix = f"<br>*fix:* {brief(one.fix)}" if one.fix else ""
        what = f"**{quiet(one.rule)}** {brief(one.message)}{also}{fix}"
        yield f"| {word}{_SIGNS[one.severity]} | {what} | {places.show(one.location)} |"


def brief(text: str) -> Markdown:
    """Return a sentence of archspec's own, cut where it quotes too much for a table."""
    return said(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _others(standing: Standing) -> Iterator[str]:
    for title, found in (
        ("✅ Gone", standing.gone),
        ("❔ Cannot be told any more, as a fact is not stated now", standing.untold),
        ("Accepted by a waiver now", standing.accepted),
        ("New, and known by the baseline", standing.known),
    ):
        if found:
            yield f"{title}: {_named(found)}"
    if standing.still:
        still = "was open before and still is" if standing.still == 1 else "were open before and still are"
        yield f"{counted(standing.still, 'finding')} {still}."


def _named(found: Iterable[Finding]) -> Markdown:
    """Name findings by rule, with the first of what each is about."""
    by_rule: dict[str, list[str]] = {}
    for one in found:
        by_rule.setdefault(one.rule, []).append(one.subject)
    told = [
        f"**{quiet(rule)}** {and_more(', '.join(map(quiet, subjects[:_NAMED])), len(subjects) - _NAMED)}"
        for rule, subjects in sorted(by_rule.items())
    ]
    return Markdown("; ".join(told))


def steps(found: Sequence[Finding], places: Places, most: int) -> Iterator[str]:
    """Yield a list of findings with the steps of the witness of each."""
    told = 0
    for one in found:
        if told >= most:
            yield "- …"
            return
        yield f"- **{quiet(one.rule)}** {brief(one.message)}"
        yield from (f"  - {_step(hop)} {places.show(hop.location)}".rstrip() for hop in one.witness)
        told += 1 + len(one.witness)


def _step(hop: LocatedHop) -> Markdown:
    return Markdown(f"{_ANSWERS[hop.verdict]}{said(hop.text)}")
