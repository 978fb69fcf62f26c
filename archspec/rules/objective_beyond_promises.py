"""A journey is meant to succeed more often than what it leads through is promised to be there.

## Why

A request that needs five things succeeds only while all five are there: their shares of the time are multiplied. An
objective above that product cannot be promised to anybody, however good the code is. Copies in a second Region, or
doing without one of the five, raise it.

A journey states its `slo`. Each element that it names is counted once, with its own `availability` or with what AWS
promises for it, which is less where all of it stands in one zone; an element of which no promise is known counts as
always there, so that the product is the most that can be hoped for. A step that the source goes on without (`hard:
false`) is not counted.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [a, b], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [a, b], security_groups: [sg]}
journeys:
  - title: Buying
    slo: 99.95%  # expect: AVL009
    steps: [alb -> web, web -> db]
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {subnets: [a, b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [a, b], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [a, b], security_groups: [sg]}
journeys:
  - title: Buying
    slo: 99.9%
    steps: [alb -> web, web -> db]
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.promises import promised
from archspec.graph.single_points import passed
from archspec.model.element import Element
from archspec.model.journey import Journey

ID = "AVL009"
NAME = "objective-beyond-promises"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = ("rel_withstand_component_failures_service_level_agreements",)

_NOT_COUNTED = frozenset({"internet", "actor", "vpc", "subnet", "internet_gateway", "target_group", "cluster"})
"""Kinds that a journey may name and that are not there or away by themselves."""


def subjects(graph: Graph) -> Iterable[Journey]:
    """Return the journeys with an objective."""
    return [one for one in graph.architecture.journeys if one.status == "current" and one.slo]


def check(graph: Graph, journey: Journey) -> Iterator[Violation | Unknown]:
    """Fail a journey whose objective is above the product; unknown where only what is not known could change that."""
    elements = graph.architecture.elements
    named = [elements[id_] for id_ in dict.fromkeys(passed(graph, journey)) if elements[id_].kind not in _NOT_COUNTED]
    known = [(share, one) for one in named if (share := promised(graph, one)) is not None]
    if journey.slo is None:
        return
    product = Decimal(100)
    for share, _ in known:
        product = product * share / 100
    if product < journey.slo.low:
        message = f"{journey.id} is meant to succeed {journey.slo} of the time, and {_most(product)} can be promised"
        fix = "lower the objective, or let the journey need fewer or better things"
        yield Violation(journey.id, (*journey.path, "slo"), message, fix, tuple(_worst(known)))
    elif len(known) < len(named):
        without = next(one.id for one in named if promised(graph, one) is None)
        yield Unknown(journey.id, journey.path, f"no promise is known of {without}")


def _most(product: Decimal) -> str:
    return f"{product:.3f}".rstrip("0").rstrip(".") + "% at most"


def _worst(known: list[tuple[Decimal, Element]]) -> Iterator[Hop]:
    """Yield the three that take away most."""
    for share, element in sorted(known, key=lambda one: one[0])[:3]:
        yield Hop("note", f"{element.id} is promised for {share:f}% of the time", element.path)
