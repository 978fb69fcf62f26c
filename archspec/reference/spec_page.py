"""The JSON Schema of specs → the page of the spec language, for people: every part, every key, by section."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from archspec.model.architecture import AREAS
from archspec.model.element import Element
from archspec.reference import schema
from archspec.reference.overlays import SUFFIX

Schema = dict[str, Any]

_INTRODUCTION = """\
# The spec language

Generated from the model: these are the keys that `archspec lint` takes, and what they mean. [The language by
example](../language.md) shows how the parts go together; `archspec init` writes a small spec to start from.

A key that is left out is not stated, unless a default is named. Elements stand under ids of their own, in kebab-case
and unique in a spec; where a value is the id of something, it is one of those.

## In an editor

The same as [a JSON Schema](archspec.schema.json), which `archspec schema` prints. An editor with YAML's language server
completes keys and values by it, says what they mean, and marks what `lint` would refuse. The first line of a spec names
it: `# yaml-language-server: $schema=archspec.schema.json`. A file that a spec includes is a part, in which nothing has
to be there: `archspec schema --part` prints the schema of those.

What the schema cannot know, `lint` says: ids that nothing has or that are used twice, an Availability Zone of another
Region, what an environment leaves out that nothing else states, two arrows or a protocol twice in one flow, ranges that
shrink, addresses with bits beyond their prefix.

"""

_VALUES = {
    "Text": 'any text; in quotes where YAML reads something else in it, as in `"# 1"`',
    "Switch": "`true` or `false`",
    "Feature": "`true`, `false`, or `planned`: on some day, which counts for nothing today",
    "Port": "a port from 0 to 65535",
    "Ports": "a port, a range, several with commas, or `all`",
    "Block": "addresses as a CIDR block, without bits beyond the prefix; IPv4 or IPv6",
    "Day": "a calendar day",
    "Duration": "a length of time: seconds, minutes, hours, days, weeks, months of 30 days, years of 365",
    "Money": "an amount in US dollars, a month unless the key says otherwise; a range, or with `~`",
    "UnitPrice": "a price in US dollars, for one of what stands behind the slash",
    "Count": "a number, with `K`, `M` or `B`, with what is counted, or a product of those",
    "Percent": "a share of a hundred",
    "Size": "an amount of data, in GB or TB of 1024 as AWS counts",
    "Memory": "an amount of memory: MiB where no unit is said, of 1024 as AWS counts",
    "Measure": "a figure in the unit of a metric, with how it is compared",
}
"""What a value with a name of its own is."""

_PAGES = {
    "Claim": "What an expression may use: [DOC012](../rules/DOC012.md).",
    "Waiver": "The rule about waivers: [DOC005](../rules/DOC005.md).",
    "Environment": "How overlays work: [the language by example](../language.md#environments).",
}
"""Part → where to read on."""

_SAID = {"Text": "text", "Switch": "`true`, `false`", "Feature": "`true`, `false`, `planned`"}
"""What is as short as a link to it."""

_SEVERAL = "Parts of several sections"
_AREA = " area"


def render() -> str:
    """Return the page as Markdown: values, the whole, what every element has, then section by section."""
    whole: Schema = json.loads(schema.render())
    page = _Page(whole["$defs"])
    top = {**whole, "properties": whole["properties"] | whole["else"]["properties"]}
    sections = {key: page.reached(held) for key, held in top["properties"].items()}
    homes = _homes(sections)
    text = [_INTRODUCTION, _values(page.parts), page.table("## Spec", top), page.every_element()]
    for key in [*top["properties"], _SEVERAL]:
        own = [name for name, home in homes.items() if home == key]
        if own:
            is_headed = page.models[own[0]]["title"].removesuffix(_AREA) == key
            text += ["" if is_headed else f"## {key}\n\n", *page.section(key, own)]
    return "".join(text).rstrip() + "\n"


def _homes(sections: Mapping[str, list[str]]) -> dict[str, str]:
    """Return where each part is described: in its section, or apart where several have it."""
    homes: dict[str, str] = {}
    for key, names in sections.items():
        for name in names if key not in _OF_SECTIONS else ():
            homes[name] = _SEVERAL if name in homes else key
    own = {name: key for key, names in sections.items() if key in _OF_SECTIONS for name in names[:1]}
    return {**homes, **own}


_OF_SECTIONS = ("environments", "shared")
"""What has the sections of a spec in it."""


class _Page:
    """Writes the parts of the schema as tables."""

    def __init__(self, parts: dict[str, Schema]) -> None:
        self.parts = parts
        # A part with a short form is described by its keys.
        self.models = {
            name: parts.get(f"{name}Long", part)
            for name, part in parts.items()
            if not name.endswith((SUFFIX, "Short", "Long")) and ("properties" in part or f"{name}Long" in parts)
        }
        subnet = parts["Subnet"]["properties"]
        self.common = {key: subnet[key] for key in subnet if key in Element.model_fields}

    def reached(self, node: Any) -> list[str]:  # noqa: ANN401  any part of a schema
        """Return the parts that a value refers to, at any depth, in their order."""
        found: dict[str, None] = {}
        waiting = [node]
        while waiting:
            held = waiting.pop(0)
            if isinstance(held, list):
                waiting = [*held, *waiting]
            elif isinstance(held, dict):
                name = _name(held)
                if name in self.models and name not in found:
                    found[name] = None
                    waiting = [self.models[name]["properties"], *waiting]
                waiting = [*held.values(), *waiting]
        return list(found)

    def section(self, key: str, names: list[str]) -> Iterator[str]:
        """Yield what a section of a spec holds."""
        places = {
            _name(held["additionalProperties"]): f"{key}.{kind}.<id>"
            for kind, held in self.parts.get(f"{key.capitalize()}Area", {}).get("properties", {}).items()
            if key in AREAS
        }
        for name in names:
            part = self.models[name]
            at = f"At `{places[name]}`. " if name in places else ""
            read_on = f" {_PAGES[name]}" if name in _PAGES else ""
            is_element = name in places
            own = {k: v for k, v in part["properties"].items() if not (is_element and v == self.common.get(k))}
            if name.startswith("Must"):
                own, read_on = {}, " The keys are those of a [flow](#flow)."
            stated = {**part, "properties": own, "description": f"{at}{part['description']}{read_on}"}
            yield self.table(_heading(part), stated, of_element=is_element)

    def every_element(self) -> str:
        """Return what all kinds of elements have."""
        said = "Every element, of whichever kind, may have these keys beside its own."
        return self.table("## Every element", {"properties": self.common, "description": said})

    def table(self, heading: str, part: Schema, *, of_element: bool = False) -> str:
        """Return a part: what it is, and its keys."""
        required = part.get("required", ())
        rows = "".join(
            f"| `{key}` | {self.words(held)} | {_cell(held.get('description', ''))} | "
            f"{'**required**' if key in required else _default(held)} |\n"
            for key, held in part["properties"].items()
        )
        said = re.sub(r"https://\S+", r"<\g<0>>", part["description"])
        text = f"{heading}\n\n{said}\n\n"
        if rows:
            text += f"| key | value | means | default |\n|---|---|---|---|\n{rows}\n"
        return text + ("Also the keys of [every element](#every-element).\n\n" if of_element else "")

    def words(self, held: Schema) -> str:
        """Write what a key takes: a link to the part, the words to choose from, or the shape."""
        match held:
            case {"$ref": _}:
                return self._named(_name(held))
            case {"anyOf": [{"const": word}, *_]}:
                found = _code(word)
            case {"anyOf": list(ways)}:
                found = " or ".join(
                    dict.fromkeys(self.words(way) for way in ways if _name(way) not in ("Nothing", "Bare"))
                )
            case {"enum": list(words)}:
                found = ", ".join(map(_code, words))
            case {"items": dict(item)}:
                number = f" of {held['minItems']}" if "minItems" in held else ""
                each = self.words(item)
                found = f"list{number}, each {each}" if each.startswith("id of") else f"list of {each}"
            case {"additionalProperties": dict(item)}:
                found = f"{self.words(item)}, by {'id' if _name(item) in self.models else 'name'}"
            case {"patternErrorMessage": str(said)}:
                found = said.removeprefix("Expected ").removesuffix(".")
            case _:
                found = "text"
        return found

    def _named(self, name: str) -> str:
        if name in self.models:
            title = str(self.models[name]["title"]).removesuffix(_AREA)
            return f"[{title}](#{title.lower().replace(' ', '-')})"
        if name in _VALUES and name not in _SAID:
            return f"[{_spelled(name)}](#values)"
        return _SAID.get(name) or str(self.parts[name]["title"])


def _values(parts: Mapping[str, Schema]) -> str:
    rows = [
        f"| {_spelled(name)} | {said} | {', '.join(map(_code, parts[name].get('examples', ())))} |\n"
        for name, said in _VALUES.items()
    ]
    return f"## Values\n\n| value | is | examples |\n|---|---|---|\n{''.join(rows)}\n"


def _spelled(name: str) -> str:
    return "unit price" if name == "UnitPrice" else name.lower()


def _heading(part: Schema) -> str:
    title = str(part["title"])
    if title == "shared" or title.endswith(_AREA):
        return f"## {title.removesuffix(_AREA)}"
    return f"### {title[:1].upper()}{title[1:]}"


def _name(held: Schema) -> str:
    return str(held.get("$ref", "")).rpartition("/")[2].removesuffix(SUFFIX)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(word: object) -> str:
    return f"`{word if isinstance(word, str) else json.dumps(word)}`"


def _default(held: Schema) -> str:
    return _code(held["default"]) if "default" in held else ""
