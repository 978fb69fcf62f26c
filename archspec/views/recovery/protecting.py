"""What is written on the cards of a recovery picture: objectives, backups, what takes over. Only what is stated."""

from collections.abc import Iterator

from archspec.graph.recovery import is_record
from archspec.graph.recovery_point import achieved_rpo
from archspec.model.architecture import Architecture
from archspec.model.data import Backups, Bucket, Store
from archspec.model.delivery import Registry
from archspec.model.element import Element
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import Failover, Target
from archspec.views.parts.keeping import instance_words


def is_protected(element: Element) -> bool:
    """Whether something is stated that keeps an element's data, or it is a store, which should be kept."""
    match element:
        case Store():
            return True
        case Bucket(versioning=versioning, replication=replication):
            return versioning is not None or bool(replication)
        case Registry(replication=replication):
            return bool(replication)
        case _:
            return False


def protection(architecture: Architecture, element: Element) -> Iterator[str]:
    """Yield what protects an element, and what is wanted for it, in lines; some of them empty."""
    match element:
        case Store():
            yield from _standing(element)
            yield from _backups(element.backups) if element.backups else ()
            yield _loss(element)
        case Bucket(versioning=versioning):
            yield "versioned" if versioning else "not versioned" if versioning is False else ""
        case _:
            pass
    yield from (objective(one) for one in architecture.recovery.targets if element.id in one.covers)
    if not has_followers(element):
        yield from (takeover(one) for one in failovers(architecture, element.id))


def has_followers(element: Element) -> bool:
    """Whether instances of a store stand beside its primary, so that what takes over is an arrow to them."""
    return isinstance(element, Store) and sum(one.status != "removed" for one in element.instances) > 1


def failovers(architecture: Architecture, id_: str) -> Iterator[Failover]:
    """Yield what an element does when a part of it fails."""
    yield from (one for one in architecture.recovery.failover if one.subject == id_ and one.status != "removed")


def takeover(failover: Failover) -> str:
    """Return what happens when something fails, and how long it takes: `failover by itself: promotes the standby`."""
    how = "failover by itself" if failover.automatic else "failover by hand"
    status = "" if failover.status == "current" else f" ({failover.status})"
    return f"{how}: {failover.does}{f', {failover.duration}' if failover.duration else ''}{status}"


def objective(target: Target) -> str:
    """Return what a target wants: `RTO < 5 minutes, RPO 0 minutes`, with the losses that it is about."""
    if target.not_required and not (target.rto or target.rpo):
        return f"no objective: {target.not_required}"
    about = f" ({' or '.join(target.disruptions)})" if target.disruptions else ""
    return f"{objectives(target.rto, target.rpo)}{about}"


def objectives(rto: Duration | None, rpo: Duration | None) -> str:
    """Return a recovery time and point as people write them; nothing where neither is stated."""
    return ", ".join([*([f"RTO {rto}"] if rto else []), *([f"RPO {rpo}"] if rpo else [])])


def _standing(store: Store) -> Iterator[str]:
    members = [one for one in store.instances if one.status != "removed"]
    if has_followers(store):
        yield from (instance_words(one) for one in members if one.role == "primary")
    elif store.multi_az:
        yield "Multi-AZ"
    elif members:
        yield instance_words(members[0])


def _backups(backups: Backups) -> Iterator[str]:
    kept = f"kept {backups.retention}" if backups.retention else ""
    every = f"every {backups.every}" if backups.every else ""
    told = ", ".join(filter(None, (every, kept)))
    yield f"backups {told}" if told else ""
    if backups.point_in_time is not None:
        yield "point-in-time recovery" if backups.point_in_time else "no point-in-time recovery"
    manual_kept = f", kept {backups.manual_retention}" if backups.manual_retention else ""
    yield f"by hand: {backups.manual}{manual_kept}" if backups.manual else ""
    yield f"restored in {backups.restore}" if backups.restore else ""


def _loss(store: Store) -> str:
    """Return what a bad write or a deletion can cost at most; of what is filled from elsewhere, nothing is lost."""
    achieved = achieved_rpo(store, "application")
    if not is_record(store) or achieved.seconds is None:
        return ""
    return f"a bad write loses ≤ {spell_duration(achieved.seconds)}"
