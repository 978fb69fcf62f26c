"""A cost line has another price than AWS's list, or an amount that the list does not allow.

## Why

An estimate is as good as its prices. Where a line states a `unit_price`, it is held against the price list that comes
with archspec; where it states only an amount, that is held against what AWS takes for what it covers before anyone uses
it: hours of gateways, load balancers and endpoints, tasks of Fargate, web ACLs, keys and secrets. An amount of less
than three quarters of it is found. The list is of us-east-1 and of the day in `archspec/data/prices.json`: it knows no
discounts, so lines that speak of Spot, savings plans, reservations or discounts are left alone.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat-1: {subnet: public-a}, nat-2: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
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
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat-1: {subnet: public-a}, nat-2: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
cost:
  lines:
    - {resource: NAT Gateways, covers: [nat-1, nat-2], amount: ~$70}
    - {resource: ALB, covers: [alb], unit_price: $0.0225/hr, quantity: 730 hrs, amount: $16.43}
```
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.prices import listed, monthly, price_list, total
from archspec.graph.spending import covered, paying
from archspec.model.cost import CostLine
from archspec.model.quantity import UnitPrice, spell_money

ID = "CST006"
NAME = "price-unlike-list"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "cost_pricing_model_analysis",
    "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html",
)

_CHEAPER = re.compile(r"\b(?:spot|savings?|reserved|committed|commitment|discount|free|credits?)\b", re.IGNORECASE)
_LEAST = Decimal("0.75")
"""Tasks on Graviton cost a fifth less than the list's, and an approximate amount may be a little off."""
_SAME = Decimal("0.01")


def subjects(graph: Graph) -> list[CostLine]:
    """Return the lines that say what they cover, where the list has a price for some of it."""
    return [line for line in graph.architecture.cost.lines if _is_judged(graph, line)]


def _is_judged(graph: Graph, line: CostLine) -> bool:
    if _CHEAPER.search(f"{line.resource} {line.configuration} {line.note}"):
        return False
    if line.unit_price:
        return _list_price(graph, line, line.unit_price) is not None
    return any(monthly(graph, element) for element in covered(graph, line))


def _list_price(graph: Graph, line: CostLine, price: UnitPrice) -> Decimal | None:
    """Return the list's price for the unit of a line that covers elements of one kind; none is free."""
    prices = {listed(element, price) for element in covered(graph, line)}
    return prices.pop() if len(prices) == 1 and price.high else None


def check(graph: Graph, line: CostLine) -> Iterator[Violation | Unknown]:
    """Fail a line whose unit price is not the list's, or whose amount is too low for what it covers."""
    region = graph.architecture.region
    if region != price_list().region:
        yield Unknown(line.id, line.path, f"archspec has no price list of {region}")
    elif line.unit_price:
        yield from _unit_price(graph, line, line.unit_price)
    else:
        yield from _amount(graph, line)


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


def _amount(graph: Graph, line: CostLine) -> Iterator[Violation]:
    """Hold what all lines that pay for the same take together against the least that the list takes."""
    elements = covered(graph, line)
    beside = {one.index: one.amount.high for element in elements for one in paying(graph)[element.id]}
    least, paid = total(graph, elements), sum(beside.values(), Decimal(0))
    if paid >= least * _LEAST:
        return
    message = (
        f"the {line.id} says {line.amount}, and AWS's list is assumed to take {spell_money(least)} a month ({_day()})"
        f" for the {len(elements)} that it covers, before anyone uses them"
    )
    fix = "mend the amount or what it covers, or say in `note` which discount it has"
    yield Violation(line.id, (*line.path, "amount"), message, fix)


def _day() -> str:
    return f"as of {price_list().as_of}"
