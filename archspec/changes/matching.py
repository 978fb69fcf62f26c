"""Which thing of one list is which of another: the same, or nearly."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, TypeVar

from archspec.changes.spelling import meaning, stated_fields
from archspec.model.element import Model

_M = TypeVar("_M", bound=Model)
# To compare each with each of more than this takes longer than reading what came and what went.
_MOST_PAIRS = 40_000
Pair = tuple[int, int]


class Matched(NamedTuple):
    """Positions in two lists: pairs that are nearly the same, and those that have no partner."""

    changed: list[Pair]
    removed: list[int]
    added: list[int]


def match(old: Sequence[_M], new: Sequence[_M], name: Callable[[_M], Hashable] | None = None) -> Matched:
    """Leave out what is in both lists, then pair what has the same name, then what shares at least half of it."""
    olds, news = _without_common(old, new)
    changed: list[Pair] = []
    if name:
        named: dict[Hashable, list[int]] = defaultdict(list)
        for j in news:
            named[name(new[j])].append(j)
        changed = [(i, named[name(old[i])].pop(0)) for i in olds if named[name(old[i])]]
        olds, news = _rest(olds, news, changed)
    similar = _similar([old[i] for i in olds], [new[j] for j in news])
    changed += [(olds[i], news[j]) for i, j in similar]
    olds, news = _rest(olds, news, changed)
    return Matched(sorted(changed, key=lambda pair: pair[1]), olds, news)


def _without_common(old: Sequence[Model], new: Sequence[Model]) -> tuple[list[int], list[int]]:
    there: dict[Hashable, list[int]] = defaultdict(list)
    for j, one in enumerate(new):
        there[meaning(one)].append(j)
    left: list[int] = []
    for i, one in enumerate(old):
        same = there[meaning(one)]
        if same:
            same.pop(0)
        else:
            left.append(i)
    return left, sorted(j for some in there.values() for j in some)


def _rest(olds: list[int], news: list[int], pairs: Sequence[Pair]) -> tuple[list[int], list[int]]:
    taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in olds if i not in taken_old], [j for j in news if j not in taken_new]


def _similar(old: Sequence[Model], new: Sequence[Model]) -> list[Pair]:
    """Return the pairs that share most, each thing once, as long as they share half of what they state."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return []
    olds, news = [_parts(one) for one in old], [_parts(one) for one in new]
    scored = [(-_shared(a, b), i, j) for i, a in enumerate(olds) for j, b in enumerate(news)]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found: list[Pair] = []
    for score, i, j in sorted(scored):
        if score <= -0.5 and i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            found.append((i, j))
    return found


def _parts(one: Model) -> frozenset[tuple[str, Hashable]]:
    return frozenset((key, meaning(value)) for key, value in stated_fields(one))


def _shared(one: frozenset[object], other: frozenset[object]) -> float:
    return len(one & other) / max(len(one), len(other), 1)
