"""What pictures are drawn of: the whole, or each environment by itself where several stand beside each other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.architecture import AREAS, Architecture
from archspec.model.element import Element
from archspec.views.ordered import ordered
from archspec.views.view import View


class Scene(NamedTuple):
    """A graph that has pictures of its own, and the environment that it is; the whole has none."""

    graph: Graph
    environment: str = ""
    title: str = ""

    def named(self, view: View) -> View:
        """Return a picture of it with the environment's name."""
        if not self.environment:
            return view
        return replace(
            view,
            name=f"{view.name}-{self.environment}",
            title=f"{view.title}, {self.title}",
            description=f"{self.title}: {view.description}",
        )


def scenes(graph: Graph, environment: str = "") -> Iterator[Scene]:
    """Yield what has pictures of its own, in the order of pictures: one `environment`, or each that is there."""
    whole = ordered(graph.architecture)
    environments = [
        (id_, one)
        for id_, one in whole.environments.items()
        if (id_ == environment if environment else one.status == "current")
    ]
    for id_, one in environments:
        yield Scene(Graph(_titled(whole.in_environment(id_)), graph.today), id_, one.title or id_)
    if not environments:
        yield Scene(Graph(whole, graph.today))


def undivided(graph: Graph) -> Scene:
    """Return the whole, with all its environments, in the order of pictures."""
    return Scene(Graph(ordered(graph.architecture), graph.today))


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
