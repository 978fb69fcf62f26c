"""Services wait for each other in a circle.

## Why

Where each waits for the next, the slowness of one is the slowness of all, a retry goes around, and none of them can be
started or deployed first. One of the calls has to become a message, or the service that both need one of its own.

Flows are synchronous where they say `mode: sync`, or where their protocol is one of request and answer (HTTP, gRPC,
SQL) and they do not say `mode: async`. A flow of a whole cluster does not say which of its services calls which, and a
load balancer with several targets not which of them is meant: neither makes a circle. A flow from a service to itself
is about its tasks, and one only with `mode: sync`.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    orders: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    stock: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    prices: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - orders -> stock: 80 HTTP  # expect: AVL010
  - stock -> prices: 80 gRPC
  - prices -> orders: 80 HTTP
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    orders: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
    stock: {port: 80, desired: 2, subnets: [a], security_groups: [sg]}
flows:
  - orders -> stock: 80 HTTP
  - {stock -> orders: 80 HTTP, mode: async}
```
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.circles import circles
from archspec.graph.graph import Graph, is_attached
from archspec.graph.synchronous import synchronous
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer

ID = "AVL010"
NAME = "synchronous-cycle"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = ("rel_prevent_interaction_failure_loosely_coupled_system",)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the synchronous flows between single elements."""
    forwards = Counter(flow.source for flow in synchronous(graph))
    elements = graph.architecture.elements

    def is_clear(element: Element) -> bool:
        is_one_of_several = isinstance(element, LoadBalancer) and forwards[element.id] > 1
        return is_attached(element) and element.status == "current" and not is_one_of_several

    return [
        flow
        for flow in synchronous(graph)
        if is_clear(elements[flow.source]) and is_clear(elements[flow.target]) and _is_other(flow)
    ]


def _is_other(flow: Flow) -> bool:
    return flow.source != flow.target or flow.mode == "sync"


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail the first flow of each circle."""
    around = _circles(graph).get(flow.index)
    if around:
        way = " -> ".join([*(one.source for one in around), around[-1].target])
        witness = tuple(Hop("note", one.id, one.path) for one in around)
        fix = "let one of them send a message instead, and say `mode: async` of its flow"
        yield Violation(flow.id, flow.path, f"services wait for each other in a circle: {way}", fix, witness)


@lru_cache(maxsize=1)
def _circles(graph: Graph) -> Mapping[int, list[Flow]]:
    """Return position of the first flow of a circle → its flows."""
    flows: dict[tuple[str, str], Flow] = {}
    following: dict[str, list[str]] = {}
    for flow in subjects(graph):
        if (flow.source, flow.target) not in flows:
            flows[flow.source, flow.target] = flow
            following.setdefault(flow.source, []).append(flow.target)
    found = [[flows[pair] for pair in pairwise(way)] for way in circles(following)]
    return {around[0].index: around for around in found}
