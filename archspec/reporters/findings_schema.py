"""The JSON Schema of findings as JSON, made from the types that the reporter writes."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from archspec.reporters.json import Content, write

_MEANS = {
    "Content.version": "Changes when a key changes its meaning or goes; not when one is added.",
    "Content.findings": "In the order of their places. Infos and what could not be told are there with `--info`.",
    "Content.summary": "Counts of all that was found, also of what is not in the list.",
    "Counts.errors": "Errors that are neither waived nor known.",
    "Counts.warnings": "Warnings that are neither waived nor known.",
    "Counts.infos": "Infos that are neither waived nor known.",
    "Counts.waived": "Findings that a waiver accepts.",
    "Counts.known": "Findings that the baseline knows.",
    "Counts.unknown": "What could not be told, because a fact is not stated.",
    "Entry.rule": "The id: NET001, a check of checkov's, or one of a pack of your own.",
    "Entry.name": "The rule's name, which states the defect.",
    "Entry.severity": "How bad it is at the stage that was asked for.",
    "Entry.outcome": "`unknown` where the rule needs a fact that is not stated; the message names it.",
    "Entry.subject": "What the finding is about: an element's id, a flow, a waiver.",
    "Entry.message": "What is wrong.",
    "Entry.fix": "What to do; empty where nothing can be said in general.",
    "Entry.location": "The line that has to change.",
    "Entry.witness": "The way that led there, in its order.",
    "Entry.reference": "The address of a page about it; empty where there is none.",
    "Entry.fingerprint": "The same while rule and subject are, whatever line and message become.",
    "Entry.waiver": "Why it is accepted; null where it is not.",
    "Entry.known": "Whether the baseline knows it.",
    "Place.file": "The file's path, as it was given.",
    "Place.line": "From 1.",
    "Place.column": "In characters (code points), from 1.",
    "Step.verdict": "The answer.",
    "Step.text": "What was asked, and what decided it.",
    "Step.code": "Reachability Analyzer's code for it; empty where it has none.",
    "Step.location": "The line that decides it; null where none does, as with a default of AWS's.",
}


_SIMPLE: Mapping[object, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


def render() -> str:
    """Return the schema as JSON text. It is strict: every key is there, and no other."""
    definitions: dict[str, Any] = {}
    content = _object(Content, definitions)
    for key in ("line", "column"):
        definitions["Place"]["properties"][key]["minimum"] = 1
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Findings of archspec"}
    return write({**head, **content, "$defs": dict(sorted(definitions.items()))})


def _object(made_of: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a typed dictionary; those in it become definitions."""
    keys = get_type_hints(made_of)
    properties = {
        key: {**_value(type_, definitions), "description": _MEANS[f"{made_of.__name__}.{key}"]}
        for key, type_ in keys.items()
    }
    return {
        "description": made_of.__doc__,
        "type": "object",
        "properties": properties,
        "required": list(keys),
        "additionalProperties": False,
    }


def _value(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  any type of a key
    inner = get_args(type_)
    if get_origin(type_) is Literal:
        return {"enum": list(inner)}
    if get_origin(type_) is list:
        return {"type": "array", "items": _value(inner[0], definitions)}
    if inner:  # one of several types
        return {"anyOf": [_value(one, definitions) for one in inner]}
    if type_ in _SIMPLE:
        return dict(_SIMPLE[type_])
    if type_.__name__ not in definitions:
        definitions[type_.__name__] = _object(type_, definitions)
    return {"$ref": f"#/$defs/{type_.__name__}"}
