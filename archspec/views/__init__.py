"""The pictures that archspec draws of an architecture: one file each, listed here.

A view maker takes the graph and yields its views, most of them one; one without nodes has nothing to show. Where
environments stand beside each other, each has pictures of its own. An author's own pictures are made from these.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from archspec.graph.graph import Graph
from archspec.model.view import OwnView
from archspec.tables import Table
from archspec.views.chosen import Selection, chosen
from archspec.views.scenes import Scene, scenes, undivided
from archspec.views.view import View


class ViewMaker(Protocol):
    """What a view module offers."""

    def project(self, graph: Graph) -> Iterator[View]:
        """Yield what the pictures show of the architecture; no nodes where there is nothing to show."""


VIEWS: Table[ViewMaker] = Table(
    __name__,
    {
        "overview": "overview",
        "network": "network",
        "traffic": "traffic",
        "edge": "edge",
        "services": "services",
        "security-groups": "security_groups",
        "security": "security",
        "permissions": "permissions",
        "encryption": "encryption",
        "journeys": "journeys",
        "messaging": "messaging",
        "data": "data",
        "delivery": "delivery",
        "recovery": "recovery",
        "observability": "observability",
        "cost": "cost",
    },
)

_UNDIVIDED = frozenset({"cost"})
"""The views of what a spec does not state by environment: each is drawn once, of the whole."""


@lru_cache(maxsize=2)
def project(graph: Graph, environment: str = "", names: tuple[str, ...] = ()) -> tuple[View, ...]:
    """Return every view of the architecture that has something to show, in the order of the table.

    The author's own follow. With an `environment`, those of it alone. With `names`, only those that are called so, in
    the table or by the author, or so and more: `traffic-staging` is of `traffic`. Raises `UsageError` for a view of the
    author's that selects nothing.
    """
    divided, whole = tuple(scenes(graph, environment)), (undivided(graph),)
    ready = [
        view
        for name in VIEWS
        if _is_wanted(name, names)
        for scene in (whole if name in _UNDIVIDED else divided)
        for view in _made(VIEWS[name], scene)
    ]
    own = [
        view
        for one in graph.architecture.views
        if _is_wanted(one.name, names)
        for scene in (whole if one.of in _UNDIVIDED else divided)
        for view in _own(one, scene)
    ]
    return (*ready, *own)


def _is_wanted(name: str, names: tuple[str, ...]) -> bool:
    return not names or any(one == name or one.startswith(f"{name}-") for one in names)


def _made(maker: ViewMaker, scene: Scene) -> Iterator[View]:
    yield from (scene.named(view) for view in maker.project(scene.graph) if view.nodes)


def _own(wanted: OwnView, scene: Scene) -> Iterator[View]:
    """Yield what an author wants to see of a ready picture; where that is several, the others with a number."""
    is_elsewhere = wanted.environments and scene.environment not in wanted.environments
    if is_elsewhere and wanted.of not in _UNDIVIDED:
        return
    selection = Selection(wanted.kinds, wanted.tags, wanted.statuses, wanted.around)
    found = [view for view in VIEWS[wanted.of].project(scene.graph) if view.nodes]
    for number, view in enumerate(found, start=1):
        name = wanted.name if number == 1 else f"{wanted.name}-{number}"
        title = f"{scene.graph.architecture.label}: {wanted.title}" if wanted.title else view.title
        narrowed = chosen(replace(view, name=name, title=title), scene.graph.architecture.elements, selection)
        yield scene.named(narrowed)
