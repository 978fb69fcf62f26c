"""Differences as JSON, for programs. `version` changes when a key does, and not when one is added."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from archspec.changes.change import Change, Difference, Field, Grade, LocatedRisk
from archspec.errors import Location
from archspec.findings import LocatedHop
from archspec.reporters.json import write

VERSION = 1


def report(differences: Sequence[Difference]) -> str:
    """Return every risk and every change of every spec, with their counts."""
    return write({"version": VERSION, "specs": [_spec(one) for one in differences], "summary": _summary(differences)})


def _spec(one: Difference) -> dict[str, Any]:
    return {
        "name": one.name,
        "old": one.old or None,
        "new": one.new or None,
        "worst": one.worst.name.lower(),
        "risks": [_risk(risk) for risk in one.risks],
        "changes": [_change(change) for change in one.changes],
    }


def _risk(risk: LocatedRisk) -> dict[str, Any]:
    return {
        "grade": risk.grade.name.lower(),
        "risk": risk.name,
        "subject": risk.subject,
        "text": risk.text,
        "location": _location(risk.location),
        "facts": [_fact(fact) for fact in risk.facts],
    }


def _fact(fact: LocatedHop) -> dict[str, Any]:
    return {"verdict": fact.verdict, "text": fact.text, "code": fact.code, "location": _location(fact.location)}


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": change.what,
        "sort": change.sort,
        "id": change.id,
        "was": change.was or None,
        "fields": [_field(field) for field in change.fields],
        "old_location": _location(change.old_location),
        "new_location": _location(change.new_location),
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "path": field.path,
        "old": field.old or None,
        "new": field.new or None,
        "old_location": _location(field.old_location),
        "new_location": _location(field.new_location),
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    return {"file": location.file, "line": location.line, "column": location.column} if location else None


def _summary(differences: Sequence[Difference]) -> dict[str, int]:
    grades = Counter(risk.grade for one in differences for risk in one.risks)
    counted = {grade.name.lower(): grades[grade] for grade in sorted(Grade, reverse=True)}
    return {**counted, "changes": sum(len(one.changes) for one in differences)}
