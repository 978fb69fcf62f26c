"""What all questions of recovery share: what can be lost, which stores hold what nothing else does, what takes over."""

from archspec.model.compute import Service
from archspec.model.data import Cache, Database, Instance, Store
from archspec.model.element import Element
from archspec.model.recovery import Disruption

DISRUPTIONS: tuple[Disruption, ...] = ("application", "infrastructure", "az", "region")
JUDGED: tuple[Disruption, ...] = ("application", "infrastructure", "az")
"""What an objective that names no disruption is about: what happens within a Region."""

SHARED_STORAGE = ("aurora-postgresql", "aurora-mysql", "docdb")
"""The engines whose instances share one storage, which is kept in three AZs."""


def names_of(element: Element) -> tuple[str, ...]:
    """Return the ids by which a list may mean an element: its own, and that of the cluster it runs in."""
    return (element.id, element.cluster) if isinstance(element, Service) and element.cluster else (element.id,)


def is_record(store: Store) -> bool:
    """Whether the store is the system of record for what it holds: databases are, caches are filled from elsewhere."""
    return isinstance(store, Database)


def has_standby(store: Store) -> bool:
    """Whether something that was written synchronously takes over in another AZ than the primary's.

    In a cluster with shared storage that is any reader, and no Multi-AZ switch is needed for it.
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    """
    if not isinstance(store, Database):
        return False
    members, shares = store.members, store.engine in SHARED_STORAGE
    if not members or not (store.multi_az or shares):
        return store.multi_az and not members
    primaries = {member.az for member in members if member.role == "primary"}
    takes_over = ("standby", "reader", "replica") if shares else ("standby",)
    return bool({member.az for member in members if member.role in takes_over} - primaries)


def followers(store: Store, disruption: Disruption) -> list[Instance]:
    """Return the instances in the Region that are written asynchronously and outlast the loss of the primary.

    When the AZ is lost, those are the ones in another. Instances of a cluster with shared storage follow nothing.
    """
    if store.engine in SHARED_STORAGE:
        return []
    primaries = {member.az for member in store.members if member.role == "primary"}
    found = [member for member in store.members if member.role in ("replica", "reader")]
    return [member for member in found if disruption != "az" or (member.az and member.az not in primaries)]


def is_replicated(store: Store, disruption: Disruption) -> bool:
    """Whether an asynchronous replica outlasts the loss: one is stated, or the cache is Multi-AZ, which implies one.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    """
    implied = isinstance(store, Cache) and store.multi_az and not store.members
    return implied or bool(followers(store, disruption))
