"""The pictures that archspec draws of an architecture: one file each, listed here.

A view maker takes the graph and yields its views, most of them one; one without nodes has nothing to show. Where
environments stand beside each other, each has pictures of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from archspec.graph.graph import Graph
from archspec.model.architecture import AREAS, Architecture
from archspec.model.element import Element
from archspec.views import messaging, network, security_groups, traffic
from archspec.views.ordered import ordered
from archspec.views.view import View


class ViewMaker(Protocol):
    """What a view module offers."""

    def project(self, graph: Graph) -> Iterator[View]:
        """Yield what the pictures show of the architecture; no nodes where there is nothing to show."""


VIEWS: dict[str, ViewMaker] = {
    "network": network,
    "security-groups": security_groups,
    "traffic": traffic,
    "messaging": messaging,
}


def project(graph: Graph) -> tuple[View, ...]:
    """Return every view of the architecture that has something to show, in the order of the table."""
    in_order = Graph(ordered(graph.architecture), graph.today)
    return tuple(view for maker in VIEWS.values() for view in _views(maker, in_order) if view.nodes)


def _views(maker: ViewMaker, graph: Graph) -> Iterator[View]:
    whole = graph.architecture
    environments = {id_: one for id_, one in whole.environments.items() if one.status == "current"}
    for id_, one in environments.items():
        named = one.title or id_
        for view in maker.project(Graph(_titled(whole.in_environment(id_)), graph.today)):
            yield replace(
                view,
                name=f"{view.name}-{id_}",
                title=f"{view.title}, {named}",
                description=f"{named}: {view.description}",
            )
    if not environments:
        yield from maker.project(graph)


def _titled(architecture: Architecture) -> Architecture:
    """Give what has no title its id without the environment, which the picture names as a whole."""
    areas = {
        area: held.model_copy(update={key: {id_: _short(one) for id_, one in all_.items()} for key, all_ in held})
        for area in AREAS
        for held in [getattr(architecture, area)]
    }
    # Not `model_copy`: it would take the index of elements along.
    return Architecture.model_construct(**{**dict(architecture), **areas})


def _short(element: Element) -> Element:
    if element.title or not element.environment or element.kind in ("vpc", "subnet"):
        return element
    return element.model_copy(update={"title": element.id.rpartition("/")[2]})
