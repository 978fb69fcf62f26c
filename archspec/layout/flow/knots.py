"""What the edges of a flow hold together, and what can stand alone: each knot is laid out by itself.

A group that no edge leads out of is closed: it is laid out first, and then is one box for everything around it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from archspec.layout.flow.part import Size
from archspec.layout.tree import Tree
from archspec.views.view import Edge


class Frame(NamedTuple):
    """An open group: its id, the size of its title, the ids of the boxes and frames in it."""

    id: str
    title: Size
    inside: tuple[str, ...]


class Knot(NamedTuple):
    """What one call of Graphviz lays out: boxes with their sizes, frames, what stands outermost, edges by number.

    `outer` are the boxes that stand in the first layer, and those that stand in the last.
    """

    boxes: tuple[tuple[str, Size], ...]
    frames: tuple[Frame, ...]
    inside: tuple[str, ...]
    edges: tuple[tuple[int, Edge], ...]
    outer: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True)
class Nest:
    """A view, asked by what stands closed inside what."""

    tree: Tree

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """Every node and group → the groups around it, innermost first."""
        return {id_: tuple(self.tree.ancestors(id_)) for id_ in (*self.tree.nodes, *self.tree.groups)}

    @cached_property
    def open(self) -> frozenset[str]:
        """The groups whose frame an edge crosses."""
        crossed = (set(self.above[edge.source]) ^ set(self.above[edge.target]) for edge in self.tree.view.edges)
        return frozenset(group for groups in crossed for group in groups)

    @cached_property
    def edges_at(self) -> Mapping[str, Mapping[int, Edge]]:
        """A closed group, or nothing for the outermost → the edges that are laid out with its content."""
        found: dict[str, dict[int, Edge]] = {}
        for number, edge in enumerate(self.tree.view.edges):
            found.setdefault(self._home(edge.source), {})[number] = edge
        return found

    def _home(self, id_: str) -> str:
        return next((group for group in self.above[id_] if group not in self.open), "")

    @cached_property
    def joined(self) -> frozenset[str]:
        """The nodes and groups that an edge ends at."""
        return frozenset(end for edge in self.tree.view.edges for end in (edge.source, edge.target))

    def children(self, parent: str) -> tuple[str, ...]:
        """Return what stands directly in a group: nodes, then groups."""
        nodes, groups = self.tree.nodes_in.get(parent, ()), self.tree.groups_in.get(parent, ())
        return (*(node.id for node in nodes), *(group.id for group in groups))

    def knots(self, home: str) -> list[tuple[tuple[str, ...], tuple[tuple[int, Edge], ...]]]:
        """Return what stands directly in a closed group by what edges hold together, each knot with its edges."""
        leader = {id_: id_ for id_ in self.children(home)}

        def find(id_: str) -> str:
            while leader[id_] != id_:
                leader[id_] = id_ = leader[leader[id_]]
            return id_

        edges = self.edges_at.get(home, {})
        ends = {
            number: (self._child(home, edge.source), self._child(home, edge.target)) for number, edge in edges.items()
        }
        for one, other in ends.values():
            leader[find(other)] = find(one)
        ids: dict[str, list[str]] = {}
        held: dict[str, list[tuple[int, Edge]]] = {}
        for id_ in leader:
            ids.setdefault(find(id_), []).append(id_)
        for number, edge in edges.items():
            held.setdefault(find(ends[number][0]), []).append((number, edge))
        return [(tuple(some), tuple(held.get(first, ()))) for first, some in ids.items()]

    def _child(self, home: str, id_: str) -> str:
        """Return what stands directly in `home` and is `id_` or holds it."""
        way = (id_, *self.above[id_])
        return way[way.index(home) - 1] if home else way[-1]
