"""What an architecture needs to run on AWS and does not state: added, and marked with the reason.

Nothing stated is ever changed. Every element made here carries `derived`, its reason, and the document lists it.

- the VPC of an element that names none, where there is exactly one in its environment
- an internet gateway for a VPC with public subnets
- route tables, for a VPC that states none: public subnets to the internet gateway, private subnets to the NAT gateway
  of their own AZ (or the only one), data subnets nowhere but the VPC
- listeners of a load balancer that states none, from the flows that reach it
- a target group for every service behind a load balancer, and the listener rule that makes use of it
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.element import Element, parse_network
from archspec.model.flow import Flow
from archspec.model.network import (
    InternetGateway,
    Listener,
    ListenerProtocol,
    ListenerRule,
    LoadBalancer,
    NatGateway,
    NetworkArea,
    Route,
    RouteTable,
    Subnet,
    TargetGroup,
)
from archspec.model.status import current

ANYWHERE = parse_network("0.0.0.0/0")
_E = TypeVar("_E", bound=Element)
_IN_A_VPC = ("subnets", "internet_gateways", "route_tables", "nacls", "security_groups", "endpoints", "namespaces")
_SECURE = frozenset({"HTTPS", "TLS"})


def complete(stated: Architecture) -> Architecture:
    """Return the architecture together with what it implies."""
    taken = stated.elements
    network = _with_route_tables(_with_internet_gateways(_with_vpcs(stated.network), taken), taken)
    services = stated.compute.services.values()
    behind = [s for s in services if s.load_balancer and s.port is not None and s.status == "current"]
    by_balancer = _grouped(behind, lambda service: service.load_balancer)
    balancers = {
        id_: _with_listeners(balancer, stated, by_balancer.get(id_, []))
        for id_, balancer in network.load_balancers.items()
    }
    targeted = {group.target for group in network.target_groups.values()}
    types = {id_: balancer.type for id_, balancer in balancers.items()}
    groups = [
        _target_group(service, types[service.load_balancer], taken) for service in behind if service.id not in targeted
    ]
    update = {"load_balancers": balancers, "target_groups": _with(network.target_groups, groups)}
    # Not `model_copy`: it would take the stated architecture's index of elements along.
    return Architecture.model_construct(**{**dict(stated), "network": network.model_copy(update=update)})


def _current(elements: Mapping[str, _E]) -> list[_E]:
    """Return what is there today: nothing is derived from what is planned."""
    return current(elements.values())


def _with(stated: dict[str, _E], derived: list[_E]) -> dict[str, _E]:
    return stated | {element.id: element for element in derived}


def _grouped(elements: Iterable[_E], key: Callable[[_E], str]) -> dict[str, list[_E]]:
    found: dict[str, list[_E]] = {}
    for element in elements:
        found.setdefault(key(element), []).append(element)
    return found


def _free(id_: str, taken: Collection[str]) -> str:
    """Return the id, or one like it that no stated element has."""
    return id_ if id_ not in taken else _free(f"{id_}-derived", taken)


def _with_vpcs(network: NetworkArea) -> NetworkArea:
    if not network.vpcs:
        return network
    return network.model_copy(
        update={
            key: {id_: e if e.vpc else _in_its_vpc(e, network) for id_, e in getattr(network, key).items()}
            for key in _IN_A_VPC
        }
    )


def _in_its_vpc(element: _E, network: NetworkArea) -> _E:
    meant = network.vpcs_for(element)
    return element.model_copy(update={"vpc": meant[0]}) if len(meant) == 1 else element


def _with_internet_gateways(network: NetworkArea, taken: Collection[str]) -> NetworkArea:
    public = {subnet.vpc for subnet in network.subnets.values() if subnet.tier == "public"}
    stated = {gateway.vpc for gateway in network.internet_gateways.values()}
    derived = [
        InternetGateway(
            id=_free(f"{vpc}-igw", taken),
            vpc=vpc,
            title="Internet Gateway",
            derived=f"{vpc} has public subnets, and nothing is public without an internet gateway",
        )
        for vpc in network.vpcs
        if vpc in public and vpc not in stated
    ]
    return network.model_copy(update={"internet_gateways": _with(network.internet_gateways, derived)})


def _with_route_tables(network: NetworkArea, taken: Collection[str]) -> NetworkArea:
    stated = {table.vpc for table in _current(network.route_tables)}
    open_ = [subnet for subnet in network.subnets.values() if subnet.vpc and subnet.vpc not in stated]
    internet = {gateway.vpc: gateway.id for gateway in reversed(_current(network.internet_gateways))}
    nat = _grouped(_current(network.nat_gateways), lambda gateway: network.subnets[gateway.subnet].vpc)
    derived = []
    for id_, subnets in _grouped(open_, _table_id).items():
        first = subnets[0]
        leaving = _nat_gateway(first, nat.get(first.vpc, []), network)
        gateway, reason = _way_out(first, internet.get(first.vpc, ""), leaving)
        derived.append(_route_table(_free(id_, taken), subnets, gateway, f"no route table is stated: {reason}"))
    return network.model_copy(update={"route_tables": _with(network.route_tables, derived)})


def _way_out(subnet: Subnet, internet_gateway: str, nat_gateway: str) -> tuple[str, str]:
    """Return the gateway that a subnet of its tier leaves through, or nothing, and the reason."""
    match subnet.tier:
        case "public":
            return internet_gateway, "public subnets reach the internet"
        case "private":
            reason = f"private subnets leave through {nat_gateway}" if nat_gateway else "no NAT gateway exists"
            return nat_gateway, reason
        case "data":
            return "", "data subnets reach nothing but their VPC"


def _table_id(subnet: Subnet) -> str:
    """One table for all public and all data subnets; one an AZ for private ones, as each may have a NAT gateway."""
    return f"{subnet.vpc}-private-{subnet.az}-rt" if subnet.tier == "private" else f"{subnet.vpc}-{subnet.tier}-rt"


def _route_table(id_: str, subnets: list[Subnet], gateway: str, reason: str) -> RouteTable:
    routes = (Route(destination=ANYWHERE, target=gateway),) if gateway else ()
    ids = tuple(subnet.id for subnet in subnets)
    return RouteTable(id=id_, vpc=subnets[0].vpc, subnets=ids, routes=routes, derived=reason)


def _nat_gateway(subnet: Subnet, gateways: list[NatGateway], network: NetworkArea) -> str:
    """Return the NAT gateway of the subnet's own AZ, else the first of its VPC, else nothing."""
    own = [gateway for gateway in gateways if network.subnets[gateway.subnet].az == subnet.az]
    return next((gateway.id for gateway in (*own, *gateways)), "")


def _with_listeners(balancer: LoadBalancer, stated: Architecture, behind: list[Service]) -> LoadBalancer:
    listeners = balancer.listeners or _listeners_from_flows(balancer, stated)
    done = tuple(one if one.redirect or one.forward else _with_targets(one, balancer, behind) for one in listeners)
    return balancer.model_copy(update={"listeners": done})


def _with_targets(listener: Listener, balancer: LoadBalancer, behind: list[Service]) -> Listener:
    """Forward to the first service that no stated rule forwards to, and by path to the others.

    Where stated rules lead to all of them, nothing is added: what fits no rule is answered with 404.
    """
    stated = {rule.forward for rule in listener.rules}
    waiting = [one for one in behind if one.id not in stated and f"{one.id}-tg" not in stated]
    if not waiting:
        return listener
    first, *others = waiting
    why = f"AWS needs a rule for every service behind {balancer.id} after the first"
    rules = [ListenerRule.model_validate({"path": f"/{one.id}/*", "forward": one.id, "derived": why}) for one in others]
    reason = f"{first.id} is the first service behind {balancer.id}, and no target is stated"
    return listener.model_copy(
        update={"forward": first.id, "rules": (*listener.rules, *rules), "derived": listener.derived or reason}
    )


def _listeners_from_flows(balancer: LoadBalancer, stated: Architecture) -> tuple[Listener, ...]:
    """One listener for every single port that flows name; a range of ports says nothing about listeners."""
    named = {
        part.low: _listener_protocol(balancer, flow)
        for flow in reversed(stated.flows)
        if flow.target == balancer.id and flow.status == "current"
        for part in flow.port
        if part.low == part.high
    }
    reason = f"the flows that reach {balancer.id} name this port, and it states no listeners"
    return tuple(Listener(port=port, protocol=named[port], derived=reason) for port in sorted(named))


def _listener_protocol(balancer: LoadBalancer, flow: Flow) -> ListenerProtocol:
    """An Application Load Balancer speaks HTTP, a Network Load Balancer passes on what it does not decrypt."""
    if balancer.type == "application":
        return "HTTPS" if flow.protocol in _SECURE else "HTTP"
    if flow.transport == "udp":
        return "UDP"
    return "TLS" if flow.protocol == "TLS" else "TCP"


def _target_group(service: Service, balancer: str, taken: Collection[str]) -> TargetGroup:
    return TargetGroup.model_validate(
        {
            "id": _free(f"{service.id}-tg", taken),
            "target": service.id,
            "port": service.port,
            "protocol": "HTTP" if balancer == "application" else "TCP",
            "health_check": service.health_check or "/",
            "derived": f"{service.id} stands behind {service.load_balancer}",
        }
    )
