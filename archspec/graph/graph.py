"""The architecture as a graph: who stands where, who belongs to whom, which flows are declared.

Dictionaries, not a networkx graph (docs/decisions/0003). Built once and read only; everything here is computed when
first asked for, and kept. What is asked of it lives beside it, one question a file: `permits`, `reach`, `recovery` …
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeGuard

from archspec.graph.group_rules import GroupRule, egress_rules, ingress_rules
from archspec.graph.intervals import Intervals, intersect, traffic, union
from archspec.model.architecture import Architecture
from archspec.model.compute import Cluster, Service
from archspec.model.data import Proxy, Store
from archspec.model.edge import Distribution
from archspec.model.element import INTERNET, Element
from archspec.model.flow import Flow
from archspec.model.network import Endpoint, Internet, LoadBalancer, NatGateway, RouteTable, Subnet
from archspec.model.ports import MAX_PORT, PortRange

Attached = Service | LoadBalancer | Store | Proxy | Endpoint
"""The kinds that have security groups and subnets: what packets leave from and arrive at."""

End = Attached | Internet


OUTSIDE = frozenset({
    "actor", "system", "distribution", "zone", "web_acl", "bucket", "topic", "queue", "secret_store", "secret", "key",
    "monitor", "log_group", "registry", "repository", "pipeline", "build",
})  # fmt: skip
"""The kinds that stand in no VPC and answer at public addresses: to security groups and routes they are the internet.

AWS's own services are as well, where no endpoint brings them into the VPC.
https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

LONGEST_WAIVER = 366
"""Days: a year, which may be a leap year. archspec's own choice, where a project makes none."""

HTTPS: Intervals = ((443, 443),)
"""AWS's services answer on nothing else, and so do interface endpoints."""


class Connection(NamedTuple):
    """A declared flow between elements that are alike, and the traffic that it wants.

    Alike are elements of one kind and cluster with the same security groups and subnets: what is true of the first is
    true of all. A flow of a cluster is one connection for each kind of service in it, however many there are.
    """

    flow: Flow
    sources: tuple[End, ...]
    targets: tuple[End, ...]
    wanted: Intervals

    @property
    def source(self) -> End:
        """The first of the sources, which stands for all."""
        return self.sources[0]

    @property
    def target(self) -> End:
        """The first of the targets, which stands for all."""
        return self.targets[0]


@dataclass(frozen=True, eq=False)
class Graph:
    """An architecture with everything that it implies, and the day that dates are judged by; none means they are not.

    `longest_waiver` is for how many days from that day on a waiver may be given. Equal only to itself, so that answers
    can be kept by graph.
    """

    architecture: Architecture
    today: datetime.date | None
    longest_waiver: int = LONGEST_WAIVER

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """Everything current that has security groups, in the order of the spec."""
        return tuple(e for e in self.architecture.elements.values() if is_attached(e) and e.status == "current")

    @cached_property
    def stores(self) -> tuple[Store, ...]:
        """Everything current that holds data, in the order of the spec."""
        return tuple(element for element in self.attached if isinstance(element, Store))

    @cached_property
    def internet(self) -> Internet:
        """Everybody outside."""
        found = self.architecture.elements[INTERNET]
        assert isinstance(found, Internet)  # noqa: S101  `elements` puts it there
        return found

    @cached_property
    def members(self) -> Mapping[str, tuple[Attached, ...]]:
        """Cluster id → its current services."""
        found: dict[str, list[Attached]] = {id_: [] for id_ in self.architecture.compute.clusters}
        for service in self.architecture.compute.services.values():
            if service.cluster and service.status == "current":
                found[service.cluster].append(service)
        return {id_: tuple(services) for id_, services in found.items()}

    @cached_property
    def alike(self) -> tuple[tuple[Attached, ...], ...]:
        """Everything attached, in groups of what is alike, in the order of the spec."""
        return _alike(self.attached)

    @cached_property
    def heard(self) -> Mapping[str, Intervals]:
        """What elements that are alike listen on together, by the first of them; those without a port add nothing."""
        return {members[0].id: union(*(listens(member) for member in members)) for members in self.alike}

    @cached_property
    def _members_alike(self) -> Mapping[str, list[tuple[Attached, ...]]]:
        found: dict[str, list[tuple[Attached, ...]]] = {id_: [] for id_ in self.architecture.compute.clusters}
        for members in self.alike:
            first = members[0]
            if isinstance(first, Service) and first.cluster:
                found[first.cluster].append(members)
        return found

    def _ends_alike(self, id_: str) -> Sequence[tuple[End, ...]]:
        return self._members_alike[id_] if id_ in self._members_alike else [(end,) for end in self.ends(id_)]

    def ends(self, id_: str) -> tuple[End, ...]:
        """Return the single elements that an end of a flow stands for; none for what sends no packets.

        What stands outside of every VPC is the internet.
        """
        element = self.architecture.elements[id_]
        if isinstance(element, Cluster):
            return self.members[id_]
        if element.kind in OUTSIDE or (isinstance(element, Endpoint) and not element.subnets):
            return (self.internet,)
        if isinstance(element, Internet) or is_attached(element):
            return (element,)
        return ()

    @cached_property
    def connections(self) -> tuple[Connection, ...]:
        """Every current flow between elements that are alike, in the order of the spec.

        A flow to a cluster reaches each service on the ports it listens on, of those that the flow names. A flow from a
        cluster to itself is about what differs; one from an element to itself is about its tasks.
        """
        return tuple(
            Connection(flow, sources, targets, wanted)
            for flow in self.architecture.flows
            if flow.status == "current"
            for targets in self._ends_alike(flow.target)
            if (wanted := self._wanted(flow, targets))
            for sources in self._ends_alike(flow.source)
            if sources != targets or len(targets) > 1 or targets[0].id == flow.source or self._is_viewed(flow)
        )

    def _is_viewed(self, flow: Flow) -> bool:
        """Whether a flow leads from outside to a distribution: no group judges it, and the ports are known."""
        return flow.source != flow.target and isinstance(self.architecture.elements[flow.target], Distribution)

    def _wanted(self, flow: Flow, targets: tuple[End, ...]) -> Intervals:
        if targets[0].id == flow.target or isinstance(targets[0], Internet):
            return traffic(flow.port, flow.transport)
        return intersect(self.heard[targets[0].id], traffic(flow.port, flow.transport))

    @cached_property
    def _connections_by_flow(self) -> Mapping[int, list[Connection]]:
        found: dict[int, list[Connection]] = {}
        for connection in self.connections:
            found.setdefault(connection.flow.index, []).append(connection)
        return found

    def connections_of(self, flow: Flow) -> list[Connection]:
        """Return the connections that a flow stands for."""
        return self._connections_by_flow.get(flow.index, [])

    def meant(self, connection: Connection) -> tuple[Element, Element]:
        """Return the two ends of a connection; what stands outside of every VPC as itself, and not as the internet."""
        source, target = connection.source, connection.target
        elements, flow = self.architecture.elements, connection.flow
        return (
            elements[flow.source] if isinstance(source, Internet) else source,
            elements[flow.target] if isinstance(target, Internet) else target,
        )

    def subnets(self, element: Attached) -> tuple[Subnet, ...]:
        """Return the subnets that an element stands in."""
        known = self.architecture.network.subnets
        return tuple(known[id_] for id_ in element.subnets)

    def ingress(self, element: Attached) -> tuple[GroupRule, ...]:
        """Return what the element's groups let in."""
        groups = element.security_groups
        return self._ingress[groups[0]] if len(groups) == 1 else tuple(r for id_ in groups for r in self._ingress[id_])

    def egress(self, element: Attached) -> tuple[GroupRule, ...]:
        """Return what the element's groups let out."""
        groups = element.security_groups
        return self._egress[groups[0]] if len(groups) == 1 else tuple(r for id_ in groups for r in self._egress[id_])

    @cached_property
    def _ingress(self) -> Mapping[str, tuple[GroupRule, ...]]:
        groups = self.architecture.network.security_groups
        return {id_: tuple(ingress_rules(group)) if _is_current(group) else () for id_, group in groups.items()}

    @cached_property
    def _egress(self) -> Mapping[str, tuple[GroupRule, ...]]:
        groups = self.architecture.network.security_groups
        return {id_: tuple(egress_rules(group)) if _is_current(group) else () for id_, group in groups.items()}

    def azs(self, element: Element) -> tuple[str, ...]:
        """Return the AZs that an element stands in, sorted: a store's by its instances, where they are stated."""
        match element:
            case Service() | LoadBalancer() | Proxy() | Endpoint() | Store(instances=()):
                return self._azs_of_subnets(element.subnets)
            case Store():
                stated = {instance.az for instance in element.members if instance.az}
                return tuple(sorted(stated)) or self._azs_of_subnets(element.subnets)
            case Subnet():
                return (element.az,)
            case NatGateway():
                return (self.architecture.network.subnets[element.subnet].az,)
            case Cluster():
                return tuple(sorted({az for service in self.members[element.id] for az in self.azs(service)}))
            case _:
                return ()

    def _azs_of_subnets(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        known = self._azs.get(ids)
        if known is None:
            subnets = self.architecture.network.subnets
            known = self._azs[ids] = tuple(sorted({subnets[id_].az for id_ in ids if _is_current(subnets[id_])}))
        return known

    @cached_property
    def _azs(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    @cached_property
    def route_tables(self) -> Mapping[str, RouteTable]:
        """Subnet id → the route table that is associated with it. A subnet without one has the local route only."""
        tables = self.architecture.network.route_tables.values()
        return {subnet: table for table in tables if _is_current(table) for subnet in table.subnets}

    def way_out(self, subnet: Subnet) -> str:
        """Return what the subnet's default route leads to: an internet gateway, a NAT gateway, or nothing."""
        table = self.route_tables.get(subnet.id)
        routes = table.routes if table else ()
        elements = self.architecture.elements
        return next((r.target for r in routes if not r.destination.prefixlen and _is_current(elements[r.target])), "")

    def vpc(self, element: Attached) -> str:
        """Return the VPC of an element's subnets, or nothing where they lie in none or in several."""
        known = self._vpcs.get(element.subnets)
        if known is None:
            vpcs = {subnet.vpc for subnet in self.subnets(element)}
            known = self._vpcs[element.subnets] = vpcs.pop() if len(vpcs) == 1 else ""
        return known

    @cached_property
    def _vpcs(self) -> dict[tuple[str, ...], str]:
        return {}

    def internet_gateway(self, subnet: Subnet) -> str:
        """Return the internet gateway that a route of the subnet leads to, whatever its destination, or nothing."""
        table = self.route_tables.get(subnet.id)
        if table is None:
            return ""
        gateways = self.architecture.network.internet_gateways
        targets = (gateways.get(route.target) for route in table.routes)
        return next((gateway.id for gateway in targets if gateway is not None and _is_current(gateway)), "")


def spell_ends(ends: Sequence[End]) -> str:
    """Write elements that are alike: the first, and how many more there are."""
    return ends[0].id if len(ends) == 1 else f"{ends[0].id} and {len(ends) - 1} alike"


def _alike(elements: Iterable[Attached]) -> tuple[tuple[Attached, ...], ...]:
    found: dict[tuple[object, ...], list[Attached]] = {}
    for element in elements:
        # Fields by name: asking pydantic for one that a kind has not takes ten times as long.
        held = element.__dict__
        public = held.get("scheme"), held.get("public_ip"), held.get("public")
        key = (element.kind, element.security_groups, element.subnets, held.get("cluster"), public, element.environment)
        found.setdefault(key, []).append(element)
    return tuple(tuple(members) for members in found.values())


def _is_current(element: Element) -> bool:
    return element.status == "current"


def is_attached(element: Element) -> TypeGuard[Attached]:
    """Whether the element has security groups and subnets."""
    return element.attached


def listens(element: End) -> Intervals:
    """Return the traffic that an element answers to, tcp unless it says udp; nothing without a stated port."""
    match element:
        case Service():
            port = element.port
            if port is None:
                return ()
            return ((port, port),) if element.transport == "tcp" else traffic((PortRange(port, port),), "udp")
        case LoadBalancer(listeners=listeners):
            ports = {(PortRange(one.port, one.port), "udp" if one.protocol == "UDP" else "tcp") for one in listeners}
            return union(*(traffic((port,), transport) for port, transport in ports))
        case Store() | Proxy():
            return ((element.listens, element.listens),)
        case Endpoint():
            return HTTPS
        case _:
            return ((0, MAX_PORT),)


def is_public(element: Attached, graph: Graph) -> bool:
    """Whether the element has an address that the internet can reach, gateways and routes aside."""
    match element:
        case LoadBalancer(scheme=None):
            return all(subnet.tier == "public" for subnet in graph.subnets(element))
        case LoadBalancer(scheme=scheme):
            return scheme == "internet-facing"
        case Service(public_ip=public):
            return public
        case _:
            return bool(getattr(element, "public", False))
