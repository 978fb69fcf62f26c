"""What is wanted after a loss, what is achieved, what happens by itself, and what is only planned."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, escape, join
from archspec.documents.page import Page
from archspec.documents.recovering import (
    CopyRow,
    DrillRow,
    MeasureRow,
    StandbyRow,
    StepRow,
    Taking,
    TargetRow,
    copies,
    drills,
    measures,
    standbys,
    steps,
    taking,
    targets,
)
from archspec.documents.recovery_losses import Assumptions, BackRow, LossRow, assumptions, backs, losses
from archspec.documents.surviving import Surviving, surviving
from archspec.documents.wording import listing, stated
from archspec.graph.outage import Effect, outages
from archspec.model.data import Store
from archspec.model.recovery import Objectives, RecoveryArea

TITLE = "Recovery"


class ZoneRow(NamedTuple):
    """What stops when an AZ is lost, because it stands nowhere else, and what goes on in another."""

    az: str
    stops: Markdown
    remains: Markdown


class FailoverRow(NamedTuple):
    """What an element does by itself."""

    subject: Markdown
    does: str
    automatic: str
    duration: Markdown


class Recovery(NamedTuple):
    """The facts. `restores` are the stores of which it is stated how long restoring a backup takes."""

    measures: tuple[MeasureRow, ...]
    has_rto: bool
    has_whole: bool
    targets: tuple[TargetRow, ...]
    strategy: str
    region: Markdown
    standbys: tuple[StandbyRow, ...]
    steps: tuple[StepRow, ...]
    taking: Taking | None
    restores: Markdown
    copies: tuple[CopyRow, ...]
    drills: tuple[DrillRow, ...]
    losses: tuple[LossRow, ...]
    backs: tuple[BackRow, ...]
    assumptions: Assumptions | None
    zones: tuple[ZoneRow, ...]
    surviving: Surviving
    failover: tuple[FailoverRow, ...]
    untimed: Markdown
    planned: tuple[Markdown, ...]


def make(page: Page) -> Recovery | None:
    """Return the section, if anything is said about recovery, or if there is a store."""
    wanted, stores = page.architecture.recovery, page.stores
    current = [store for store in stores if store.status == "current"]
    if wanted == RecoveryArea() and not stores:
        return None
    return Recovery(
        measures=tuple(measures(page)),
        has_rto=wanted.objectives.rto is not None or wanted.objectives.region_rto is not None,
        has_whole=wanted.objectives != Objectives(),
        targets=tuple(targets(page)),
        strategy=wanted.strategy,
        region=code(wanted.region),
        standbys=tuple(standbys(page)),
        steps=tuple(steps(page)),
        taking=taking(page),
        restores=listing([_restore(page, store) for store in current if store.backups and store.backups.restore]),
        copies=tuple(copies(page)),
        drills=tuple(drills(page)),
        losses=tuple(row for store in current for row in losses(page, store)),
        backs=tuple(backs(page)),
        assumptions=assumptions(page),
        zones=tuple(_zones(page)),
        surviving=surviving(page),
        failover=tuple(_failover(page)),
        untimed=listing(list(dict.fromkeys(page.refer(o.subject) for o in wanted.failover if o.duration is None))),
        planned=tuple(_planned(page)),
    )


def _restore(page: Page, store: Store) -> Markdown:
    return Markdown(f"{page.refer(store.id)} {escape(store.backups.restore if store.backups else '')}")


_EFFECTS: dict[Effect, str] = {"stops": "", "stops writing": " (writes)", "may stop": " (if it stands there)"}


def _zones(page: Page) -> Iterator[ZoneRow]:
    for outage in outages(page.graph):
        stops = [
            Markdown(f"{page.refer(one.id)}{_EFFECTS[effect]}") for one, effect in outage.effects if effect != "goes on"
        ]
        remains = [page.refer(one.id) for one, effect in outage.effects if effect == "goes on"]
        yield ZoneRow(outage.az, join(stops) or Markdown("nothing"), join(remains) or Markdown("nothing"))


def _failover(page: Page) -> Iterator[FailoverRow]:
    for one in page.architecture.recovery.failover:
        does = one.does if one.status == "current" else f"{one.does} ({one.status})"
        yield FailoverRow(page.refer(one.subject), does, "yes" if one.automatic else "no", stated(one.duration))


def _planned(page: Page) -> Iterator[Markdown]:
    for store in page.stores:
        for instance in store.instances:
            if instance.status == "planned":
                yield Markdown(f"{page.refer(store.id)}: a {instance.role} in {escape(instance.az)}")
        if store.backups and store.backups.cross_region == "planned":
            yield join([page.refer(store.id), Markdown("copies in another Region")], ": ")
