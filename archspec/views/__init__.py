"""The pictures that archspec draws of an architecture: one file each, listed here.

A view maker takes the graph and returns the view; one without nodes has nothing to show. Where environments stand
beside each other, each has pictures of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from archspec.graph.graph import Graph
from archspec.views import network, security_groups, traffic
from archspec.views.view import View


class ViewMaker(Protocol):
    """What a view module offers."""

    def project(self, graph: Graph) -> View:
        """Return what the picture shows of the architecture; no nodes where there is nothing to show."""


VIEWS: dict[str, ViewMaker] = {
    "network": network,
    "security-groups": security_groups,
    "traffic": traffic,
}


def project(graph: Graph) -> tuple[View, ...]:
    """Return every view of the architecture that has something to show, in the order of the table."""
    return tuple(view for maker in VIEWS.values() for view in _views(maker, graph) if view.nodes)


def _views(maker: ViewMaker, graph: Graph) -> Iterator[View]:
    whole = graph.architecture
    environments = {id_: one for id_, one in whole.environments.items() if one.status == "current"}
    for id_, one in environments.items():
        view = maker.project(Graph(whole.in_environment(id_), graph.today))
        yield replace(view, name=f"{view.name}-{id_}", title=f"{view.title}, {one.title or id_}")
    if not environments:
        yield maker.project(graph)
