"""What is wanted after a loss: less than was wanted, or more."""

from collections.abc import Iterator

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.model.quantity import Duration
from archspec.model.recovery import Objectives, Target

_NAMES = {"rto": "RTO", "rpo": "RPO", "region_rto": "RTO for the Region", "region_rpo": "RPO for the Region"}


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield the objectives of the whole and of components that allow more than they did, or less."""
    old, new = versions.old.graph.architecture.recovery, versions.new.graph.architecture.recovery
    yield from _compared("the objective", old.objectives, new.objectives, ("recovery", "objectives"))
    before = {one.component: one for one in old.targets}
    for target in new.targets:
        if target.component in before:
            yield from _compared(f"the target of {target.component}", before[target.component], target, target.path)


def _compared(
    whose: str, old: Objectives | Target, new: Objectives | Target, path: tuple[str | int, ...]
) -> Iterator[Risk]:
    for key, name in _NAMES.items():
        before, now = getattr(old, key, None), getattr(new, key, None)
        if before is None or (now and now.high == before.high):
            continue
        text = f"{whose}: {name} {before} -> {now or 'none'}"
        yield Risk(Grade.MEDIUM if _is_looser(before, now) else Grade.NONE, whose, text, (*path, key))


def _is_looser(old: Duration, new: Duration | None) -> bool:
    return new is None or new.high > old.high
