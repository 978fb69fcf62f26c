"""In which order the tracks of a channel cross each other least."""

from archspec.layout.placement.legs import Stretch

Turns = dict[Stretch, list[tuple[float, int]]]
"""For each stretch: where on it other legs of its net join, and on which side (-1 before its line, 1 beyond)."""


def nested(cluster: list[Stretch], turns: Turns) -> list[Stretch]:
    """Return the stretches of a channel from the first track to the last.

    They are sorted by a rule of thumb, nested or in stairs, and then neighbours change places as long as that helps.
    """
    order = sorted(cluster, key=lambda stretch: _rank(stretch, turns[stretch]))
    for _ in range(len(order)):
        swapped = False
        for place in range(len(order) - 1):
            one, other = order[place], order[place + 1]
            if _crossings(other, one, turns) < _crossings(one, other, turns):
                order[place], order[place + 1], swapped = other, one, True
        if not swapped:
            break
    return order


def _rank(stretch: Stretch, turns: list[tuple[float, int]]) -> tuple[float, float, int]:
    balance = sum(side for _, side in turns)
    if balance:
        sign = 1 if balance > 0 else -1
        return sign, -sign * (stretch.high - stretch.low), stretch.net
    first = min(turns, default=(0, 0))
    return 0, first[1] * stretch.low, stretch.net


def _crossings(first: Stretch, then: Stretch, turns: Turns) -> int:
    """Return how often two stretches cross where one runs before the other."""
    back = sum(side < 0 and first.low < at < first.high for at, side in turns[then])
    forth = sum(side > 0 and then.low < at < then.high for at, side in turns[first])
    return back + forth
