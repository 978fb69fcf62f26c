"""What stands under the cursor, in words: a key, an element, a rule. What a spec says is escaped."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from archspec.documents.markup import Markdown, code, escape, message
from archspec.errors import SpecError
from archspec.findings import Finding
from archspec.language_server.expected import Expected, fields
from archspec.language_server.keys import describe
from archspec.language_server.linting import Linted
from archspec.language_server.mentions import Mention
from archspec.language_server.slots import Slot
from archspec.model.element import Element, either, spell_kind
from archspec.model.flow import Flow
from archspec.model.ports import spell_ports
from archspec.model.quantity import Quantity

_MOST = 12
"""Lines of each kind in a hover: what is more is said in the document."""

_NOT_SHOWN = frozenset({"id", "title", "derived"})


def of_key(slot: Slot) -> str:
    """Return what a key means: its shape, its default, and what its part of a spec says about it."""
    key = slot.span.text
    return next((describe(model, key) for model in slot.expected.models if key in fields(model)), "")


def of_value(expected: Expected) -> str:
    """Return what may stand where a value is."""
    return str(message(expected.said[:1].upper() + expected.said[1:])) if expected.said != "text" else ""


def of_element(mention: Mention, linted: Sequence[Linted]) -> str:
    """Return the facts of the element that an id means, from the specs that were last loaded."""
    for one in linted:
        elements = one.system.architecture.elements if one.system else {}
        names = [f"{mention.environment}/{mention.id}", mention.id]
        names += [f"{name}/{mention.id}" for name in one.system.architecture.environments] if one.system else []
        found = [elements[name] for name in names if name in elements]
        if found:
            facts = _facts(found[0], one, [other.environment for other in found])
            return "\n\n".join(fact for fact in facts if fact)
    return ""


def of_mention(mention: Mention) -> str:
    """Return what an id is given to, where nothing more is known because the spec has never been loaded."""
    return f"**{escape(mention.id)}** {escape(either(map(spell_kind, mention.kinds)))}"


def _facts(element: Element, linted: Linted, environments: Iterable[str]) -> Iterator[str]:
    title = f" {escape(element.title)}" if element.title else ""
    yield f"**{escape(element.id)}** {escape(spell_kind(element.kind))}{title}"
    others = [name for name in dict.fromkeys(environments) if name]
    if len(others) > 1 or (others and not element.environment):
        yield f"In the environments {', '.join(map(escape, others))}."
    if element.derived:
        yield f"Derived: {escape(element.derived)}"
    yield _list(_stated(element))
    yield _list(_flows(element, linted))
    yield _list(_findings(element, linted.findings))


def _list(lines: Iterable[Markdown]) -> str:
    found = list(lines)
    more = [Markdown(f"… and {len(found) - _MOST} more")] if len(found) > _MOST else []
    return "\n".join(f"- {line}" for line in [*found[:_MOST], *more])


def _stated(element: Element) -> Iterator[Markdown]:
    for name, field in type(element).model_fields.items():
        value = getattr(element, name)
        if name in element.model_fields_set and name not in _NOT_SHOWN and value not in (None, "", (), {}):
            yield Markdown(f"{field.alias or name}: {_spell(value)}")


def _spell(value: object) -> Markdown:
    match value:
        case bool():
            return code(str(value).lower())
        case tuple() if value and all(isinstance(item, str) for item in value):
            return code(", ".join(value))
        case tuple() | dict():
            return Markdown(f"{len(value)} stated")
        case str() | int() | datetime.date() | Quantity() | IPv4Network() | IPv6Network():
            return code(value)
        case _:
            return Markdown("stated")


def _flows(element: Element, linted: Linted) -> Iterator[Markdown]:
    flows: tuple[Flow, ...] = linted.system.architecture.flows if linted.system else ()
    for flow in flows:
        if element.id in (flow.source, flow.target):
            label = f"{spell_ports(flow.port)} {flow.protocol}".strip()
            yield Markdown(f"{escape(flow.source)} → {escape(flow.target)}: {escape(label)}")


def _findings(element: Element, findings: Iterable[Finding]) -> Iterator[Markdown]:
    for one in findings:
        if one.subject == element.id and one.is_open:
            yield Markdown(f"{one.severity.name.lower()} {one.rule}: {message(one.message)}")


def of_rule(id_: str, packs: Sequence[Path]) -> str:
    """Return the page of a rule, or of what is found beside the rules; nothing where there is none of that id."""
    from archspec.reference.beside_rules import DRIFT, every_page
    from archspec.reference.rule_page import render

    try:
        pages = {**every_page(packs), **DRIFT}
    except SpecError:
        pages = {**every_page(), **DRIFT}
    return render(pages[id_]) if id_ in pages else ""
