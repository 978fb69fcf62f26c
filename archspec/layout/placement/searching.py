"""The search for the cheapest ways of one net over a lattice: the A* algorithm, from the hub to all its leaves.

https://en.wikipedia.org/wiki/A*_search_algorithm. A state is a vertex and an orientation, so that bends have a price.
"""

from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush
from math import inf
from typing import Final, NamedTuple

from archspec.layout.placement.lattice import HORIZONTAL, Lattice, Line
from archspec.layout.placement.terminals import Terminal
from archspec.layout.placement.traffic import Step, Traffic, Way

_WEIGHT: Final = 1.25
BEND: Final = 110.0
CROSSING: Final = 60.0
_SHARED: Final = 0.1  # a stretch that another net uses needs a track beside it
_CROWDED: Final = 0.6  # at a port there is no room for many of them


_Left = tuple[list[float], list[float]]
"""How far each column, and each row, is from some goals, at least."""


class Ground(NamedTuple):
    """What a search walks on: the lattice, who else runs there, and what a step costs in each of its groups."""

    lattice: Lattice
    traffic: Traffic
    costs: list[float]


def search(ground: Ground, starts: list[Terminal], leaves: Mapping[int, list[Terminal]]) -> dict[int, Way]:
    """Return a way for every edge whose leaf can be reached, by where each may end; the nearest is sought first.

    What is known of the ways from the hub stays so from leaf to leaf: only what to look at next is sorted anew.
    """
    begun = {_state(t): t for t in sorted(starts, key=lambda t: -t.cost)}
    known = _Known({state: terminal.cost for state, terminal in begun.items()}, {}, list(begun), set())
    reached: dict[int, Way] = {}
    for edge in sorted(leaves, key=lambda edge: (_distance(ground.lattice, starts, leaves[edge]), edge)):
        found = _seek(ground, known, leaves[edge])
        if found:
            reached[edge] = _trace(known.before, begun, *found)
    return reached


def _distance(lattice: Lattice, starts: list[Terminal], goals: list[Terminal]) -> float:
    across, down = _left(lattice, goals)
    places = [divmod(start.vertex, lattice.columns) for start in starts]
    return min((across[column] + down[row] for row, column in places), default=0.0)


class _Known(NamedTuple):
    """What a search knows: the least cost of each state, the state before it, what to look at next, what is done."""

    costs: dict[int, float]
    before: dict[int, int]
    border: list[int]
    done: set[int]


def _seek(ground: Ground, known: _Known, goals: list[Terminal]) -> tuple[int, Terminal] | None:
    """Return the last state on the cheapest way to one of the goals, and that goal; nothing if none is reached.

    The last step, into a box, leads to a state below zero: -1 - its place in `goals`.
    """
    left = _left(ground.lattice, goals)
    arrivals = _arrivals(goals)
    costs, columns, done = known.costs, ground.lattice.columns, known.done
    heap = [(costs[state] + _ahead(left, columns, state), state) for state in known.border]
    heap += [
        (costs[state] + goals[-1 - end].cost, end) for state, ends in arrivals.items() if state in done for end in ends
    ]
    heapify(heap)
    found = None
    while heap and not found:
        _, state = heappop(heap)
        if state < 0:
            found = _state(goals[-1 - state]), goals[-1 - state]
        elif state not in done:
            done.add(state)
            for end in arrivals.get(state, ()):
                heappush(heap, (costs[state] + goals[-1 - end].cost, end))
            _walk(ground, state, known, (left, heap))
    known.border[:] = dict.fromkeys(state for _, state in heap if state >= 0 and state not in done)
    return found


def _ahead(left: _Left, columns: int, state: int) -> float:
    """Return what the way from a state to the goals costs at least."""
    row, column = divmod(state >> 1, columns)
    dx, dy = left[0][column], left[1][row]
    return dx + dy + (BEND if (dx if state & 1 else dy) else 0.0)


def _walk(ground: Ground, state: int, known: _Known, to: tuple[_Left, list[tuple[float, int]]]) -> None:
    """Note the states beside one where this is the cheapest way to them. It runs a million times: no calls in it."""
    costs, before, _, _ = known
    ((across, down), heap), columns = to, ground.traffic.columns
    traffic, prices, orientation, cost = ground.traffic, ground.costs, state & 1, costs[state]
    used, crossed = traffic.steps[orientation], traffic.through[1 - orientation]
    reaching = cost + BEND
    if reaching < costs.get(state ^ 1, inf):
        costs[state ^ 1], before[state ^ 1] = reaching, state
        row, column = divmod(state >> 1, columns)
        dx, dy = across[column], down[row]
        heappush(heap, (reaching + dx + dy + (BEND if (dy if orientation else dx) else 0.0), state ^ 1))
    steps = traffic.steps_from.get(state)
    if steps is None:
        steps = traffic.steps_from[state] = list(_steps(ground.lattice, state))
    for there, step, length, group, crowd in steps:
        vertex = there >> 1
        reaching = cost + length * (prices[group] + crowd * used[step]) + CROSSING * crossed[vertex]
        if reaching < costs.get(there, inf):
            costs[there], before[there] = reaching, state
            row, column = divmod(vertex, columns)
            dx, dy = across[column], down[row]
            heappush(heap, (reaching + dx + dy + (BEND if (dx if orientation else dy) else 0.0), there))


def _arrivals(goals: list[Terminal]) -> dict[int, list[int]]:
    arrivals: dict[int, list[int]] = {}
    for number, terminal in enumerate(goals):
        arrivals.setdefault(_state(terminal), []).append(-1 - number)
    return arrivals


def _state(terminal: Terminal) -> int:
    return terminal.vertex * 2 + terminal.orientation


def _left(lattice: Lattice, goals: list[Terminal]) -> _Left:
    """Return how far each column, and each row, is from the goals, at least."""
    columns = [goal.vertex % lattice.columns for goal in goals] or [0]
    rows = [goal.vertex // lattice.columns for goal in goals] or [0]
    return _beyond(lattice.xs, min(columns), max(columns)), _beyond(lattice.ys, min(rows), max(rows))


def _beyond(lines: tuple[Line, ...], first: int, last: int) -> list[float]:
    low, high = lines[first].at, lines[last].at
    return [_WEIGHT * max(low - line.at, line.at - high, 0.0) for line in lines]


def _steps(lattice: Lattice, state: int) -> Iterator[Step]:
    """Yield the steps ahead and back from a state, as far as they are free."""
    vertex, orientation = divmod(state, 2)
    row, column = divmod(vertex, lattice.columns)
    lines, place = lattice.along(orientation), column if orientation == HORIZONTAL else row
    stride = 1 if orientation == HORIZONTAL else lattice.columns
    is_port = lattice.across(orientation)[row if orientation == HORIZONTAL else column].is_port
    for ahead in (-1, 1):
        there = vertex + ahead * stride
        step = min(vertex, there)
        if 0 <= place + ahead < len(lines) and not lattice.blocked[orientation][step]:
            length = abs(lines[place + ahead].at - lines[place].at)
            yield there * 2 + orientation, step, length, lattice.owner[there], _CROWDED if is_port else _SHARED


def _trace(before: dict[int, int], begun: dict[int, Terminal], last: int, end: Terminal) -> Way:
    vertices, state = [last // 2], last
    while state in before:
        state = before[state]
        if state // 2 != vertices[-1]:
            vertices.append(state // 2)
    vertices.reverse()
    return Way(tuple(vertices), begun[state], end)
