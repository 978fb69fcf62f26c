"""Which routes and peerings would lead a connection from one VPC to another, there and back, or inside one."""

from collections.abc import Iterator

from archspec.graph.asking import Asking
from archspec.graph.blocks import Block, block_of, network_of, overlap, vpc_networks
from archspec.graph.graph import Graph
from archspec.graph.repair_changes import Repair, Value, added, decided, put
from archspec.graph.route_hops import routes_between
from archspec.graph.routes import Taken, do_overlap
from archspec.model.network import Peering, Subnet

VPCS = ("network", "vpcs")


def between_repairs(asking: Asking) -> Iterator[Repair]:
    """Yield the routes, and the peering, that are missing between two ends that stand in subnets."""
    stopped = [(position, back) for back in (False, True) for position in asking.stopped(_leg(back=back))]
    if not stopped:
        return
    first = asking.found[stopped[0][0]]
    assert first.here is not None and first.there is not None  # noqa: S101, PT018  asked between two subnets
    if first.here.vpc == first.there.vpc:
        yield from _captured(asking, stopped)
        return
    peering = _peering(asking.graph, first.here.vpc, first.there.vpc)
    if isinstance(peering, Repair):
        yield peering
        if peering.does == "decide":
            return
    id_ = str(peering.path[-1]) if isinstance(peering, Repair) else peering.id
    yield from _by_table(asking, stopped, id_)


def _leg(*, back: bool) -> str:
    return "route-back" if back else "route"


def _captured(asking: Asking, stopped: list[tuple[int, bool]]) -> Iterator[Repair]:
    """Yield the routes inside a VPC that lead out of it what is meant for its own addresses."""
    found = [one for position, back in stopped for one in routes_between(asking, position, back=back)]
    for route in dict.fromkeys(route for route, why in found if why):
        if route.path:
            words = f"remove the route of {route.path[2]} that leads to {route.target}"
            yield Repair("route", "remove", route.path, (), words, route.path)


def _peering(graph: Graph, here: str, there: str) -> Peering | Repair:
    """Return the peering of two VPCs, or the repair that adds it."""
    known = [one for one in graph.architecture.network.peerings.values() if {*one.vpcs} == {here, there}]
    current = [one for one in known if one.status == "current"]
    if current and not do_overlap(graph, current[0]):
        return current[0]
    vpcs = graph.architecture.network.vpcs
    if here not in vpcs or there not in vpcs or _overlap(graph, here, there):
        return decided("route", f"give {here} and {there} addresses that do not overlap: AWS peers no others", VPCS)
    path = ("network", "peerings", f"{here}-{there}".replace("/", "-"))
    words = f"add to the peerings of network: {path[-1]}: {{vpcs: [{here}, {there}]}}"
    return Repair("route", "add", path, ({"vpcs": [here, there]},), words, vpcs[here].path)


def _overlap(graph: Graph, here: str, there: str) -> bool:
    vpcs = graph.architecture.network.vpcs
    return do_overlap(graph, Peering(id="asked", vpcs=(vpcs[here].id, vpcs[there].id)))


def _by_table(asking: Asking, stopped: list[tuple[int, bool]], peering: str) -> Iterator[Repair]:
    """Yield the routes over a peering that the tables lack, and the stated ones that have to lead to it."""
    needed: dict[str, tuple[Subnet, dict[str, None]]] = {}
    for position, back in stopped:
        one = asking.found[position]
        here, there = (one.there, one.here) if back else (one.here, one.there)
        assert here is not None and there is not None  # noqa: S101, PT018  asked between two subnets
        block = asking.near(position) if back else asking.far(position)
        for route, why in routes_between(asking, position, back=back):
            own = network_of(block)
            if why and route.path and route.prefix >= own.prefixlen:
                yield led(route, peering)
            elif why:
                table = asking.graph.route_tables.get(here.id)
                destinations = needed.setdefault(table.id if table else here.id, (here, {}))[1]
                destinations[_destination(asking.graph, there, block, route.prefix)] = None
    for here, destinations in needed.values():
        yield route_added(asking.graph, here, [{"destination": one, "target": peering} for one in destinations])


def led(route: Taken, target: str) -> Repair:
    """Return the repair that lets a stated route lead elsewhere."""
    repair = put("route", (*route.path, "target"), target)
    return repair._replace(words=f"let the route of {route.path[2]} to {route.target} lead to {target}")


def _destination(graph: Graph, there: Subnet, block: Block, prefix: int) -> str:
    """Return the block of the other VPC, or of the subnet alone where a route as wide is in the way."""
    vpc = graph.architecture.network.vpcs[there.vpc]
    around = [one for one in vpc_networks(vpc) if overlap(block_of(one), block) == block and one.prefixlen > prefix]
    return str(around[0] if around else network_of(block))


def route_added(graph: Graph, subnet: Subnet, routes: list[Value]) -> Repair:
    """Return the edit that adds routes to the table of a subnet, or a table with them where it has none."""
    table = graph.route_tables.get(subnet.id)
    if table is None:
        written = f"{subnet.id}-rt"
        values: dict[str, object] = {"subnets": [subnet.id], "routes": routes}
        words = f"add to the route tables of network: {written}, with {subnet.id} and {routes}"
        return Repair("route", "add", ("network", "route_tables", written), (values,), words, subnet.path)  # type: ignore[arg-type]
    place = subnet.path if table.derived else table.path
    repair = added("route", (*table.path, "routes"), routes, place)
    if not table.derived:
        return repair
    return repair._replace(words=f"state the route tables of {subnet.vpc}, and {repair.words}")
