"""Circles: groups of nodes each of which leads to all others of its group, and the shortest way around.

The groups are strongly connected components, by Tarjan's algorithm without recursion, linear in nodes and edges.
https://epubs.siam.org/doi/10.1137/0201010
"""

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

_N = TypeVar("_N", bound=Hashable)


def circles(following: Mapping[_N, Sequence[_N]]) -> Iterator[list[_N]]:
    """Yield the shortest way around each group, starting at the first of its nodes that `following` names."""
    order = {node: i for i, node in enumerate(following)}
    for group in components(following):
        if len(group) > 1 or group[0] in following.get(group[0], ()):
            first = min(group, key=lambda node: order.get(node, len(order)))
            yield _around(following, first, frozenset(group))


def _around(following: Mapping[_N, Sequence[_N]], first: _N, group: frozenset[_N]) -> list[_N]:
    came: dict[_N, _N] = {}
    waiting = deque([first])
    while first not in came:
        here = waiting.popleft()
        for other in following.get(here, ()):
            if other in group and other not in came:
                came[other] = here
                waiting.append(other)
    way = [first]
    while len(way) == 1 or way[-1] != first:
        way.append(came[way[-1]])
    return way[::-1]


def components(following: Mapping[_N, Sequence[_N]]) -> list[list[_N]]:
    """Return the groups of nodes that lead to each other; a node that leads back to itself by nothing is alone."""
    number: dict[_N, int] = {}
    lowest: dict[_N, int] = {}
    held: dict[_N, None] = {}
    found: list[list[_N]] = []
    for root in following:
        if root not in number:
            _walk(following, root, (number, lowest, held), found)
    return found


_Marks = tuple[dict[_N, int], dict[_N, int], dict[_N, None]]


def _walk(following: Mapping[_N, Sequence[_N]], root: _N, marks: _Marks[_N], found: list[list[_N]]) -> None:
    number, lowest, held = marks
    open_ = [(root, iter(following.get(root, ())))]
    number[root] = lowest[root] = len(number)
    held[root] = None
    while open_:
        node, rest = open_[-1]
        for other in rest:
            if other not in number:
                number[other] = lowest[other] = len(number)
                held[other] = None
                open_.append((other, iter(following.get(other, ()))))
                break
            if other in held:
                lowest[node] = min(lowest[node], number[other])
        else:
            _close(open_, marks, found)


def _close(open_: list[tuple[_N, Iterator[_N]]], marks: _Marks[_N], found: list[list[_N]]) -> None:
    """Leave a node; where nothing behind it leads further back, all that is held since belongs together."""
    number, lowest, held = marks
    node, _ = open_.pop()
    if open_:
        above = open_[-1][0]
        lowest[above] = min(lowest[above], lowest[node])
    if lowest[node] == number[node]:
        group: list[_N] = []
        while not group or group[-1] != node:
            group.append(held.popitem()[0])
        found.append(group[::-1])
