"""Tags that say which element a resource is, or is a part of, and the comment on a name that it does not have.

By the tags, an import finds the spec's own ids again.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from archspec.exporters.terraform.hcl import Body, Value
from archspec.exporters.terraform.resource import Resource
from archspec.model.element import Element
from archspec.resources.kinds import ELEMENT_TAG, KINDS, PART_TAG

_UNTAGGED = frozenset(
    {"aws_cloudwatch_dashboard", "aws_config_configuration_recorder", "aws_macie2_account", "aws_securityhub_account"}
    | {"aws_inspector2_enabler"}
)
_TAGGED = frozenset(type_ for types in KINDS.values() for type_ in types) - _UNTAGGED
"""The types that an import takes for an element unless it is told otherwise, as far as AWS lets them have tags."""

_LAST = ("lifecycle", "depends_on")

_CALLED = re.compile(r"(?!db_name|database_name)(.*_)?(name|identifier|id|bucket)")
"""The arguments that say what AWS calls a resource; a database inside a store is another thing."""

_NOT_EXPORTED = "Not exported: the name "
_FIFO = ".fifo"


def tagged(resource: Resource, elements: Mapping[str, Element]) -> Resource:
    """Return a resource with the tag that names its element, where its type may have one.

    What is of an element's own type and yet only a part of it, such as the copy of a bucket, has its tag already.
    """
    element = elements.get(resource.origin.element)
    if element is None or resource.type not in _TAGGED:
        return resource
    tag = ELEMENT_TAG if resource.type in KINDS.get(element.kind, ()) else PART_TAG
    own = resource.body.get("tags")
    if isinstance(own, Mapping) and PART_TAG in own:
        return resource
    tags: dict[str, Value] = {tag: element.id, **(own if isinstance(own, Mapping) else {})}
    return replace(resource, body=_with_tags(resource.body, tags))


def commented(resource: Resource, elements: Mapping[str, Element]) -> Resource:
    """Return a resource that says so, where it is an element that states a name and is not called by it.

    What its own area has said already is not said twice.
    """
    element = elements.get(resource.origin.element)
    if element is None or not element.name or resource.type not in KINDS.get(element.kind, ()):
        return resource
    own = resource.body.get("tags")
    tags = own if isinstance(own, Mapping) else {}
    is_said = any(reason.startswith(_NOT_EXPORTED) for reason in resource.reasons)
    if PART_TAG in tags or is_said or element.name.removesuffix(_FIFO) in _names(resource.body, tags):
        return resource
    reason = f"{_NOT_EXPORTED}'{element.name}'; it is called by its id here."
    return replace(resource, reasons=(*resource.reasons, reason))


def _names(body: Body, tags: Mapping[str, Value]) -> set[str]:
    """Return what a resource is called; names of FIFO topics and queues without the end that AWS wants."""
    found = [*(value for key, value in body.items() if _CALLED.fullmatch(key)), tags.get("Name")]
    return {value.removesuffix(_FIFO) for value in found if isinstance(value, str)}


def _with_tags(body: Body, tags: Mapping[str, Value]) -> Body:
    if "tags" in body:
        return {**body, "tags": tags}
    last = {name: value for name, value in body.items() if name in _LAST}
    first = {name: value for name, value in body.items() if name not in _LAST}
    return {**first, "tags": tags, **last}
