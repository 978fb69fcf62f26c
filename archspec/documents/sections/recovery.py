"""What is wanted after a loss, what is achieved, what happens by itself, and what is only planned."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, escape, join
from archspec.documents.page import Page
from archspec.documents.recovering import (
    CopyRow,
    DrillRow,
    StandbyRow,
    StepRow,
    Taking,
    TargetRow,
    copies,
    drills,
    standbys,
    steps,
    taking,
    targets,
)
from archspec.documents.wording import computed, listing, stated
from archspec.graph.outage import Effect, outages
from archspec.graph.recovery import DISRUPTIONS, Achieved, Disruption, achieved_rpo, judge, wanted_rpo
from archspec.model.data import Store
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import RecoveryArea

TITLE = "Recovery"

_DISRUPTIONS: dict[Disruption, str] = {
    "application": "a bad write or deletion",
    "infrastructure": "loss of an instance",
    "az": "loss of an AZ",
    "region": "loss of the Region",
}


class LossRow(NamedTuple):
    """What a store can lose in a disruption, why, and how that compares with the objective."""

    store: Markdown
    disruption: str
    loss: Markdown
    because: str
    verdict: Markdown


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

    rto: Markdown
    has_rto: bool
    has_whole: bool
    rpo: Markdown
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
    zones: tuple[ZoneRow, ...]
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
        rto=stated(wanted.objectives.rto),
        has_rto=wanted.objectives.rto is not None,
        has_whole=wanted.objectives.rto is not None or wanted.objectives.rpo is not None,
        rpo=stated(wanted.objectives.rpo),
        targets=tuple(targets(page)),
        strategy=wanted.strategy,
        region=code(wanted.region),
        standbys=tuple(standbys(page)),
        steps=tuple(steps(page)),
        taking=taking(page),
        restores=listing([_restore(page, store) for store in current if store.backups and store.backups.restore]),
        copies=tuple(copies(page)),
        drills=tuple(drills(page)),
        losses=tuple(row for store in current for row in _losses(page, store)),
        zones=tuple(_zones(page)),
        failover=tuple(_failover(page)),
        untimed=listing(list(dict.fromkeys(page.refer(o.subject) for o in wanted.failover if o.duration is None))),
        planned=tuple(_planned(page)),
    )


def _restore(page: Page, store: Store) -> Markdown:
    return Markdown(f"{page.refer(store.id)} {escape(store.backups.restore if store.backups else '')}")


def _losses(page: Page, store: Store) -> Iterator[LossRow]:
    """Yield what a store can lose; disruptions that end alike share a row."""
    found: dict[tuple[Markdown, str, Markdown], list[str]] = {}
    for disruption in DISRUPTIONS:
        achieved = achieved_rpo(store, disruption)
        loss = "everything" if achieved.seconds is None else _spell(achieved.seconds)
        verdict = _verdict(store, achieved, wanted_rpo(page.architecture.recovery, store))
        found.setdefault((computed(loss), achieved.because, verdict), []).append(_DISRUPTIONS[disruption])
    for (loss, because, verdict), after in found.items():
        yield LossRow(page.refer(store.id), ", ".join(after), loss, because, verdict)


def _spell(seconds: Decimal) -> str:
    return spell_duration(seconds) if seconds else "nothing"


def _verdict(store: Store, achieved: Achieved, wanted: Duration | None) -> Markdown:
    match judge(store, achieved, wanted):
        case "no objective":
            return Markdown("no objective is stated")
        case "a cache":
            return Markdown("not judged: a cache")
        case "no region objective":
            return Markdown("not judged: the objective names no Region")
        case "missed":
            return Markdown(f"**missed**: {escape(wanted)}")
        case "at the limit":
            return Markdown(f"at the limit of {escape(wanted)}")
        case "met":
            return Markdown("met")


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
