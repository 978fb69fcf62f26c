"""What is wanted after a loss, and how what is achieved compares with it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from archspec.graph.graph import Graph
from archspec.graph.recovery import JUDGED, is_record, names_of
from archspec.graph.recovery_point import Achieved
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.quantity import Duration
from archspec.model.recovery import Disruption, Target

Verdict = Literal["no objective", "a cache", "no region objective", "not stated", "missed", "at the limit", "met"]
Measure = Literal["rto", "rpo"]


def targets_of(graph: Graph, element: Element, disruption: Disruption) -> list[Target]:
    """Return the targets that cover an element in a disruption; one that names none is about the Region's inside."""
    by_name = _by_name(graph)
    if not by_name:
        return []
    covering = {one.index: one for name in names_of(element) for one in by_name.get(name, ())}
    return [one for one in covering.values() if disruption in (one.disruptions or JUDGED)]


@lru_cache(maxsize=1)
def _by_name(graph: Graph) -> Mapping[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for target in graph.architecture.recovery.targets:
        for id_ in dict.fromkeys(target.covers):
            found.setdefault(id_, []).append(target)
    return found


def wanted_for(graph: Graph, element: Element, disruption: Disruption, measure: Measure) -> Duration | None:
    """Return the objective for an element in a disruption: the strictest of its targets, else that of the whole.

    There is none where a target says that none is required.
    """
    own = targets_of(graph, element, disruption)
    if not own:
        return wanted_of_whole(graph, disruption, measure)
    stated = [value for one in own if (value := one.rto if measure == "rto" else one.rpo)]
    if stated:
        return min(stated, key=lambda value: value.high)
    return None if any(one.not_required for one in own) else wanted_of_whole(graph, disruption, measure)


def wanted_of_whole(graph: Graph, disruption: Disruption, measure: Measure) -> Duration | None:
    """Return the objective of the whole for a disruption."""
    whole = graph.architecture.recovery.objectives
    if disruption == "region":
        return whole.region_rto if measure == "rto" else whole.region_rpo
    return whole.rto if measure == "rto" else whole.rpo


def judge_loss(graph: Graph, store: Store, achieved: Achieved) -> Verdict:
    """Hold what a store can lose against the objective; losing exactly as much as the objective is within it."""
    objective = wanted_for(graph, store, achieved.disruption, "rpo")
    if objective is None:
        return _unwanted(graph, store, achieved.disruption, "rpo")
    if not is_record(store):
        return "a cache"
    return "not stated" if achieved.missing else compare(achieved.seconds, objective)


def judge_time(graph: Graph, element: Element, disruption: Disruption, seconds: Decimal | None) -> Verdict:
    """Hold how soon an element is back against the objective; None is a time that cannot be told."""
    objective = wanted_for(graph, element, disruption, "rto")
    if objective is None:
        return _unwanted(graph, element, disruption, "rto")
    return "not stated" if seconds is None else compare(seconds, objective)


def _unwanted(graph: Graph, element: Element, disruption: Disruption, measure: Measure) -> Verdict:
    inside = any(wanted_for(graph, element, one, measure) for one in JUDGED)
    return "no region objective" if disruption == "region" and inside else "no objective"


def compare(seconds: Decimal | None, objective: Duration) -> Verdict:
    """Compare a figure, or everything, with an objective, which is a bound also where it is written without a sign."""
    if seconds is None or seconds > objective.high:
        return "missed"
    return "at the limit" if seconds == objective.high and objective.comparator == "<" else "met"
