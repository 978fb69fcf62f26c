"""Who talks to whom, in lines: every edge once, those that follow each other without a branch as one chain."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from archspec.findings import Severity
from archspec.layout.cells import cells, fitted
from archspec.layout.text import printable
from archspec.layout.tree import Tree
from archspec.renderers.text.marks import on_arrow
from archspec.views.view import Edge, Group, Node

_INDENT: Final = "    "
_ARROW: Final = 6
"""Cells that an arrow takes beside its label: two on each side, and a head at each end."""


def chains(tree: Tree, width: int) -> Iterator[str]:
    """Yield the edges of a view in lines of at most `width` cells."""
    names = _names(tree, width - len(_INDENT))
    edges = tree.view.edges
    after: dict[str, list[int]] = {}
    for index, edge in enumerate(edges):
        after.setdefault(edge.source, []).append(index)
    entered = {edge.target for edge in edges if edge.source != edge.target}
    told: set[int] = set()
    for start in sorted(range(len(edges)), key=lambda index: (edges[index].source in entered, index)):
        chain: list[Edge] = []
        following = [start]
        while len(following) == 1 and following[0] not in told:
            told.add(following[0])
            chain.append(edges[following[0]])
            following = [] if chain[-1].both else after.get(chain[-1].target, [])
        if chain:
            yield from _chain(chain, names, width)


def _chain(chain: list[Edge], names: dict[str, str], width: int) -> Iterator[str]:
    line = names[chain[0].source]
    for edge in chain:
        arrow, name = _arrow(edge, width - len(_INDENT)), names[edge.target]
        if cells(f"{line} {arrow} {name}") <= width:
            line = f"{line} {arrow} {name}"
        elif cells(f"{_INDENT}{arrow} {name}") <= width:
            yield line
            line = f"{_INDENT}{arrow} {name}"
        else:
            yield line
            yield f"{_INDENT}{arrow}"
            line = f"{_INDENT}{name}"
    yield line


def _arrow(edge: Edge, room: int) -> str:
    label = fitted(on_arrow(edge), room - _ARROW)
    across = "══" if edge.severity is not Severity.OFF else "──"
    if edge.status != "current" or edge.change == "removed":
        across = "╌╌"
    return f"{'◄' if edge.both else ''}{across}{label}{across if label else ''}►"


def _names(tree: Tree, room: int) -> dict[str, str]:
    """Return what to call each node and group: by its title, with its AZ where others are called the same."""
    things: list[Group | Node] = [*tree.view.groups, *tree.view.nodes]
    titles = {thing.id: printable(thing.title) for thing in things}
    counts = Counter(titles.values())
    names = {}
    for id_, title in titles.items():
        zones = [zone(tree.groups[outer]) for outer in tree.ancestors(id_) if tree.groups[outer].kind == "az"]
        where = f" ({zones[0]})" if zones and counts[title] > 1 else ""
        names[id_] = fitted(f"{title}{where}", room)
    return names


def zone(az: Group) -> str:
    """Return the name of an AZ alone."""
    return az.title.removeprefix("Availability Zone ")
