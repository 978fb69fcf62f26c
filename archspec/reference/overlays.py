"""The parts of the schema as environments write them: nothing has to be there, and `web: ~` leaves an element out."""

from typing import Any

from archspec.model.architecture import AREAS

SUFFIX = "Overlay"
"""What the names of parts end with that are others again."""

_REFERENCE = "#/$defs/"


def overlay(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the parts that differ in an overlay, by their names, and let environments hold them.

    Mappings are merged at every depth, so that nothing in them is required; a list replaces another, so that its items
    are as anywhere else.
    """
    found: dict[str, Any] = {}
    environment = definitions["Environment"]
    for area in AREAS:
        name = f"{area.capitalize()}Area"
        tables = definitions[name]["properties"].items()
        properties = {key: _table(held, definitions, found) for key, held in tables}
        found[f"{name}{SUFFIX}"] = {**definitions[name], "properties": properties}
        section = environment["properties"][area]
        meaning = section["description"]
        environment["properties"][area] = {"description": meaning, "$ref": f"{_REFERENCE}{name}{SUFFIX}"}
    environment["properties"]["flows"]["items"] = {"$ref": f"{_REFERENCE}Flow"}
    environment["type"] = ["object", "null"]
    return found


def _table(held: dict[str, Any], definitions: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return elements by their ids; a kind may be left empty, and each of its elements."""
    kind = _laid_over(held["additionalProperties"], definitions, found)
    name = kind["$ref"].removeprefix(_REFERENCE)
    if name in found:
        found[name] = {**found[name], "type": ["object", "null"]}
    return {**held, "type": ["object", "null"], "additionalProperties": kind}


def _laid_over(held: dict[str, Any], definitions: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return a value with references to parts as they are in an overlay, where that differs."""
    name = str(held.get("$ref", "")).removeprefix(_REFERENCE)
    if name not in definitions:
        return held
    part = definitions[name]
    properties = {key: _laid_over(inner, definitions, found) for key, inner in part["properties"].items()}
    if "required" not in part and properties == part["properties"]:
        return held
    optional = {key: value for key, value in part.items() if key != "required"}
    found[f"{name}{SUFFIX}"] = {**optional, "properties": properties}
    return {**held, "$ref": f"{_REFERENCE}{name}{SUFFIX}"}
