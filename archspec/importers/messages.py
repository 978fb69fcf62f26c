"""pydantic's errors → problems a person can act on, at the line where they stand."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from archspec.errors import KeyPath, Problem
from archspec.model.element import Model, models_in
from archspec.source import Source


def explain(error: Mapping[str, Any], read: Source, root: type[Model]) -> Problem:
    """Turn one entry of `ValidationError.errors()`, raised by the model `root`, into a located problem."""
    path: KeyPath = error["loc"]
    message, hint = _words(error, path, root)
    return Problem(message, read.locate(path), hint, "DOC002")


def _words(error: Mapping[str, Any], path: KeyPath, root: type[Model]) -> tuple[str, str]:
    key, context, value = _last_key(path), error.get("ctx", {}), error["input"]
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key '{key}'{_holder(path[:-1])}", _suggest(key, _known_keys(path[:-1], root))
        case "missing":
            return f"the key '{key}' is missing{_holder(path[:-1])}", f"add `{key}:`"
        case "literal_error":
            expected = str(context["expected"])
            options = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
            return f"'{_short(value)}' is not a value of '{key}'; expected {expected}", _suggest(value, options)
        case "int_parsing" | "int_type" | "int_from_float":
            return f"'{key}' is a whole number, not '{_short(value)}'", ""
        case "string_type":
            return f"'{key}' is text, not {_shape(value)}", ""
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"'{key}' holds keys, as in `{key}: {{key: value}}`, not {_shape(value)}", ""
        case "tuple_type" | "list_type":
            return f"'{key}' is a list, as in `{key}: [a, b]`, not {_shape(value)}", ""
        case "string_pattern_mismatch":
            return f"'{_short(value)}' does not fit '{key}'", "write small letters, digits and single hyphens"
        case _:
            return f"'{key}': {error['msg'][:1].lower()}{error['msg'][1:]}; found {_shape(value)}", ""


def _last_key(path: KeyPath) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "the spec")


def _holder(path: KeyPath) -> str:
    return f" in {'.'.join(str(step) for step in path)}" if path else ""


def _shape(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return f"'{_short(value)}'"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _suggest(word: object, known: list[str]) -> str:
    close = get_close_matches(str(word), known, n=1, cutoff=0.5)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"expected one of: {', '.join(known)}" if known else ""


def _known_keys(path: KeyPath, root: type[Model]) -> list[str]:
    """Return the keys that the model at `path` has, walking the annotations as the validator walked the data."""
    models = [root]
    for step in path:
        models = [inner for model in models for inner in _step(model, step)] or models
    names = {field.alias or name for model in models for name, field in model.model_fields.items()}
    return sorted(names - {"id", "index", "derived"})


def _step(model: type[Model], step: str | int) -> list[type[Model]]:
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return list(models_in(field.annotation))
    return []
