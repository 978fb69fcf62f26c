"""What a picture shows: groups, nodes and edges with their words. No coordinates, no colours, no model."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["placement", "flow"]


@dataclass(frozen=True, slots=True)
class Group:
    """A frame around nodes and other groups. `kind` picks its border and icon (region, vpc, az, public …).

    In a placement, siblings of kind `az` are columns, and `row` says which of the aligned rows a group inside them
    stands in; 0 is the top row. In a flow, `row` is not used.
    """

    id: str
    title: str
    kind: str
    parent: str = ""
    subtitle: str = ""
    row: int = 0
    status: str = "current"


@dataclass(frozen=True, slots=True)
class Node:
    """An element as it stands in the picture; one element may stand in several places (a service in two AZs).

    `id` is unique in the view, `element` names the element, `kind` picks the icon. `detail` are short lines under the
    title. `row` matters for a node whose parent holds AZ columns: the node stands between them in that row (a load
    balancer). `border` puts a node on its parent's top border (an internet gateway).
    """

    id: str
    element: str
    title: str
    kind: str
    parent: str = ""
    detail: tuple[str, ...] = ()
    row: int | None = None
    border: bool = False
    status: str = "current"


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes or groups, by their ids. `both` draws a head at each end."""

    source: str
    target: str
    label: str = ""
    status: str = "current"
    both: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One picture, before layout. `name` becomes the file name; `hidden` says what was left out, in words."""

    name: str
    title: str
    description: str
    layout: Layout
    groups: tuple[Group, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    hidden: tuple[str, ...] = ()
