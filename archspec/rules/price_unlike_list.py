"""A cost line has another price than AWS's list, or an amount that the list does not allow.

## Why

An estimate is as good as its prices. Where a line states a `unit_price`, it is held against the price list that comes
with archspec; where it states only an amount, that is held against what AWS takes for what it covers, for 730 hours.

An amount of less than three quarters of what AWS takes before anyone uses it is found: hours of gateways, load
balancers, endpoints and cache nodes, the fewest tasks of Fargate, the least capacity of Aurora Serverless v2, web ACLs,
keys and secrets. Where `resource` or `configuration` name IPv4 or public addresses, those are counted instead. Where a
line covers nothing but tasks of Fargate and cache nodes, an amount above 130 % of the most that they can cost is found
too, unless the line says that it pays for more. Of a range, the end is taken that is nearer to the list's.

The list is of us-east-1 and of the day in `archspec/data/prices.json`: it knows no discounts, so lines that speak of
Spot, savings plans, reservations or discounts are left alone.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
  nat_gateways: {nat-1: {subnet: public-a}, nat-2: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
data:
  caches:
    pages:
      engine: redis
      class: cache.t3.micro
      instances: [{role: primary, az: us-east-1a}]
      subnets: [public-a]
      security_groups: [sg]
cost:
  lines:
    - resource: NAT Gateways
      covers: [nat-1, nat-2]
      amount: $33  # expect: CST006
    - resource: ALB
      covers: [alb]
      unit_price: $0.25/hr  # expect: CST006
      quantity: 730 hrs
      amount: $182.50
    - resource: ElastiCache
      covers: [pages]
      amount: ~$25  # expect: CST006
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
  nat_gateways: {nat-1: {subnet: public-a}, nat-2: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
data:
  caches:
    pages:
      engine: redis
      class: cache.t3.micro
      instances: [{role: primary, az: us-east-1a}]
      subnets: [public-a]
      security_groups: [sg]
cost:
  lines:
    - {resource: NAT Gateways, covers: [nat-1, nat-2], amount: ~$70}
    - {resource: ALB, covers: [alb], unit_price: $0.0225/hr, quantity: 730 hrs, amount: $16.43}
    - {resource: ElastiCache, covers: [pages], amount: ~$12}
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.cost_words import is_cheaper, may_be_less, may_be_more, pays_for_addresses, pays_for_more
from archspec.graph.graph import Graph
from archspec.graph.price_bounds import Ceiling, costs, least, most
from archspec.graph.prices import HOURS, listed, price_list
from archspec.graph.public_addresses import holders, number, paying_too
from archspec.graph.spending import add_up, covered, paying
from archspec.model.cost import CostLine
from archspec.model.quantity import Money, UnitPrice, spell_money

ID = "CST006"
NAME = "price-unlike-list"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "cost_pricing_model_analysis",
    "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html",
)

_LEAST = Decimal("0.75")
"""Tasks on Graviton cost a fifth less than the list's, and an approximate amount may be a little off."""
_MOST = Decimal("1.3")
_SAME = Decimal("0.01")
_ASIDE = "traffic, logs, storage, backups, extended support and what is planned"


def subjects(graph: Graph) -> list[CostLine]:
    """Return the lines that say what they cover, where the list has a price for some of it."""
    return [line for line in graph.architecture.cost.lines if _is_judged(graph, line)]


def _is_judged(graph: Graph, line: CostLine) -> bool:
    if is_cheaper(line):
        return False
    if line.unit_price:
        return _list_price(graph, line, line.unit_price) is not None
    if pays_for_addresses(line):
        return number(holders(graph, line)) > 0
    return costs(graph, covered(graph, line)) or _ceiling(graph, line) is not None


def _ceiling(graph: Graph, line: CostLine) -> Ceiling | None:
    """Return the most that a line pays for: for tasks and nodes that are there today, and for nothing else it says."""
    if pays_for_more(line) or may_be_less(line.amount):
        return None
    there = all(graph.architecture.elements[id_].status == "current" for id_ in line.covers)
    return most(graph, covered(graph, line)) if there else None


def _list_price(graph: Graph, line: CostLine, price: UnitPrice) -> Decimal | None:
    """Return the list's price for the unit of a line that covers elements of one kind; none is free."""
    prices = {listed(element, price) for element in covered(graph, line)}
    return prices.pop() if len(prices) == 1 and price.high else None


def check(graph: Graph, line: CostLine) -> Iterator[Violation | Unknown]:
    """Fail a line whose unit price is not the list's, or whose amount is too low or too high for what it covers."""
    region = graph.architecture.region
    if region != price_list().region:
        yield Unknown(line.id, line.path, f"archspec has no price list of {region}")
    elif line.unit_price:
        yield from _unit_price(graph, line, line.unit_price)
    elif pays_for_addresses(line):
        yield from _addresses(graph, line)
    else:
        yield from [*_too_little(graph, line)] or _too_much(graph, line)


def _unit_price(graph: Graph, line: CostLine, stated: UnitPrice) -> Iterator[Violation]:
    price = _list_price(graph, line, stated)
    if price is None or stated.low * (1 - _SAME) <= price <= stated.high * (1 + _SAME):
        return
    unit = stated.text.partition("/")[2].strip()
    lot = 1 / UnitPrice.parse(f"$1/{unit}").high
    asked = f"${(price * lot).normalize():f}/{unit}"
    message = f"the {line.id} has a price of {stated}, and AWS's list is assumed to have {asked} ({_day()})"
    fix = "take the price of the list, or say in `note` which discount it has"
    yield Violation(line.id, (*line.path, "unit_price"), message, fix)


def _too_little(graph: Graph, line: CostLine) -> Iterator[Violation]:
    """Hold what all lines that pay for the same take together against the least that the list takes."""
    elements = covered(graph, line)
    beside = {one.index: one.amount for element in elements for one in paying(graph)[element.id]}
    bound = least(graph, elements)
    if _is_less(beside.values(), bound.amount):
        yield _unlike(line, bound.amount, f"for {bound.counted}, before anyone uses them", "which discount it has")


def _too_much(graph: Graph, line: CostLine) -> Iterator[Violation | Unknown]:
    """Hold what a line says against the most that the tasks and nodes cost that it covers."""
    found = _ceiling(graph, line)
    if found is None or line.amount.low <= max(found.bound.amount, least(graph, covered(graph, line)).amount) * _MOST:
        return
    if found.missing:
        element, key = found.missing
        yield Unknown(line.id, element.path, f"{element.id}.{key}")
        return
    counted = f"for {found.bound.counted}; {_ASIDE} are not in it"
    yield _unlike(line, found.bound.amount, counted, "what it includes", "at most ")


def _addresses(graph: Graph, line: CostLine) -> Iterator[Violation]:
    """Hold what the lines that name public addresses take together against what those cost that are declared."""
    held = holders(graph, line)
    cost = (number(held) * price_list().prices["address", "hour"] * HOURS).quantize(Decimal("0.01"))
    if _is_less([one.amount for one in paying_too(graph, held)], cost):
        noun = "address" if number(held) == 1 else "addresses"
        whose = "of elastic IPs, of balancers one a zone, of tasks one each"
        counted = f"for {number(held)} public IPv4 {noun} ({whose})"
        yield _unlike(line, cost, counted, "which discount it has")


def _is_less(paid: Iterable[Money], cost: Decimal) -> bool:
    """Whether amounts are too low together; one that says `> $5` or `$5+` may be any."""
    amounts = list(paid)
    return not any(may_be_more(one) for one in amounts) and add_up(amounts).high < cost * _LEAST


def _unlike(line: CostLine, cost: Decimal, counted: str, to_say: str, bound: str = "") -> Violation:
    message = (
        f"the {line.id} says {line.amount}, and AWS's list is assumed to take {bound}{spell_money(cost)}"
        f" a month of {HOURS} hours ({_day()}) {counted}"
    )
    fix = f"mend the amount or what it covers, or say in `note` {to_say}"
    return Violation(line.id, (*line.path, "amount"), message, fix)


def _day() -> str:
    return f"as of {price_list().as_of}"
