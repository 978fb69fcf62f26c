"""A CloudFormation template, such as CDK writes, in; an inventory of its resources out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from archspec.errors import Location, Problem, SpecError
from archspec.importers.cloudformation.conditions import told
from archspec.importers.cloudformation.functions import value_of
from archspec.importers.cloudformation.inverse import BY_TYPE, values
from archspec.importers.cloudformation.labels import labelled
from archspec.importers.cloudformation.scope import NOTHING, UNKNOWN, Scope
from archspec.importers.cloudformation.shapes import SHAPES
from archspec.importers.cloudformation.ties import tied
from archspec.resources.cloudformation import Form
from archspec.resources.resource import Inventory, Ref, Resource, Unread, Value
from archspec.source.template import Template, read_template

_OTHERS = {
    "AWS::CDK::": "is CDK's own",
    "AWS::CloudFormation::Stack": "is another template, which has to be imported by itself",
    "AWS::CloudFormation::": "is CloudFormation's own",
    "Custom::": "is made by a function of its own; what that does, no template says",
}
"""What a type begins with, and why it is no resource of AWS that could be understood."""

_SAYS_ALL = "`aws cloudformation get-template --template-stage Processed` tells what they made of the template"
_LONGEST = 80


class _Declared(NamedTuple):
    """A resource as a template declares it."""

    id: str
    stated: Mapping[str, Any]
    place: Location | None

    @property
    def type(self) -> str:
        return str(self.stated["Type"])


def read(text: str, file: str) -> Inventory:
    """Return the resources of a template under their logical ids, in Terraform's words.

    What a parameter or a condition decides is unknown, unless the parameters' defaults do. Raises `SpecError` where it
    is no template.
    """
    template = read_template(text, file)
    declared = template.data.get("Resources")
    if not isinstance(declared, dict):
        raise SpecError((Problem("there are no Resources in the template", Location(file, 1, 1)),))
    try:
        scope = _scope(template, declared)
    except RecursionError:
        raise SpecError((Problem("its conditions name each other in too long a row", Location(file, 1, 1)),)) from None
    found: list[Resource] = []
    unread = Counter(_macros(template.data))
    for id_ in sorted(declared):
        one = _Declared(id_, scope.resources.get(id_, {}), template.places.get(id_))
        if reason := _unread(id_, one.stated, scope):
            unread[reason] += 1
        else:
            found += labelled(_resources(one, scope), one.stated)
    notes = tuple(Unread(what, reason, number) for (what, reason), number in sorted(unread.items()))
    resources = tuple(sorted(tied(found, scope), key=lambda one: one.address))
    return Inventory(file, resources, notes)


def _scope(template: Template, declared: Mapping[str, Any]) -> Scope:
    known = {id_: one for id_, one in declared.items() if isinstance(one, dict) and isinstance(one.get("Type"), str)}
    scope = Scope(known, template.data, {})
    return Scope(known, template.data, told(scope))


def _macros(sections: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stated = sections.get("Transform")
    for one in stated if isinstance(stated, list) else [stated]:
        name = one.get("Name") if isinstance(one, dict) else one
        if name is not None:
            yield f"Transform {name}"[:_LONGEST], f"macros are not carried out; {_SAYS_ALL}"


def _unread(id_: str, stated: Mapping[str, Any], scope: Scope) -> tuple[str, str] | None:
    """Return what a resource is that is none to understand, and why."""
    if not stated:
        is_function = id_.startswith("Fn::")
        return id_[:_LONGEST], "only CloudFormation carries it out" if is_function else "has no type"
    condition = stated.get("Condition")
    if isinstance(condition, str) and scope.conditions.get(condition) is False:
        return stated["Type"][:_LONGEST], f"its condition {condition} does not hold with the parameters' defaults"
    reason = next((reason for start, reason in _OTHERS.items() if stated["Type"].startswith(start)), "")
    return (stated["Type"][:_LONGEST], reason) if reason else None


def _resources(one: _Declared, scope: Scope) -> Iterator[Resource]:
    stated = one.stated.get("Properties")
    given = {name: value_of(value, scope) for name, value in (stated if isinstance(stated, dict) else {}).items()}
    given = {name: value for name, value in given.items() if value is not NOTHING and value is not None}
    types = BY_TYPE.get(one.type)
    if types is None:
        yield Resource(one.id, one.type, {}, location=one.place)
        return
    for type_, form in types(given):
        bodies = list(values(given, form))
        for i, body in enumerate(bodies):
            yield _resource(one, (type_, form), body, f".{i}" if len(bodies) > 1 else "")


def _resource(one: _Declared, kind: tuple[str, Form], body: dict[str, Value], suffix: str) -> Resource:
    type_, form = kind
    shape = SHAPES.get(type_)
    said = shape(body, one.stated) if shape else body
    unknown = frozenset(name for name, value in said.items() if value is UNKNOWN)
    known = {name: value for name, value in said.items() if name not in unknown}
    if form.part_of:
        return Resource(f"{one.id}.{type_}{suffix}", type_, {**known, form.part_of: Ref(one.id)}, unknown, one.place)
    return Resource(f"{one.id}{suffix}", type_, known, unknown, one.place)
