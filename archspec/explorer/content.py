"""Everything that the page tells, as plain data: the system, its elements, flows, permits, findings and views."""

from collections.abc import Mapping, Sequence
from typing import Any

from archspec.documents.headings import heading
from archspec.documents.stating import referrers
from archspec.explorer.arrows import members
from archspec.explorer.facts import facts, where
from archspec.explorer.found import finding_data, in_order
from archspec.explorer.pictures import CHAPTERS, described, icons
from archspec.explorer.sheet import Sheet
from archspec.explorer.ways import flows, permits
from archspec.layout.text import printable
from archspec.model.element import INTERNET, Element
from archspec.views.view import View


def content(sheet: Sheet, views: Sequence[View]) -> dict[str, Any]:
    """Return the data of the page. Texts are on one line, and free of what hides or turns what is read."""
    found = in_order(sheet.checked.findings)
    told = {
        "system": _system(sheet),
        "environments": _environments(sheet),
        "kinds": _kinds(sheet),
        "elements": _elements(sheet),
        "flows": flows(sheet),
        "permits": permits(sheet),
        "findings": [finding_data(sheet, one) for one in found],
        "chapters": CHAPTERS,
        "views": described(sheet.graph, views, found),
        "icons": icons(views),
    }
    return {key: _cleaned(value) for key, value in told.items()}


def _cleaned(value: Any) -> Any:  # noqa: ANN401  plain data of any shape
    """Return data with every text in it on one line and without what turns the direction of reading."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {printable(key): _cleaned(one) for key, one in value.items()}
        case list():
            return [_cleaned(one) for one in value]
        case _:
            return value


def _system(sheet: Sheet) -> dict[str, str]:
    whole = sheet.graph.architecture
    return {
        "name": whole.name,
        "title": whole.label,
        "subtitle": whole.subtitle,
        "stage": whole.stage,
        "region": whole.region,
        "origin": sheet.place(()).rpartition(":")[0],
        "rules": sheet.links.rules,
    }


def _environments(sheet: Sheet) -> list[dict[str, str]]:
    whole = sheet.graph.architecture
    used = {element.environment for element in whole.elements.values()}
    known = {id_: one for id_, one in whole.environments.items() if id_ in used}
    return [{"id": id_, "title": one.title or id_, "stage": one.stage or ""} for id_, one in known.items()]


def _kinds(sheet: Sheet) -> dict[str, str]:
    elements = sheet.graph.architecture.elements.values()
    return {kind: heading(kind) for kind in sorted({element.kind for element in elements})}


def _elements(sheet: Sheet) -> dict[str, Any]:
    whole = sheet.graph.architecture
    users = referrers(whole)
    return {element.id: _element(sheet, element, users) for element in whole.elements.values()}


def _element(sheet: Sheet, element: Element, users: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "title": element.label,
        "kind": element.kind,
        "environment": element.environment,
        "status": element.status,
        "tags": list(element.tags),
        "derived": element.derived,
        "place": "" if element.id == INTERNET or element.derived else sheet.place(element.path),
        "facts": facts(sheet.graph.architecture.elements, element),
        "where": where(sheet.graph, element),
        "members": members(sheet.graph, element.id)[1:],
        "users": list(users.get(element.id, ())),
    }
