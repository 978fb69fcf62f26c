"""The typed model → the JSON Schema of specs, for editors."""

import json
from typing import Any

from archspec.model.architecture import Architecture, element_kinds

_FILLED_IN = ("id", "index", "derived")
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
    definitions["Flow"] = _with_short_form(definitions["Flow"])
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
