"""How a loss of the whole is recovered from: targets, steps and what they add up to, what lies ready, drills."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape
from archspec.documents.page import Page
from archspec.documents.recovery_losses import AFTER
from archspec.documents.wording import computed, if_stated, listing, stated, unless_current
from archspec.graph.recovery_objectives import compare
from archspec.graph.recovery_order import numbered
from archspec.graph.recovery_steps import CriticalPath, Timed, critical_path, is_within, plan, schedule
from archspec.model.quantity import spell_duration
from archspec.model.recovery import RecoveryStep


class TargetRow(NamedTuple):
    """The objectives of one component."""

    component: str
    covers: Markdown
    after: str
    rto: Markdown
    rpo: Markdown
    not_required: str
    note: str


class StandbyRow(NamedTuple):
    """What lies ready in the Region that a recovery goes to."""

    what: str
    holds: str
    covers: Markdown


class StepRow(NamedTuple):
    """A step; those that run beside each other have one number, and letters.

    It starts and ends as soon as it can, and has so much slack: none is on the longest way.
    """

    number: str
    group: str
    does: str
    after: Markdown
    takes: Markdown
    starts: Markdown
    ends: Markdown
    slack: Markdown
    who: str
    covers: Markdown
    note: str


class Taking(NamedTuple):
    """How long the steps take together, and how that compares with what is stated. Nothing where nothing is stated.

    `untimed` are the numbers of the steps of which nobody says how long they take: with them it takes longer still.
    """

    computed: Markdown
    untimed: Markdown
    total: Markdown
    is_total: bool
    rto: Markdown
    keeps_rto: bool


class CopyRow(NamedTuple):
    """What is kept beside the backups of the stores."""

    what: str
    covers: Markdown
    method: str
    every: str
    retention: str
    status: str


class DrillRow(NamedTuple):
    """A recovery that is rehearsed."""

    every: str
    title: str
    does: str
    covers: Markdown
    last: Markdown
    within: Markdown
    evidence: str


class MeasureRow(NamedTuple):
    """What is wanted of the whole: an objective, or a time that the others rest on."""

    name: str
    target: Markdown


def measures(page: Page) -> Iterator[MeasureRow]:
    """Yield what is wanted of the whole; the first two always, so that nobody has to guess that they are not stated."""
    wanted = page.architecture.recovery
    yield MeasureRow("Recovery time (RTO)", stated(wanted.objectives.rto))
    yield MeasureRow("Recovery point (RPO)", stated(wanted.objectives.rpo))
    others = {
        "Recovery time, when the Region is lost": wanted.objectives.region_rto,
        "Recovery point, when the Region is lost": wanted.objectives.region_rpo,
        "Databases can be restored to": wanted.retention,
        "A bad write is noticed within": wanted.noticed_within,
        "A person who is called begins within": wanted.paging,
    }
    yield from (MeasureRow(name, escape(value)) for name, value in others.items() if value is not None)


def targets(page: Page) -> Iterator[TargetRow]:
    """Yield the objectives of components."""
    for one in page.architecture.recovery.targets:
        after = ", ".join(AFTER[disruption] for disruption in one.disruptions)
        times = if_stated(one.rto), if_stated(one.rpo)
        yield TargetRow(one.component, page.refer_all(one.covers), after, *times, one.not_required, one.note)


def standbys(page: Page) -> Iterator[StandbyRow]:
    """Yield what lies ready elsewhere."""
    for one in page.architecture.recovery.region_holds:
        yield StandbyRow(one.what, "; ".join(one.holds), page.refer_all(one.covers))


def steps(page: Page) -> Iterator[StepRow]:
    """Yield the steps, stage by stage."""
    times = {one.step.index: one for one in schedule(plan(page.architecture))}
    is_timed = any(one.end for one in times.values())
    for number, one in numbered(page.architecture.recovery.steps):
        timed = times[one.index]
        when = _times(timed) if is_timed else (Markdown(), Markdown(), Markdown())
        takes = computed(timed.step.takes) if one.takes is None and timed.step.takes else stated(one.takes)
        after, covers = listing(one.after), page.refer_all(one.covers)
        yield StepRow(number, one.group, one.does, after, takes, *when, _who(one), covers, one.note)


def _times(timed: Timed) -> tuple[Markdown, Markdown, Markdown]:
    slack = spell_duration(timed.slack) if timed.slack else "none"
    return computed(spell_duration(timed.start)), computed(spell_duration(timed.end)), computed(slack)


def _who(step: RecoveryStep) -> str:
    done = "" if step.automatic is None else "automatic" if step.automatic else "by hand"
    return ", ".join(part for part in (done, step.owner, step.runbook) if part)


def taking(page: Page) -> Taking | None:
    """Return how long the steps take together, if any of them says how long it takes."""
    wanted = page.architecture.recovery
    path = critical_path(plan(page.architecture))
    if not path.high:
        return None
    rto = wanted.objectives.region_rto or wanted.objectives.rto
    untimed = {step.index for step in path.untimed}
    return Taking(
        computed=computed(_spell(path)),
        untimed=listing(
            [number for number, step in numbered(page.architecture.recovery.steps) if step.index in untimed]
        ),
        total=if_stated(wanted.total),
        is_total=wanted.total is not None and is_within(path, wanted.total),
        rto=if_stated(rto),
        keeps_rto=rto is not None and compare(path.high, rto) == "met",
    )


def _spell(path: CriticalPath) -> str:
    low, high = spell_duration(path.low), spell_duration(path.high)
    return high if low == high else f"{low} to {high}"


def copies(page: Page) -> Iterator[CopyRow]:
    """Yield what is kept beside the backups."""
    for one in page.architecture.recovery.copies:
        how = one.method, one.every, one.retention, unless_current(one.status)
        yield CopyRow(one.what, page.refer_all(one.covers), *how)


def drills(page: Page) -> Iterator[DrillRow]:
    """Yield the drills."""
    for one in page.architecture.recovery.drills:
        when = if_stated(one.last), if_stated(one.within)
        yield DrillRow(one.every, one.title, "; ".join(one.does), page.refer_all(one.covers), *when, one.evidence)
