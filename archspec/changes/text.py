"""Differences as text for a terminal: the risks, worst first, then what changed, a line each."""

from collections import Counter
from collections.abc import Iterator, Sequence

from archspec.changes.change import Change, Difference, Field, Grade, What
from archspec.reporters.plain import plain

_MARKS: dict[What, str] = {"added": "+", "removed": "-", "changed": "~", "renamed": ">"}
_LONGEST = 60
_FIELDS = 4


def report(differences: Sequence[Difference]) -> str:
    """Return everything that changed; a spec of which nothing did is said in one line."""
    return "".join(f"{plain(line)}\n" for one in differences for line in _lines(one))


def _lines(one: Difference) -> Iterator[str]:
    yield f"{heading(one)}: {summary(one)}"
    yield from (f"  {risk.grade.name.lower():<8}{risk.text}  {_place(risk.location)}" for risk in one.risks)
    if one.old and one.new:
        yield from (line for change in one.changes for line in _change(change))
    if not one.is_empty:
        yield ""


def heading(one: Difference) -> str:
    """Say which versions of which spec are meant."""
    if one.old and one.new:
        return f"{one.name}, {one.old} -> {one.new}"
    return f"{one.name}, {one.new} is new" if one.new else f"{one.name}, {one.old} is gone"


def summary(one: Difference) -> str:
    """Say in few words how much changed, and how risky that is: `2 high, 1 low; 3 added, 1 changed`."""
    if one.is_empty:
        return "no change"
    grades = Counter(risk.grade for risk in one.risks)
    risks = ", ".join(f"{grades[grade]} {grade.name.lower()}" for grade in sorted(Grade, reverse=True) if grades[grade])
    return "; ".join(filter(None, [risks and f"risks {risks}", counts(one)]))


def counts(one: Difference) -> str:
    """Say how many things came, went and changed: `3 added, 1 changed`; nothing where none did."""
    what = Counter(change.what for change in one.changes)
    return ", ".join(f"{what[name]} {name}" for name in _MARKS if what[name])


def _place(location: object) -> str:
    return str(location).rpartition(":")[0] if location else ""


def _change(change: Change) -> Iterator[str]:
    was = f", was {change.was}" if change.was else ""
    yield f"  {_MARKS[change.what]} {called(change)}{was}  {_place(change.location)}"
    for field in change.fields[:_FIELDS]:
        yield f"      {_field(field)}"
    more = len(change.fields) - _FIELDS
    if more > 0:
        yield f"      and {more} more"


def called(change: Change) -> str:
    """Return what a change is about: `service api`, `flow api -> db 5432`."""
    return f"{change.sort.replace('_', ' ')} {_short(change.id)}"


def _field(field: Field) -> str:
    old, new = cut(field, _LONGEST)
    if not old:
        return f"{field.path}: {new} (new)"
    return f"{field.path}: {old} -> {new}" if new else f"{field.path}: {old} (gone)"


def cut(field: Field, longest: int) -> tuple[str, str]:
    """Return both values of a field, long ones cut: from shortly before where they differ, so that it is seen."""
    both = zip(field.old, field.new, strict=False)
    same = next((i for i, (a, b) in enumerate(both) if a != b), min(len(field.old), len(field.new)))
    start = same - longest // 3 if same > longest // 2 and max(len(field.old), len(field.new)) > longest else 0
    old, new = (f"…{one[start:]}" if start and one else one for one in (field.old, field.new))
    return _short(old, longest), _short(new, longest)


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
