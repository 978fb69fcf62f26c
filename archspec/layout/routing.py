"""The shortest ways with few bends and crossings, on the lines of a lattice.

Edges that say the same and share an end are one net: their ways are the branches of one tree of shortest ways from
the shared end, so that they run as one line as far as they can, as a person would draw them.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

from archspec.layout.lattice import HORIZONTAL, VERTICAL, Lattice, Terminal, group_terminals, node_terminals
from archspec.layout.placed import Rect
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Edge

_BEND: Final = 34.0
_CROSSING: Final = 26.0
_SHARED: Final = 0.1  # a stretch that another net uses needs a track beside it
_OUTSIDE: Final = 1.5  # an edge stays inside the smallest group that holds all its ends, if it can
_FOREIGN: Final = 2.5  # a detour is better than a way through a group that has nothing to do with the edge


class Net(NamedTuple):
    """Edges that are drawn as one: the shared end, the other ends by the edges' places in the view."""

    hub: str
    leaves: tuple[tuple[int, str], ...]
    label: str


class Way(NamedTuple):
    """One branch, from the hub to a leaf: vertices on the lattice, and the sides of the boxes at its ends."""

    vertices: tuple[int, ...]
    start: Terminal
    end: Terminal


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


class _Traffic:
    """What earlier nets use, so that later ones keep off it where they can."""

    def __init__(self, size: int) -> None:
        self.steps = (bytearray(size), bytearray(size))
        self.through = (bytearray(size), bytearray(size))

    def note(self, lattice: Lattice, ways: Iterable[Way]) -> None:
        for way in ways:
            for here, there in pairwise(way.vertices):
                orientation = HORIZONTAL if abs(here - there) == 1 and lattice.columns > 1 else VERTICAL
                self.steps[orientation][min(here, there)] = 1
                self.through[orientation][here] = self.through[orientation][there] = 1


def route(tree: Tree, boxes: dict[str, Rect], lattice: Lattice, found: list[Net]) -> list[dict[int, Way]]:
    """Return the ways of every net by edge, short nets first served. An edge without a way is left out."""

    def distance(net: Net) -> float:
        x, y = boxes[net.hub].middle
        return sum(abs(boxes[leaf].middle[0] - x) + abs(boxes[leaf].middle[1] - y) for _, leaf in net.leaves)

    traffic = _Traffic(len(lattice.xs) * len(lattice.ys))
    ways: list[dict[int, Way]] = [{} for _ in found]
    for index in sorted(range(len(found)), key=lambda i: (distance(found[i]) / len(found[i].leaves), i)):
        ways[index] = _grow(tree, boxes, lattice, traffic, found[index])
        traffic.note(lattice, ways[index].values())
    return ways


def _grow(tree: Tree, boxes: dict[str, Rect], lattice: Lattice, traffic: _Traffic, net: Net) -> dict[int, Way]:
    ends = [net.hub, *(leaf for _, leaf in net.leaves)]
    home = _home(tree, ends)
    starts = _terminals(tree, boxes, lattice, net.hub)
    goals = [(t, index) for index, leaf in net.leaves for t in _terminals(tree, boxes, lattice, leaf)]
    if any(leaf == net.hub for _, leaf in net.leaves):  # a loop, which leaves at one side and returns at another
        starts = [terminal for terminal in starts if terminal.side in {"top", "left"}]
        goals = [(terminal, index) for terminal, index in goals if terminal.side in {"bottom", "right"}]
    return _search(starts, goals, lambda state: _steps(lattice, traffic, home, state))


def _home(tree: Tree, ends: list[str]) -> dict[str, float]:
    """Return what a step costs in each group around an end of an edge; it costs most in all others."""
    around = [[*tree.ancestors(end), ROOT] for end in ends]
    shared = [id_ for id_ in around[0] if all(id_ in chain for chain in around)]
    return {id_: _OUTSIDE if id_ in shared[1:] else 1.0 for chain in around for id_ in chain}


def _terminals(tree: Tree, boxes: dict[str, Rect], lattice: Lattice, id_: str) -> list[Terminal]:
    if id_ in tree.nodes:
        return node_terminals(lattice, boxes[id_])
    hanging = [boxes[node.id].grown(2) for node in tree.inside(id_, border=True)]

    def is_free(terminal: Terminal) -> bool:
        x = lattice.xs[terminal.vertex % lattice.columns].at
        return terminal.side != "top" or not any(box.x <= x <= box.right for box in hanging)

    return [terminal for terminal in group_terminals(lattice, boxes[id_]) if is_free(terminal)]


def _search(
    starts: list[Terminal],
    goals: list[tuple[Terminal, int]],
    steps: Callable[[int], Iterable[tuple[int, float]]],
) -> dict[int, Way]:
    """Walk outwards from the hub until every edge's leaf is reached: Dijkstra's algorithm, once for the whole net.

    A state is a vertex and an orientation; the last step, into a box, has a negative one, -1 - its place in `goals`.
    """
    begun = {_state(t): t for t in sorted(starts, key=lambda t: -t.cost)}
    costs = {state: terminal.cost for state, terminal in begun.items()}
    before: dict[int, int] = {}
    arrivals: dict[int, list[int]] = {}
    for number, (terminal, _) in enumerate(goals):
        arrivals.setdefault(_state(terminal), []).append(-1 - number)
    heap = sorted((cost, state) for state, cost in costs.items())
    reached: dict[int, Way] = {}
    missing = {edge for _, edge in goals}
    while heap and missing:
        cost, state = heappop(heap)
        if state < 0:
            terminal, edge = goals[-1 - state]
            if edge in missing:
                missing.remove(edge)
                reached[edge] = _trace(before, begun, before[state], terminal)
        elif cost == costs[state]:
            ends = [(end, goals[-1 - end][0].cost) for end in arrivals.get(state, ())]
            for there, step in (*ends, *steps(state)):
                if cost + step < costs.get(there, inf):
                    costs[there], before[there] = cost + step, state
                    begun.pop(there, None)
                    heappush(heap, (cost + step, there))
    return reached


def _state(terminal: Terminal) -> int:
    return terminal.vertex * 2 + terminal.orientation


def _steps(lattice: Lattice, traffic: _Traffic, home: dict[str, float], state: int) -> Iterator[tuple[int, float]]:
    vertex, orientation = divmod(state, 2)
    yield state ^ 1, _BEND
    column = vertex % lattice.columns
    if orientation == HORIZONTAL:
        lines, place, stride = lattice.xs, column, 1
    else:
        lines, place, stride = lattice.ys, vertex // lattice.columns, lattice.columns
    blocked, used, crossed = lattice.blocked[orientation], traffic.steps[orientation], traffic.through[1 - orientation]
    for ahead in (-1, 1):
        if not 0 <= place + ahead < len(lines):
            continue
        there = vertex + ahead * stride
        step = min(vertex, there)
        if blocked[step]:
            continue
        length = abs(lines[place + ahead].at - lines[place].at)
        factor = lattice.rough[there] * home.get(lattice.owner[there], _FOREIGN)
        cost = length * (factor + _SHARED * used[step]) + _CROSSING * crossed[there]
        yield there * 2 + orientation, cost


def _trace(before: dict[int, int], begun: dict[int, Terminal], last: int, end: Terminal) -> Way:
    vertices, state = [last // 2], last
    while state not in begun:
        state = before[state]
        if state // 2 != vertices[-1]:
            vertices.append(state // 2)
    vertices.reverse()
    return Way(tuple(vertices), begun[state], end)
