"""How soon an element is back after a loss: the achieved recovery time, with its arithmetic and what it rests on.

What the spec states about the element's failover comes first; then what AWS says that its mechanism takes, which is an
assumption and says so; then a restore from a backup. What neither states cannot be told, and names the missing key.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.recovery import DISRUPTIONS, SHARED_STORAGE, has_standby, is_replicated, names_of
from archspec.graph.recovery_steps import critical_path, plan
from archspec.graph.recovery_tasks import back_in_service
from archspec.graph.recovery_timings import TimingName, timing
from archspec.model.compute import Service
from archspec.model.data import Cache, Database, Store
from archspec.model.network import LoadBalancer, NatGateway
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import Disruption
from archspec.model.status import current

Recoverable = Store | Service | LoadBalancer | NatGateway
"""The kinds whose recovery time is computed."""


class Back(NamedTuple):
    """When an element is back after a disruption, in seconds at most, and why.

    `seconds` is None where that cannot be told: `missing` is then the key that would tell. `assumed` are the figures of
    AWS's that it rests on.
    """

    disruption: Disruption
    seconds: Decimal | None
    because: str
    assumed: tuple[TimingName, ...] = ()
    missing: str = ""


def recoverable(graph: Graph) -> list[Recoverable]:
    """Return everything current whose recovery time is computed: stores, services, load balancers, NAT gateways."""
    kinds = (Store, Service, LoadBalancer, NatGateway)
    elements = graph.architecture.elements.values()
    return [one for one in elements if one.status == "current" and isinstance(one, kinds)]


def faces(element: Recoverable) -> tuple[Disruption, ...]:
    """Return what an element may be lost by; only databases hold what a bad write or a deletion ruins."""
    return DISRUPTIONS if isinstance(element, Database) else DISRUPTIONS[1:]


def achieved_rto(graph: Graph, element: Recoverable, disruption: Disruption) -> Back:
    """Return how soon an element is back after a disruption."""
    if disruption == "region":
        return _elsewhere(graph, element)
    stated = next((found for name in names_of(element) if (found := _stated(graph).get(name))), None)
    if stated and disruption != "application":
        does, duration = stated
        return Back(disruption, duration.high, f"{does}: {duration}")
    match element:
        case Store():
            return _store(element, disruption)
        case Service():
            return Back(disruption, *back_in_service(graph, element, disruption))
        case LoadBalancer():
            return _balancer(graph, element, disruption)
        case NatGateway():
            return _gateway(graph, element, disruption)


@lru_cache(maxsize=1)
def _stated(graph: Graph) -> Mapping[str, tuple[str, Duration]]:
    """Return the failovers of which it is stated how long they take, by element; the longest of each."""
    found: dict[str, tuple[str, Duration]] = {}
    for one in graph.architecture.recovery.failover:
        if one.status == "current" and one.duration is not None:
            known = found.get(one.subject)
            if known is None or known[1].high < one.duration.high:
                found[one.subject] = one.does, one.duration
    return found


def _elsewhere(graph: Graph, element: Recoverable) -> Back:
    """A replica in another Region is promoted, or the steps of the whole recovery are gone through."""
    if isinstance(element, Store):
        replicas = current(element.distant_replicas)
        ready = [(one.promotion.high, one.region, one.promotion) for one in replicas if one.promotion]
        if ready:
            seconds, region, takes = min(ready, key=lambda one: one[:2])
            return Back("region", seconds, f"the replica in {region} is promoted within {takes}")
        if replicas:
            because = f"a replica stands in {replicas[0].region}, and it is not stated how long its promotion takes"
            return Back("region", None, because, missing="distant_replicas.promotion")
    return _by_the_plan(graph)


@lru_cache(maxsize=1)
def _by_the_plan(graph: Graph) -> Back:
    steps = plan(graph.architecture)
    if not steps:
        return Back("region", None, "no steps of a recovery are stated", missing="recovery.steps")
    path = critical_path(steps)
    takes = spell_duration(path.high)
    if path.untimed:
        because = f"the steps take at least {takes}; how long {len(path.untimed)} of them take is not stated"
        return Back("region", None, because, missing="recovery.steps.takes")
    return Back("region", path.high, f"the steps of the recovery take {takes}")


def _store(store: Store, disruption: Disruption) -> Back:
    if disruption != "application":
        name = _takes_over(store, disruption)
        if name:
            return _assumed(disruption, name)
        if is_replicated(store, disruption) or (isinstance(store, Cache) and store.serverless):
            because = "a replica takes over; AWS states no figure for that, and neither does the spec"
            return Back(disruption, None, because, missing="recovery.failover.duration")
    if store.backups and store.backups.restore:
        takes = store.backups.restore
        return Back(disruption, takes.high, f"a backup is restored in {takes}")
    if isinstance(store, Cache) and not store.backups:
        because = "it comes back empty; how long that takes is not stated"
        return Back(disruption, None, because, missing="recovery.failover.duration")
    return Back(disruption, None, "how long restoring a backup takes is not stated", missing="backups.restore")


def _takes_over(store: Store, disruption: Disruption) -> TimingName | None:
    """Return which of AWS's mechanisms brings a database back, where AWS says how long that takes."""
    if not isinstance(store, Database):
        return None
    document = store.engine == "docdb"
    if store.engine not in SHARED_STORAGE:
        if not has_standby(store):
            return None
        standbys = sum(one.role == "standby" for one in store.members)
        return "rds-multi-az-cluster" if standbys > 1 else "rds-multi-az-instance"
    reads = disruption == "infrastructure" and any(one.role != "primary" for one in store.members)
    if has_standby(store) or reads:
        return "documentdb-failover" if document else "aurora-failover"
    if disruption == "infrastructure":
        return "documentdb-recreate" if document else "aurora-recreate"
    return None


def _assumed(disruption: Disruption, name: TimingName) -> Back:
    figure = timing(name)
    return Back(disruption, figure.seconds, f"AWS: {figure.says}", (name,))


def _balancer(graph: Graph, balancer: LoadBalancer, disruption: Disruption) -> Back:
    azs = graph.azs(balancer)
    if disruption == "az" and len(azs) < 2:
        return _alone(disruption, azs)
    return _assumed(disruption, "load-balancer-dns")


def _gateway(graph: Graph, gateway: NatGateway, disruption: Disruption) -> Back:
    if disruption == "infrastructure":
        return _assumed(disruption, "nat-redundancy")
    used = _users(graph).get(gateway.id, frozenset()) - {*graph.azs(gateway)}
    if used:
        because = f"subnets in {', '.join(sorted(used))} leave through it as well, and nothing else is stated for them"
        return Back(disruption, None, because, missing="recovery.failover.duration")
    return Back(disruption, Decimal(0), "nothing outside of its own AZ leaves through it")


@lru_cache(maxsize=1)
def _users(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return the AZs of the subnets that leave through each NAT gateway."""
    found: dict[str, set[str]] = {}
    for subnet in current(graph.architecture.network.subnets.values()):
        found.setdefault(graph.way_out(subnet), set()).add(subnet.az)
    return {id_: frozenset(azs) for id_, azs in found.items()}


def _alone(disruption: Disruption, azs: tuple[str, ...]) -> Back:
    place = ", ".join(azs) or "no AZ"
    return Back(
        disruption, None, f"it stands in {place} alone: nothing takes over", missing="recovery.failover.duration"
    )
