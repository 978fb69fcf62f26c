"""What could be lost, and how far back: the achieved recovery point of a store, with its arithmetic; how long it takes.

Per disruption, the best of the mechanisms that are valid for it wins:

- an application error (a bad write, a deletion) is undone by point-in-time recovery, else by the last backup
- the loss of an instance or an AZ is survived by a synchronous standby, else it is restored like an application error
- the loss of a Region is survived by what is copied to another one

A replica repeats a bad write, so it never counts for an application error.
https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from archspec.model.data import Backups, Database, Store
from archspec.model.quantity import Duration
from archspec.model.recovery import RecoveryArea, RecoveryStep

Disruption = Literal["application", "infrastructure", "az", "region"]
DISRUPTIONS: tuple[Disruption, ...] = ("application", "infrastructure", "az", "region")
JUDGED: tuple[Disruption, ...] = ("application", "infrastructure", "az")
"""What an objective that names no disruption is about: what happens within a Region."""

Verdict = Literal["no objective", "a cache", "no region objective", "missed", "at the limit", "met"]

LOG_INTERVAL = Decimal(300)
"""Seconds between two uploads of an RDS instance's transaction logs: what point-in-time recovery can lose.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
"""


_SHARED_STORAGE = ("aurora-postgresql", "aurora-mysql", "docdb")


class Achieved(NamedTuple):
    """The recovery point that a store achieves in a disruption. `seconds` is None where everything is lost."""

    disruption: Disruption
    seconds: Decimal | None
    because: str


def achieved_rpo(store: Store, disruption: Disruption) -> Achieved:
    """Return how much a store can lose, at worst, and which mechanism decides it."""
    found = [mechanism for mechanism in _mechanisms(store, disruption) if mechanism.seconds is not None]
    if found:
        return min(found, key=lambda one: (one.seconds, one.because))
    return Achieved(disruption, None, _nothing(store, disruption))


def _mechanisms(store: Store, disruption: Disruption) -> list[Achieved]:
    backups = store.backups
    found: list[Achieved] = []
    if disruption == "region":
        if backups and backups.cross_region is True and backups.every:
            because = f"the last backup copied to another Region is up to {backups.every} old"
            found.append(Achieved(disruption, backups.every.high, because))
        return found
    if disruption != "application" and has_standby(store):
        found.append(Achieved(disruption, Decimal(0), _taken_over(store)))
    if backups and backups.point_in_time:
        found.append(Achieved(disruption, LOG_INTERVAL, "point-in-time recovery: logs are uploaded every 5 minutes"))
    elif backups and _is_continuous(store, backups):
        because = f"the backups of {store.engine} are continuous: it can be restored to 5 minutes ago"
        found.append(Achieved(disruption, LOG_INTERVAL, because))
    if backups and backups.every:
        found.append(
            Achieved(disruption, backups.every.high, f"the last automated backup is up to {backups.every} old")
        )
    return found


def _taken_over(store: Store) -> str:
    if store.engine in _SHARED_STORAGE and not any(one.role != "primary" for one in store.members):
        return "its storage is kept in several AZs"
    return "the standby in another AZ is written synchronously"


def _is_continuous(store: Store, backups: Backups) -> bool:
    """Whether a cluster with shared storage keeps backups: those are continuous, unless somebody says otherwise.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html,
    https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore.html
    """
    return store.engine in _SHARED_STORAGE and backups.point_in_time is None and bool(backups.retention)


def _nothing(store: Store, disruption: Disruption) -> str:
    if disruption != "region":
        return "no backup, no point-in-time recovery and no standby is stated"
    match store.backups.cross_region if store.backups else None:
        case "planned":
            return "copies in another Region are planned, none exists"
        case True:
            return "backups are copied to another Region, and it is not stated how often"
        case _:
            return "nothing is copied to another Region"


def has_standby(store: Store) -> bool:
    """Whether something that was written synchronously takes over in another AZ than the primary's.

    In a cluster with shared storage that is any reader, and no Multi-AZ switch is needed for it.
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    """
    if not isinstance(store, Database):
        return False
    members, shares = store.members, store.engine in _SHARED_STORAGE
    if not members or not (store.multi_az or shares):
        return store.multi_az and not members
    primaries = {member.az for member in members if member.role == "primary"}
    takes_over = ("standby", "reader", "replica") if shares else ("standby",)
    return bool({member.az for member in members if member.role in takes_over} - primaries)


def is_record(store: Store) -> bool:
    """Whether the store is the system of record for what it holds: databases are, caches are filled from elsewhere."""
    return isinstance(store, Database)


def wanted_rpo(wanted: RecoveryArea, store: Store) -> Duration | None:
    """Return the recovery point objective of a store: the strictest of the targets that cover it, else the whole's."""
    own = [one.rpo for one in wanted.targets if one.rpo and store.id in one.covers]
    return min(own, key=lambda rpo: rpo.high) if own else wanted.objectives.rpo


def judge(store: Store, achieved: Achieved, wanted: Duration | None) -> Verdict:
    """Hold what a store achieves against the objective; losing exactly as much as the objective is within it."""
    if wanted is None:
        return "no objective"
    if not is_record(store):
        return "a cache"
    if achieved.disruption not in JUDGED:
        return "no region objective"
    if achieved.seconds is None or achieved.seconds > wanted.high:
        return "missed"
    return "at the limit" if achieved.seconds == wanted.high and wanted.comparator == "<" else "met"


class CriticalPath(NamedTuple):
    """How long steps take at least and at most, in seconds; what nobody states counts for nothing and is named."""

    low: Decimal
    high: Decimal
    untimed: tuple[RecoveryStep, ...]


def stages(steps: Sequence[RecoveryStep]) -> tuple[tuple[RecoveryStep, ...], ...]:
    """Return the steps that run beside each other, in the order in which the groups begin.

    Those of one group do; a step without a group runs alone.
    """
    found: dict[str | int, list[RecoveryStep]] = {}
    for i, step in enumerate(steps):
        found.setdefault(step.group or i, []).append(step)
    return tuple(tuple(stage) for stage in found.values())


def critical_path(steps: Sequence[RecoveryStep]) -> CriticalPath:
    """Return how long the steps take together: the longest of each stage, one stage after the other."""
    timed = [[step.takes for step in stage if step.takes] for stage in stages(steps)]
    return CriticalPath(
        low=sum((max(takes.low for takes in stage) for stage in timed if stage), Decimal(0)),
        high=sum((max(takes.high for takes in stage) for stage in timed if stage), Decimal(0)),
        untimed=tuple(step for step in steps if step.takes is None),
    )


def is_within(path: CriticalPath, stated: Duration) -> bool:
    """Whether a path keeps a stated bound, or is what is stated; `~15 minutes` is right within a tenth of it."""
    if stated.comparator in ("<", "<=", "≤"):
        return path.high < stated.high if stated.comparator == "<" else path.high <= stated.high
    accepted = stated.high / 10 if stated.approximate else Decimal(0)
    return abs(path.low - stated.low) <= accepted and abs(path.high - stated.high) <= accepted
