"""Dominators: what every way from a root to a node leads through. Removing one cuts the node off.

The algorithm of Cooper, Harvey and Kennedy, near to linear in practice: "A Simple, Fast Dominance Algorithm", 2001.
https://www.clear.rice.edu/comp512/Lectures/Papers/TR06-33870-Dom.pdf
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

_N = TypeVar("_N", bound=Hashable)


def immediate_dominators(following: Mapping[_N, Iterable[_N]], root: _N) -> dict[_N, _N]:
    """Return, for every node that the root leads to, the last of those that all ways to it have in common.

    `following` are the nodes that each leads to. The root is its own; the others come in an order in which each stands
    behind the one that dominates it.
    """
    order = _reverse_postorder(following, root)
    number = {node: i for i, node in enumerate(order)}
    before: list[list[int]] = [[] for _ in order]
    for i, node in enumerate(order):
        for other in following.get(node, ()):
            before[number[other]].append(i)
    found = _settle(before)
    return {node: order[found[i]] for i, node in enumerate(order)}


def _settle(before: Sequence[Sequence[int]]) -> list[int]:
    """Return the dominator of every number, given those that lead to it; -1 is one that is not known yet."""
    found = [0, *[-1] * (len(before) - 1)]
    changed = True
    while changed:
        changed = False
        for i in range(1, len(before)):
            best = -1
            for other in before[i]:
                if found[other] >= 0:
                    best = other if best < 0 else _common(found, best, other)
            changed = changed or found[i] != best
            found[i] = best
    return found


def _common(found: Sequence[int], one: int, other: int) -> int:
    while one != other:
        while one > other:
            one = found[one]
        while other > one:
            other = found[other]
    return one


def _reverse_postorder(following: Mapping[_N, Iterable[_N]], root: _N) -> list[_N]:
    """Walk depth first, without recursion: a chain may be longer than Python's stack. The first named comes first."""
    done: list[_N] = []
    seen = {root}
    open_ = [(root, _last_first(following, root))]
    while open_:
        node, rest = open_[-1]
        other = next((one for one in rest if one not in seen), None)
        if other is None:
            done.append(node)
            open_.pop()
        else:
            seen.add(other)
            open_.append((other, _last_first(following, other)))
    return done[::-1]


def _last_first(following: Mapping[_N, Iterable[_N]], node: _N) -> Iterator[_N]:
    return reversed(list(following.get(node, ())))
