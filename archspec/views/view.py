"""What a picture shows: groups, nodes and edges with their words. No coordinates, no colours, no model."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from archspec.findings import Severity

Layout = Literal["placement", "flow"]
Change = Literal["", "added", "removed", "changed"]
"""What became of a thing between two versions of a view; nothing where there is one version, or it is as it was."""


class Badge(NamedTuple):
    """How many open findings of a severity a thing has."""

    severity: Severity
    findings: int


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
    badges: tuple[Badge, ...] = ()
    change: Change = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An element as it stands in the picture; one element may stand in several places (a service in two AZs).

    `id` is unique in the view, `element` names the element, `kind` picks the icon. `detail` are short lines under the
    title. `row` matters for a node whose parent holds AZ columns: the node stands between them in that row (a load
    balancer). `border` puts a node on its parent's top border (an internet gateway). `badges` stand worst first.
    `members` are the ids of elements that the node shows beside its own: of several drawn as one, all of them.
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
    members: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    change: Change = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes or groups, by their ids. `both` draws a head at each end.

    `severity` is that of the worst open finding whose witness runs along the arrow, which is then drawn as a bad path.
    """

    source: str
    target: str
    label: str = ""
    status: str = "current"
    both: bool = False
    severity: Severity = Severity.OFF
    change: Change = ""


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
