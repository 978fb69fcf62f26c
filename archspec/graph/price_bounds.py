"""What AWS's list takes for elements a month of 730 hours: at least, before anyone uses them, and at most.

At least: tasks and nodes that are always there, gateways, balancers and endpoints by the hour, the least capacity of
Aurora Serverless v2. At most: tasks of Fargate and nodes of caches, which cost the same however busy they are.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.prices import HOURS, is_of_fargate, node_hour, price_list, task_month
from archspec.graph.replicas import least_tasks, most_tasks
from archspec.model.compute import Service
from archspec.model.data import Cache, Database
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.network import Endpoint

_BY_THE_HOUR = {"nat_gateway": "NAT gateway", "load_balancer": "load balancer"}
_BY_THE_MONTH = {"key", "secret"}
_EXTENDED = re.compile(r"[1-5](?:\.|$)")
"""Versions of Redis OSS whose nodes cost more than the list has, as AWS supports them beyond their time.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
"""


class Charge(NamedTuple):
    """A number of things, what they are called, and what one of them costs a month."""

    number: Decimal
    thing: str
    price: Decimal


class Bound(NamedTuple):
    """An amount a month, in cents, and what it is for: `10 tasks and 1 cache node`."""

    amount: Decimal
    counted: str


class Ceiling(NamedTuple):
    """The most that elements cost; `missing` is the element and the key without which it cannot be told."""

    bound: Bound
    missing: tuple[Element, str] | None


def least(graph: Graph, elements: Iterable[Element]) -> Bound:
    """Return what elements cost at least; what the list does not tell counts nothing."""
    return _bound([charge for one in elements for charge in _at_least(graph, one)])


def costs(graph: Graph, elements: Iterable[Element]) -> bool:
    """Whether the list takes anything for one of some elements, before anyone uses it."""
    return any(charge.number and charge.price for one in elements for charge in _at_least(graph, one))


def most(graph: Graph, elements: Sequence[Element]) -> Ceiling | None:
    """Return what elements cost at most; nothing where one of them has no such bound in the list."""
    charges: list[Charge] = []
    missing: tuple[Element, str] | None = None
    for one in elements:
        found = _at_most(graph, one)
        if found is None:
            return None
        if isinstance(found, str):
            missing = missing or (one, found)
        else:
            charges += found
    return Ceiling(_bound(charges), missing) if elements else None


def _bound(charges: Sequence[Charge]) -> Bound:
    numbers: dict[str, Decimal] = {}
    for one in charges:
        if one.number and one.price:
            numbers[one.thing] = numbers.get(one.thing, Decimal(0)) + one.number
    amount = sum((one.number * one.price for one in charges), Decimal(0)).quantize(Decimal("0.01"))
    *before, last = [_spell(number, thing) for thing, number in numbers.items()] or [""]
    return Bound(amount, f"{', '.join(before)} and {last}" if before else last)


def _spell(number: Decimal, thing: str) -> str:
    noun, of, rest = thing.partition(" of ")
    return f"{number.normalize():f} {noun if number == 1 else noun + 's'}{of}{rest}"


def _at_least(graph: Graph, element: Element) -> Iterator[Charge]:
    prices = price_list().prices
    if element.kind in _BY_THE_HOUR:
        yield Charge(Decimal(1), _BY_THE_HOUR[element.kind], prices[element.kind, "hour"] * HOURS)
    if element.kind in _BY_THE_MONTH:
        yield Charge(Decimal(1), element.kind, prices[element.kind, "month"])
    match element:
        case Service():
            yield _fewest_tasks(graph, element)
        case Cache():
            found = [node_hour(element, class_) for class_ in _classes(element)]
            yield from (Charge(Decimal(1), "cache node", price * HOURS) for price in found if price)
        case Database():
            thing = "ACU of Aurora Serverless v2 (`capacity.min`)"
            yield Charge(_units(element), thing, prices["database", "acu-hour"] * HOURS)
        case Endpoint(type="interface"):
            zones = Decimal(max(1, len(graph.azs(element))))
            yield Charge(zones, "network interface of endpoints", prices["endpoint", "hour"] * HOURS)
        case WebAcl():
            yield Charge(Decimal(1), "web ACL", prices["web_acl", "month"])
            yield Charge(Decimal(len(element.rules)), "rule", prices["web_acl", "rule"])
        case _:
            pass


def _fewest_tasks(graph: Graph, service: Service) -> Charge:
    fewest = least_tasks(service)
    thing = "task" if fewest is not None else "task of services without a stated number (one each)"
    return Charge(Decimal(1 if fewest is None else fewest), thing, task_month(graph, service))


def _classes(cache: Cache) -> list[str]:
    """Return the class of each node that is there today: one, where nobody says how many."""
    members = [one.class_ or cache.class_ for one in cache.members]
    return members if cache.instances else [cache.class_]


def _units(database: Database) -> Decimal:
    """Return the capacity units that a serverless database has at least: each of its instances has the least."""
    if database.capacity is None or not database.engine.startswith("aurora"):
        return Decimal(0)
    serverless = [one for one in database.members if (one.class_ or database.class_) in ("", "db.serverless")]
    return database.capacity.min.low * (len(serverless) if database.instances else 1)


def _at_most(graph: Graph, element: Element) -> Sequence[Charge] | str | None:
    """Return what an element costs at most, the key that is missing to tell, or nothing where it has no such bound."""
    if isinstance(element, Service) and is_of_fargate(graph, element) and "windows" not in element.platform.lower():
        return _tasks(graph, element)
    if isinstance(element, Cache) and not element.serverless and not _is_extended(element):
        return _nodes(element)
    return None


def _tasks(graph: Graph, service: Service) -> Sequence[Charge] | str:
    number = most_tasks(service)
    stated = {"cpu": service.cpu, "memory": service.memory, "desired": number}
    missing = next((key for key, value in stated.items() if value is None), "")
    return missing or [Charge(Decimal(max(number or 0, service.desired)), "Linux task", task_month(graph, service))]


def _nodes(cache: Cache) -> Sequence[Charge] | str | None:
    if not cache.instances:
        return "instances"
    if not all(_classes(cache)):
        return "class"
    found = [node_hour(cache, class_) for class_ in _classes(cache)]
    prices = [price * HOURS for price in found if price]
    return [Charge(Decimal(1), "cache node", price) for price in prices] if len(prices) == len(found) else None


def _is_extended(cache: Cache) -> bool:
    return cache.engine == "redis" and bool(_EXTENDED.match(cache.engine_version))
