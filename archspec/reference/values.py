"""What a value in a spec is to the model → what it is to an editor, which reads scalars as YAML 1.2 does.

archspec keeps scalars as text until the model types them, so `7.0` is a text and `"443"` is a port. An editor's `7.0`
is a number and its `"443"` a text: both have to be allowed. https://yaml.org/spec/1.2.2/#103-core-schema
"""

import re
from collections.abc import Mapping
from typing import Any

from archspec.model.ports import MAX_PORT
from archspec.model.quantity import Count, Duration, Measure, Money, Percent, Size, UnitPrice

Schema = dict[str, Any]

_PORT = "0*(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"  # up to 65535
_RANGE = rf"(?:all|{_PORT}(?:\s*-\s*{_PORT})?)"
_SEVERAL = rf"{_RANGE}(?:\s*,\s*{_RANGE})*"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_BLOCK = rf"^(?:{_IPV4}/(?:3[0-2]|[12]?[0-9]|{_IPV4})|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:/[0-9]{{1,3}})?)$"
_NUMBERS: Mapping[int | None, str] = {None: "^-?[0-9]+$", 0: "^[0-9]+$", 1: "^0*[1-9][0-9]*$"}

FLOW = (
    rf"\s*{_SEVERAL}(?![0-9, -]*[0-9])(?:\s*/\s*(?:[tT][cC][pP]|[uU][dD][pP])(?![^\s(),])|(?!\s*/))"
    r"[^()]*(?:\([\s\S]*\))?\s*"
)
"""What stands behind the arrow of a flow: ports, a transport, a protocol and a note, of which only ports have to be."""

_EXAMPLES: Mapping[str, list[object]] = {
    Duration.__name__: ["30 seconds", "5 minutes", "30 days"],
    Money.__name__: ["$150", "~$425/month", "$75-95"],
    UnitPrice.__name__: ["$0.045/GB", "$0.05/10K"],
    Count.__name__: [2, "~10", "730 hrs × 2 tasks"],
    Percent.__name__: ["70%", "99.9%"],
    Size.__name__: ["20 GB", "2 TiB"],
    Measure.__name__: ["> 85%", "> 500 ms", "1000 requests/target"],
    "Memory": [512, "1 GB"],
    "Ports": [443, "4000-4003", "80, 443", "all"],
}
_NUMERIC = {Count.__name__, Measure.__name__}
"""Quantities that may be a number alone."""


def _quantity(name: str, pattern: str, expected: str) -> Schema:
    types = ["string", "number"] if name in _NUMERIC else "string"
    found: Schema = {"type": types, "pattern": pattern, "patternErrorMessage": f"Expected {expected}."}
    if name in _NUMERIC:
        found["minimum"] = 0
    return {**found, "examples": _EXAMPLES[name]}


def _memory(pattern: str, expected: str) -> Schema:
    return {
        "type": ["integer", "string"],
        "minimum": 1,
        "pattern": pattern,
        "patternErrorMessage": f"Expected {expected}.",
        "examples": _EXAMPLES["Memory"],
    }


def _ports(expected: str) -> Schema:
    return {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": MAX_PORT,
        "pattern": rf"^\s*{_SEVERAL}\s*$",
        "patternErrorMessage": f"Expected {expected}.",
        "examples": _EXAMPLES["Ports"],
    }


def named(fragment: Schema) -> Schema:
    """Return what has a name of its own in the schema (`Duration`), from what the model says of it."""
    name, expected = fragment["title"], fragment["description"]
    match name:
        case "Ports":
            found = _ports(expected)
        case "Memory":
            found = _memory(fragment["pattern"], expected)
        case _:
            found = _quantity(name, fragment["pattern"], expected)
    return {"title": name, **found}


NAMED: Mapping[str, Schema] = {
    "Switch": {
        "title": "Switch",
        "type": ["boolean", "string"],
        "pattern": "^(?:true|false)$",
        "patternErrorMessage": "Expected true or false.",
    },
    "Feature": {
        "title": "Feature",
        "anyOf": [{"enum": [True, False, "planned"]}, {"type": "string", "pattern": "^(?:true|false)$"}],
    },
    "Port": {
        "title": "Port",
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": MAX_PORT,
        "pattern": f"^{_PORT}$",
        "patternErrorMessage": f"Expected a port from 0 to {MAX_PORT}.",
        "examples": [443],
    },
    "Block": {
        "title": "Block",
        "type": "string",
        "pattern": _BLOCK,
        "patternErrorMessage": "Expected a CIDR block such as 10.0.0.0/16.",
        "examples": ["10.0.0.0/16", "0.0.0.0/0"],
    },
    "Day": {
        "title": "Day",
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$",
        "patternErrorMessage": "Expected a date such as 2027-03-31.",
        "examples": ["2027-03-31"],
    },
    "Text": {"title": "Text", "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Bare"}]},
    "Bare": {"title": "Bare", "not": {"type": ["array", "null", "object", "string"]}},
    "Nothing": {"title": "Nothing", "not": {"type": ["array", "boolean", "number", "object", "string"]}},
}
"""What is written in more than one place.

`Bare` is `7.0` or `true` where a text is meant, `Nothing` a value left empty. Both say what they are not, because
editors offer `true`, `false` and `null` wherever a type says so.
"""


def written(fragment: Schema) -> Schema:
    """Return what an editor has to allow where the model takes a scalar of this kind."""
    name = ""
    match fragment:
        case {"enum": [True, False, *_]}:
            name = "Feature"
        case {"type": "boolean"}:
            name = "Switch"
        case {"format": "cidr"}:
            name = "Block"
        case {"format": "date"}:
            name = "Day"
        case {"type": "integer", "le": _}:
            name = "Port"
        case {"type": "integer"}:
            return _whole_number(fragment)
        case {"type": "string"} if "enum" not in fragment:
            return _text(fragment)
        case _:
            return fragment
    return {"$ref": f"#/$defs/{name}"}


def _text(fragment: Schema) -> Schema:
    """Allow a text that is written like a number, unless a pattern has letters in it."""
    limits: Schema = {key: fragment[key] for key in ("pattern", "minLength", "maxLength") if key in fragment}
    if not limits:
        return {"$ref": "#/$defs/Text"}
    text = {"type": "string", **limits}
    pattern = limits.get("pattern", "")
    if not re.search(pattern, "1"):
        return text
    bare: Schema = {"$ref": "#/$defs/Bare"}
    bare |= {} if re.search(pattern, "1.5") else {"multipleOf": 1}
    bare |= {} if re.search(pattern, "-1") else {"minimum": 0}
    return {"anyOf": [text, bare]}


def _whole_number(fragment: Schema) -> Schema:
    """Take the bounds as the model has them: pydantic leaves them so where a number is parsed by a function first."""
    least = fragment["gt"] + 1 if "gt" in fragment else fragment.get("ge")
    said = "a whole number" if least is None else f"a whole number from {least} on"
    found: Schema = {"type": ["integer", "string"], "pattern": _NUMBERS[least]}
    found["patternErrorMessage"] = f"Expected {said}."
    if least is not None:
        found["minimum"] = least
    return found
