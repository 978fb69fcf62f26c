"""The JSON Schema of specs → the page of the spec language, for people: every part, every key."""

import json
from typing import Any

from archspec.model.ports import ALL_PORTS
from archspec.reference import schema

_OVERLAY = "Overlay"
"""What the names of parts end with that are others again, with nothing required."""

_INTRODUCTION = """\
# The spec language

Generated from the model: these are the keys that `archspec lint` takes. A reference is an id; ids are kebab-case and
unique in an architecture. A key that is left out is not stated, unless a default is named. [The language by
example](../language.md) shows how the parts go together; `archspec init` writes a small spec to start from; editors
take [the same as a JSON Schema](archspec.schema.json).

"""


_PAGES = {
    "Claim": "What an expression may use: [DOC012](../rules/DOC012.md).",
    "Waiver": "The rule about waivers: [DOC005](../rules/DOC005.md).",
    "Environment": "How overlays work: [the language by example](../language.md#environments).",
}
"""Part → where to read on."""


def render() -> str:
    """Return the page as Markdown: the whole first, then its parts in alphabetical order."""
    whole: dict[str, Any] = json.loads(schema.render())
    stated = {name: part for name, part in sorted(whole["$defs"].items()) if not name.endswith(_OVERLAY)}
    parts = {name: part["anyOf"][0] if "anyOf" in part else part for name, part in stated.items()}
    tables = [_table(name, part) for name, part in parts.items()]
    return (_INTRODUCTION + _table("Spec", whole) + "".join(tables)).rstrip() + "\n"


def _table(name: str, part: dict[str, Any]) -> str:
    text = " ".join([*str(part.get("description", "")).split(), *_PAGES.get(name, "").split()])
    required = part.get("required", ())
    rows = [
        f"| `{key}` | {_words(value)} | {'required' if key in required else _default(value)} |\n"
        for key, value in part.get("properties", {}).items()
    ]
    return f"## {name}\n\n{text}\n\n| key | value | default |\n|---|---|---|\n{''.join(rows)}\n"


_SHAPES = {"integer": "whole number", "boolean": "true or false"}


def _words(value: dict[str, Any]) -> str:
    """Write what a key takes: a link to the part, the words to choose from, or the shape."""
    match value:
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2].removesuffix(_OVERLAY)
            found = f"[{name}](#{name.lower()})"
        case {"enum": list(words)}:
            found = ", ".join(dict.fromkeys(_code(word) for word in words))
        case {"anyOf": list(ways)}:
            found = " or ".join(dict.fromkeys(_words(way) for way in ways if way != {"type": "null"}))
        case {"items": dict(item)}:
            each = _words(item)
            found = f"list, each {each}" if each.startswith("id of") else f"list of {each}"
        case {"additionalProperties": dict(item)}:
            found = f"{_words(item)} by id"
        case _:
            found = value.get("description") or value.get("format") or _SHAPES.get(str(value.get("type")), "text")
    return found


def _code(word: object) -> str:
    return f"`{word if isinstance(word, str) else json.dumps(word)}`"


def _default(value: dict[str, Any]) -> str:
    default = value.get("default")
    if default == _ALL_PORTS:
        return "`all`"
    return "" if default in (None, "", [], {}) else _code(default)


_ALL_PORTS = [list(ALL_PORTS)]
