"""The outline of a text: its sections, what is in them, and the elements."""

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from archspec.language_server.expected import NOTHING, WHOLE, Expected
from archspec.language_server.lines import Lines
from archspec.language_server.slots import under
from archspec.model.element import Element
from archspec.source.lines import line_end
from archspec.source.mending import mended
from archspec.source.removing import content_end
from archspec.source.spans import Child, Span


def outline(text: str, lines: Lines) -> list[lsp.DocumentSymbol]:
    """Return the symbols of a text, each with those in it."""
    top = mended(text)
    return list(_symbols(top.children, WHOLE, text, lines)) if top else []


def _symbols(children: Sequence[Child], expected: Expected, text: str, lines: Lines) -> Iterator[lsp.DocumentSymbol]:
    for child in children:
        inner = under(expected, child.key.text) if child.key else expected.items or NOTHING
        name = child.key.text if child.key else _label(child.value)
        if not name or not (inner.models or inner.by_id or (inner.items and inner.items.models)):
            continue
        is_element = any(issubclass(model, Element) for model in inner.models)
        is_leaf = is_element or child.key is None
        end = content_end(text, child.start, child.end)
        named = child.key.end if child.key else min(end, line_end(text, child.start))
        yield lsp.DocumentSymbol(
            name=name,
            kind=_kind(inner, is_element=is_element, is_item=child.key is None),
            range=lines.range(child.start, end),
            selection_range=lines.range(child.start, named),
            children=[] if is_leaf else list(_symbols(child.value.children, inner, text, lines)),
        )


def _kind(expected: Expected, *, is_element: bool, is_item: bool) -> lsp.SymbolKind:
    if is_element or is_item:
        return lsp.SymbolKind.Class if is_element else lsp.SymbolKind.Event
    return lsp.SymbolKind.Array if expected.items else lsp.SymbolKind.Namespace


def _label(value: Span) -> str:
    """Return what an item of a list is called: its text, its first key where that is an arrow, or its first text."""
    if value.form == "scalar":
        return value.text
    for child in value.children:
        if child.key and "->" in child.key.text:
            return f"{child.key.text}: {child.value.text}".rstrip(": ")
        if child.value.form == "scalar" and child.value.text:
            return child.value.text
    return ""


def flat(symbols: Sequence[lsp.DocumentSymbol], uri: str, holder: str = "") -> Iterator[lsp.SymbolInformation]:
    """Yield the same for clients that show no tree."""
    for one in symbols:
        place = lsp.Location(uri, one.range)
        yield lsp.SymbolInformation(place, one.name, one.kind, container_name=holder or None)
        yield from flat(one.children or [], uri, one.name)
