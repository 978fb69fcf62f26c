"""What the rules found: open findings, accepted ones with their waivers, and what could not be told."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, anchor, escape, join, message
from archspec.documents.page import Page
from archspec.findings import Finding, LocatedHop
from archspec.model.claim import Waiver
from archspec.rules import false_claim
from archspec.waiving import covered

TITLE = "Findings"


class FindingRow(NamedTuple):
    """A finding. `hops` are the steps that led to it."""

    anchor: Markdown
    severity: str
    rule: Markdown
    subject: Markdown
    message: Markdown
    fix: Markdown
    place: Markdown
    hops: tuple[str, ...]


class UntoldRow(NamedTuple):
    """A rule that cannot tell, for want of one fact, and the subjects of which it is wanted."""

    rule: Markdown
    fact: Markdown
    subjects: Markdown


class WaiverRow(NamedTuple):
    """A waiver, and what it is about."""

    rule: Markdown
    subject: Markdown
    reason: str
    owner: str
    expires: str
    accepts: Markdown


class Findings(NamedTuple):
    """The facts."""

    open: tuple[FindingRow, ...]
    unknown: tuple[UntoldRow, ...]
    waivers: tuple[WaiverRow, ...]


def make(page: Page) -> Findings | None:
    """Return the findings and waivers, if there are any; the worst first."""
    waivers = page.architecture.waivers
    if not (page.checked.findings or waivers):
        return None
    return Findings(
        open=_rows(page, lambda one: one.outcome == "fail" and not one.waiver),
        unknown=tuple(_untold(page)),
        waivers=tuple(_waiver(page, waiver) for waiver in waivers),
    )


def _rows(page: Page, wanted: Callable[[Finding], bool]) -> tuple[FindingRow, ...]:
    chosen = [(i, one) for i, one in enumerate(page.checked.findings) if wanted(one)]
    return tuple(_row(page, i, one) for i, one in sorted(chosen, key=lambda pair: (-pair[1].severity, pair[0])))


def _row(page: Page, i: int, finding: Finding) -> FindingRow:
    return FindingRow(
        anchor=anchor(page.anchors[i]),
        severity=finding.severity.name.lower(),
        rule=Markdown(f"{page.rule(finding.rule)} {escape(finding.name)}"),
        subject=page.subject(finding.subject),
        message=message(_wrong(finding)),
        fix=message("" if _is_false_claim(finding) else finding.fix),
        place=page.place(finding),
        hops=() if _is_false_claim(finding) else tuple(_hop(hop) for hop in finding.witness),
    )


def _untold(page: Page) -> Iterator[UntoldRow]:
    """Yield what could not be told, a rule and a fact in one row however many subjects lack it, by rule."""
    found: dict[tuple[str, str, str], list[Markdown]] = {}
    for i, one in enumerate(page.checked.findings):
        if one.outcome == "unknown":
            subject = Markdown(f"{anchor(page.anchors[i])}{page.subject(one.subject)}")
            found.setdefault((one.rule, one.name, _lacking(one)), []).append(subject)
    for (rule, name, fact), subjects in sorted(found.items()):
        yield UntoldRow(Markdown(f"{page.rule(rule)} {escape(name)}"), message(fact), join(subjects))


def _lacking(finding: Finding) -> str:
    """Return the fact that is missing, as a key of the subject, or why nothing that could be stated would tell."""
    said = finding.message.removeprefix(f"{finding.subject}: ").removesuffix(", so this cannot be told")
    return said.replace(f"'{finding.subject}.", "'")


def _wrong(finding: Finding) -> str:
    """Say what is wrong: of a false claim, its subject has the sentence, and its table the expression."""
    if not _is_false_claim(finding):
        return finding.message
    return ": ".join(["it is not so", *(hop.text for hop in finding.witness)])


def _is_false_claim(finding: Finding) -> bool:
    return finding.rule == false_claim.ID and finding.message.startswith("it is claimed")


def _hop(hop: LocatedHop) -> str:
    return f"{hop.verdict}: {hop.text}"


def _waiver(page: Page, waiver: Waiver) -> WaiverRow:
    found = [(i, one) for i, one in enumerate(page.checked.findings) if one.waiver and one.rule == waiver.rule]
    subjects = covered(waiver, {one.subject for _, one in found}, page.graph)
    accepted = [
        Markdown(f"{anchor(page.anchors[i])}{message(one.message)}") for i, one in found if one.subject in subjects
    ]
    return WaiverRow(
        rule=page.rule(waiver.rule),
        subject=page.subject(waiver.subject),
        reason=waiver.reason or "–",
        owner=waiver.owner or "–",
        expires=str(waiver.expires or "–"),
        accepts=join(accepted) or join([Markdown("nothing"), *page.cited(waiver.id)]),
    )
