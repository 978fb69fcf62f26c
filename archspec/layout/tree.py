"""Who stands inside whom in a view."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from archspec.views.view import Group, Node, View

ROOT = ""


class _Child(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def parent(self) -> str: ...


_C = TypeVar("_C", bound=_Child)


@dataclass(frozen=True)
class Tree:
    """A view, asked by parent. What names a parent that the view does not have stands outside everything."""

    view: View

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Every group by id."""
        return {group.id: group for group in self.view.groups}

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node by id."""
        return {node.id: node for node in self.view.nodes}

    @cached_property
    def groups_in(self) -> Mapping[str, tuple[Group, ...]]:
        """Parent → its groups, in the order of the view."""
        return _by_parent(self.view.groups, self.groups)

    @cached_property
    def nodes_in(self) -> Mapping[str, tuple[Node, ...]]:
        """Parent → its nodes, in the order of the view."""
        return _by_parent(self.view.nodes, self.groups)

    def inside(self, parent: str, *, border: bool = False) -> tuple[Node, ...]:
        """Return a group's nodes that stand on its border, or those that do not."""
        return tuple(node for node in self.nodes_in.get(parent, ()) if (node.border and parent != ROOT) == border)

    def columns(self, parent: str) -> tuple[Group, ...]:
        """Return a group's AZ columns, from left to right."""
        return tuple(sorted((g for g in self.groups_in.get(parent, ()) if g.kind == "az"), key=lambda g: g.title))

    def others(self, parent: str) -> tuple[Group, ...]:
        """Return a group's groups that are no AZ columns."""
        return tuple(group for group in self.groups_in.get(parent, ()) if group.kind != "az")

    def ancestors(self, id_: str) -> Iterator[str]:
        """Yield the groups around a node or group, innermost first."""
        child: Group | Node | None = self.groups.get(id_) or self.nodes.get(id_)
        while child and child.parent in self.groups:
            yield child.parent
            child = self.groups[child.parent]

    def depth_first(self, parent: str = ROOT) -> Iterator[Group]:
        """Yield every group, each before those inside it."""
        for group in self.groups_in.get(parent, ()):
            yield group
            yield from self.depth_first(group.id)


def _by_parent(children: Iterable[_C], groups: Mapping[str, Group]) -> dict[str, tuple[_C, ...]]:
    found: dict[str, list[_C]] = {}
    for child in children:
        found.setdefault(child.parent if child.parent in groups else ROOT, []).append(child)
    return {parent: tuple(some) for parent, some in found.items()}
