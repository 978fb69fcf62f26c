"""What stops when an Availability Zone is lost, and what goes on in another."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.replicas import least_tasks, takes_over
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.status import current

Effect = Literal["stops", "stops writing", "may stop", "goes on"]


class Outage(NamedTuple):
    """A lost AZ, and what that does to every element that stands in it."""

    az: str
    effects: tuple[tuple[Element, Effect], ...]


def outages(graph: Graph) -> Iterator[Outage]:
    """Yield every AZ in use with its effects; nothing where all stands in one AZ, as all of it would stop."""
    gateways = current(graph.architecture.network.nat_gateways.values())
    standing: list[Element] = [*gateways, *graph.attached]
    azs = sorted({az for element in graph.attached for az in graph.azs(element)})
    for az in azs if len(azs) > 1 else ():
        yield Outage(az, tuple((one, effect(graph, one, az)) for one in standing if az in graph.azs(one)))


def effect(graph: Graph, element: Element, az: str) -> Effect:
    """Return what the loss of an AZ does to an element."""
    azs = graph.azs(element)
    if isinstance(element, Store):
        return _of_store(graph, element, az)
    if az not in azs:
        return "goes on"
    if azs == (az,):
        return "stops"
    if isinstance(element, Service) and runs_one_task(element):
        return "may stop"  # ECS starts its one task in any of its subnets
    return "goes on"


def _of_store(graph: Graph, store: Store, az: str) -> Effect:
    """Instances say where a store stands; where they do not, one of its subnets is where, and nobody says which."""
    stated = {member.az for member in store.members if member.az}
    places = graph.azs(store)
    if places == (az,):
        return "stops"
    if az not in places or takes_over(store):
        return "goes on"
    if not stated:
        return "may stop"
    return "stops writing" if any(one.role == "primary" and one.az == az for one in store.members) else "goes on"


def runs_one_task(service: Service) -> bool:
    """Whether a service runs in one of its zones only, and nobody knows in which."""
    return service.desired == 1 and (least_tasks(service) or 0) <= 1
