"""What of an architecture can be exported, and what cannot, with the reason: nothing is left out silently."""

from collections.abc import Callable, Container, Mapping
from ipaddress import IPv4Network
from typing import NamedTuple, TypeVar

from archspec.artifacts import Omission
from archspec.errors import KeyPath
from archspec.exporters.terraform.listeners import accepted, forwards, resolved
from archspec.model.architecture import AREAS, Architecture
from archspec.model.compute import ComputeArea, Service
from archspec.model.data import Cache, DataArea, Database, Store
from archspec.model.delivery import DeliveryArea
from archspec.model.element import INTERNET, Element, Network, is_block
from archspec.model.network import (
    LoadBalancer,
    NetworkArea,
    RouteTable,
    SecurityGroup,
)
from archspec.model.observability import ObservabilityArea
from archspec.model.security import SecurityArea

ENGINES = ("postgres", "mysql", "mariadb")
"""The databases that are exported: those that RDS runs as instances."""

_E = TypeVar("_E", bound=Element)
_S = TypeVar("_S", bound=Store)


class Scope(NamedTuple):
    """The exportable part of an architecture, each area sorted by id, and what was left out."""

    architecture: Architecture
    omissions: tuple[Omission, ...]


def scope(architecture: Architecture) -> Scope:
    """Drop what does not exist today, what is not supported, and whatever cannot stand without those."""
    selection = _Selection()
    network = _network(architecture.network, selection)
    compute = _compute(architecture.compute, network, selection)
    network = _load_balancing(network, compute, selection)
    update = {
        **{area: type(getattr(architecture, area))() for area in AREAS},
        "network": network,
        "compute": compute,
        "data": _data(architecture.data, network, selection),
        "security": SecurityArea(
            certificates=selection.existing(architecture.security.certificates),
            secret_stores=selection.existing(architecture.security.secret_stores),
        ),
        "observability": ObservabilityArea(monitors=selection.existing(architecture.observability.monitors)),
        "delivery": _delivery(architecture.delivery, selection),
    }
    # Not `model_copy`: it would take the whole architecture's index of elements along.
    kept = Architecture.model_construct(**{**dict(architecture), **update})
    _note_untaken(architecture, kept, selection)
    return Scope(kept, tuple(selection.omissions))


class _Selection:
    """Selects elements and the references between them, and notes what it drops."""

    def __init__(self) -> None:
        self.omissions: list[Omission] = []

    def drop(self, path: KeyPath, reason: str) -> None:
        self.omissions.append(Omission(path, reason))

    def existing(self, elements: Mapping[str, _E], problem: Callable[[_E], str] = lambda _: "") -> dict[str, _E]:
        """Keep the elements that are there today and of which `problem` says nothing."""
        kept = {}
        for id_, element in sorted(elements.items()):
            reason = f"is {element.status}" if element.status != "current" else problem(element)
            if reason:
                self.drop(element.path, reason)
            else:
                kept[id_] = element
        return kept

    def narrowed(self, elements: Mapping[str, _E], field: str, among: Container[str]) -> dict[str, _E]:
        """Keep those ids in a field that are exported."""
        return {
            id_: element.model_copy(update={field: self._present(element, field, among)})
            for id_, element in elements.items()
        }

    def _present(self, element: Element, field: str, among: Container[str]) -> str | tuple[str, ...]:
        value: str | tuple[str, ...] = getattr(element, field)
        for id_ in (value,) if isinstance(value, str) else value:
            if id_ and id_ not in among:
                self.drop((*element.path, field), f"{id_} is not exported")
        if isinstance(value, str):
            return value if value in among else ""
        return tuple(id_ for id_ in value if id_ in among)


def _note_untaken(architecture: Architecture, kept: Architecture, selection: _Selection) -> None:
    """Note every element that no area above took, such as one of a kind that nobody wrote an exporter for."""
    noted = {omission.path for omission in selection.omissions}
    for element in architecture.elements.values():
        if element.id not in kept.elements and element.id != INTERNET and element.path not in noted:
            kind = element.home[1].replace("_", " ")
            planned = "" if element.status == "current" else f"is {element.status}, and "
            selection.drop(element.path, f"{planned}archspec does not export {kind} yet")


def _network(network: NetworkArea, selection: _Selection) -> NetworkArea:
    vpcs = selection.existing(network.vpcs, lambda vpc: _only_ipv4(vpc.cidr))
    subnets = selection.existing(network.subnets, lambda s: _missing(s.vpc, vpcs, "VPC") or _only_ipv4(s.cidr))
    gateways = selection.existing(network.internet_gateways, lambda one: _missing(one.vpc, vpcs, "VPC"))
    nat_gateways = selection.existing(network.nat_gateways, lambda one: _missing(one.subnet, subnets, "subnet"))
    tables = selection.existing(network.route_tables, lambda table: _missing(table.vpc, vpcs, "VPC"))
    tables = selection.narrowed(tables, "subnets", subnets)
    groups = selection.existing(network.security_groups, lambda group: _missing(group.vpc, vpcs, "VPC"))
    balancers = selection.narrowed(selection.existing(network.load_balancers), "subnets", subnets)
    balancers = selection.narrowed(selection.existing(balancers, _no_subnets), "security_groups", groups)
    for vpc in vpcs.values():
        for i, cidr in enumerate(vpc.secondary_cidrs):
            if _only_ipv4(cidr):
                selection.drop((*vpc.path, "secondary_cidrs", i), _only_ipv4(cidr))
    for table in tables.values():
        _note_routes(table, {*gateways, *nat_gateways}, selection)
    for group in groups.values():
        _note_rules(group, groups, selection)
    return NetworkArea(
        vpcs=vpcs,
        subnets=subnets,
        internet_gateways=gateways,
        nat_gateways=nat_gateways,
        route_tables=tables,
        security_groups=groups,
        load_balancers=balancers,
        target_groups=selection.existing(network.target_groups),
    )


def _missing(id_: str, among: Container[str], kind: str) -> str:
    if not id_:
        return f"names no {kind}"
    return "" if id_ in among else f"its {kind} {id_} is not exported"


def _only_ipv4(cidr: Network) -> str:
    return "" if isinstance(cidr, IPv4Network) else "only IPv4 ranges are exported"


def _no_subnets(element: LoadBalancer | Service | Store) -> str:
    return "" if element.subnets else "none of its subnets is exported"


def _note_routes(table: RouteTable, targets: Container[str], selection: _Selection) -> None:
    """Note the routes to what is not exported. They stay, so that the others keep their positions."""
    for i, route in enumerate(table.routes):
        if route.target not in targets:
            selection.drop((*table.path, "routes", i), f"{route.target} is not exported")


def _note_rules(group: SecurityGroup, groups: Container[str], selection: _Selection) -> None:
    """Note the rules for groups that are not exported, which stay too."""
    peers = {
        "ingress": [rule.peer for rule in group.ingress],
        "egress": [rule.peer for rule in group.egress or ()],
    }
    for key, named in peers.items():
        for i, peer in enumerate(named):
            if not is_open(peer) and peer not in groups:
                selection.drop((*group.path, key, i), f"{peer} is not exported")


def is_open(peer: str) -> bool:
    """Whether the other side of a security group's rule is addresses and not a group."""
    return peer == INTERNET or is_block(peer)


def _compute(compute: ComputeArea, network: NetworkArea, selection: _Selection) -> ComputeArea:
    clusters = selection.existing(compute.clusters)
    services = selection.narrowed(selection.existing(compute.services), "subnets", network.subnets)
    services = selection.narrowed(selection.existing(services, _no_subnets), "security_groups", network.security_groups)
    services = selection.narrowed(services, "cluster", clusters)
    services = selection.narrowed(services, "load_balancer", network.load_balancers)
    for service in services.values():
        if service.launch == "ec2":
            selection.drop((*service.path, "launch"), "the EC2 instances that it runs on are not stated")
        if service.load_balancer and service.port is None:
            selection.drop((*service.path, "load_balancer"), "a load balancer needs the service's port")
    return ComputeArea(clusters=clusters, services=services)


def _load_balancing(network: NetworkArea, compute: ComputeArea, selection: _Selection) -> NetworkArea:
    """Resolve where listeners forward to, and keep the target groups that one of them forwards to."""
    groups = selection.existing(
        network.target_groups, lambda group: _missing(group.target, compute.services, "service")
    )
    by_target = {group.target: id_ for id_, group in reversed(groups.items())} | {id_: id_ for id_ in groups}
    balancers = {}
    for id_, balancer in network.load_balancers.items():
        listeners = tuple(resolved(one, by_target) for one in balancer.listeners)
        balancers[id_] = balancer.model_copy(update={"listeners": listeners})
        _note_listeners(balancer, balancers[id_], selection)
    reached = {id_ for balancer in balancers.values() for one in balancer.listeners for id_ in forwards(one)}
    groups = selection.existing(groups, lambda group: "" if group.id in reached else "no listener forwards to it")
    return network.model_copy(update={"load_balancers": balancers, "target_groups": groups})


def _note_listeners(stated: LoadBalancer, served_by: LoadBalancer, selection: _Selection) -> None:
    served = {i for i, _ in accepted(served_by)}
    for i, (before, after) in enumerate(zip(stated.listeners, served_by.listeners, strict=True)):
        path = (*stated.path, "listeners", i)
        if i not in served:
            other = any(one.port == after.port for one in stated.listeners[:i])
            selection.drop(
                path, "another listener has its port" if other else "it forwards to nothing that is exported"
            )
        for j, rule in enumerate(after.rules):
            if not rule.forward:
                selection.drop((*path, "rules", j), f"{before.rules[j].forward} is not exported")


def _data(data: DataArea, network: NetworkArea, selection: _Selection) -> DataArea:
    databases = selection.existing(data.databases, _database_problem)
    caches = selection.existing(data.caches, _cache_problem)
    return DataArea(
        databases=_placed(databases, network, selection),
        caches=_placed(caches, network, selection),
    )


def _database_problem(database: Database) -> str:
    return "" if database.engine in ENGINES else f"engine {database.engine} is not supported yet"


def _cache_problem(cache: Cache) -> str:
    return "engine memcached is not supported yet" if cache.engine == "memcached" else ""


def _placed(stores: dict[str, _S], network: NetworkArea, selection: _Selection) -> dict[str, _S]:
    kept = selection.existing(selection.narrowed(stores, "subnets", network.subnets), _no_subnets)
    for store in kept.values():
        for i, instance in enumerate(store.instances):
            if instance.status != "current":
                selection.drop((*store.path, "instances", i), f"is {instance.status}")
        if store.backups and store.backups.cross_region:
            planned = store.backups.cross_region == "planned"
            reason = "is planned" if planned else "copies in another region are not supported yet"
            selection.drop((*store.path, "backups", "cross_region"), reason)
    return selection.narrowed(kept, "security_groups", network.security_groups)


def _delivery(delivery: DeliveryArea, selection: _Selection) -> DeliveryArea:
    """Keep one registry: in an account and region, all repositories are in the same one."""
    kept = selection.existing(delivery.registries)
    for id_ in sorted(kept)[1:]:
        selection.drop(kept[id_].path, f"an account has one registry in a region, and {min(kept)} stands for it")
    return DeliveryArea(registries={id_: kept[id_] for id_ in sorted(kept)[:1]})
