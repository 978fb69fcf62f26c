"""How long the steps of a recovery take: the critical path method over which of them wait for which."""

from decimal import Decimal
from typing import Literal, NamedTuple

from archspec.graph.recovery_order import Steps, in_order, waits
from archspec.model.architecture import Architecture
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import RecoveryStep


class Timed(NamedTuple):
    """A step, when it starts and ends at the earliest, and at the latest without making the whole take longer.

    Seconds after the beginning, from how long steps take at most; a step of unknown length counts for nothing.
    """

    step: RecoveryStep
    start: Decimal
    end: Decimal
    latest_start: Decimal
    latest_end: Decimal

    @property
    def slack(self) -> Decimal:
        """How much longer the step may take, or later it may start. Without any it is on the critical path."""
        return self.latest_start - self.start


class CriticalPath(NamedTuple):
    """How long steps take at least and at most, in seconds; what nobody states counts for nothing and is named."""

    low: Decimal
    high: Decimal
    untimed: tuple[RecoveryStep, ...]


def plan(architecture: Architecture) -> tuple[RecoveryStep, ...]:
    """Return the steps; one of detection takes as long as its alarm, if nothing says how long it takes."""
    steps = architecture.recovery.steps
    return tuple(
        step.model_copy(update={"takes": noticed})
        if step.takes is None and (noticed := detection(architecture, step))
        else step
        for step in steps
    )


def detection(architecture: Architecture, step: RecoveryStep) -> Duration | None:
    """Return how long the alarm of a step takes to go off: its period, times the datapoints it needs."""
    alarm = architecture.observability.alarms.get(step.alarm)
    if alarm is None or alarm.period is None:
        return None
    seconds = alarm.period.high * (alarm.datapoints or 1)
    return Duration(spell_duration(seconds), seconds, seconds)


def schedule(steps: Steps) -> tuple[Timed, ...]:
    """Return when every step starts and ends, at the earliest and at the latest, in the order of the spec.

    Steps in a circle, and those behind it, are taken in the order in which they stand.
    """
    order, before = _settled(steps)
    lengths = _lengths(steps, len(before))
    ends = _ends(order, before, lengths)
    latest = [max(ends, default=Decimal(0))] * len(before)
    for i in reversed(order):
        for j in before[i]:
            latest[j] = min(latest[j], latest[i] - lengths[i])
    return tuple(
        Timed(step, ends[i] - lengths[i], ends[i], latest[i] - lengths[i], latest[i]) for i, step in enumerate(steps)
    )


def _settled(steps: Steps) -> tuple[list[int], list[tuple[int, ...]]]:
    before = [*waits(steps)]
    order = in_order(before)
    placed = set(order)
    for i in range(len(before)):
        if i not in placed:
            before[i] = tuple(j for j in before[i] if j in placed)
            order.append(i)
            placed.add(i)
    return order, before


def _lengths(steps: Steps, nodes: int, bound: Literal["low", "high"] = "high") -> list[Decimal]:
    """Return how long each node takes: the steps, and behind them the joints, of no length."""
    known = [Decimal(0) if one.takes is None else one.takes.low if bound == "low" else one.takes.high for one in steps]
    return known + [Decimal(0)] * (nodes - len(steps))


def _ends(order: list[int], before: list[tuple[int, ...]], lengths: list[Decimal]) -> list[Decimal]:
    ends = [Decimal(0)] * len(lengths)
    for i in order:
        ends[i] = max((ends[j] for j in before[i]), default=Decimal(0)) + lengths[i]
    return ends


def critical_path(steps: Steps) -> CriticalPath:
    """Return how long the steps take together: the longest way through them."""
    order, before = _settled(steps)
    low = _ends(order, before, _lengths(steps, len(before), "low"))
    high = _ends(order, before, _lengths(steps, len(before)))
    untimed = tuple(step for step in steps if step.takes is None)
    return CriticalPath(max(low, default=Decimal(0)), max(high, default=Decimal(0)), untimed)


def is_within(path: CriticalPath, stated: Duration) -> bool:
    """Whether a path keeps a stated bound, or is what is stated; `~15 minutes` is right within a tenth of it."""
    if stated.comparator in ("<", "<=", "≤"):
        return path.high < stated.high if stated.comparator == "<" else path.high <= stated.high
    accepted = stated.high / 10 if stated.approximate else Decimal(0)
    return abs(path.low - stated.low) <= accepted and abs(path.high - stated.high) <= accepted
