"""How many addresses a subnet has, and how many of them what stands in it may need on its worst day."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Attached, Graph
from archspec.graph.replicas import deploying, most_tasks
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer, Subnet
from archspec.model.status import current

_KEPT = 5
"""Addresses that AWS keeps of each subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"""

_FREE_FOR_BALANCER = 8
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"""


_Beside = tuple[tuple[tuple[str, int], ...], str]


class Need(NamedTuple):
    """What one element may need of a subnet, at most, and how many more while it is deployed; nothing if unstated."""

    id: str
    path: KeyPath
    addresses: int | None
    because: str
    more: int = 0


def usable(subnet: Subnet) -> int:
    """Return how many addresses of an IPv4 subnet can be used."""
    return max(subnet.cidr.num_addresses - _KEPT, 0)


@lru_cache(maxsize=1)
def needs(graph: Graph) -> Mapping[str, list[Need]]:
    """Return subnet → what each element in it may need, of those whose needs are known."""
    found: dict[str, list[Need]] = {}
    for element in graph.attached:
        for subnet, need in _needs(graph, element):
            found.setdefault(subnet, []).append(need)
    for gateway in current(graph.architecture.network.nat_gateways.values()):
        found.setdefault(gateway.subnet, []).append(Need(gateway.id, gateway.path, 1, "its own"))
    return found


def _needs(graph: Graph, element: Attached) -> Iterator[tuple[str, Need]]:
    if isinstance(element, Service):
        yield from _of_service(graph, element) if element.launch == "fargate" else ()
        return
    is_balancer = isinstance(element, LoadBalancer)
    addresses, because = (_FREE_FOR_BALANCER, "to be kept free") if is_balancer else (1, "its own")
    for subnet in element.subnets:
        yield subnet, Need(element.id, element.path, addresses, because)


def _of_service(graph: Graph, service: Service) -> Iterator[tuple[str, Need]]:
    """Yield an even share of all tasks for each subnet, with the zone lost that leaves the others most of them."""
    tasks, deployed = most_tasks(service), deploying(service)
    beside, lost = _beside(graph, service.subnets)
    path = service.path
    if tasks is None or deployed is None:
        yield from ((id_, Need(service.id, path, None, "")) for id_, _ in beside)
        return
    because = f"of {tasks} tasks{lost}"
    for id_, others in beside:
        share = -(-tasks // others)
        yield id_, Need(service.id, path, share, because, -(-deployed // others) - share)


def _beside(graph: Graph, ids: tuple[str, ...]) -> _Beside:
    """Return the subnets, each with among how many tasks are shared with another zone lost; and words for that loss.

    Asked once for services that stand in the same subnets.
    """
    known = _known(graph)
    if ids not in known:
        subnets = [graph.architecture.network.subnets[id_] for id_ in ids]
        azs = [one.az for one in subnets if one.status == "current"]
        left = max(len({*azs}) - 1, 1)
        beside = tuple((one.id, left * azs.count(one.az)) for one in subnets if one.status == "current")
        known[ids] = beside, ", with another zone lost" if len({*azs}) > 1 else ""
    return known[ids]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[tuple[str, ...], _Beside]:
    return {}
