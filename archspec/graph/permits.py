"""May this element open a connection to that one? Derived from security groups and routes, with the reason.

Security groups are stateful, so a connection that may be opened may be answered. All groups of an element add up.
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network

from archspec.findings import Hop
from archspec.graph.graph import Attached, End, Graph, is_attached, is_public, listens
from archspec.graph.group_rules import GroupRule
from archspec.graph.intervals import EVERYTHING, NOTHING, Intervals, intersect, spell, subtract, union
from archspec.model.element import INTERNET, is_block, parse_network
from archspec.model.network import LoadBalancer


def let_out(graph: Graph, source: Attached, target: End) -> Intervals:
    """Return the traffic that the groups of `source` let out to `target`."""
    return union(*[rule.traffic for rule in graph.egress(source) if covers(graph, rule.peer, target)])


def let_in(graph: Graph, source: End, target: Attached) -> Intervals:
    """Return the traffic that the groups of `target` let in from `source`."""
    return union(*[rule.traffic for rule in graph.ingress(target) if covers(graph, rule.peer, source)])


def permitted(graph: Graph, source: End, target: End) -> Intervals:
    """Return the traffic that security groups let `source` send to `target`, in one VPC or over the internet's edge.

    Between two VPCs there is none: nothing in a spec joins them.
    """
    if not is_attached(source):
        return let_in(graph, source, target) if is_attached(target) else EVERYTHING
    if not is_attached(target):
        return let_out(graph, source, target)
    known = _permitted(graph)
    key = source.security_groups, source.subnets, target.security_groups, target.subnets
    if key not in known:
        joined = are_joined(graph, source, target)
        known[key] = intersect(let_out(graph, source, target), let_in(graph, source, target)) if joined else NOTHING
    return known[key]


@lru_cache(maxsize=1)
def _permitted(_graph: Graph) -> dict[tuple[tuple[str, ...], ...], Intervals]:
    """Remember permits: they follow from groups and subnets alone, and several rules ask for the same."""
    return {}


def are_joined(graph: Graph, source: Attached, target: Attached) -> bool:
    """Whether the local route of one VPC leads from one element to the other."""
    return source.subnets == target.subnets or graph.vpc(source) == graph.vpc(target) != ""


def covers(graph: Graph, peer: str, element: End) -> bool:
    """Whether a rule's peer means this element: a group that it has, or a block around all its subnets.

    `internet` is 0.0.0.0/0 and ::/0, which private addresses are part of as well.
    """
    if peer == INTERNET:
        return True
    if is_block(peer):
        return _block_covers(graph, peer, element)
    return is_attached(element) and peer in element.security_groups


def _block_covers(graph: Graph, peer: str, element: End) -> bool:
    block = _network(peer)
    if not is_attached(element):
        return block.prefixlen == 0
    cidrs = [subnet.cidr for subnet in graph.subnets(element)]
    if not cidrs or any(cidr.version != block.version for cidr in cidrs):
        return False
    return all(cidr.subnet_of(block) for cidr in cidrs)  # type: ignore[arg-type]  # versions are equal


@lru_cache(maxsize=4096)
def _network(text: str) -> IPv4Network | IPv6Network:
    return parse_network(text)


def group_hops(graph: Graph, source: End, target: End, wanted: Intervals) -> tuple[Hop, ...]:
    """Answer both security group questions on the way, each with the rule that decides it, or the nearest rule."""
    hops: list[Hop] = []
    if is_attached(source):
        rules = graph.egress(source)
        hops.append(_decide(graph, f"{source.id} sends", rules, target, wanted))
    if is_attached(target):
        rules = graph.ingress(target)
        hops.append(_decide(graph, f"{target.id} receives", rules, source, wanted))
    return tuple(hops)


def _decide(graph: Graph, action: str, rules: tuple[GroupRule, ...], other: End, wanted: Intervals) -> Hop:
    direction = "to" if action.endswith("sends") else "from"
    asked = f"{action} {spell(wanted)} {direction} {other.id}"
    matching = [rule for rule in rules if covers(graph, rule.peer, other)]
    missing = subtract(wanted, union(*(rule.traffic for rule in matching)))
    if not missing:
        best = next(rule for rule in matching if intersect(rule.traffic, wanted))
        return Hop("open", f"{asked}: {_spell_rule(best, direction)}", best.path)
    if not rules:
        return Hop("blocked", f"{asked}: no security group rule at all", (), "SG_HAS_NO_RULES")
    nearest = _nearest(rules, matching, wanted)
    why = "the port" if nearest in matching else "the peer"
    path = nearest.path or nearest.group.path
    return Hop(
        "blocked",
        f"{asked}: the nearest rule is {_spell_rule(nearest, direction)}; {why} differs",
        path,
        "ENI_SG_RULES_MISMATCH",
    )


def _nearest(rules: tuple[GroupRule, ...], matching: list[GroupRule], wanted: Intervals) -> GroupRule:
    """Return the rule that would need the least change: the right peer first, then the nearest port."""
    candidates = matching or list(rules)
    return min(candidates, key=lambda rule: (_distance(rule.traffic, wanted), rule.path))


def _distance(have: Intervals, wanted: Intervals) -> int:
    if intersect(have, wanted):
        return 0
    return min(abs(low - want) for low, _ in have for want, _ in wanted) if have and wanted else len(have)


def _spell_rule(rule: GroupRule, direction: str) -> str:
    default = "" if rule.path else " (AWS default)"
    peer = "anywhere" if rule.peer == INTERNET else rule.peer
    return f"{rule.group.id} allows {spell(rule.traffic)} {direction} {peer}{default}"


def hops(graph: Graph, source: End, target: End, wanted: Intervals) -> tuple[Hop, ...]:
    """Answer every question on the way of a packet: who sends, by which route, who receives, who answers."""
    groups = group_hops(graph, source, target, wanted)
    sends = groups[:1] if is_attached(source) else ()
    receives = groups[len(sends) :]
    return (*sends, route(graph, source, target), *receives, *answer(target, wanted))


def answer(target: End, wanted: Intervals) -> tuple[Hop, ...]:
    """Say whether anything listens there; nothing to say about the internet."""
    if not is_attached(target):
        return ()
    known = listens(target)
    if not known:
        return (
            Hop(
                "note",
                f"{target.id} states no port, so it is not known whether it answers",
                target.path,
                "FACT_MISSING",
            ),
        )
    if intersect(known, wanted):
        return (Hop("open", f"{target.id} listens on {spell(intersect(known, wanted))}", target.path),)
    code = "ELBV2_LISTENER_PORT_RESTRICTION" if isinstance(target, LoadBalancer) else "FLOW_NO_LISTENER"
    return (Hop("blocked", f"{target.id} listens on {spell(known)} only", target.path, code),)


def route(graph: Graph, source: End, target: End) -> Hop:
    """Say whether routes, gateways and addresses lead from one to the other."""
    for end in (source, target):
        if is_attached(end) and not end.subnets:
            return Hop("blocked", f"{end.id} stands in no subnet", end.path, "NO_ROUTE_TO_DESTINATION")
    if is_attached(source) and is_attached(target):
        return _local_route(graph, source, target)
    if is_attached(target):
        return _way_in(graph, target)
    if is_attached(source):
        return _way_out(graph, source)
    return Hop("note", "the internet talks to itself")


def _local_route(graph: Graph, source: Attached, target: Attached) -> Hop:
    if are_joined(graph, source, target):
        subnets = dict.fromkeys((*source.subnets, *target.subnets))
        return Hop("open", f"the local route of {graph.vpc(source)} joins {', '.join(subnets)}")
    places = [f"{end.id} is in {graph.vpc(end) or 'no single VPC'}" for end in (source, target)]
    text = f"{' and '.join(places)}: no route between them"
    return Hop("blocked", text, target.path, "NO_ROUTE_TO_DESTINATION")


def _spell_subnets(element: Attached) -> str:
    return ", ".join(element.subnets)


def _way_in(graph: Graph, target: Attached) -> Hop:
    if not is_public(target, graph):
        text = f"{target.id} has no public address"
        return Hop("blocked", text, target.path, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")
    gateways = graph.architecture.network.internet_gateways
    for subnet in graph.subnets(target):
        if graph.way_out(subnet) not in gateways:
            text = f"the default route of {subnet.id} leads to no internet gateway"
            return Hop("blocked", text, subnet.path, "NO_ROUTE_TO_DESTINATION")
    first = graph.subnets(target)[0]
    return Hop("open", f"{graph.way_out(first)} leads to {_spell_subnets(target)}", first.path)


def _way_out(graph: Graph, source: Attached) -> Hop:
    gateways = graph.architecture.network.internet_gateways
    for subnet in graph.subnets(source):
        gateway = graph.way_out(subnet)
        if not gateway:
            text = f"no default route leads {subnet.id} out of its VPC"
            return Hop("blocked", text, subnet.path, "NO_ROUTE_TO_DESTINATION")
        if gateway in gateways and not is_public(source, graph):
            text = f"{source.id} has no public address, and {subnet.id} leaves through {gateway}"
            return Hop("blocked", text, source.path, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")
        if gateway not in gateways and (lost := _lost_nat(graph, gateway)):
            return lost
    subnet = graph.subnets(source)[0]
    table = graph.route_tables[subnet.id]
    place = subnet.path if table.derived else table.path
    return Hop("open", f"{graph.way_out(subnet)} leads {subnet.id} to the internet", place)


def _lost_nat(graph: Graph, gateway: str) -> Hop | None:
    """Return the block where a NAT gateway itself does not get out."""
    network = graph.architecture.network
    nat = network.nat_gateways[gateway]
    if graph.way_out(network.subnets[nat.subnet]) in network.internet_gateways:
        return None
    text = f"{nat.id} stands in {nat.subnet}, whose default route leads to no internet gateway"
    return Hop("blocked", text, nat.path, "CANNOT_ROUTE")


def is_open(answers: tuple[Hop, ...]) -> bool:
    """Whether no question on the way was answered with a block."""
    return all(hop.verdict != "blocked" for hop in answers)
