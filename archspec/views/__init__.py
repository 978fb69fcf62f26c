"""The pictures that archspec draws of an architecture: one file each, listed here.

A view maker takes the graph and yields its views, most of them one; one without nodes has nothing to show. Where
environments stand beside each other, each has pictures of its own. An author's own pictures are made from these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from archspec.errors import UsageError
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
    author's that selects nothing anywhere.
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
        for view in _own(one, whole if one.of in _UNDIVIDED else divided, is_all=not environment)
    ]
    return (*ready, *own)


def _is_wanted(name: str, names: tuple[str, ...]) -> bool:
    return not names or any(one == name or one.startswith(f"{name}-") for one in names)


def _made(maker: ViewMaker, scene: Scene) -> Iterator[View]:
    yield from (scene.named(view) for view in maker.project(scene.graph) if view.nodes)


def _own(wanted: OwnView, among: Sequence[Scene], *, is_all: bool) -> list[View]:
    """Return what an author wants to see of a ready picture; of several in a scene, the others have a number.

    Those that have nothing of it are left out. Raises `UsageError` where none of all scenes has.
    """
    drawn: list[View] = []
    refused: list[UsageError] = []
    for scene in among:
        kept = []
        for view in _ready(wanted, scene):
            try:
                kept.append(_narrowed(wanted, view, scene.graph))
            except UsageError as error:
                refused.append(error)
        drawn += [scene.named(_numbered(view, number)) for number, view in enumerate(kept, start=1)]
    if refused and is_all and not drawn:
        raise refused[0]
    return drawn


def _ready(wanted: OwnView, scene: Scene) -> list[View]:
    """Return the pictures that an author's own is made of; none in an environment that it is not for."""
    is_elsewhere = wanted.environments and scene.environment not in wanted.environments
    if is_elsewhere and wanted.of not in _UNDIVIDED:
        return []
    return [view for view in VIEWS[wanted.of].project(scene.graph) if view.nodes]


def _narrowed(wanted: OwnView, view: View, graph: Graph) -> View:
    title = f"{graph.architecture.label}: {wanted.title}" if wanted.title else view.title
    selection = Selection(wanted.kinds, wanted.tags, wanted.statuses, wanted.around)
    return chosen(replace(view, name=wanted.name, title=title), graph.architecture.elements, selection)


def _numbered(view: View, number: int) -> View:
    return view if number == 1 else replace(view, name=f"{view.name}-{number}")
