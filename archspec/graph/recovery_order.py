"""The steps of a recovery as a graph: which wait for which, and what is wrong with that.

A step with `after` waits for the steps and groups that it names; one without waits for everything that stands before
it. The steps of a group that say nothing of their own run beside each other, where the group begins.
"""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from string import ascii_lowercase

from archspec.model.recovery import RecoveryStep

Steps = Sequence[RecoveryStep]


def stages(steps: Steps) -> tuple[tuple[RecoveryStep, ...], ...]:
    """Return the steps that stand together: those of one group do, in the order in which the groups begin.

    A step with `after` stands alone: what it waits for may come after the group's beginning.
    """
    return tuple(tuple(steps[i] for i in stage) for stage in _positions(steps))


def numbered(steps: Steps) -> Iterator[tuple[str, RecoveryStep]]:
    """Yield every step with its number: `1`, `2a`, `2b`; those that stand together share one, and have letters."""
    for number, stage in enumerate(stages(steps), 1):
        for i, step in enumerate(stage):
            yield f"{number}{_letter(i) if len(stage) > 1 else ''}", step


def _letter(i: int) -> str:
    """Return a, b … z, and after that `.27` and so on."""
    return ascii_lowercase[i] if i < len(ascii_lowercase) else f".{i + 1}"


def _positions(steps: Steps) -> tuple[tuple[int, ...], ...]:
    found: dict[str | int, list[int]] = {}
    for i, step in enumerate(steps):
        found.setdefault(i if step.after else step.group or i, []).append(i)
    return tuple(tuple(stage) for stage in found.values())


def waits(steps: Steps) -> tuple[tuple[int, ...], ...]:
    """Return, for each step, the positions of those that it waits for; what `after` names and nothing is, is left out.

    Behind the steps stand joints: of no length, for where many wait for many, so that edges stay few. A step that waits
    for everything before it waits for what nothing has waited for yet.
    """
    found: list[tuple[int, ...]] = [()] * len(steps)
    named = _meeting(steps, found)
    ends: dict[int, None] = {}
    for stage in _positions(steps):
        first = stage[0]
        if steps[first].after:
            found[first] = tuple(sorted({j for name in steps[first].after for j in named.get(name, ())}))
            for j in found[first]:
                for end in (j, *(found[j] if j >= len(steps) else ())):
                    ends.pop(end, None)
        else:
            before = _joint(found, tuple(ends)) if len(stage) > 1 else tuple(ends)
            for i in stage:
                found[i] = before
            ends.clear()
        ends.update(dict.fromkeys(stage))
    return tuple(found)


def _meeting(steps: Steps, found: list[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return what each name that a step waits for stands for; the steps of a group meet at a joint."""
    named = _by_name(steps)
    wanted = dict.fromkeys(name for step in steps for name in step.after if name in named)
    return {name: _joint(found, tuple(named[name])) for name in wanted}


def _joint(found: list[tuple[int, ...]], before: tuple[int, ...]) -> tuple[int, ...]:
    if len(before) < 2:
        return before
    found.append(before)
    return (len(found) - 1,)


def _by_name(steps: Steps) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i, step in enumerate(steps):
        for name in {step.name, step.group} - {""}:
            found.setdefault(name, []).append(i)
    return found


def unknown_names(steps: Steps) -> Iterator[tuple[RecoveryStep, str]]:
    """Yield every step with a name in its `after` that no step or group has."""
    named = _by_name(steps)
    for step in steps:
        yield from ((step, name) for name in step.after if name not in named)


def repeated_names(steps: Steps) -> Iterator[RecoveryStep]:
    """Yield every step whose name is another step's as well, or that of a group."""
    named = _by_name(steps)
    yield from (step for step in steps if step.name and len(named[step.name]) > 1)


def loose_ends(steps: Steps) -> tuple[RecoveryStep, ...]:
    """Return the steps that nothing waits for, beside those that the plan ends with."""
    waited_for = {j for before in waits(steps) for j in before}
    last = _positions(steps)[-1] if steps else ()
    group = steps[last[0]].group if last else ""
    return tuple(
        step
        for i, step in enumerate(steps)
        if i not in waited_for and i not in last and (not group or step.group != group)
    )


def cycle(steps: Steps) -> tuple[RecoveryStep, ...]:
    """Return steps that wait for each other in a circle, from the first of them, or none."""
    before = waits(steps)
    ordered = set(in_order(before))
    left = [i for i in range(len(before)) if i not in ordered]
    if not left:
        return ()
    walked: dict[int, None] = {}
    here = left[0]
    while here not in walked:
        walked[here] = None
        here = next(j for j in before[here] if j not in ordered)
    circle = [i for i in [*walked][[*walked].index(here) :] if i < len(steps)]
    start = circle.index(min(circle))
    return tuple(steps[i] for i in [*circle[start:], *circle[:start]])


def in_order(before: Sequence[Sequence[int]]) -> list[int]:
    """Return the positions so that each comes after those it waits for; what is part of a circle is left out."""
    after: list[list[int]] = [[] for _ in before]
    missing = [len(one) for one in before]
    for i, one in enumerate(before):
        for j in one:
            after[j].append(i)
    ready = [i for i, count in enumerate(missing) if not count]
    heapify(ready)
    found: list[int] = []
    while ready:
        found.append(i := heappop(ready))
        for j in after[i]:
            missing[j] -= 1
            if not missing[j]:
                heappush(ready, j)
    return found
