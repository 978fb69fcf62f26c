"""The answers that change texts: another id, what mends a diagnostic, the canonical form."""

from collections.abc import Iterator, Mapping, Sequence

from lsprotocol import types as lsp

from archspec.errors import SpecError, UsageError
from archspec.language_server import renaming
from archspec.language_server.answers import at, knowing
from archspec.language_server.linting import Linted, terms
from archspec.language_server.navigating import mention_at
from archspec.language_server.offering import difference, offers
from archspec.language_server.renaming import Splice
from archspec.language_server.state import State, path_of


def prepare_rename(state: State, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
    """Return the id that can be renamed at a position. Raises `UsageError` where it cannot."""
    path, text, offset = at(state, params)
    mention, specs = mention_at(text, offset), state.specs(path)
    if not mention or not specs:
        return None
    reason = renaming.refusal(mention, specs, state.buffers)
    if reason:
        raise UsageError(reason)
    dot = 1 if mention.form == "step" else 0
    return lsp.PrepareRenamePlaceholder(state.lines(path).range(mention.start + dot, mention.end), mention.id)


def rename(state: State, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Return the changes that give an element another id. Raises `UsageError` where it cannot have that."""
    path, text, offset = at(state, params)
    mention = mention_at(text, offset)
    specs = knowing(state, mention, path) if mention else []
    if not mention or not specs:
        return None
    return _edit(state, renaming.rename(mention, params.new_name.strip(), specs, state.buffers))


def actions(state: State, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return what can be done about the diagnostics in a range. Reads the state only, and may take a while."""
    path = path_of(params.text_document.uri)
    only = params.context.only
    if only and not any(lsp.CodeActionKind.QuickFix.value.startswith(str(kind)) for kind in only):
        return []
    latest = [
        found for spec in state.specs(path) if (found := state.latest.get(spec.path)) and _is_as_open(state, found)
    ]
    touched = [one for one in state.diagnostics(path) if _touch(one.range, params.range)]
    return [action for one in touched for found in latest for action in _of(one, found, state)]


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_as_open(state: State, linted: Linted) -> bool:
    """Whether nothing was written since a spec was looked at: its places would be others."""
    return all(state.text(linted.files[name]) == text for name, text in linted.texts.items())


def _of(diagnostic: lsp.Diagnostic, linted: Linted, state: State) -> Iterator[lsp.CodeAction]:
    try:
        asked = terms(linted.spec.project, state.today())
    except UsageError:
        return
    for offer in offers(diagnostic.data or {}, linted, asked):
        changes = {linted.files[name]: splices for name, splices in offer.changes.items()}
        if any(len(state.sharing([path])) > 1 for path in changes):
            continue  # what is right for one of several specs may be wrong for another
        yield lsp.CodeAction(
            title=offer.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            is_preferred=offer.is_preferred or None,
            edit=_edit(state, changes),
        )


def canonical(state: State, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
    """Return what makes a file's text canonical; nothing for what is no part of a spec, or cannot be read."""
    from archspec.formatting import formatted

    path = path_of(params.text_document.uri)
    if not state.specs(path):
        return None
    text = state.text(path)
    try:
        wanted = formatted(text, path)
    except SpecError:
        return None
    return _edits(state, path, [difference(text, wanted)]) if wanted != text else []


def _edit(state: State, changes: Mapping[str, Sequence[Splice]]) -> lsp.WorkspaceEdit:
    workspace = state.capabilities.workspace
    shown = workspace.workspace_edit if workspace else None
    if not (shown and shown.document_changes):
        return lsp.WorkspaceEdit({state.uri(path): _edits(state, path, found) for path, found in changes.items()})
    versioned = [
        lsp.TextDocumentEdit(
            lsp.OptionalVersionedTextDocumentIdentifier(
                state.uri(path), state.buffers[path].version if path in state.buffers else None
            ),
            _edits(state, path, found),
        )
        for path, found in changes.items()
    ]
    return lsp.WorkspaceEdit(document_changes=versioned)


def _edits(state: State, path: str, splices: Sequence[Splice]) -> list[lsp.TextEdit]:
    lines = state.lines(path)
    return [lsp.TextEdit(lines.range(one.start, one.end), one.new) for one in splices]
