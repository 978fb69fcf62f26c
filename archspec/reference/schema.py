"""The typed model → the JSON Schema of specs, for editors.

Loading takes more than the model has: environments are laid over what they share, flows and steps have a short form.
That is said here. Draft 2020-12, as descriptions stand beside references; nothing in it is more than Draft 7 has, and
editors that know only that one lose descriptions.
https://json-schema.org/draft/2020-12/json-schema-core
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from archspec.model.architecture import AREAS, Architecture, element_kinds
from archspec.model.element import INTERNET, Element, Model, inner_classes, spell_kind, with_article
from archspec.reference.keys import meanings
from archspec.reference.overlays import SUFFIX, overlay
from archspec.reference.short_forms import SHORT_FORMS
from archspec.reference.values import NAMED, Schema, named, written

_FILLED_IN = ("id", "index", "derived", "differences")
_EMPTY: tuple[object, ...] = (None, "", [], {})
_REFERENCE = "#/$defs/"
_ID = f"^(?!{INTERNET}$)[a-z0-9]+(-[a-z0-9]+)*$"
_LONGEST_NAME = 40
"""Characters of an environment's name, which becomes part of file names."""


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out the titles of keys, which say nothing that the keys do not."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002  as pydantic has it
        return False


def render(*, part: bool = False) -> str:
    """Return the schema as JSON text: the same keys that loading a spec takes.

    With `part` it is that of a file that a spec includes: nothing has to be there, as the rest stands elsewhere.
    """
    generated = Architecture.model_json_schema(by_alias=True, schema_generator=_WithoutTitles)
    definitions = {**generated.pop("$defs"), "Architecture": generated}
    models = {model.__name__: model for model in _models(Architecture)}
    values: Schema = {**NAMED}
    definitions.pop("Difference")  # of what loading fills in
    definitions = {name: _stated(body, models[name], values) for name, body in definitions.items()}
    _allow_nothing(definitions)
    _name_elements(definitions)
    overlays = overlay(definitions)
    for name, short_form in SHORT_FORMS.items():
        definitions |= short_form(name, definitions[name])
    whole = definitions.pop("Architecture")
    parts = dict(sorted({**definitions, **overlays, **values}.items()))
    schema = _with_markdown({**_whole(whole, part=part), "$defs": parts})
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _with_markdown(schema: Any) -> Any:  # noqa: ANN401  any part of a schema
    """Say again as Markdown what has code in it: editors show the marks of a description as they are."""
    if isinstance(schema, list):
        return [_with_markdown(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _with_markdown(item) for key, item in schema.items()}
    said = made.get("description", "")
    return {**made, "markdownDescription": said} if isinstance(said, str) and "`" in said else made


def _models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for classes in inner_classes(model).values():
        for inner in classes:
            yield from _models(inner)


def _stated(body: Schema, model: type[Model], values: Schema) -> Schema:
    """Return what an author may write of a model: its keys with what they mean, without those that loading fills in.

    What every element has comes last.
    """
    meant = meanings(model)
    of_all = Element.model_fields if issubclass(model, Element) else ()
    fields = sorted(model.model_fields.items(), key=lambda field: field[0] in of_all)
    keys = {(field.alias or name): name for name, field in fields if name not in _FILLED_IN}
    properties = {key: _property(body["properties"][key], meant.get(name, ""), values) for key, name in keys.items()}
    required = [key for key in keys if key in body.get("required", [])]
    stated: Schema = {"title": _title(model), "description": " ".join(body["description"].split()), "type": "object"}
    stated |= {"properties": properties, "additionalProperties": False}
    return {**stated, "required": required} if required else stated


def _title(model: type[Model]) -> str:
    kind = getattr(model, "kind", "") or re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    return spell_kind(kind).replace("nacl ", "network ACL ").replace("web acl ", "web ACL ")


def _property(fragment: Schema, meaning: str, values: Schema) -> Schema:
    found = {"description": meaning, **_value(fragment, values)}
    default = fragment.get("default")
    if default in _EMPTY:
        return found
    return {**found, "default": "all" if fragment.get("title") == "Ports" else default}


def _value(fragment: Schema, values: Schema) -> Schema:
    """Return what an editor has to allow for one value, and put what has a name of its own into `values`."""
    match fragment:
        case {"$ref": str()}:
            found = {**fragment}
            found.pop("default", None)
        case {"anyOf": [*ways, {"type": "null"}]}:
            found = _or_nothing([_value(way, values) for way in ways])
        case {"items": dict(item)}:
            found = {"type": "array", "items": _value(item, values)}
        case {"prefixItems": [first, *_], "minItems": least, "maxItems": most}:
            found = {"type": "array", "items": _value(first, values), "minItems": least, "maxItems": most}
        case {"additionalProperties": dict(item)}:
            found = {"type": "object", "additionalProperties": _value(item, values)}
        case {"title": str(name)}:
            values[name] = named(fragment)
            found = {"$ref": f"{_REFERENCE}{name}"}
        case {"description": str(said), "minLength": 1}:
            name = "".join(word.capitalize() for word in re.findall(r"\w+", said))
            values[name] = {"title": said, **written({"type": "string", "minLength": 1})}
            found = {"$ref": f"{_REFERENCE}{name}"}
        case _:
            found = written({key: fragment[key] for key in _KEPT if key in fragment})
    return found


_KEPT = ("type", "enum", "format", "pattern", "maxLength", "ge", "gt", "le")


def _or_nothing(ways: list[Schema]) -> Schema:
    """Return what may be left empty. Types say so where that offers no `null`."""
    if len(ways) == 1 and ways[0].get("type") in ("array", "object"):
        return {**ways[0], "type": [ways[0]["type"], "null"]}
    return {"anyOf": [*ways, {"$ref": f"{_REFERENCE}Nothing"}]}


def _allow_nothing(definitions: Schema) -> None:
    """Let the parts that may be left empty say so themselves, instead of a choice at each key."""
    for definition in definitions.values():
        for held in definition["properties"].values():
            first = held.get("anyOf", [{}])[0]
            part = definitions.get(str(first.get("$ref")).removeprefix(_REFERENCE))
            if part:
                part["type"] = ["object", "null"]
                held["$ref"] = held.pop("anyOf")[0]["$ref"]


def _name_elements(definitions: Schema) -> None:
    """Say how ids are written, and that an element may be left empty that has to state nothing (`ecs:`)."""
    for (area, key), kind in element_kinds().items():
        table = definitions[f"{area.capitalize()}Area"]["properties"][key]
        table["propertyNames"] = _names(f"id of {with_article(spell_kind(kind.kind))}")
        if "required" not in definitions[kind.__name__]:
            definitions[kind.__name__]["type"] = ["object", "null"]


def _names(title: str, **limits: int) -> Schema:
    said = f"Expected small letters, digits and single hyphens; {INTERNET} is taken."
    return {"title": title, "pattern": _ID, "patternErrorMessage": said, **limits}


def _whole(whole: Schema, *, part: bool) -> Schema:
    """Return the spec itself: elements may be incomplete where environments say the rest."""
    properties = whole["properties"]
    # A spec's own mark of this: `archspec: 1` is the number one to YAML, and text to archspec.
    version = {"anyOf": [{"const": 1}, {"type": "string", "pattern": "^1$"}]}
    properties["archspec"] = {"description": properties["archspec"]["description"], **version}
    properties["environments"]["propertyNames"] = _names("name of an environment", maxLength=_LONGEST_NAME)
    strict, overlays = _sections(properties, ""), _sections(properties, SUFFIX)
    for area in AREAS:  # editors offer these keys from what says more about them, and not twice
        properties[area] = {"description": properties[area]["description"], "type": "object", "doNotSuggest": True}
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:archspec:spec:1", **whole}
    found["title"] = "archspec"
    if part:
        found.pop("required")
        return found | {"$id": "urn:archspec:part:1", "allOf": [overlays]}
    return found | {"if": _WITH_ENVIRONMENTS, "then": overlays, "else": strict}


_PLANNED = {"type": "object", "required": ["status"], "properties": {"status": {"not": {"const": "current"}}}}
_WITH_ENVIRONMENTS = {
    "required": ["environments"],
    "properties": {"environments": {"type": "object", "not": {"additionalProperties": _PLANNED}}},
}
"""Says of a spec that an environment stands today, which is laid over the rest and may complete it."""


def _sections(properties: Schema, suffix: str) -> Schema:
    """Say what the sections hold that hold elements."""
    held = {
        area: {
            "description": properties[area]["description"],
            "$ref": f"{_REFERENCE}{area.capitalize()}Area{suffix}",
        }
        for area in AREAS
    }
    return {"properties": held}
