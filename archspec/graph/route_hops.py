"""What routes, gateways and addresses say of a connection: the way there, and the way back where it is another one."""

from collections.abc import Iterator, Sequence

from archspec.findings import Hop
from archspec.graph.asking import Asking
from archspec.graph.endpoints import goes_by_gateway, in_vpc
from archspec.graph.graph import Attached, Graph, is_attached, is_public
from archspec.graph.nacl_hops import pairs_of
from archspec.graph.peers import is_in_subnets
from archspec.graph.routes import Fault, Taken, WayOut, fault, taken, way_out
from archspec.model.element import Element
from archspec.model.network import Peering, Subnet


def route_hops(asking: Asking) -> Iterator[Hop]:
    """Yield the answer for the way to the target."""
    lost = _nowhere(asking)
    if lost is not None:
        yield lost
    elif is_in_subnets(asking.source) and is_in_subnets(asking.target):
        yield _between(asking, back=False)
    elif is_in_subnets(asking.source):
        yield from _unused(asking)
        yield _out(asking)
    elif is_in_subnets(asking.target):
        yield _in(asking)
    else:
        text = f"{asking.source.id} and {asking.target.id} both stand outside of every VPC"
        yield Hop("note", f"{text}: no security group, network ACL or route in the spec guards the way")


def back_hops(asking: Asking) -> Iterator[Hop]:
    """Yield the answer for the way back, where it is not the local route of one VPC."""
    if _is_apart(asking) or asking.stopped("route-back"):
        yield _between(asking, back=True)


def _is_apart(asking: Asking) -> bool:
    first = next(iter(asking.found), None)
    return bool(first and first.here and first.there and first.here.vpc != first.there.vpc)


def _nowhere(asking: Asking) -> Hop | None:
    """Return the block where an end has no subnet, or the two have no version of IP in common."""
    for end in (asking.source, asking.target):
        if is_in_subnets(end) and not end.subnets:
            return Hop("blocked", f"{end.id} stands in no subnet", end.path, "NO_ROUTE_TO_DESTINATION")
    if asking.is_shared or not (is_in_subnets(asking.source) or is_in_subnets(asking.target)):
        return None
    ends = [end for end in (asking.source, asking.target) if is_in_subnets(end)]
    names = " and ".join(dict.fromkeys(end.id for end in ends))
    text = f"the subnets of {names} have no version of IP in common, neither IPv4 nor IPv6"
    return Hop("blocked", text, ends[-1].path, "NO_ROUTE_TO_DESTINATION")


def routes_between(asking: Asking, position: int, *, back: bool) -> list[tuple[Taken, Fault]]:
    """Return the routes that are taken in a placement, each with why it does not lead there."""
    one, graph = asking.found[position], asking.graph
    here, there = (one.there, one.here) if back else (one.here, one.there)
    block = asking.near(position) if back else asking.far(position)
    assert here is not None and there is not None  # noqa: S101, PT018  asked between two subnets
    return [(route, fault(graph, route, here, there)) for _, route in taken(graph, here, block)]


def _between(asking: Asking, *, back: bool) -> Hop:
    stopped = asking.stopped("route-back" if back else "route")
    position = min(stopped, default=0)
    found = routes_between(asking, position, back=back)
    route, why = next((one for one in found if one[1]), found[0])
    one = asking.found[position]
    here, there = (one.there, one.here) if back else (one.here, one.there)
    assert here is not None and there is not None  # noqa: S101, PT018  asked between two subnets
    lead = "the way back: " if back else ""
    if stopped:
        text, path = _spell_fault(asking, route, why, (here, there))
        return Hop("blocked", f"{lead}{text}{pairs_of(asking, stopped)}", path, why)
    graph, ends = asking.graph, (asking.source, asking.target)
    if here.vpc == there.vpc:
        subnets = dict.fromkeys(id_ for end in ends if is_attached(end) for id_ in end.subnets)
        where = f"the local route of {here.vpc}" if here.vpc else "the local route"
        return Hop("open", f"{lead}{where} joins {', '.join(subnets)}")
    text = f"{lead}{route.target} leads {here.id} to {there.id}, from {here.vpc} to {there.vpc}"
    return Hop("open", text, route.path or graph.architecture.elements[route.target].path)


def _spell_fault(
    asking: Asking, route: Taken, why: Fault, ends: tuple[Subnet, Subnet]
) -> tuple[str, tuple[str | int, ...]]:
    (here, there), elements = ends, asking.graph.architecture.elements
    target = elements.get(route.target)
    end = asking.target
    stands = [f"{one.id} is in {_vpcs(asking.graph, one)}" for one in (asking.source, asking.target)]
    if why == "NO_ROUTE_TO_DESTINATION" or target is None:
        return f"{' and '.join(stands)}: no route between them", route.path or end.path
    place = route.path or target.path
    if why == "MORE_SPECIFIC_ROUTE":
        return f"a route more specific than the local one sends what is for {there.id} to {target.id}", place
    if why == "BAD_STATE_ROUTE":
        return f"the route of {here.id} to {there.id} leads to {target.id}, which is {target.status}", place
    if why == "PEERING_NOT_TRANSITIVE" and isinstance(target, Peering):
        joined = " and ".join(target.vpcs)
        return f"{target.id} joins {joined}, and leads no further to {there.vpc}: peering is not transitive", place
    if isinstance(target, Peering) and {here.vpc, there.vpc} == set(target.vpcs):
        return f"{target.id} joins {here.vpc} and {there.vpc}, whose addresses overlap: AWS does not peer them", place
    return (
        f"the route of {here.id} to {there.id} leads to {target.id}, which does not join {here.vpc} and {there.vpc}",
        place,
    )


def _vpcs(graph: Graph, element: Element) -> str:
    return (graph.vpc(element) if is_attached(element) else "") or "no single VPC"


def _unused(asking: Asking) -> Iterator[Hop]:
    """Yield a note for each endpoint of the service that does not serve this source."""
    graph, source = asking.graph, asking.source
    if not is_attached(source) or asking.door.only:
        return
    for endpoint in in_vpc(graph, graph.vpc(source), asking.door.service):
        if endpoint.type == "interface" and not endpoint.subnets:
            yield Hop(
                "note", f"{endpoint.id} states no subnets, so it is not counted on", endpoint.path, "FACT_MISSING"
            )
        elif endpoint.type == "interface" and endpoint.private_dns is False:
            text = f"the private DNS of {endpoint.id} is off, so the service's own name does not lead to it"
            yield Hop("note", text, endpoint.path, "VPCE_PRIVATE_DNS_OFF")
        elif endpoint.type == "gateway" and not endpoint.route_tables:
            text = f"{endpoint.id} states no route tables, so it is not counted on"
            yield Hop("note", text, endpoint.path, "FACT_MISSING")


def _out(asking: Asking) -> Hop:
    stopped = asking.stopped("route", "address")
    position = min(stopped, default=0)
    subnet, graph, door = asking.found[position].here, asking.graph, asking.door
    assert subnet is not None  # noqa: S101  the source stands in subnets
    if goes_by_gateway(graph, door, subnet) and door.gateway:
        return Hop("open", f"{door.gateway.id} leads {subnet.id} to {door.service}", door.gateway.path)
    if door.only and door.gateway:
        text = f"{door.gateway.id} is in no route table of {subnet.id}{pairs_of(asking, stopped)}"
        return Hop("blocked", text, door.gateway.path, "VPCE_NOT_ASSOCIATED_WITH_ROUTE_TABLE")
    way = way_out(graph, subnet, asking.version)
    if stopped:
        text, path, code = _lost(asking, subnet, way)
        return Hop("blocked", f"{text}{pairs_of(asking, stopped)}", path, code)
    table = graph.route_tables[subnet.id]
    place = subnet.path if table.derived else way.route.path or table.path
    return Hop("open", f"{way.route.target} leads {subnet.id} to the internet", place)


def _lost(asking: Asking, subnet: Subnet, way: WayOut) -> tuple[str, tuple[str | int, ...], str]:
    """Say why a subnet does not get out."""
    if not way.fault:
        text = f"{asking.source.id} has no public address, and {subnet.id} leaves through {way.route.target}"
        return text, asking.source.path, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
    if way.gateway is None:
        return f"no default route leads {subnet.id} out of its VPC", way.route.path or subnet.path, way.fault
    place = way.route.path or subnet.path
    if way.fault == "BAD_STATE_ROUTE":
        return f"{subnet.id} leaves through {way.gateway.id}, which is {way.gateway.status}", place, way.fault
    own = getattr(way.gateway, "subnet", "")
    if own and asking.version == 6:
        return f"{subnet.id} leaves through {way.gateway.id}, which translates IPv4 only", place, way.fault
    if own and asking.graph.architecture.network.subnets[own].vpc == subnet.vpc:
        text = f"{way.gateway.id} stands in {own}, whose default route leads to no internet gateway"
        return text, way.gateway.path, way.fault
    return f"{subnet.id} leaves through {way.gateway.id}, which is in another VPC", place, way.fault


def _in(asking: Asking) -> Hop:
    graph, target = asking.graph, asking.target
    assert is_attached(target)  # noqa: S101  the target stands in subnets
    if not is_public(target, graph):
        text = f"{target.id} has no public address"
        return Hop("blocked", text, target.path, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")
    stopped = asking.stopped("route")
    subnet = asking.found[min(stopped, default=0)].there
    assert subnet is not None  # noqa: S101  the target stands in subnets
    if stopped:
        text = f"the default route of {subnet.id} leads to no internet gateway{pairs_of(asking, stopped)}"
        return Hop("blocked", text, subnet.path, "NO_ROUTE_TO_DESTINATION")
    gateway = way_out(graph, subnet, asking.version).route.target
    return Hop("open", f"{gateway} leads to {_places(target)}", subnet.path)


def _places(element: Attached) -> str:
    return ", ".join(element.subnets)


__all__: Sequence[str] = ("back_hops", "route_hops", "routes_between")
