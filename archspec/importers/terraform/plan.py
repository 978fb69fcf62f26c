"""A plan's JSON → its resources, with references where a value is not known before they are applied.

https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from archspec.importers.terraform.found import LOOKED_UP, Found, Held, in_values
from archspec.importers.terraform.node import Node
from archspec.importers.terraform.references import Reader, References, Scope, mapping, names_in, references
from archspec.importers.terraform.unknown import filled
from archspec.importers.terraform.values import cleaned
from archspec.resources.resource import Resource


def resources(root: Node, held: Held) -> list[Resource]:
    """Return the resources that are there once a plan is applied; what is unread is added to `held`."""
    known = references(mapping(root.at("configuration").value), held.resources)
    unknown = _unknown(root)
    bodies = {prefix: _bodies(scope) for prefix, scope in known.scopes.items()}
    made = []
    for one in held.resources:
        body = bodies[one.prefix].get((one.type, one.name), {})
        made.append(_resource(one, unknown.get(one.address, {}), body, known, held.others))
    return made


def _resource(
    one: Found, unknown: Mapping[str, Any], body: Mapping[str, Any], known: References, others: Counter[tuple[str, str]]
) -> Resource:
    values, secret = cleaned(one.values, one.sensitive)
    repeated = mapping(body.get("for_each_expression")) or mapping(body.get("count_expression"))
    reader = Reader(known.scopes[one.prefix], one.key, names_in(repeated))
    found = filled(values, unknown, mapping(body.get("expressions")), (known, reader))
    others.update((f"references of {one.type}", doubt) for doubt in found.doubts)
    kept = {name: value for name, value in found.values.items() if name not in secret or name in values}
    return Resource(one.address, one.type, kept, found.unknown | secret)


def _unknown(root: Node) -> Mapping[str, Mapping[str, Any]]:
    """Return what is not known of each resource after the plan is applied, by address."""
    found = {}
    for one in root.at("resource_changes").each():
        change = one.at("change")
        found[one.at("address").text()] = change.at("after_unknown").mapping() if change.value else {}
    return found


def _bodies(scope: Scope) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    found = {}
    stated = scope.module.get("resources")
    for one in map(mapping, stated if isinstance(stated, list) else ()):
        if one.get("mode") != "data":
            found[str(one.get("type")), str(one.get("name"))] = one
    return found


def held(root: Node) -> Held:
    """Return what a plan makes or keeps. Data sources that it has read stand apart, in the state before it."""
    found = in_values(root.at("planned_values"))
    before = in_values(root.at("prior_state", "values"))
    for what, count in before.others.items():
        if what[1] == LOOKED_UP:
            found.others[what] += count
    return found


def region(root: Node) -> str:
    """Return the Region of the provider without an alias, by its literal or its variable."""
    providers = mapping(root.at("configuration", "provider_config").value)
    for one in map(mapping, providers.values()):
        if one.get("name") == "aws" and not one.get("alias") and not one.get("module_address"):
            expression = mapping(mapping(one.get("expressions")).get("region"))
            named = [name.removeprefix("var.") for name in names_in(expression) if name.startswith("var.")]
            values = [mapping(mapping(root.at("variables").value).get(name)).get("value") for name in named[:1]]
            found = expression.get("constant_value", *values) if values else expression.get("constant_value")
            return found if isinstance(found, str) else ""
    return ""
