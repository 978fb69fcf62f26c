"""The share of the time in which an element is there, as its spec states it or as AWS promises it.

AWS's promises are its service level agreements, which say from where on it pays something back. Most of them hold for
what stands in two zones; some have a lower one for what stands in one. `archspec/data/promises.json` has the numbers,
the pages that they are from, and what could not be found.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph, is_attached
from archspec.graph.replicas import alone, is_untold
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element


class Promise(NamedTuple):
    """What is promised in two zones or more, and in one, in percent; nothing where no promise is known."""

    zones: Decimal
    one_zone: Decimal | None


def promised(graph: Graph, element: Element) -> Decimal | None:
    """Return the promised share of the time, in percent; nothing where no promise is known or none holds."""
    if isinstance(element, Service) and element.availability:
        return element.availability.low
    known = promises().get(element.engine if isinstance(element, Store) else element.kind)
    if known is None or is_untold(element):
        return None
    return known.one_zone if is_attached(element) and alone(graph, element) else known.zones


@cache
def promises() -> Mapping[str, Promise]:
    """Return what AWS promises, by kind of element or by engine."""
    return {
        one["of"]: Promise(Decimal(one["zones"]), Decimal(one["one_zone"]) if "one_zone" in one else None)
        for one in dated("promises")["promises"]
    }
