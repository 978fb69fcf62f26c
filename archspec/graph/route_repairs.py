"""Which routes, gateways and addresses would lead a connection there and back."""

from collections.abc import Iterator

from archspec.graph.asking import Asking
from archspec.graph.endpoints import goes_by_gateway
from archspec.graph.graph import Graph, is_attached, is_public
from archspec.graph.peering_repairs import between_repairs, led, route_added
from archspec.graph.peers import is_in_subnets
from archspec.graph.repair_changes import Repair, added, decided, put
from archspec.graph.routes import WayOut, way_out
from archspec.model.element import Element
from archspec.model.network import NatGateway, Subnet

_ANYWHERE = {4: "0.0.0.0/0", 6: "::/0"}
_PUBLIC: dict[str, tuple[str, str | bool]] = {
    "service": ("public_ip", True),
    "load_balancer": ("scheme", "internet-facing"),
}
"""Kind → the key that gives it a public address. A store gets none: that would be no repair."""


def route_repairs(asking: Asking) -> Iterator[Repair]:
    """Yield what is missing on the way, one change for each route table."""
    source, target = is_in_subnets(asking.source), is_in_subnets(asking.target)
    if not asking.is_shared:
        if source or target:
            ends = f"{asking.source.id} and {asking.target.id}"
            yield decided("route", f"put {ends} into subnets that have a version of IP in common", asking.target.path)
    elif source and target:
        yield from between_repairs(asking)
    elif source:
        yield from _out(asking)
    elif target:
        yield from _in(asking)


def _out(asking: Asking) -> Iterator[Repair]:
    graph, door = asking.graph, asking.door
    stopped = asking.stopped("route", "address")
    heres = {i: here for i in stopped if (here := asking.found[i].here) is not None}
    if door.only and door.gateway is not None:
        tables = dict.fromkeys(table.id for here in heres.values() if (table := graph.route_tables.get(here.id)))
        if tables:
            yield added("route", (*door.gateway.path, "route_tables"), list(tables), door.gateway.path)
        return
    done: dict[str, None] = {}
    for here in heres.values():
        way = way_out(graph, here, asking.version)
        if not way.fault or (asking.version == 6 and not _is_public(asking)):
            yield from _addressed(asking.source, done)
        if not way.fault:
            continue
        table = graph.route_tables.get(here.id)
        key = table.id if table else here.id
        if key not in done:
            done[key] = None
            yield _way_out(asking, here, way)


def _is_public(asking: Asking) -> bool:
    return is_attached(asking.source) and is_public(asking.source, asking.graph)


def _addressed(element: Element, done: dict[str, None]) -> Iterator[Repair]:
    """Yield what gives an element a public address, once."""
    if element.id in done:
        return
    done[element.id] = None
    if element.kind in _PUBLIC:
        key, value = _PUBLIC[element.kind]
        yield put("route", (*element.path, key), value)
    else:
        yield decided("route", f"{element.id} has no public address, and should not need one", element.path)


def _way_out(asking: Asking, here: Subnet, way: WayOut) -> Repair:
    graph, version = asking.graph, asking.version
    if isinstance(way.gateway, NatGateway) and way.fault == "CANNOT_ROUTE" and version == 4:
        own = graph.architecture.network.subnets[way.gateway.subnet]
        gateway = _internet_gateway(graph, own.vpc)
        if own.vpc == here.vpc and gateway and not way_out(graph, own, version).route.target:
            return route_added(graph, own, [{"destination": _ANYWHERE[version], "target": gateway}])
        return decided("route", f"put {way.gateway.id} into a subnet whose default route leads out", way.gateway.path)
    gateway = _internet_gateway(graph, here.vpc) if _is_public(asking) or version == 6 else nat_gateway(graph, here)
    if not gateway:
        words = f"give {here.vpc} a NAT gateway in a public subnet, and {here.id} a default route to it"
        return decided("route", words, here.path)
    return _default(graph, here, way, gateway, version)


def _default(graph: Graph, here: Subnet, way: WayOut, gateway: str, version: int) -> Repair:
    if way.route.path:
        return led(way.route, gateway)
    return route_added(graph, here, [{"destination": _ANYWHERE[version], "target": gateway}])


def _internet_gateway(graph: Graph, vpc: str) -> str:
    gateways = graph.architecture.network.internet_gateways.values()
    return next((one.id for one in gateways if one.vpc == vpc and one.status == "current"), "")


def nat_gateway(graph: Graph, here: Subnet) -> str:
    """Return a NAT gateway of the VPC that gets out itself, that of the subnet's own AZ first."""
    network = graph.architecture.network
    known = [
        (network.subnets[one.subnet].az != here.az, one.id)
        for one in network.nat_gateways.values()
        if one.status == "current"
        and network.subnets[one.subnet].vpc == here.vpc
        and way_out(graph, network.subnets[one.subnet], 4).route.target in network.internet_gateways
    ]
    return min(known)[1] if known else ""


def nat_to_come(asking: Asking, position: int) -> Subnet | None:
    """Return the subnet of the NAT gateway that a repair would lead to, where that is another one."""
    here, graph, network = asking.found[position].here, asking.graph, asking.graph.architecture.network
    if here is None or asking.found[position].there is not None or asking.version == 6 or asking.door.only:
        return None
    way = way_out(graph, here, asking.version)
    if way.gateway is not None or goes_by_gateway(graph, asking.door, here):
        return None
    id_ = "" if _is_public(asking) else nat_gateway(graph, here)
    nat = network.nat_gateways.get(id_)
    return network.subnets[nat.subnet] if nat and nat.subnet != here.id else None


def _in(asking: Asking) -> Iterator[Repair]:
    graph, target = asking.graph, asking.target
    done: dict[str, None] = {}
    if is_attached(target) and not is_public(target, graph):
        yield from _addressed(target, done)
    for position in asking.stopped("route"):
        there = asking.found[position].there
        table = graph.route_tables.get(there.id) if there else None
        gateway = _internet_gateway(graph, there.vpc) if there else ""
        if there and gateway and (key := table.id if table else there.id) not in done:
            done[key] = None
            yield _default(graph, there, way_out(graph, there, asking.version), gateway, asking.version)
        elif there and not gateway:
            yield decided(
                "route", f"give {there.vpc} an internet gateway, and {there.id} a default route to it", there.path
            )
