"""The comment as Markdown, with as much of it as there is room for."""

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from archspec.changes import Grade, LocatedRisk
from archspec.changes.cells import SIGNS, change_table, facts, folded, quiet, risk_table, rows, said
from archspec.changes.costs import CostChange, signed
from archspec.changes.text import counts
from archspec.comments.compared import Compared, Origin
from archspec.comments.drawings import Drawing
from archspec.comments.findings import brief, finding_lines, steps
from archspec.comments.pictures import Pictured
from archspec.comments.places import Places
from archspec.comments.repeats import once_each
from archspec.comments.verdict import counted, verdict
from archspec.documents.markup import Markdown, code, escape
from archspec.graph.prices import price_list
from archspec.graph.shortened import and_more

MARKER = "<!-- archspec:comment -->"
"""The first line of every comment, which no page shows: who posts it finds the last one by it, and updates that."""

_IN_SIGHT = 8
"""As many rows of a table stand in sight; more are folded, but for those that matter most."""
_FEW_CHANGES = 5
_COSTS = 5


class Room(NamedTuple):
    """How much of everything is told: rows of tables, pictures or none."""

    systems: int = 100
    findings: int = 100
    risks: int = 100
    steps: int = 200
    changes: int = 200
    pictures: bool = True
    drawings: bool = True


def report(found: Sequence[Compared], origin: Origin, places: Places, room: Room) -> Iterator[str]:
    """Yield the lines of the comment: its marker, the verdict, then a section for each system."""
    yield from (MARKER, f"### archspec: {escape(verdict(found))}")
    for one in found[: room.systems]:
        yield from ("", *_title(one, places, origin, is_one=len(found) == 1))
        if one.wrong_new:
            yield from ("", *_problems(one, places, room))
            continue
        yield from finding_lines(one, places, room.findings)
        yield from _risks(one, places, room)
        yield from _cost(one)
        yield from _why(one, places, room)
        yield from _changes(one, room)
        if one.drawing and room.drawings:
            yield from _drawing(one.drawing)
        if one.pictures and room.pictures:
            yield from _pictures(one.pictures)
    left = len(found) - room.systems
    if left > 0 and room.systems:
        yield from ("", f"… and {left} more systems that changed.")


def _title(one: Compared, places: Places, origin: Origin, *, is_one: bool) -> Iterator[str]:
    """Yield which system it is, and what became of it: a line, and of several systems a heading before it."""
    name, words = quiet(one.name.strip()), _became(one, places, origin)
    yield from (f"**{name}** {words}",) if is_one else (f"#### {name}", "", words)


def _became(one: Compared, places: Places, origin: Origin) -> str:
    file = code(places.path(one.new or one.old))
    at = f" at {code(origin.commit)}" if origin.base != origin.commit else ""
    since = f"since {code(origin.base)}{at}"
    if one.wrong_new:
        return f"{file} cannot be read any more {since}" if one.old else f"{file} cannot be read"
    if one.wrong_old:
        return f"{file}: its version in {code(origin.commit)} cannot be read, so all of its findings are told"
    if one.is_new:
        return f"{file} is new: {sum(change.what == 'added' for change in one.difference.changes)} added"
    if one.is_gone:
        return f"{file} is gone {since}"
    before = code(places.path(one.old))
    was = f", was {before}" if before != file else ""
    return f"{file}{was}: {counts(one.difference) or 'no change'} {since}"


def _problems(one: Compared, places: Places, room: Room) -> Iterator[str]:
    yield from ("| what is wrong | where |", "|---|---|")
    for problem in one.wrong_new[: room.findings]:
        hint = f"<br>*fix:* {brief(problem.hint)}" if problem.hint else ""
        yield f"| ❌ {brief(problem.message)}{hint} | {places.show(problem.location)} |"
    if len(one.wrong_new) > room.findings:
        yield f"| … and {len(one.wrong_new) - room.findings} more | |"


def _risks(one: Compared, places: Places, room: Room) -> Iterator[str]:
    """Yield the risks, the low ones folded where there are many; what is no risk, as it is better now, is a line."""
    told = [_also(risk, others) for risk, others in once_each(one.risks, one.environments, _said_of)]
    bad = [risk for risk in told if risk.grade > Grade.NONE]
    shown = bad if len(bad) <= _IN_SIGHT else [risk for risk in bad if risk.grade > Grade.LOW]
    if shown:
        yield from ("", *risk_table(shown, places.show, room.risks))
    low = bad[len(shown) :]
    if low:
        yield from folded(counted(len(low), "low risk"), risk_table(low, places.show, room.risks))
    harmless = [said(risk.text) for risk in told[len(bad) :]]
    if harmless and room.risks:
        yield from ("", f"⚪ No risk: {and_more('; '.join(harmless[:_IN_SIGHT]), len(harmless) - _IN_SIGHT)}")


def _said_of(risk: LocatedRisk) -> tuple[Hashable, str]:
    return (risk.grade, risk.name, risk.location), f"{risk.subject} {risk.text}"


def _also(risk: LocatedRisk, others: Sequence[str]) -> LocatedRisk:
    return risk._replace(text=f"{risk.text}; also in {', '.join(others)}") if others else risk


def _cost(one: Compared) -> Iterator[str]:
    if one.cost:
        sign = f" {SIGNS[one.cost_grade]}" if one.cost_grade else ""
        yield from ("", f"**Cost**{sign}: {_sums(one.cost)}: {_parts(one.cost)}")


def _sums(cost: CostChange) -> Markdown:
    delta = f"**{signed(cost.delta)}** a month"
    if not cost.is_listed:
        before, now = cost.before.total or "nothing", cost.now.total or "nothing"
        return Markdown(f"{delta}, {escape(str(before))} → {escape(str(now))}")
    unsaid = f", and no cost line says so: it stays {escape(str(cost.now.total))}" if cost.now.total else ""
    return Markdown(f"{delta} at least by AWS's list prices of {price_list().as_of}{unsaid}")


def _parts(cost: CostChange) -> Markdown:
    named = ", ".join(f"{quiet(name)} {signed(part)}" for name, part in cost.parts[:_COSTS])
    return Markdown(and_more(named, len(cost.parts) - _COSTS) or "by the total that is stated")


def _why(one: Compared, places: Places, room: Room) -> Iterator[str]:
    """Yield the steps behind findings and the facts behind risks, folded."""
    found = [finding for _, finding in one.standing.open[: room.findings] if finding.witness]
    risks = [risk for risk in one.difference.risks if risk.facts]
    if room.steps and (found or risks):
        lines = [*steps(found, places, room.steps), *facts(risks, places.show, room.steps)]
        yield from folded("Why, step by step", lines)


def _changes(one: Compared, room: Room) -> Iterator[str]:
    number = sum(len(change.fields) or 1 for change in one.changes)
    if not number or not room.changes:
        return
    table = change_table(one.changes, room.changes)
    if number <= _FEW_CHANGES:
        yield from ("", *table)
    else:
        yield from folded(counted(len(one.changes), "change"), table)


def _drawing(drawing: Drawing) -> Iterator[str]:
    if drawing.refusal:
        yield from ("", f"No picture: {quiet(drawing.refusal)}.")
        return
    notes = (drawing.note, "") if drawing.note else ()
    lines = (*notes, "```mermaid", *drawing.mermaid.rstrip("\n").split("\n"), "```")
    yield from folded(f"Picture: {drawing.name}", lines)


def _pictures(pictures: Sequence[Pictured]) -> Iterator[str]:
    found = (f"| {quiet(one.name)} | {_image('before', one.old)} | {_image('after', one.new)} |" for one in pictures)
    lines = ("| picture | before | after |", "|---|---|---|", *rows(found, len(pictures), 3))
    yield from folded(f"{counted(len(pictures), 'picture')} before and after", lines)


def _image(words: str, address: str) -> str:
    return f"[![{words}]({address})]({address})" if address else "none"
