"""What `archspec rules --coverage` prints: controls and how systems stand, as a table or as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from archspec.coverage import Control, Coverage
from archspec.reporters.json import write
from archspec.reporters.plain import plain

_COUNTS = ("passed", "failed", "unknown")


def table(found: Sequence[Coverage], specs: Sequence[str]) -> str:
    """Return a table for each framework, with its totals."""
    lines = [line for one in found for line in _lines(one)]
    lines.append(f"subjects in {', '.join(specs)}; a control is as its worst rule, and no better than what is stated")
    return "".join(f"{plain(line)}\n" for line in lines)


def _lines(one: Coverage) -> Iterator[str]:
    yield one.framework.title
    width = max((len(control.id) for control in one.controls), default=0)
    if one.controls:
        yield f"  {'control':<{max(width, 7)}}  {'outcome':<14}  passed  failed  unknown  rules"
    for control in one.controls:
        counts = [getattr(control.tally, name) for name in _COUNTS]
        numbers = "  ".join(f"{count:>{len(name)}}" for count, name in zip(counts, _COUNTS, strict=True))
        rules = ", ".join(rule.id for rule in control.rules)
        yield f"  {control.id:<{max(width, 7)}}  {control.outcome:<14}  {numbers}  {rules}"
    totals = ", ".join(f"{count} {outcome}" for outcome, count in one.totals.items())
    yield f"  {len(one.controls)} controls: {totals}"
    yield ""


def as_json(found: Sequence[Coverage], specs: Sequence[str]) -> str:
    """Return the same as JSON, with each rule's own counts and each control's page."""
    frameworks = [
        {
            "id": one.framework.key,
            "title": one.framework.title,
            "controls": [_control(control) for control in one.controls],
            "totals": one.totals,
        }
        for one in found
    ]
    content = {"version": 1, "specs": list(specs), "frameworks": frameworks}
    return write(content)


def _control(control: Control) -> dict[str, Any]:
    rules = [
        {"id": rule.id, "name": rule.name, **{name: getattr(rule.tally, name) for name in _COUNTS}}
        for rule in control.rules
    ]
    counts = {name: getattr(control.tally, name) for name in _COUNTS}
    return {"id": control.id, "address": control.address, "outcome": control.outcome, **counts, "rules": rules}
