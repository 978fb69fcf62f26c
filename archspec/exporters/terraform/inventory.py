"""The resources that an architecture is exported as, in the form into which importers bring what they read.

So a spec is compared with a plan, a state or an account without running Terraform.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archspec.exporters.terraform import files, hcl
from archspec.exporters.terraform.files import Collected
from archspec.exporters.terraform.hcl import Block, Json, Reference, Repeated, Template
from archspec.model.architecture import Architecture
from archspec.resources.joining import joined
from archspec.resources.resource import Inventory, Ref, Resource, Value, refs

_ATTRIBUTE = re.compile(r"(?:one\()?(\w+\.\w+)\.(\w+)")
_NOT_VALUES = frozenset({"count", "depends_on", "for_each", "lifecycle", "provider", "timeouts"})
"""What stands in a resource's block and is for Terraform itself."""


class _Known(NamedTuple):
    """What references are looked up in: resources and variables."""

    collected: Collected
    unanswered: set[str]
    """Variables without a value that the resource at hand needs."""


def inventory(architecture: Architecture, *, is_applied: bool = False) -> Inventory:
    """Return the resources that a complete architecture is exported as.

    They are what reading a plan of the export gives, as far as the export says it. More is known than by a plan: what
    JSON text refers to stands where it stands in it. A variable that has no value is unknown; what refers to other
    resources is as well, unless they `is_applied`.
    """
    collected = files.collect(architecture)
    tags = files.default_tags(architecture)
    resources = joined(_resource(address, collected, tags, is_applied) for address in sorted(collected.resources))
    return Inventory("the spec", resources, (), architecture.region, architecture.account or "")


def _resource(address: str, collected: Collected, default_tags: Mapping[str, str], is_applied: bool) -> Resource:  # noqa: FBT001
    one = collected.resources[address]
    values: dict[str, Value] = {}
    unknown = set()
    for name, entry in one.body.items():
        if entry is None or name in _NOT_VALUES:
            continue
        known = _Known(collected, set())
        value = _entry(entry, known)
        if known.unanswered or (any(refs(value)) and not is_applied):
            unknown.add(name)
        if value is not None:
            values[name] = value
    own = values.get("tags")
    if isinstance(own, Mapping):
        values["tags_all"] = {**default_tags, **own}
    return Resource(address, one.type, values, frozenset(unknown))


def _entry(entry: "hcl.Value | Block | Repeated", known: _Known) -> Value:
    match entry:
        case Reference():
            return _referred(entry, known)
        case Template():
            return _template(entry, known)
        case Json():
            return _entry(entry.value, known)
        case str() | int():
            return entry
        case _:
            return _several(entry, known)


def _several(entry: "Sequence[hcl.Value] | Mapping[str, hcl.Value] | Block | Repeated", known: _Known) -> Value:
    match entry:
        case Block():
            return [_mapping(entry.body, known)]
        case Repeated():
            return [_mapping(one.body, known) for one in entry.blocks]
        case Mapping():
            return _mapping(entry, known)
        case _:
            return [value for value in (_entry(one, known) for one in entry) if value is not None]


def _mapping(body: "Mapping[str, hcl.Value | Block | Repeated | None]", known: _Known) -> dict[str, Value]:
    found = {name: _entry(one, known) for name, one in body.items() if one is not None}
    return {name: value for name, value in found.items() if value is not None}


def _referred(reference: Reference, known: _Known) -> Value:
    """Return what is known of another resource's attribute, which is what the export sets, or a reference to it."""
    variable = known.collected.variables.get(reference.expression.removeprefix("var."))
    if reference.expression.startswith("var.") and variable:
        if variable.default is None:
            known.unanswered.add(variable.name)
        return None if variable.default is None else _entry(variable.default, known)
    match = _ATTRIBUTE.match(reference.expression)
    target = known.collected.resources.get(match[1]) if match else None
    if match is None or target is None:
        return None
    whole = f"{match[1]}.{match[2]}" == reference.expression
    stated = target.body.get(match[2]) if whole else None
    if isinstance(stated, str | int | Reference | Template):
        value = _entry(stated, known)
        if isinstance(value, str | int):
            return value
    return Ref(match[1], match[2])


def _template(template: Template, known: _Known) -> Value:
    """Return text where all of it is known, else what it refers to, with what follows where it begins with that."""
    parts = [_referred(part, known) if isinstance(part, Reference) else part for part in template.parts]
    if all(isinstance(part, str | int) for part in parts):
        return "".join(str(part) for part in parts)
    found = [part for part in parts if isinstance(part, Ref)]
    if not found:
        return None
    first, *others = parts
    if first == found[0] and all(isinstance(part, str | int) for part in others):
        return Ref(found[0].address, found[0].attribute, "".join(str(part) for part in others))
    return found[0] if len(found) == 1 else found
