"""The pictures that archspec draws of an architecture: one file each, listed here.

A view maker takes the graph and returns the view; one without nodes has nothing to show.
"""

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
    views = (maker.project(graph) for maker in VIEWS.values())
    return tuple(view for view in views if view.nodes)
