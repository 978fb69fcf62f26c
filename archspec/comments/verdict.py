"""The first line of a comment: what a change does, in numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from archspec.changes import Grade
from archspec.changes.costs import signed
from archspec.comments.compared import Compared
from archspec.findings import Severity

_GRADES = (Grade.HIGH, Grade.MEDIUM, Grade.LOW)


def verdict(found: Sequence[Compared]) -> str:
    """Say what is new and bad, what is better, what is risky and what it costs: `2 new findings, 1 gone, +$410`."""
    told = [*_unread(found), *_findings(found), *_risks(found), *_cost(found)]
    systems = [*_systems(found)]
    if told:
        return ", ".join((*systems, *told))
    changes = sum(len(one.difference.changes) for one in found)
    return ", ".join((*systems, *([counted(changes, "change")] if changes else []), "no new finding, no risk"))


def counted(number: int, word: str) -> str:
    """Write a number with what it counts: `2 findings`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _unread(found: Sequence[Compared]) -> Iterator[str]:
    broken = sum(bool(one.wrong_new) for one in found)
    if broken:
        yield f"{counted(broken, 'spec')} cannot be read"


def _systems(found: Sequence[Compared]) -> Iterator[str]:
    come, gone = sum(one.is_new for one in found), sum(one.is_gone for one in found)
    if come:
        yield counted(come, "new system")
    if gone:
        yield f"{counted(gone, 'system')} gone"


def _findings(found: Sequence[Compared]) -> Iterator[str]:
    standings = [one.standing for one in found]
    new = [finding for one in standings for finding in one.new]
    if new:
        errors = sum(one.severity == Severity.ERROR for one in new)
        worst = f" ({counted(errors, 'error')})" if 0 < errors < len(new) else ""
        noun = "error" if errors == len(new) else "warning" if not errors else "finding"
        sort = "open" if any(one.wrong_old for one in found) else "new"
        yield f"{counted(len(new), f'{sort} {noun}')}{worst}"
    for field, words in (("again", "open again"), ("raised", "worse"), ("gone", "gone"), ("accepted", "accepted")):
        number = sum(len(getattr(one, field)) for one in standings)
        if number:
            yield f"{number} {words}"


def _risks(found: Sequence[Compared]) -> Iterator[str]:
    grades = Counter(risk.grade for one in found for risk in one.difference.risks)
    told = [grade for grade in _GRADES if grades[grade]]
    if told:
        words = [f"{grades[grade]} {grade.name.lower()}" for grade in told]
        last = "risk" if grades[told[-1]] == 1 else "risks"
        yield f"{' and '.join((', '.join(words[:-1]), words[-1])) if words[1:] else words[0]} {last}"


def _cost(found: Sequence[Compared]) -> Iterator[str]:
    delta = sum((one.cost.delta for one in found if one.cost), Decimal(0))
    if delta:
        yield f"{signed(delta)} a month"
