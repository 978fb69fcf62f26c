"""What could be lost, and how far back: the achieved recovery point of a store, with its arithmetic.

Per disruption, the best of the mechanisms that are valid for it wins:

- an application error (a bad write, a deletion) is undone by point-in-time recovery, else by the last backup
- the loss of an instance or an AZ is survived by a synchronous standby, with its lag by an asynchronous replica, else
  it is restored like an application error
- the loss of a Region is survived by what is copied to another one, or follows in another one

A replica repeats a bad write, so it never counts for an application error.
https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.graph.recovery import SHARED_STORAGE, has_standby, is_replicated
from archspec.model.data import Backups, Store
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import Disruption
from archspec.model.status import current

LOG_INTERVAL = Decimal(300)
"""Seconds between two uploads of an RDS instance's transaction logs: what point-in-time recovery can lose.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
"""


class Achieved(NamedTuple):
    """The recovery point that a store achieves in a disruption.

    `seconds` is None where everything is lost, or where that cannot be told because `missing`, a key, is not stated.
    """

    disruption: Disruption
    seconds: Decimal | None
    because: str
    missing: str = ""


def achieved_rpo(store: Store, disruption: Disruption) -> Achieved:
    """Return how much a store can lose, at worst, and which mechanism decides it."""
    mechanisms = [*(_copied if disruption == "region" else _within_region)(store, disruption)]
    known = [(one.seconds, one) for one in mechanisms if one.seconds is not None]
    if known:
        return min(known, key=lambda one: (one[0], one[1].because))[1]
    return mechanisms[0] if mechanisms else Achieved(disruption, None, _nothing(store, disruption))


def _within_region(store: Store, disruption: Disruption) -> Iterator[Achieved]:
    backups = store.backups
    if disruption != "application" and has_standby(store):
        yield Achieved(disruption, Decimal(0), _taken_over(store))
    elif disruption != "application" and is_replicated(store, disruption):
        yield _following(disruption, "a replica", store.lag, "lag")
    if backups is None:
        return
    if backups.point_in_time:
        yield Achieved(disruption, LOG_INTERVAL, "point-in-time recovery: logs are uploaded every 5 minutes")
    elif _is_continuous(store, backups):
        because = f"the backups of {store.engine} are continuous: it can be restored to 5 minutes ago"
        yield Achieved(disruption, LOG_INTERVAL, because)
    if backups.every:
        yield _backed_up(disruption, "the last automated backup", [(backups.every, ""), (backups.takes, "to take one")])


def _copied(store: Store, disruption: Disruption) -> Iterator[Achieved]:
    for one in current(store.distant_replicas):
        yield _following(disruption, f"the replica in {one.region}", one.lag, "distant_replicas.lag")
    backups = store.backups
    if backups is None or backups.cross_region is not True:
        return
    if backups.every or backups.copy_every:
        parts = [
            (backups.every, ""),
            (backups.takes, "to take one"),
            (backups.copy_every, "between copies"),
            (backups.copy_takes, "to copy it"),
        ]
        yield _backed_up(disruption, "the last backup copied to another Region", parts)
    else:
        because = "backups are copied to another Region, and it is not stated how often"
        yield Achieved(disruption, None, because, "backups.copy_every")


def _following(disruption: Disruption, what: str, lag: Duration | None, key: str) -> Achieved:
    if lag is None:
        return Achieved(disruption, None, f"{what} follows, and it is not stated how far behind it may be", key)
    return Achieved(disruption, lag.high, f"{what} is at most {lag} behind")


def _backed_up(disruption: Disruption, what: str, parts: list[tuple[Duration | None, str]]) -> Achieved:
    """Add up how old a backup may be: what was written right after the last one began is not in it."""
    stated = [(duration, purpose) for duration, purpose in parts if duration is not None]
    seconds = sum((duration.high for duration, _ in stated), Decimal(0))
    if len(stated) == 1:
        return Achieved(disruption, seconds, f"{what} is up to {stated[0][0]} old")
    added = " + ".join(f"{duration} {purpose or 'between backups'}" for duration, purpose in stated)
    return Achieved(disruption, seconds, f"{what} is up to {spell_duration(seconds)} old: {added}")


def _taken_over(store: Store) -> str:
    if store.engine in SHARED_STORAGE and not any(one.role != "primary" for one in store.members):
        return "its storage is kept in several AZs"
    return "the standby in another AZ is written synchronously"


def _is_continuous(store: Store, backups: Backups) -> bool:
    """Whether a cluster with shared storage keeps backups: those are continuous, unless somebody says otherwise.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html,
    https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore.html
    """
    return store.engine in SHARED_STORAGE and backups.point_in_time is None and bool(backups.retention)


def _nothing(store: Store, disruption: Disruption) -> str:
    if disruption != "region":
        return "no backup, no point-in-time recovery and no standby is stated"
    if store.backups and store.backups.cross_region == "planned":
        return "copies in another Region are planned, none exists"
    return "nothing is copied to another Region"
