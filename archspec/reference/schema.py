"""The typed model → the JSON Schema of specs, for editors."""

import json
from typing import Any

from archspec.model.architecture import AREAS, Architecture, element_kinds

_FILLED_IN = ("id", "index", "derived", "differences")
_ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"


def render() -> str:
    """Return the schema as JSON text: the same keys that loading a spec takes."""
    schema = Architecture.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    for definition in definitions.values():
        for key in _FILLED_IN:
            definition.get("properties", {}).pop(key, None)
        required = [key for key in definition.get("required", []) if key not in _FILLED_IN]
        definition.pop("required", None)
        if required:
            definition["required"] = required
    for _, key in element_kinds():
        _kebab_case_ids(definitions, key)
    definitions["Environment"] = _with_overlays(definitions)
    definitions["Flow"] = _with_short_form(definitions["Flow"])
    definitions["Step"] = _with_short_step(definitions["Step"])
    definitions["Permission"] = {"anyOf": [definitions["Permission"], {"type": "string"}], "title": "Permission"}
    named = schema["properties"]["environments"]
    named["propertyNames"] = {"pattern": _ID_PATTERN}
    named["additionalProperties"] = {"anyOf": [named["additionalProperties"], {"type": "null"}]}
    definitions.pop("Difference")  # of what loading fills in
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "archspec"
    # A spec's own marks of this: `archspec: 1` is the number one to YAML, and text to archspec.
    schema["properties"]["archspec"] = {"enum": [1, "1"], "description": "The version of the spec language."}
    return json.dumps(_text_as_written(schema), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _kebab_case_ids(definitions: dict[str, Any], key: str) -> None:
    for definition in definitions.values():
        table = definition.get("properties", {}).get(key)
        if table and "additionalProperties" in table:
            kind = table["additionalProperties"]
            if "required" not in definitions[kind["$ref"].rpartition("/")[2]]:
                # A body left empty (`ecs:`) is an element with nothing stated.
                table["additionalProperties"] = {"anyOf": [kind, {"type": "null"}]}
            table["propertyNames"] = {"pattern": _ID_PATTERN, "not": {"const": "internet"}}


def _with_overlays(definitions: dict[str, Any]) -> dict[str, Any]:
    """Give an environment's sections the keys of the spec's own, none of which has to be there, and `web: ~`."""
    environment: dict[str, Any] = definitions["Environment"]
    overlays: dict[str, Any] = {}
    for area in AREAS:
        reference = definitions["Shared"]["properties"][area]
        overlays[area] = _overlay(reference, definitions)
    environment["properties"] |= overlays | {"flows": definitions["Shared"]["properties"]["flows"]}
    return environment


def _overlay(schema: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401  any part of a schema
    """Copy a part of the schema without `required`; what it refers to is copied once, under a name of its own."""
    if isinstance(schema, list):
        return [_overlay(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    copied = {key: _overlay(value, definitions) for key, value in schema.items() if key not in ("required", "$ref")}
    if "propertyNames" in schema:  # elements by id: one that is left empty is left out of the environment
        copied["additionalProperties"] = {"anyOf": [copied["additionalProperties"], {"type": "null"}]}
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if f"{name}Overlay" not in definitions:
            definitions[f"{name}Overlay"] = {}  # before it is walked, for what refers to itself
            definitions[f"{name}Overlay"] |= _overlay(definitions[name], definitions)
        copied["$ref"] = f"{schema['$ref']}Overlay"
    return copied


def _with_short_step(step: dict[str, Any]) -> dict[str, Any]:
    """Allow `- web -> queue: enqueues`, `- web: renders the page` and a sentence alone."""
    known = {key: value for key, value in step["properties"].items() if key not in ("source", "target", "does")}
    short = {**step, "properties": known, "additionalProperties": {"type": ["string", "number"]}}
    short["not"] = {"propertyNames": {"const": "details"}}  # at least one key says who does what
    step["not"] = short["not"]
    return {"anyOf": [step, short, {"type": "string"}], "title": "Step", "description": step.get("description", "")}


def _with_short_form(flow: dict[str, Any]) -> dict[str, Any]:
    """Allow `- api -> db: 5432 PostgreSQL`, with more keys beside it where needed."""
    arrow = "->"
    short = {
        **flow,
        "properties": {key: value for key, value in flow["properties"].items() if key not in flow["required"]},
        "patternProperties": {arrow: {"type": ["string", "integer"], "description": "port and protocol: 443 HTTPS"}},
        "not": {"propertyNames": {"not": {"pattern": arrow}}},  # at least one key has an arrow
    }
    short.pop("required")
    return {"anyOf": [flow, short], "title": "Flow", "description": flow.get("description", "")}


def _text_as_written(schema: object) -> object:
    """Take numbers and switches where text is wanted: `engine_version: 7.0` is a number to editors, not to archspec."""
    if isinstance(schema, list):
        return [_text_as_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    walked = {key: _text_as_written(value) for key, value in schema.items()}
    is_text = walked.get("type") == "string" and not walked.keys() & {"enum", "const", "format"}
    return {**walked, "type": ["string", "number", "boolean"]} if is_text else walked
