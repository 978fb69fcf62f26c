"""How a loss of the whole is recovered from: targets, steps and what they add up to, what lies ready, drills."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import NamedTuple

from archspec.documents.markup import Markdown
from archspec.documents.page import Page
from archspec.documents.wording import computed, if_stated, listing, stated, unless_current
from archspec.graph.recovery import CriticalPath, critical_path, is_within, stages
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import RecoveryStep


class TargetRow(NamedTuple):
    """The objectives of one component."""

    component: str
    covers: Markdown
    rto: Markdown
    rpo: Markdown
    note: str


class StandbyRow(NamedTuple):
    """What lies ready in the Region that a recovery goes to."""

    what: str
    holds: str
    covers: Markdown


class StepRow(NamedTuple):
    """A step; those that run beside each other have one number, and letters."""

    number: str
    group: str
    does: str
    takes: Markdown
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


def targets(page: Page) -> Iterator[TargetRow]:
    """Yield the objectives of components."""
    for one in page.architecture.recovery.targets:
        times = if_stated(one.rto), if_stated(one.rpo)
        yield TargetRow(one.component, page.refer_all(one.covers), *times, one.note)


def standbys(page: Page) -> Iterator[StandbyRow]:
    """Yield what lies ready elsewhere."""
    for one in page.architecture.recovery.region_holds:
        yield StandbyRow(one.what, "; ".join(one.holds), page.refer_all(one.covers))


def steps(page: Page) -> Iterator[StepRow]:
    """Yield the steps, stage by stage."""
    for number, one in numbered(page):
        covers = page.refer_all(one.covers)
        yield StepRow(number, one.group, one.does, stated(one.takes), covers, one.note)


def numbered(page: Page) -> Iterator[tuple[str, RecoveryStep]]:
    """Yield every step with its number: `1`, `2a`, `2b`."""
    for number, stage in enumerate(stages(page.architecture.recovery.steps), 1):
        for i, step in enumerate(stage):
            yield f"{number}{_letter(i) if len(stage) > 1 else ''}", step


def _letter(i: int) -> str:
    """Return a, b … z, and after that `.27` and so on."""
    return ascii_lowercase[i] if i < len(ascii_lowercase) else f".{i + 1}"


def taking(page: Page) -> Taking | None:
    """Return how long the steps take together, if any of them says how long it takes."""
    wanted = page.architecture.recovery
    path = critical_path(wanted.steps)
    if not path.high:
        return None
    rto = wanted.objectives.rto
    return Taking(
        computed=computed(_spell(path)),
        untimed=listing([number for number, step in numbered(page) if step.takes is None]),
        total=if_stated(wanted.total),
        is_total=wanted.total is not None and is_within(path, wanted.total),
        rto=if_stated(rto),
        keeps_rto=rto is not None and _keeps(path, rto),
    )


def _spell(path: CriticalPath) -> str:
    low, high = spell_duration(path.low), spell_duration(path.high)
    return high if low == high else f"{low} to {high}"


def _keeps(path: CriticalPath, objective: Duration) -> bool:
    """An objective is a bound, also where it is written without a sign."""
    return path.high < objective.high if objective.comparator == "<" else path.high <= objective.high


def copies(page: Page) -> Iterator[CopyRow]:
    """Yield what is kept beside the backups."""
    for one in page.architecture.recovery.copies:
        how = one.method, one.every, one.retention, unless_current(one.status)
        yield CopyRow(one.what, page.refer_all(one.covers), *how)


def drills(page: Page) -> Iterator[DrillRow]:
    """Yield the drills."""
    for one in page.architecture.recovery.drills:
        yield DrillRow(one.every, one.title, "; ".join(one.does))
