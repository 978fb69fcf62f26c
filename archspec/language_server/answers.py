"""The answers to what a client asks about a file and a position in it. What means nothing gets no answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp

from archspec import project
from archspec.errors import UsageError
from archspec.language_server import completing, hovering, navigating, outlining, renaming
from archspec.language_server.cursor import cursor_at
from archspec.language_server.mentions import Mention
from archspec.language_server.navigating import Found, mention_at, mentions_in, slot_at
from archspec.language_server.slots import Slot
from archspec.language_server.state import State, path_of
from archspec.language_server.workspace import Spec


class Placed(Protocol):
    """Whatever is asked about a position in a file."""

    text_document: lsp.TextDocumentIdentifier
    position: lsp.Position


_START = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))


def complete(state: State, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """Return what may be written at a position."""
    path, text, offset = at(state, params)
    specs = state.specs(path)
    cursor = cursor_at(text, offset) if specs or _may_begin(text) else None
    if cursor is None:
        return None
    found = completing.proposals(cursor, _known(state, specs))
    where = state.lines(path).range(cursor.start, cursor.end)
    snippets = _takes_snippets(state.capabilities)
    items = [completing.item(one, i, where, snippets=snippets) for i, one in enumerate(found)]
    return lsp.CompletionList(is_incomplete=False, items=items)


def _may_begin(text: str) -> bool:
    """Whether somebody may be about to write the first key of a spec."""
    return "archspec:".startswith(text.strip())


def _takes_snippets(capabilities: lsp.ClientCapabilities) -> bool:
    completion = capabilities.text_document and capabilities.text_document.completion
    items = completion.completion_item if completion else None
    return bool(items and items.snippet_support)


def _known(state: State, specs: Sequence[Spec]) -> completing.Known:
    from archspec.rulepacks import built_in

    definitions = [one.mention for one in mentions_in(specs, state.buffers) if one.mention.is_definition]
    environments = list(dict.fromkeys(renaming.environments(specs, state.buffers)))
    return completing.Known(definitions, environments, [(id_, rule.NAME) for id_, rule in built_in().items()])


def hover(state: State, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return what stands at a position, in words."""
    path, text, offset = at(state, params)
    specs = state.specs(path)
    slot, mention = slot_at(text, offset), mention_at(text, offset)
    if not specs or not slot:
        return None
    words, span = "", (slot.span.start, slot.span.end)
    if mention:
        loaded = [state.loaded[spec.path] for spec in specs if spec.path in state.loaded]
        words, span = hovering.of_element(mention, loaded), (mention.start, mention.end)
        given = [] if words else navigating.definitions(mention, mentions_in(specs, state.buffers))
        words = words or "".join(hovering.of_mention(one.mention) for one in given[:1])
    elif slot.is_key:
        words = hovering.of_key(slot)
    else:
        rule = navigating.rule_of(slot)
        words = hovering.of_rule(rule, _packs(specs[0])) if rule else hovering.of_value(slot.expected)
    contents = lsp.MarkupContent(lsp.MarkupKind.Markdown, words)
    return lsp.Hover(contents, state.lines(path).range(*span)) if words else None


def _packs(spec: Spec) -> list[Path]:
    try:
        return project.packs(spec.project)
    except UsageError:
        return []


def definition(state: State, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """Return where the id at a position is given; of an included name the file, of a rule its page in the project."""
    path, text, offset = at(state, params)
    specs = state.specs(path)
    mention, slot = mention_at(text, offset), slot_at(text, offset)
    if mention:
        return [_location(state, one) for one in navigating.definitions(mention, mentions_in(specs, state.buffers))]
    if not slot:
        return []
    files = [file for spec in specs for file in (navigating.file_of(slot, spec), _page(slot, spec)) if file]
    return [lsp.Location(state.uri(file), _START) for file in dict.fromkeys(files)]


def _page(slot: Slot, spec: Spec) -> str:
    rule, settings = navigating.rule_of(slot), spec.project
    if not (rule.isalnum() and len(rule) < 10) or not settings.reference:
        return ""
    page = settings.root.absolute() / settings.reference / "rules" / f"{rule}.md"
    return str(page) if page.is_file() else ""


def references(state: State, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """Return every use of the id at a position, and where it is given if that is wanted as well."""
    path, text, offset = at(state, params)
    mention = mention_at(text, offset)
    if not mention:
        return []
    found = navigating.same(mention, mentions_in(knowing(state, mention, path), state.buffers))
    wanted = params.context.include_declaration
    return [_location(state, one) for one in found if wanted or not one.mention.is_definition]


def knowing(state: State, mention: Mention, path: str) -> list[Spec]:
    """Return the specs that know the element of an id in a file: where that is given in a part, all that include it."""
    specs = state.specs(path)
    found = navigating.same(mention, mentions_in(specs, state.buffers))
    return state.sharing(dict.fromkeys(one.path for one in found if one.mention.is_definition)) or specs


def _location(state: State, found: Found) -> lsp.Location:
    dot = 1 if found.mention.form == "step" else 0
    where = state.lines(found.path).range(found.mention.start + dot, found.mention.end)
    return lsp.Location(state.uri(found.path), where)


def symbols(
    state: State, params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol] | list[lsp.SymbolInformation] | None:
    """Return the outline of a file, as a tree where the client shows one."""
    path = path_of(params.text_document.uri)
    if not state.specs(path):
        return None
    found = outlining.outline(state.text(path), state.lines(path))
    document = state.capabilities.text_document
    shown = document.document_symbol if document else None
    if shown and shown.hierarchical_document_symbol_support:
        return found
    return list(outlining.flat(found, params.text_document.uri))


def at(state: State, params: Placed) -> tuple[str, str, int]:
    """Return the file that is asked about, its text, and the offset in that."""
    path = path_of(params.text_document.uri)
    return path, state.text(path), state.lines(path).offset(params.position)
