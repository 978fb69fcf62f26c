"""Permitted steps that no flow declares: on no way to data, and between environments."""

from archspec.graph.exposure import Exposure, exposures
from archspec.graph.graph import Graph
from archspec.graph.reach import OUTSIDE, Step, reach_of


def undeclared(graph: Graph) -> list[Exposure]:
    """Return every permitted step that is on no way from the internet to a store, in the order of the spec."""
    known = {(one.step.source, one.step.target) for one in exposures(graph)}
    return [_alone(graph, step) for step in reach_of(graph).steps if (step.source, step.target) not in known]


def between_environments(graph: Graph) -> list[Exposure]:
    """Return every permitted step from an element of one environment to one of another."""
    if not graph.architecture.environments:
        return []
    return [_alone(graph, step) for step in reach_of(graph).steps if _crosses(step)]


def _crosses(step: Step) -> bool:
    here, there = step.source.rpartition("/")[0], step.target.rpartition("/")[0]
    return step.source != OUTSIDE and bool(here and there) and here != there


def _alone(graph: Graph, step: Step) -> Exposure:
    return Exposure(reach_of(graph), step, {}, {})
