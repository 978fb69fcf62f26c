"""pydantic's errors → problems a person can act on, at the line where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_origin

from pydantic.fields import FieldInfo

from archspec.errors import KeyPath, Problem
from archspec.model.element import Model, models_in
from archspec.source import Source

_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_SWITCHES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_ARROWS = ("→", "<-", "=>")
_LONGEST = 60
# From where on one key is taken for another: `netwrok` is 0.86 like `network`, `desired_count` 0.7 like `desired`.
_NEAR = 0.8
# Other files are read by it, which mending a key does not do.
_READ_FIRST = ("include",)
_FLOW = "write it as `- internet -> api: 443 HTTPS`"
_FILLED_IN = frozenset({"id", "index", "derived", "differences"})
_PART = "add `archspec: 1`; or, where this is a part of a spec, lint the spec that includes it"
# Other names of what AWS calls so: a cluster's writer is its primary.
_MEANT = {"writer": "primary", "master": "primary", "slave": "replica"}
_UNITS = {
    "cpu": "it is in CPU units: 1024 is one vCPU, 512 is half of one",
    "port": "write the number: 443 for HTTPS, 80 for HTTP",
}


def worth_telling(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out that a flow with a wrong arrow misses all its keys: one word about the arrow is enough."""
    flows = {entry["loc"][:-1] for entry in entries if _is_wrong_arrow(entry)}
    return [entry for entry in entries if entry["type"] != "missing" or entry["loc"][:-1] not in flows]


def _is_wrong_arrow(error: Mapping[str, Any]) -> bool:
    return error["type"] == "extra_forbidden" and any(arrow in str(error["loc"][-1]) for arrow in _ARROWS)


def explain(error: Mapping[str, Any], read: Source, root: type[Model]) -> Problem:
    """Turn one entry of `ValidationError.errors()`, raised by the model `root`, into a located problem."""
    path: KeyPath = error["loc"]
    known = _keys(error, path, root) or _empty(error, path) or _shapes(error, path, root)
    attempts = (say(error, path) for say in (_numbers, _grammars, _flows, _words))
    message, hint = known or next(words for words in attempts if words)
    return Problem(message, read.locate(path), hint, "DOC002", _meant(error, path, root))


def _meant(error: Mapping[str, Any], path: KeyPath, root: type[Model]) -> str:
    """Return the key that a misspelt one stands for, where no second one is nearly as near."""
    if error["type"] != "extra_forbidden" or _is_wrong_arrow(error):
        return ""
    close = get_close_matches(str(path[-1])[:_LONGEST].lower(), _known_keys(path[:-1], root), n=2, cutoff=_NEAR)
    return close[0] if len(close) == 1 and close[0] not in _READ_FIRST else ""


def _keys(error: Mapping[str, Any], path: KeyPath, root: type[Model]) -> tuple[str, str] | None:
    """Say that a key is unknown or missing."""
    key = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden" if "->" in str(key):
            return f"a second '->' stands in the same flow: '{short(key)}'", "write a flow for each"
        case "extra_forbidden" if _is_wrong_arrow(error):
            return f"'{short(key)}' is not a flow", _FLOW
        case "extra_forbidden":
            return f"unknown key '{short(key)}'{_holder(path[:-1])}", suggest(key, _known_keys(path[:-1], root))
        case "missing" if path == ("archspec",) and error["input"].keys() & root.model_fields.keys():
            return "the key 'archspec' is missing", _PART
        case "missing":
            return f"the key '{key}' is missing{_holder(path[:-1])}", f"add `{key}:`"
        case _:
            return None


def _empty(error: Mapping[str, Any], path: KeyPath) -> tuple[str, str] | None:
    """Say that a value is left empty."""
    if error["input"] is not None and error["type"] != "string_too_short":
        return None
    return f"{_named(path)} is left empty", f"write a value, or remove the {'item' if _is_item(path) else 'key'}"


def _shapes(error: Mapping[str, Any], path: KeyPath, root: type[Model]) -> tuple[str, str] | None:
    """Say that one thing stands where another kind of thing is expected."""
    name, value, key = _named(path), error["input"], _last_key(path)
    found = _shape(value)
    match error["type"]:
        case "string_type":
            return f"{name} is text, not {found}", ""
        case "model_type" if key == "flows":
            return f"{name} is not a flow: {found}", _FLOW
        case "model_type":
            return f"{name} holds keys, not {found}", f"write `{_lead(path)}{_with_keys(value, path, root)}`"
        case "dict_type":
            hint = f"write `{key}: {{first-id: {_with_keys(None, path, root)}}}`"
            return f"{name} holds elements by their ids, not {found}", hint
        case "tuple_type" | "list_type":
            return f"{name} is a list, not {found}", f"write `{_lead(path)}[{_item(value, path, root)}]`"
        case _:
            return None


def _lead(path: KeyPath) -> str:
    return "- " if _is_item(path) else f"{_last_key(path)}: "


def _item(value: object, path: KeyPath, root: type[Model]) -> str:
    """Advise what stands in a list, with what was written in place of the list."""
    if not _models_at(path, root):
        texts = list(value) if isinstance(value, dict) else [value]
        return short(", ".join(map(str, texts))) if all(str(text).strip() for text in texts) and texts else "a, b"
    written = _in_a_line(value)
    return written if isinstance(value, dict) and len(written) <= _LONGEST else _with_keys(value, path, root)


def _with_keys(value: object, path: KeyPath, root: type[Model]) -> str:
    """Advise how a model is written: its required keys, one of which may be meant by the text that was written."""
    fields = [
        (field.alias or name, field)
        for model in _models_at(path, root)[:1]
        for name, field in model.model_fields.items()
        if name not in _FILLED_IN
    ]
    keys = [key for key, field in fields if field.is_required()] or [key for key, _ in fields[:1]]
    holds_elements = any(get_origin(field.annotation) is dict for _, field in fields[:1])
    meant = keys[0] if len(keys) == 1 and not holds_elements else "cidr" if "cidr" in keys and "/" in str(value) else ""
    texts = [f"{key}: {short(value) if key == meant and isinstance(value, str) else '…'}" for key in keys]
    return f"{{{', '.join(texts)}}}"


def _in_a_line(value: object) -> str:
    """Write data in YAML's flow style."""
    match value:
        case dict():
            return f"{{{', '.join(f'{key}: {_in_a_line(item)}' for key, item in value.items())}}}"
        case list():
            return f"[{', '.join(map(_in_a_line, value))}]"
        case None:
            return "null"
        case _:
            return str(value)


def _numbers(error: Mapping[str, Any], path: KeyPath) -> tuple[str, str] | None:
    """Say that a number, a date or a switch does not fit."""
    kind, found, name = error["type"], _shape(error["input"]), _named(path)
    if kind in _BOUNDS:
        words, limit = _BOUNDS[kind]
        return f"{name} is {words} {error['ctx'][limit]}, not {found}", ""
    if kind.startswith("int_"):
        return f"{name} is a whole number, not {found}", _UNITS.get(_last_key(path), "")
    if kind.startswith("date"):
        return f"{name} is a date such as 2027-03-31, not {found}", ""
    if kind in ("switch", "feature"):
        words = "true or false" if kind == "switch" else "true, false or planned"
        word = _SWITCHES.get(str(error["input"]), error["input"])
        return f"{name} is {words}, not {found}", _nearest(word, re.findall(r"true|false|planned", words))
    return None


def _grammars(error: Mapping[str, Any], path: KeyPath) -> tuple[str, str] | None:
    """Say that a text does not follow a grammar of archspec's own."""
    value, name = error["input"], _named(path)
    match error["type"]:
        case "cidr":
            return _cidr(str(error["ctx"]["hint"]), name, value)
        case "ports":
            return _ports(error, name)
        case "string_pattern_mismatch":
            return f"{_shape(value)} does not fit {name}", kebab(value)
        case _:
            return None


def _flows(error: Mapping[str, Any], path: KeyPath) -> tuple[str, str] | None:
    """Say that a flow's short form cannot be read."""
    name = _named(path)
    match error["type"]:
        case "flow":
            return f"{name} names no port after `->`", _FLOW
        case "flow_transport":
            return f"{name}: {error['msg']}", "write `443 HTTPS`, `53/udp DNS` or `53/udp`"
        case "flow_twice":
            return f"{name}: {error['msg']}", "keep one of the two"
        case _:
            return None


def _words(error: Mapping[str, Any], path: KeyPath) -> tuple[str, str]:
    """Say that a value is none of those that there are; of any other mistake, what pydantic says."""
    value, said = error["input"], error["msg"]
    if error["type"] == "literal_error" and _last_key(path) == "protocol" and str(value) == "-1":
        return "-1 is AWS's number for all protocols", "write all"
    if error["type"] != "literal_error":
        return f"{_named(path)}: {said[:1].lower()}{said[1:]}; found {_shape(value)}", ""
    expected = str(error["ctx"]["expected"])
    options = re.findall(r"'([^']*)'", expected)
    meant = _MEANT.get(str(value).lower(), value)
    return f"{_shape(value)} is not a value of '{_last_key(path)}'; expected {expected}", _nearest(meant, options)


def _ports(error: Mapping[str, Any], name: str) -> tuple[str, str]:
    value = error["input"]
    if isinstance(value, str) and len(value) <= _LONGEST:
        return f"{name}: {error['msg']}", ""
    hint = f"write `{', '.join(map(short, value))}`" if isinstance(value, list) else ""
    return f"{name} is a port such as 443, a range such as 4000-4003, or all, not {_shape(value)}", hint


def _cidr(said: str, name: str, value: object) -> tuple[str, str]:
    reason, told, correction = said.partition("; write ")
    if told:
        return f"{name}: {reason}", f"write {correction}"
    return f"{name} is a CIDR block such as 10.0.0.0/16, not {_shape(value)}", ""


def _last_key(path: KeyPath) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "the spec")


def _is_item(path: KeyPath) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _named(path: KeyPath) -> str:
    """Name the value at a path: by its key, or by its position in the list under that key."""
    place = f"item {path[-1] + 1} of " if path and isinstance(path[-1], int) else ""
    return f"{place}'{short(_last_key(path))}'"


def _holder(path: KeyPath) -> str:
    """Name the place of a key, from the top: `network.vpcs.main`, `flows, item 1`."""
    steps = "".join(f", item {step + 1}" if isinstance(step, int) else f".{step}" for step in path)
    return f" in {steps.removeprefix('.')}" if path else ""


def _shape(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return f"'{short(value)}'"


def short(value: object) -> str:
    """Write a value so that a message stays a line."""
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def kebab(value: object) -> str:
    """Advise how an id or a name is written."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", str(value)).lower())
    example = f": {short('-'.join(words))}" if words else ""
    return f"write small letters, digits and single hyphens{example}"


def _nearest(word: object, known: Iterable[str]) -> str:
    if not isinstance(word, str):
        return ""
    close = get_close_matches(word[:60].lower(), [one.lower() for one in known], n=1, cutoff=0.5)
    found = next((one for one in known if close and one.lower() == close[0]), "")
    return f"did you mean '{found}'?" if found else ""


def suggest(word: object, known: Iterable[str]) -> str:
    """Name the nearest of the words that would fit, or all of them."""
    return _nearest(str(word), known) or (f"expected one of: {', '.join(known)}" if known else "")


def _known_keys(path: KeyPath, root: type[Model]) -> tuple[str, ...]:
    """Return the keys that the model at `path` has."""
    models = _models_at(path, root)
    return tuple(sorted({f.alias or name for model in models for name, f in model.model_fields.items()} - _FILLED_IN))


def _models_at(path: KeyPath, root: type[Model]) -> list[type[Model]]:
    """Return what may stand at `path`, walking the annotations as the validator walked the data."""
    models, is_id = [root], False
    for step in path:
        if is_id or isinstance(step, int):
            is_id = False
            continue
        annotations = [field.annotation for model in models if (field := _field(model, step)) is not None]
        # Where a mapping holds models, the next step is an id, which may be spelt like any key.
        is_id = any(get_origin(annotation) is dict for annotation in annotations)
        models = [inner for annotation in annotations for inner in models_in(annotation)]
    return models


def _field(model: type[Model], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if key in (name, field.alias)), None)
