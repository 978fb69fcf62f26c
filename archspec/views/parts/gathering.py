"""Services in the frames of their clusters, with what all of a cluster do drawn once, at the frame."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.views.view import Edge, Group, Node


class Gathered(NamedTuple):
    """What a picture shows, with frames of clusters around services."""

    groups: tuple[Group, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def gathered(architecture: Architecture, nodes: Iterable[Node], edges: Iterable[Edge]) -> Gathered:
    """Put services into the frames of their clusters, where two or more of one are shown.

    An edge that all of them have, to or from the same thing with the same label, is drawn once, at the frame.
    """
    shown = tuple(nodes)
    clusters = _clusters(architecture.compute.services, {node.id for node in shown})
    holders = {id_: cluster for cluster, ids in clusters.items() for id_ in ids}
    known = architecture.compute.clusters
    return Gathered(
        tuple(Group(id_, known[id_].label, "cluster", status=known[id_].status) for id_ in clusters),
        tuple(replace(node, parent=holders.get(node.id, node.parent)) for node in shown),
        _turned(_at_starts(clusters, _turned(_at_starts(clusters, tuple(edges))))),
    )


def _clusters(services: Mapping[str, Element], shown: set[str]) -> dict[str, set[str]]:
    """Return the services of each cluster that are shown, of those clusters that have several."""
    found: dict[str, set[str]] = {}
    for id_, service in services.items():
        cluster = getattr(service, "cluster", "")
        if cluster and id_ in shown and cluster not in shown:
            found.setdefault(cluster, set()).add(id_)
    return {cluster: ids for cluster, ids in found.items() if len(ids) > 1}


def _at_starts(clusters: Mapping[str, set[str]], edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    starts: dict[Edge, set[str]] = {}
    for edge in edges:
        starts.setdefault(replace(edge, source=""), set()).add(edge.source)
    return tuple(
        dict.fromkeys(
            replace(edge, source=_for(edge.source, starts[replace(edge, source="")], clusters)) for edge in edges
        )
    )


def _turned(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    return tuple(replace(edge, source=edge.target, target=edge.source) for edge in edges)


def _for(end: str, all_: set[str], clusters: Mapping[str, set[str]]) -> str:
    """Return the cluster that speaks for one end of an edge, where all of it are among the ends; else that end."""
    return next((cluster for cluster, ids in clusters.items() if end in ids and ids <= all_), end)
