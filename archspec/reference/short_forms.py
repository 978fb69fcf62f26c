"""Flows, steps and permissions as they are written short, in the schema: `- api -> db: 5432 PostgreSQL`.

Which form is meant is told by what is written (`if`), and not tried (`anyOf`): so an editor's complaint is about the
form that the author has chosen, and it offers the keys of that one.
"""

from collections.abc import Callable, Mapping
from typing import Any

from archspec.reference.values import FLOW

Schema = dict[str, Any]

_SHORT = "Short"
_ENDS = r"\s*(?!->)\S[\s\S]*?->\s*\S"
_ONE_ARROW = {
    "pattern": r"^(?!\s*\S+?(?:\s*->\s*\S+?){2,}\s*$)",
    "patternErrorMessage": "Several arrows stand in one step; write a step for each.",
}
_NOT_A_FLOW = "Expected a flow such as `internet -> api: 443 HTTPS`."
_NO_PORT = "Expected a port and a protocol after `->`, such as 443 HTTPS."


def _flow(name: str, long: Schema) -> Schema:
    """Return a flow with its keys, or with an arrow and the keys that it leaves open, or as a text."""
    short = {key: value for key, value in long.items() if key != "required"}
    short["properties"] = {key: value for key, value in long["properties"].items() if key not in long["required"]}
    port = {
        "description": "Ports, protocol and a note: `443 HTTPS`, `53/udp DNS`, `5432 PostgreSQL (reads)`.",
        "type": ["string", "number"],
        "minimum": 0,
        "maximum": 65535,
        "pattern": f"^{FLOW}$",
        "patternErrorMessage": _NO_PORT,
    }
    short["patternProperties"] = {f"^{_ENDS}": port}
    text = {"pattern": rf"^{_ENDS}[\s\S]*: (?![\s\S]*: ){FLOW}$", "patternErrorMessage": _NOT_A_FLOW}
    return {
        name: {
            "title": long["title"],
            "description": long["description"],
            "type": ["object", "string"],
            "if": {"type": "object", "not": {"propertyNames": {"not": {"pattern": "->"}}}},
            "then": {"$ref": f"#/$defs/{name}{_SHORT}"},
            "else": {"if": {"type": "string"}, "then": text, "else": {"$ref": f"#/$defs/{name}Long"}},
        },
        f"{name}{_SHORT}": short,
        f"{name}Long": long,
    }


def _step(name: str, long: Schema) -> Schema:
    """Return a step with its keys, as `- web -> queue: enqueues` or `- web: renders the page`, or as a text."""
    keys = list(long["properties"])
    says = {"not": {"propertyNames": {"const": "details"}}}  # at least one key says who does what
    beside = {key: long["properties"][key] for key in ("target", "details")}
    short = {
        **long,
        "properties": {"source": False, "does": False, **beside},
        "additionalProperties": {"$ref": "#/$defs/Text"},
        "propertyNames": _ONE_ARROW,
        "anyOf": [
            {"maxProperties": 1},
            {"maxProperties": 2, "anyOf": [{"required": [key]} for key in beside]},
            {"maxProperties": 3, "required": list(beside)},
        ],
        "if": {"required": ["target"]},
        "then": {"propertyNames": {"not": {"pattern": r"\S\s*->\s*\S"}}},
    }
    return {
        name: {
            "title": long["title"],
            "description": long["description"],
            "if": {"type": "object"},
            "then": {
                "if": {"propertyNames": {"enum": keys}},
                "then": {"$ref": f"#/$defs/{name}Long"},
                "else": {"$ref": f"#/$defs/{name}{_SHORT}"},
            },
            "else": {"allOf": [{"$ref": "#/$defs/Text"}, _ONE_ARROW]},
        },
        f"{name}{_SHORT}": short,
        f"{name}Long": {**long, **says},
    }


def _permission(name: str, long: Schema) -> Schema:
    """Return a permission with its keys, or what a role may do as a text."""
    return {
        name: {
            "title": long["title"],
            "description": long["description"],
            "if": {"type": "object"},
            "then": {"$ref": f"#/$defs/{name}Long"},
            "else": {"$ref": "#/$defs/Text"},
        },
        f"{name}Long": long,
    }


SHORT_FORMS: Mapping[str, Callable[[str, Schema], Schema]] = {
    "Flow": _flow,
    "MustReach": _flow,
    "MustNotReach": _flow,
    "Step": _step,
    "Permission": _permission,
}
"""Part of the schema → its parts with the short forms."""
