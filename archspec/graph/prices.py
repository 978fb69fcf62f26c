"""What AWS's list takes for an element: `archspec/data/prices.json`, of one Region, with the day it was read.

Every price is an assumption: discounts, commitments and free allowances are not in it.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from archspec.graph.dated import dated
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.delivery import Build
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.network import Endpoint, LoadBalancer
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
    found = [price_list().prices.get((name, unit)) for name in names]
    return next((one for one in found if one is not None), None)


def per(price: UnitPrice) -> str:
    """Return what a price is for, in one word: `hour`, `gb`, `request`; nothing where it is something else."""
    unit = price.text.partition("/")[2].strip().lower()
    word = re.sub(r"^[0-9][0-9,.]*[kmb]?(?![a-z])\s*", "", unit)
    return _PER.get(word, _PER.get(word.removesuffix("s"), "")) if "/" in price.text else ""


def monthly(graph: Graph, element: Element) -> Decimal:
    """Return what an element costs a month by the list before anyone uses it; nothing where the list does not tell."""
    prices = price_list().prices
    match element:
        case Endpoint(type="interface"):
            return prices["endpoint", "hour"] * HOURS * max(1, len(graph.azs(element)))
        case Service():
            return task_month(graph, element) * element.desired
        case WebAcl():
            return prices["web_acl", "month"] + prices["web_acl", "rule"] * len(element.rules)
        case _ if element.kind in ("nat_gateway", "load_balancer"):
            return prices[element.kind, "hour"] * HOURS
        case _ if element.kind in ("key", "secret"):
            return prices[element.kind, "month"]
        case _:
            return Decimal(0)


def task_month(graph: Graph, service: Service) -> Decimal:
    """Return what one task of a Fargate service costs a month; nothing for EC2, for Spot, or without its size."""
    cluster = graph.architecture.compute.clusters.get(service.cluster)
    spot = cluster is not None and any("SPOT" in name.upper() for name in cluster.capacity_providers)
    if service.launch != "fargate" or spot or service.cpu is None or service.memory is None:
        return Decimal(0)
    return _of_size(service.cpu, int(service.memory))


@cache
def _of_size(cpu: int, memory: int) -> Decimal:
    prices = price_list().prices
    size = Decimal(cpu) * prices["service", "vcpu-hour"] + memory * prices["service", "gb-hour"]
    return size / 1024 * HOURS


def total(graph: Graph, elements: Iterable[Element]) -> Decimal:
    """Return what elements cost a month by the list, in cents."""
    return sum((monthly(graph, one) for one in elements), Decimal(0)).quantize(Decimal("0.01"))
