"""How many requests a second reach an element at its busiest: stated, or pushed along flows from where it is stated.

A flow carries what its `peak` says, or else `calls` for every request that its source serves. A load balancer with one
target hands on all that it gets. What no one states is not guessed: the answer is then what is missing.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer


class Demand(NamedTuple):
    """Requests a second, or what is missing to tell; `because` says where the number comes from."""

    amount: Decimal | None
    because: str = ""
    missing: str = ""


_SILENT = Demand(None)
"""Of nothing that leads here does anybody say how much it carries."""


@lru_cache(maxsize=1)
def demands(graph: Graph) -> Mapping[str, Demand]:
    """Return what reaches each service and load balancer, by id; those of which nobody says anything are left out."""
    flows = _Flows(graph)
    found: dict[str, Demand] = {}
    for id_ in flows.order():
        told = _told(graph, flows, id_, found)
        if told is not _SILENT:
            found[id_] = told
    return found


class _Flows:
    """The current flows between single elements, by where they lead to."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.into: dict[str, list[Flow]] = {}
        self.out: dict[str, list[Flow]] = {}
        for flow in graph.architecture.flows:
            if flow.status == "current" and flow.source != flow.target:
                self.into.setdefault(flow.target, []).append(flow)
                self.out.setdefault(flow.source, []).append(flow)

    def order(self) -> list[str]:
        """Return the ids so that each stands behind those that lead to it; services in a circle come last."""
        waiting = {id_: len(flows) for id_, flows in self.into.items()}
        ready = [id_ for id_ in self.out if id_ not in waiting]
        for id_ in ready:  # grows while it is walked
            for flow in self.out.get(id_, ()):
                waiting[flow.target] -= 1
                if not waiting[flow.target]:
                    ready.append(flow.target)
        return list(dict.fromkeys([*ready, *self.graph.architecture.compute.services]))


def _stated(graph: Graph, id_: str) -> Decimal | None:
    element = graph.architecture.elements[id_]
    return element.peak.high if isinstance(element, Service) and element.peak else None


def _told(graph: Graph, flows: _Flows, id_: str, known: Mapping[str, Demand]) -> Demand:
    stated = _stated(graph, id_)
    if stated is not None:
        return Demand(stated, "its own peak")
    if not isinstance(graph.architecture.elements[id_], (Service, LoadBalancer)):
        return _SILENT
    into = flows.into.get(id_, ())
    carried = [_carried(graph, flows, flow, known) for flow in into]
    if all(one is _SILENT for one in carried):
        return _SILENT
    for flow, one in zip(into, carried, strict=True):
        if one.amount is None:
            return Demand(None, missing=one.missing or f"the flow {flow.id} states no `peak`")
    total = sum((one.amount or Decimal(0) for one in carried), Decimal(0))
    return Demand(total, " + ".join(one.because for one in carried))


def _carried(graph: Graph, flows: _Flows, flow: Flow, known: Mapping[str, Demand]) -> Demand:
    """Return what a flow carries at its busiest."""
    if flow.peak:
        return Demand(flow.peak.high, f"{flow.peak} from {flow.source}")
    source = known.get(flow.source, _SILENT)
    if source.amount is None:
        return source
    if flow.calls:
        return Demand(source.amount * flow.calls.high, f"{flow.calls} for each of {source.amount:f} of {flow.source}")
    if isinstance(graph.architecture.elements[flow.source], LoadBalancer) and len(flows.out[flow.source]) == 1:
        return Demand(source.amount, f"{source.amount:f} from {flow.source}")
    return Demand(None, missing=f"the flow {flow.id} states neither `peak` nor `calls`")
