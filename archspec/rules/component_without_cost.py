"""What AWS bills by the hour is in no cost line, or a line pays for what is not there.

## Why

A load balancer, a NAT gateway, an interface endpoint, a task or a database costs money from the hour it is made, used
or not. One that no line covers is missing from the estimate; a line for what is planned or removed makes it too high.
Lines that say with `covers` what they pay for are held against what is declared; one that says nothing may pay for
anything.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways:
    nat: {subnet: public-a}  # expect: CST003
    old: {subnet: public-a, status: removed}
  load_balancers: {alb: {subnets: [public-a]}}
cost:
  lines:
    - {resource: ALB, covers: [alb], amount: $25}
    - resource: NAT Gateway
      covers: [old]  # expect: CST003
      amount: $33
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
cost:
  lines:
    - {resource: ALB, covers: [alb], amount: $25}
    - {resource: NAT Gateway, covers: [nat], amount: $33}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.spending import covered, covering_anything, paying
from archspec.model.compute import Service
from archspec.model.cost import CostLine
from archspec.model.element import Element, spell_kind, with_article
from archspec.model.network import Endpoint

ID = "CST003"
NAME = "component-without-cost"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = ("cost_monitor_usage_define_attribution",)


def subjects(graph: Graph) -> list[Element | CostLine]:
    """Return what is billed by the hour, and the lines that say what they cover; nothing without such lines."""
    lines = [line for line in graph.architecture.cost.lines if line.covers]
    network = graph.architecture.network
    billed: list[Element] = [*network.nat_gateways.values(), *graph.attached]
    return [*(one for one in billed if lines and _is_billed(one)), *lines]


def _is_billed(element: Element) -> bool:
    match element:
        case Endpoint():
            return element.type == "interface"
        case Service():
            return element.launch == "fargate" and element.desired > 0
        case _:
            return element.status == "current"


def check(graph: Graph, subject: Element | CostLine) -> Iterator[Violation | Unknown]:
    """Fail a component that no line covers, and a line that covers nothing that is there."""
    if isinstance(subject, CostLine):
        if not covered(graph, subject):
            absent = graph.architecture.elements[subject.covers[0]]
            message = f"the {subject.id} pays for {absent.id}, which is {absent.status}"
            fix = "remove the line, or make what it covers current"
            if absent.status != "current":
                yield Violation(subject.id, (*subject.path, "covers"), message, fix)
        return
    if subject.id in paying(graph):
        return
    open_line = covering_anything(graph)
    if open_line:
        yield Unknown(subject.id, open_line.path, f"covers of the {open_line.id}".replace(" ", "_"))
    else:
        message = (
            f"no cost line covers {subject.id}, {with_article(spell_kind(subject.kind))} that is billed by the hour"
        )
        yield Violation(subject.id, subject.path, message, f"add a line, or name {subject.id} in its `covers`")
