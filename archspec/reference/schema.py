"""The typed model → the JSON Schema of specs, for editors."""

import json
from typing import Any

from archspec.model.architecture import Architecture, element_kinds

_FILLED_IN = ("id", "index", "derived")
_ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"


def render() -> str:
    """Return the schema as JSON text: the same keys that loading a spec takes."""
    schema = Architecture.model_json_schema(by_alias=True)
    for definition in schema["$defs"].values():
        for key in _FILLED_IN:
            definition.get("properties", {}).pop(key, None)
        required = [key for key in definition.get("required", []) if key not in _FILLED_IN]
        definition.pop("required", None)
        if required:
            definition["required"] = required
    for _, key in element_kinds():
        _kebab_case_ids(schema, key)
    schema["$defs"]["Flow"] = _with_short_form(schema["$defs"]["Flow"])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "archspec"
    # A spec's own marks of this: `archspec: 1` is the number one to YAML, and text to archspec.
    schema["properties"]["archspec"] = {"enum": [1, "1"], "description": "The version of the spec language."}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _kebab_case_ids(schema: dict[str, Any], key: str) -> None:
    for definition in schema["$defs"].values():
        table = definition.get("properties", {}).get(key)
        if table and "additionalProperties" in table:
            kind = table["additionalProperties"]
            # A body left empty (`ecs:`) is an element with nothing stated, where nothing is required.
            table["additionalProperties"] = {"anyOf": [kind, {"type": "null"}]}
            table["propertyNames"] = {"pattern": _ID_PATTERN, "not": {"const": "internet"}}


def _with_short_form(flow: dict[str, Any]) -> dict[str, Any]:
    """Allow `- api -> db: 5432 PostgreSQL`, with more keys beside it where needed."""
    short = {
        **flow,
        "patternProperties": {"->": {"type": ["string", "integer"], "description": "port and protocol: 443 HTTPS"}},
        "minProperties": 1,
    }
    short.pop("required", None)
    return {"anyOf": [flow, short], "title": "Flow", "description": flow.get("description", "")}
