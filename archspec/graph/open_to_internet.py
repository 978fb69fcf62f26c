"""Is this element reached from the internet? By its address, routes, network ACLs and security groups; flows aside.

What an exposed element does wrong is worse than the same on one that nobody outside gets at: `raised` says by how much.
"""

from functools import lru_cache

from archspec.findings import Severity
from archspec.graph.graph import Attached, Graph, is_attached, is_public, listens
from archspec.graph.intervals import EVERYTHING, NOTHING, Intervals, intersect, union
from archspec.graph.peers import touches
from archspec.graph.permits import possible
from archspec.model.data import Bucket
from archspec.model.element import INTERNET, Element, is_block, parse_network
from archspec.model.network import LoadBalancer

_WIDE = {4: 8, 6: 32}
"""IP version → the prefix from which on a block is no longer taken for the internet: a provider's own /8, or /32."""


def is_world(graph: Graph, peer: str) -> bool:
    """Whether a rule's peer is everybody: the internet, a block that is almost all of it, or a list that holds one."""
    held = graph.architecture.network.prefix_lists.get(peer)
    if held is not None:
        return held.status == "current" and any(entry.prefixlen < _WIDE[entry.version] for entry in held.entries)
    return _is_wide(peer) if is_block(peer) else peer == INTERNET


@lru_cache(maxsize=4096)
def _is_wide(text: str) -> bool:
    block = parse_network(text)
    return block.prefixlen < _WIDE[block.version]


def opened_to_world(graph: Graph, element: Attached) -> Intervals:
    """Return the traffic that everybody may open on an element and that it answers, as far as its ports are stated.

    A Network Load Balancer without groups lets in everything.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
    """
    if not is_public(element, graph):
        return NOTHING
    found = possible(graph, graph.internet, element)
    if any(graph.internet_gateway(subnet) for subnet in graph.subnets(element)):
        groupless = isinstance(element, LoadBalancer) and element.type == "network" and not element.security_groups
        found = EVERYTHING if groupless else union(found, _let_in_from_most(graph, element))
    return intersect(found, listens(element) or EVERYTHING)


def _let_in_from_most(graph: Graph, element: Attached) -> Intervals:
    """Return what rules let in from blocks that are almost everybody, and not quite."""
    rules = [rule for rule in graph.ingress(element) if is_world(graph, rule.peer)]
    return union(*[rule.traffic for rule in rules if not touches(graph, rule.peer, graph.internet)])


def is_exposed(graph: Graph, element: Element) -> bool:
    """Whether everybody gets at an element: may open a connection to it, or read it where it is a public bucket."""
    if isinstance(element, Bucket):
        return element.public
    return is_attached(element) and bool(opened_to_world(graph, element))


def raised(graph: Graph, element: Element) -> Severity:
    """Return how bad a violation of the element is at least: an error where the internet reaches it."""
    return Severity.ERROR if is_exposed(graph, element) else Severity.OFF
