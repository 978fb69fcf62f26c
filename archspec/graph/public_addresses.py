"""The public IPv4 addresses that AWS takes money for, as far as a spec tells of them: never more than there are.

Counted are elastic IPs, one address in each zone of an Application or Network Load Balancer that the internet reaches,
and one of each task with a public address. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.cost_words import pays_for_addresses
from archspec.graph.graph import Graph, is_public
from archspec.graph.replicas import least_tasks
from archspec.graph.spending import covered
from archspec.model.compute import Service
from archspec.model.cost import CostLine
from archspec.model.element import Element
from archspec.model.network import ElasticIp, LoadBalancer


class Holder(NamedTuple):
    """An element with public addresses, how many of them, and the VPC in which they are."""

    element: Element
    number: int
    vpc: str


def holders(graph: Graph, line: CostLine) -> tuple[Holder, ...]:
    """Return what has public addresses among what a line covers, and in the VPCs that it covers."""
    ids = {one.id for one in covered(graph, line)}
    by_vpc, by_id = _holders(graph)
    found = [one for id_ in sorted(ids) for one in (*by_vpc.get(id_, ()), *by_id.get(id_, ()))]
    return tuple({one.element.id: one for one in found}.values())


def number(found: Sequence[Holder]) -> int:
    """Return how many addresses they have at least: an elastic IP may be that of a Network Load Balancer."""
    free = sum(one.number for one in found if isinstance(one.element, ElasticIp) and not one.element.gateway)
    network = sum(
        one.number for one in found if isinstance(one.element, LoadBalancer) and one.element.type == "network"
    )
    return sum(one.number for one in found) - min(free, network)


def paying_too(graph: Graph, found: Sequence[Holder]) -> tuple[CostLine, ...]:
    """Return the lines that name public addresses and pay for some of those that are given."""
    ids = {one.element.id for one in found}
    return tuple(line for line, held in _paying(graph) if not ids.isdisjoint(held))


@lru_cache(maxsize=1)
def _paying(graph: Graph) -> tuple[tuple[CostLine, frozenset[str]], ...]:
    lines = [line for line in graph.architecture.cost.lines if pays_for_addresses(line)]
    return tuple((line, frozenset(one.element.id for one in holders(graph, line))) for line in lines)


@lru_cache(maxsize=1)
def _holders(graph: Graph) -> tuple[dict[str, list[Holder]], dict[str, list[Holder]]]:
    """Return what has public addresses, by its VPC and by its id."""
    by_vpc: dict[str, list[Holder]] = {}
    by_id: dict[str, list[Holder]] = {}
    for element in (*graph.architecture.network.elastic_ips.values(), *graph.attached):
        held = _held(graph, element)
        if held.number:
            by_vpc.setdefault(held.vpc, []).append(held)
            by_id.setdefault(element.id, []).append(held)
    return by_vpc, by_id


def _held(graph: Graph, element: Element) -> Holder:
    match element:
        case ElasticIp(status="current"):
            return Holder(element, 1, _vpc_of_gateway(graph, element.gateway))
        case LoadBalancer() if is_public(element, graph):
            return Holder(element, len(graph.azs(element)), graph.vpc(element))
        case Service(public_ip=True):
            return Holder(element, least_tasks(element) or 0, graph.vpc(element))
        case _:
            return Holder(element, 0, "")


def _vpc_of_gateway(graph: Graph, gateway: str) -> str:
    found = graph.architecture.network.nat_gateways.get(gateway)
    return graph.architecture.network.subnets[found.subnet].vpc if found else ""
