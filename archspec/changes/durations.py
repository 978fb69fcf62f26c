"""Two figures of a recovery → a sentence: `db: RPO 5 minutes -> 24 hours`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.findings import Hop
from archspec.model.element import Element
from archspec.model.quantity import spell_duration
from archspec.model.recovery import Disruption


class Figure(NamedTuple):
    """What a figure was and is for a disruption, in seconds: nothing is not known, infinity is everything or never.

    `grade` is what it is graded if it became worse, `facts` say what it rests on now.
    """

    disruption: Disruption
    old: Decimal | None
    new: Decimal | None
    grade: Grade
    facts: tuple[Hop, ...]


def told(element: Element, measure: str, key: str, figures: Sequence[Figure]) -> Iterator[Risk]:
    """Yield a sentence for each pair of figures that differ, about all disruptions that have them."""
    same: dict[tuple[Decimal | None, Decimal | None], list[Figure]] = {}
    for one in figures:
        if one.old != one.new:
            same.setdefault((one.old, one.new), []).append(one)
    for (old, new), some in same.items():
        lost_by = ", ".join(one.disruption for one in some)
        text = f"{element.id}: {measure} {spell(old)} -> {spell(new)} ({lost_by})"
        grade = max(one.grade for one in some) if _is_worse(old, new) else Grade.NONE
        facts = tuple(dict.fromkeys(hop for one in some for hop in one.facts))
        yield Risk(grade, element.id, text, (*element.path, key), facts)


def _is_worse(old: Decimal | None, new: Decimal | None) -> bool:
    """What was known and is not any more is worse, as nobody can rely on it."""
    return old is not None and (new is None or new > old)


def spell(seconds: Decimal | None) -> str:
    """Write a figure of a recovery, up to two days in hours as people do: `24 hours`."""
    if seconds is None:
        return "not known"
    if seconds.is_infinite():
        return "everything"
    if seconds and seconds <= 172_800 and not seconds % 3600:
        hours = int(seconds // 3600)
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return spell_duration(seconds)
