"""What stops when an Availability Zone is lost, and what goes on in another."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.recovery import has_standby
from archspec.model.compute import Service
from archspec.model.data import Database, Store
from archspec.model.element import Element

Effect = Literal["stops", "stops writing", "may stop", "goes on"]


class Outage(NamedTuple):
    """A lost AZ, and what that does to every element that stands in it."""

    az: str
    effects: tuple[tuple[Element, Effect], ...]


def outages(graph: Graph) -> Iterator[Outage]:
    """Yield every AZ in use with its effects; nothing where all stands in one AZ, as all of it would stop."""
    gateways = [one for one in graph.architecture.network.nat_gateways.values() if one.status == "current"]
    standing: list[Element] = [*gateways, *graph.attached]
    azs = sorted({az for element in graph.attached for az in graph.azs(element)})
    for az in azs if len(azs) > 1 else ():
        yield Outage(az, tuple((one, effect(graph, one, az)) for one in standing if az in graph.azs(one)))


def effect(graph: Graph, element: Element, az: str) -> Effect:
    """Return what the loss of an AZ does to an element that stands in it."""
    if graph.azs(element) == (az,):
        return "stops"
    if isinstance(element, Store) and not element.members and not element.multi_az:
        return "may stop"  # it has one instance, and nobody says in which of its subnets
    if isinstance(element, Service) and element.desired == 1:
        return "may stop"  # ECS starts its one task in any of its subnets
    if isinstance(element, Database) and element.members and not has_standby(element):
        return "stops writing" if any(one.role == "primary" and one.az == az for one in element.members) else "goes on"
    return "goes on"
