"""What an element states → Markdown for a cell of a table, by the type of the value alone."""

import re
from collections.abc import Collection, Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import NamedTuple

from archspec.documents.headings import phrase
from archspec.documents.markup import Markdown, code, escape, join
from archspec.documents.page import Page
from archspec.documents.stating import Fact, models_listed, stated_in
from archspec.model.element import Element, Model

NOTHING = Markdown("–")

CODE_KEYS = frozenset({
    "alias", "aliases", "arn", "arns", "branch", "branches", "cidr", "cidrs", "class", "command", "commands",
    "domain", "domains", "expression", "file", "files", "handler", "health_check", "health_command", "image", "images",
    "managed_policies", "name", "names", "path", "paths", "pattern", "patterns", "policy", "prefix", "query", "spec",
    "url", "urls",
})  # fmt: skip
"""Keys whose texts are names and patterns for machines, which people read best in code type."""

_ENTITY = re.compile(r"&(?=#?\w+$)")


class Spelling(NamedTuple):
    """How values are written: what stands between the items of a list, and whether a model's lists of models are told.

    They are not where a table of their own tells them.
    """

    page: Page
    between: str
    lists: bool = True


def cell(how: Spelling, fact: Fact, value: object) -> Markdown:
    """Return a value for a cell of its own; a dash where there is none, `none` where just that is stated."""
    if value in (None, "", (), {}):
        return NOTHING if value == fact.default or value in (None, "") else Markdown("none")
    return _spell(how, fact, value) or NOTHING


def summary(page: Page, element: Element) -> Markdown:
    """Return everything that an element states, for one cell: `engine postgres; class `db.t3.medium`; Multi-AZ yes`."""
    last = ("tags", "note", "assumed")
    how = Spelling(page, ", ")
    facts = [fact for fact in stated_in(element) if fact.name not in last]
    parts = [Markdown(f"{phrase(fact.key)} {cell(how, fact, getattr(element, fact.name))}") for fact in facts]
    parts += [Markdown(f"tags {join([escape(tag) for tag in element.tags])}")] if element.tags else []
    return semicolons([*parts, *remarks(element)])


def remarks(holder: Model, shown: Collection[str] = ()) -> list[Markdown]:
    """Return the note, and what is assumed, if there is any and it is not `shown` elsewhere."""
    note, assumed = ("" if key in shown else getattr(holder, key, "") for key in ("note", "assumed"))
    return [escape(note)] * bool(note) + [Markdown(f"assumed: {escape(assumed)}")] * bool(assumed)


def semicolons(parts: Sequence[Markdown]) -> Markdown:
    """Join with semicolons, which would make an entity of a part that ends like `&lt`."""
    return join([*(Markdown(_ENTITY.sub(r"\\&", part)) for part in parts[:-1]), *parts[-1:]], "; ")


def _spell(how: Spelling, fact: Fact, value: object) -> Markdown:
    """Write a value by its type; what has no case of its own (a figure, a quantity, a day) as its own text."""
    match value:
        case bool():
            told = Markdown("yes" if value else "no")
        case str():
            told = _text(how, fact, value)
        case IPv4Network() | IPv6Network():
            told = code(value)
        case Model():
            told = _pairs(how, value)
        case dict():
            inner = how._replace(between=", ")
            pairs = [Markdown(f"{escape(key)}: {_spell(inner, fact, one)}") for key, one in value.items()]
            told = _joined(how, pairs)
        case tuple() if not hasattr(value, "_fields"):
            told = _items(how, fact, value)
        case _:
            told = escape(value)
    return told


def _text(how: Spelling, fact: Fact, text: str) -> Markdown:
    if fact.refers:
        return how.page.refer(text)
    return code(text) if fact.key in CODE_KEYS else escape(text)


def _items(how: Spelling, fact: Fact, items: tuple[object, ...]) -> Markdown:
    inner = how._replace(between=", ", lists=True)
    parts = [_spell(inner, fact, item) for item in items]
    if models_listed(items):
        return _joined(how, parts if how.between == "; " else [Markdown(f"({part})") for part in parts])
    plain = fact.refers or not any(isinstance(item, str) for item in items)
    return join(parts) if plain else _joined(how, parts)


def _joined(how: Spelling, parts: list[Markdown]) -> Markdown:
    return semicolons(parts) if how.between == "; " else join(parts, how.between)


def _pairs(how: Spelling, model: Model) -> Markdown:
    """Write a model as `key value, key value` of what it states."""
    facts = [(fact, getattr(model, fact.name)) for fact in stated_in(model)]
    told = [(fact, value) for fact, value in facts if how.lists or not models_listed(value)]
    inner = how._replace(between=", ")
    return join([Markdown(f"{phrase(fact.key)} {_grouped(inner, fact, value)}") for fact, value in told])


def _grouped(how: Spelling, fact: Fact, value: object) -> Markdown:
    """Write a value within a model; one that has commas in it, in brackets."""
    text = cell(how, fact, value)
    several = isinstance(value, Model | dict) or (isinstance(value, tuple) and len(value) > 1)
    return Markdown(f"({text})") if several and not models_listed(value) else text
