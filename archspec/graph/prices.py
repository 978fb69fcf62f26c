"""What AWS's list takes for an element: `archspec/data/prices.json`, of one Region, with the day it was read.

Every price is an assumption: discounts, commitments and free allowances are not in it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.data import Cache
from archspec.model.delivery import Build
from archspec.model.element import Element
from archspec.model.network import LoadBalancer
from archspec.model.quantity import UnitPrice

HOURS = 730
"""A month: the 8,760 hours of a year by twelve."""

_PER = {
    "hr": "hour", "hour": "hour", "h": "hour",
    "vcpu-hr": "vcpu-hour", "vcpu-hour": "vcpu-hour",
    "lcu-hr": "lcu-hour", "lcu-hour": "lcu-hour",
    "gb": "gb", "gb-month": "gb", "gib": "gb",
    "": "request", "request": "request", "call": "request",
    "month": "month", "mo": "month", "acl": "month", "key": "month", "secret": "month", "alarm": "month",
    "dashboard": "month", "rule": "rule", "min": "minute", "minute": "minute",
}  # fmt: skip
_COMPUTE = ("general1_small", "general1_medium", "general1_large")


class PriceList(NamedTuple):
    """Prices by what they are for and by which unit; the Region that they hold in, and the day they were read."""

    region: str
    as_of: str
    prices: Mapping[tuple[str, str], Decimal]


@cache
def price_list() -> PriceList:
    """Return the list that comes with archspec."""
    read = dated("prices")
    prices = {(one["of"], one["per"]): Decimal(one["price"]) for one in read["prices"]}
    return PriceList(read["region"], read["as_of"], prices)


def listed(element: Element, price: UnitPrice) -> Decimal | None:
    """Return AWS's price of an element for the unit of a price that is stated, for one of what the unit names."""
    unit = per(price)
    if element.kind == "proxy" and unit == "hour":  # a proxy has no price by the hour but for each vCPU
        unit = "vcpu-hour"
    names = [element.kind]
    if isinstance(element, LoadBalancer):
        names.append(f"{element.type} load_balancer")
    if isinstance(element, Build):
        names += [f"{size} build" for size in _COMPUTE if element.compute.lower().endswith(size)]
    if isinstance(element, Cache) and element.class_:
        names.append(_node(element, element.class_))
    found = [price_list().prices.get((name, unit)) for name in names]
    return next((one for one in found if one is not None), None)


def per(price: UnitPrice) -> str:
    """Return what a price is for, in one word: `hour`, `gb`, `request`; nothing where it is something else."""
    unit = price.text.partition("/")[2].strip().lower()
    word = re.sub(r"^[0-9][0-9,.]*[kmb]?(?![a-z])\s*", "", unit)
    return _PER.get(word, _PER.get(word.removesuffix("s"), "")) if "/" in price.text else ""


def node_hour(cache: Cache, class_: str) -> Decimal | None:
    """Return what a node of a cache costs an hour, Valkey's less; nothing for a class that is not in the list."""
    return price_list().prices.get((_node(cache, class_), "hour"))


def _node(cache: Cache, class_: str) -> str:
    return f"valkey {class_}" if cache.engine == "valkey" else class_


def is_of_fargate(graph: Graph, service: Service) -> bool:
    """Whether tasks run on Fargate and have its list price: not on EC2, and not on Spot."""
    cluster = graph.architecture.compute.clusters.get(service.cluster)
    spot = cluster is not None and any("SPOT" in name.upper() for name in cluster.capacity_providers)
    return service.launch == "fargate" and not spot


def task_month(graph: Graph, service: Service) -> Decimal:
    """Return what one task of a Fargate service costs a month; nothing for EC2, for Spot, or without its size."""
    if not is_of_fargate(graph, service) or service.cpu is None or service.memory is None:
        return Decimal(0)
    return _of_size(service.cpu, int(service.memory))


@cache
def _of_size(cpu: int, memory: int) -> Decimal:
    prices = price_list().prices
    size = Decimal(cpu) * prices["service", "vcpu-hour"] + memory * prices["service", "gb-hour"]
    return size / 1024 * HOURS
