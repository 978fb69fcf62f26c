"""The shortest ways with few bends and crossings, on the lines of a lattice.

Edges that say the same and share an end are one net: their ways are the branches of one tree of shortest ways from
the shared end, so that they run as one line as far as they can, as a person would draw them.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from archspec.layout.placed import Rect
from archspec.layout.placement.lattice import Lattice
from archspec.layout.placement.searching import BEND, CROSSING, Ground, search
from archspec.layout.placement.terminals import Terminal, terminals
from archspec.layout.placement.traffic import Traffic, Way
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Edge

_ROUGH: Final = 1.4  # the gutters between subnets are smoother than the paddings inside them
_SMOOTH: Final = frozenset({"cloud", "region", "vpc", "az"})
_OUTSIDE: Final = 1.2  # an edge stays inside the smallest group that holds all its ends, if it can
_FOREIGN: Final = 2.5  # a detour is better than a way through a group that has nothing to do with the edge
_MODERATE: Final = 3_000_000
_FULL: Final = 300.0


class Net(NamedTuple):
    """Edges that are drawn as one: the shared end, the other ends by the edges' places in the view."""

    hub: str
    leaves: tuple[tuple[int, str], ...]
    label: str


def nets(edges: tuple[Edge, ...]) -> list[Net]:
    """Join the edges that say the same and share an end; the end that most of them share."""
    sharing: dict[tuple[str, str, str, bool], list[int]] = {}
    for index, edge in enumerate(edges):
        if edge.source != edge.target:
            for end in (edge.target, edge.source):
                sharing.setdefault((end, edge.label, edge.status, edge.both), []).append(index)
    taken: set[int] = set()
    found: list[Net] = []
    for (hub, label, *_), indexes in sorted(sharing.items(), key=lambda item: -len(item[1])):
        for into in (True, False):
            free = [i for i in indexes if i not in taken and (edges[i].target == hub) == into]
            if len(free) > 1:
                taken.update(free)
                found.append(Net(hub, tuple((i, edges[i].source if into else edges[i].target) for i in free), label))
    single = (Net(e.source, ((i, e.target),), e.label) for i, e in enumerate(edges) if i not in taken)
    return [*found, *single]


def route(tree: Tree, boxes: Mapping[str, Rect], lattice: Lattice, found: list[Net]) -> list[dict[int, Way]]:
    """Return the ways of every net by edge, short nets first served. An edge without a way is left out.

    Then, if that is not too much work, each is sought once more, now that it is known where all the others run.
    """

    def distance(net: Net) -> float:
        x, y = boxes[net.hub].middle
        return sum(abs(boxes[leaf].middle[0] - x) + abs(boxes[leaf].middle[1] - y) for _, leaf in net.leaves)

    traffic = Traffic(lattice)
    ways: list[dict[int, Way]] = [{} for _ in found]
    order = sorted(range(len(found)), key=lambda i: (distance(found[i]) / len(found[i].leaves), i))
    for _ in range(2 if effort(lattice, found) <= _MODERATE else 1):
        for index in order:
            _note(traffic, ways[index].values(), -1)
            ground = Ground(lattice, traffic, _costs(tree, lattice, found[index]))
            ways[index] = _grow(tree, boxes, ground, found[index])
            _note(traffic, ways[index].values(), 1)
    return ways


def effort(lattice: Lattice, found: Iterable[Net]) -> int:
    """Return how much work it is at most to find the ways, as vertices times edges; a million takes 0.1 s or less."""
    return len(lattice.owner) * sum(len(net.leaves) for net in found)


def _note(traffic: Traffic, ways: Collection[Way], by: int) -> None:
    traffic.note(_steps(ways), by)
    traffic.note_ends(ways, by)


def cost(lattice: Lattice, found: Iterable[Mapping[int, Way]]) -> float:
    """Return how long the lines of all nets are, and how much they bend and cross, in px that this is worth."""
    traffic, total = Traffic(lattice), 0.0
    for ways in found:
        steps = _steps(ways.values())
        traffic.note(steps, 1)
        total += sum(lattice.length(*step) for step in steps) + BEND * _bends(ways.values())
    return round(total + CROSSING * sum(map(min, *traffic.through)), 3)


def _bends(ways: Iterable[Way]) -> int:
    """Return the bends of a net, each once: what passes a vertex in both directions turns there, or branches off."""
    corners: dict[int, None] = {}
    for way in ways:
        for one, corner, other in zip(way.vertices, way.vertices[1:], way.vertices[2:], strict=False):
            if corner - one != other - corner:
                corners[corner] = None
    return len(corners)


def _steps(ways: Iterable[Way]) -> list[tuple[int, int]]:
    """Return the steps of a net, each once, though several of its ways share it."""
    return sorted({(min(step), max(step)) for way in ways for step in pairwise(way.vertices)})


def _grow(tree: Tree, boxes: Mapping[str, Rect], ground: Ground, net: Net) -> dict[int, Way]:
    starts = _terminals(tree, boxes, ground, net.hub)
    leaves = {index: _terminals(tree, boxes, ground, leaf) for index, leaf in net.leaves}
    if any(leaf == net.hub for _, leaf in net.leaves):  # a loop, which leaves at one side and returns at another
        starts = [terminal for terminal in starts if terminal.side in {"top", "left"}]
        leaves = {index: [t for t in goals if t.side in {"bottom", "right"}] for index, goals in leaves.items()}
    return search(ground, starts, leaves)


def _terminals(tree: Tree, boxes: Mapping[str, Rect], ground: Ground, id_: str) -> list[Terminal]:
    """Return where routes may meet a box; where it is full already, at a price."""
    found = terminals(tree, boxes, ground.lattice, id_)
    return [t._replace(cost=t.cost + _FULL) if ground.traffic.is_full(t) else t for t in found]


def _costs(tree: Tree, lattice: Lattice, net: Net) -> list[float]:
    """Return what a step costs in each group: least in those around an end of the net, most in foreign ones."""
    around = [[*tree.ancestors(end), ROOT] for end in (net.hub, *(leaf for _, leaf in net.leaves))]
    shared = [id_ for id_ in around[0] if all(id_ in chain for chain in around)]
    home = {id_: _OUTSIDE if id_ in shared[1:] else 1.0 for chain in around for id_ in chain}
    return [home.get(id_, _FOREIGN) * _rough(tree, id_) for id_ in lattice.groups]


def _rough(tree: Tree, id_: str) -> float:
    return 1.0 if id_ == ROOT or tree.groups[id_].kind in _SMOOTH else _ROUGH
