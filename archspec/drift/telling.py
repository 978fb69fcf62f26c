"""What differs → findings, each at the line of the spec that says otherwise, with both values."""

from collections.abc import Collection
from typing import NamedTuple

from archspec.changes import Field
from archspec.drift.parts import is_part, whole_of
from archspec.errors import Locate, Location
from archspec.findings import Finding, Severity
from archspec.model.architecture import Architecture
from archspec.model.element import Element, spell_kind
from archspec.resources.kinds import services_of

MISSING, EXTRA, DIFFERENT = "DRF001", "DRF002", "DRF003"
_NAMES = {MISSING: "missing", EXTRA: "extra", DIFFERENT: "different"}


class Told(NamedTuple):
    """For whom it is told: the spec, how places in it are found, what the other side is called, and what it refused."""

    architecture: Architecture
    locate: Locate
    source: str
    refused: tuple[str, ...] = ()


class _Said(NamedTuple):
    rule: str
    subject: str
    message: str
    fix: str
    severity: Severity = Severity.ERROR
    untold: tuple[str, ...] = ()


def nothing(told: Told, here: Collection[Element], there: int) -> Finding:
    """Say in one finding that two sides have nothing to do with each other, or that nothing is there yet."""
    name = told.architecture.name
    also = f", which has {there} others" if there else ""
    message = f"none of the {len(here)} elements of {name} is in {told.source}{also}"
    fix = "apply the spec; or name what belongs to it, of the right account, Region and environment"
    untold = tuple(dict.fromkeys(call for element in here for call in _untold(element, told)))
    return _finding(_Said(MISSING, name, message, fix, untold=untold), told.locate(("name",)))


def missing(element: Element, told: Told) -> Finding:
    """Say that an element of the spec is not there, or what its export adds to one."""
    if is_part(element.id):
        message = f"the export adds {_called(element)}, which is not in {told.source}"
        said = _Said(MISSING, whole_of(element.id), message, "apply the spec", untold=_untold(element, told))
        return _finding(said, _place(element, told))
    message = f"{element.id} is in the spec, and not in {told.source}"
    fix = f"apply the spec, or remove the {spell_kind(element.kind)} from it"
    return _finding(_Said(MISSING, element.id, message, fix, untold=_untold(element, told)), _place(element, told))


def extra(element: Element, told: Told) -> Finding:
    """Say that something is there of which the spec says nothing. It stands where it would be stated."""
    message = f"{spell_kind(element.kind)} {element.id} is in {told.source}, and not in the spec"
    said = _Said(EXTRA, element.id, message, "describe it in the spec, or remove it", Severity.WARNING)
    return _finding(said, told.locate(element.home))


def planned(element: Element, told: Told) -> Finding:
    """Say that something is there that the spec has as planned, or as gone."""
    message = f"{element.id} is {element.status} in the spec, and is in {told.source}"
    said = _Said(EXTRA, element.id, message, "say in the spec that it is current, or remove it", Severity.WARNING)
    return _finding(said, told.locate((*element.path, "status")))


def different(element: Element, field: Field, told: Told, *, is_stated: bool, place: Location | None = None) -> Finding:
    """Say that a value is another there. What the spec leaves open is a warning. `place` is where the spec says it.

    That there is none cannot be told where AWS refused to answer; one that is there is there.
    """
    steps = field.path.partition("[")[0].split(".")
    severity = Severity.ERROR if is_stated else Severity.WARNING
    fix = "apply the spec, or write what is meant into it"
    message = _compared(_called(element), field, told, is_stated=is_stated)
    untold = () if field.new else _untold(element, told)
    said = _Said(DIFFERENT, whole_of(element.id), message, fix, severity, untold)
    return _finding(said, place or _place(element, told, *steps))


def _compared(name: str, field: Field, told: Told, *, is_stated: bool) -> str:
    if field.old_location is None:
        return f"{field.path} of {name} has {field.new} in {told.source}, and not in the spec"
    if field.new_location is None:
        return f"{field.path} of {name} has {field.old} in the spec, and not in {told.source}"
    now = field.new or "not stated"
    if is_stated:
        return f"{field.path} of {name} is {field.old or 'not stated'} in the spec, and {now} in {told.source}"
    meant = f"which is exported as {field.old}" if field.old else "which an export leaves out"
    return f"{field.path} of {name} is {now} in {told.source}, and the spec leaves it open, {meant}"


def _called(element: Element) -> str:
    if is_part(element.id):
        name = getattr(element, "name", "")
        return f"the {spell_kind(element.kind)} {name} of {whole_of(element.id)}".replace("  ", " ")
    return element.id


def _untold(element: Element, told: Told) -> tuple[str, ...]:
    """Return the refused calls of the services that tell of an element's kind."""
    return tuple(call for call in told.refused if call.partition(".")[0] in services_of(element.kind))


def _place(element: Element, told: Told, *steps: str) -> Location:
    """Find where an element is stated; what is derived stands where the VPC or the service does that it is for."""
    elements = told.architecture.elements
    whole = elements.get(whole_of(element.id), element)
    if is_part(element.id):
        return told.locate(whole.path)
    if whole.derived:
        return told.locate(elements.get(getattr(whole, "vpc", "") or getattr(whole, "target", ""), whole).path)
    return told.locate((*whole.path, *steps))


def elsewhere(told: Told, key: str, there: str) -> Finding:
    """Say that what is looked at is another account or another Region than the spec's."""
    stated = getattr(told.architecture, key)
    message = f"{key} is {stated} in the spec, and {there} in {told.source}"
    said = _Said(DIFFERENT, told.architecture.name, message, f"look at the {key} that the spec is about, or mend it")
    return _finding(said, told.locate((key,)))


def _finding(said: _Said, location: Location) -> Finding:
    name = _NAMES[said.rule]
    if said.untold:
        message = f"cannot be told, as AWS refused {', '.join(said.untold)}: {said.message}"
        fix = f"allow {', '.join(said.untold)}, and save the account anew"
        return Finding(location, said.rule, name, said.subject, "unknown", Severity.INFO, message, fix)
    return Finding(location, said.rule, name, said.subject, "fail", said.severity, said.message, said.fix)
