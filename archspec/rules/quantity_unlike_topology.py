"""A cost line counts something else than what is declared.

## Why

A line for two NAT gateways where three are declared was right once. The numbers of a line, in its `quantity` and its
`configuration`, are held against what it `covers`: tasks against the desired ones, gateways, load balancers, endpoints,
instances, nodes, keys, secrets, alarms and more against those that are declared, classes of instances against theirs.
Of what is priced by the hour the hours count as well: AWS bills an interface endpoint in each of its zones, and an RDS
Proxy for each vCPU of its database, two at least.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.3.0/24}
  security_groups: {logs-sg: {}}
  nat_gateways: {nat: {subnet: public-a}}
  endpoints: {logs: {service: logs, subnets: [private-a, private-b], security_groups: [logs-sg]}}
cost:
  lines:
    - resource: NAT Gateway
      covers: [nat]
      configuration: 2 gateways  # expect: CST005
      amount: $65.70
    - resource: Interface Endpoints
      covers: [logs]
      unit_price: $0.01/hr
      quantity: 730 hrs × 1  # expect: CST005
      amount: $7.30
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
cost:
  lines:
    - {resource: NAT Gateway, covers: [nat], configuration: 1 gateway, amount: $32.85}
```
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.counts_in_text import NOUNS, Counted, Stated, counts, known_noun, units
from archspec.graph.graph import Graph
from archspec.graph.prices import per
from archspec.graph.spending import covered
from archspec.model.cost import CostLine
from archspec.model.data import Database, Proxy, Store
from archspec.model.element import Element
from archspec.model.network import Endpoint

ID = "CST005"
NAME = "quantity-unlike-topology"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "cost_pricing_model_analysis",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
)

_CLASS = re.compile(r"\b(?:db|cache)\.[a-z0-9]+\.[a-z0-9-]+")
_BURSTABLE = frozenset({"micro", "small", "medium", "large"})
"""Sizes of t3 and t4g, all with two vCPUs: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html."""


def subjects(graph: Graph) -> list[CostLine]:
    """Return the lines that count something."""
    lines = graph.architecture.cost.lines
    return [one for one in lines if _stated(one) or _priced_by_the_hour(one) or _CLASS.search(one.configuration)]


def _stated(line: CostLine) -> list[tuple[str, Stated]]:
    """Return what a line counts, each with the key that says so."""
    found = [("configuration", one) for one in counts(line.configuration)]
    if line.quantity:
        found += [("quantity", one) for one in counts(line.quantity.text)]
        noun = known_noun(line.unit_price.text.partition("/")[2]) if line.unit_price else ""
        if noun and line.quantity.text.isdigit():
            found.append(("quantity", Stated(line.quantity.high, line.quantity.approximate, noun)))
    return found


def _priced_by_the_hour(line: CostLine) -> bool:
    return bool(line.unit_price and line.quantity and per(line.unit_price) == "hour")


def check(graph: Graph, line: CostLine) -> Iterator[Violation | Unknown]:
    """Fail a line whose numbers, hours or classes are not those of what it covers."""
    if not line.covers:
        yield Unknown(line.id, line.path, "covers")
        return
    elements = covered(graph, line)
    for key, stated in dict.fromkeys(_stated(line)):
        found = NOUNS[stated.noun](graph, elements)
        if found and not found.holds(stated.number, approximate=stated.approximate):
            yield _violation(line, key, f"counts {stated}", f"{found} declared")
    if _priced_by_the_hour(line):
        yield from _hours(graph, line, elements)
    yield from _classes(line, elements)


def _violation(line: CostLine, key: str, says: str, found: str) -> Violation:
    message = f"the {line.id} {says}, and what it covers has {found}"
    return Violation(line.id, (*line.path, key), message, "count again, and mend the amount with it")


def _hours(graph: Graph, line: CostLine, elements: tuple[Element, ...]) -> Iterator[Violation]:
    """Tell a line that pays for the hours of more or fewer than there are; of what has one price for each hour."""
    paid = units(line.quantity) if line.quantity else None
    found = _billed(graph, elements)
    if paid is None or found is None or found.low <= paid <= found.high:
        return
    kind = elements[0].kind
    whose = {"endpoint": "endpoints in zones", "proxy": "vCPUs of its database"}.get(kind, "of them")
    yield _violation(line, "quantity", f"pays for the hours of {paid}", f"{found} {whose}")


def _billed(graph: Graph, elements: tuple[Element, ...]) -> Counted | None:
    kinds = {one.kind for one in elements}
    if len(kinds) != 1 or not kinds <= {"nat_gateway", "load_balancer", "endpoint", "proxy"}:
        return None
    if kinds == {"proxy"}:
        return _vcpus(graph, [one for one in elements if isinstance(one, Proxy)])
    found = len(elements)
    if kinds == {"endpoint"}:
        found = sum(len(graph.azs(one)) for one in elements if isinstance(one, Endpoint) and one.type == "interface")
    return Counted(found, found) if found else None


def _vcpus(graph: Graph, proxies: list[Proxy]) -> Counted | None:
    """Count the vCPUs that proxies are billed for: those of one instance at least, of all members at most."""
    low = high = 0
    for proxy in proxies:
        database = graph.architecture.data.databases[proxy.target]
        each = _size(database)
        if each is None:
            return None
        low, high = low + max(2, each), high + max(2, each * max(1, len(database.members)))
    return Counted(low, high)


def _size(database: Database) -> int | None:
    family, _, size = database.class_.removeprefix("db.").partition(".")
    if family.startswith("t") and size in _BURSTABLE:
        return 2
    if size == "large":
        return 2
    times = size.removesuffix("xlarge")
    return 4 * int(times or 1) if size.endswith("xlarge") and (not times or times.isdigit()) else None


def _classes(line: CostLine, elements: tuple[Element, ...]) -> Iterator[Violation]:
    """Tell a line that prices another class than its stores have, or another number of that class."""
    stores = [one for one in elements if isinstance(one, Store)]
    known = [class_ for store in stores for class_ in _classes_of(store)]
    for class_ in dict.fromkeys(_CLASS.findall(line.configuration)):
        found = known.count(class_)
        stated = re.search(rf"([0-9]{{1,4}}) *[×x] *{re.escape(class_)}\b", line.configuration)
        if known and all(known) and not found:
            yield _violation(line, "configuration", f"prices {class_}", f"{' and '.join(sorted(set(known)))} declared")
        elif stated and found and Decimal(stated[1]) != found and len(known) == len(stores):
            yield _violation(line, "configuration", f"counts {stated[1]} × {class_}", f"{found} declared")


def _classes_of(store: Store) -> list[str]:
    members = store.members or (None,)
    return [(member.class_ if member else "") or store.class_ for member in members]
