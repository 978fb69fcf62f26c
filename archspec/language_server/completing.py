"""What may be written where the cursor is: keys, ids, words, and the ids of rules."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lsprotocol import types as lsp

from archspec.language_server.cursor import Cursor
from archspec.language_server.expected import Expected, fields, of_field
from archspec.language_server.keys import describe
from archspec.language_server.mentions import Mention
from archspec.model.architecture import AREAS, Architecture
from archspec.model.claim import Waiver
from archspec.model.element import INTERNET, Element, Model, spell_kind

_IN_ENVIRONMENTS = (*AREAS, "flows", "shared", "environments")
"""The sections in which an id means the element of the environment by itself."""


class Known(NamedTuple):
    """What a spec holds: its elements' ids where they are given, its environments, and the rules that there are."""

    definitions: Sequence[Mention]
    environments: Sequence[str]
    rules: Sequence[tuple[str, str]] = ()


class Proposal(NamedTuple):
    """Something that may be written: as what it is shown, what it is, what is written, and where it is sorted.

    A `$0` in what is written is where the cursor goes, for clients that understand that.
    """

    label: str
    kind: lsp.CompletionItemKind
    detail: str
    text: str
    rank: int = 1
    documentation: str = ""


def proposals(cursor: Cursor, known: Known) -> list[Proposal]:
    """Return what may be written at the cursor, in order."""
    slot, expected = cursor.slot, cursor.slot.expected
    found: list[Proposal] = []
    if _is_waiver(cursor, "rule"):
        found += [Proposal(id_, lsp.CompletionItemKind.Value, name, id_) for id_, name in known.rules]
    elif _is_waiver(cursor, "subject") or (cursor.is_end and not cursor.is_first):
        found += _ids((), cursor, known)
    else:
        found += _ends(cursor, known) if cursor.is_first and not cursor.present else ()
        found += [one for model in expected.models for one in _keys(model, cursor)]
        found += _overlaid(expected, cursor, known)
        found += _values(expected, cursor, known)
        if expected.items and not slot.is_key:
            found += [one._replace(text=f"[{one.text}]") for one in _values(expected.items, cursor, known)]
    unique = {one.label: one for one in reversed(found)}
    return sorted(unique.values(), key=lambda one: (one.rank, one.label))


def _is_waiver(cursor: Cursor, key: str) -> bool:
    path = cursor.slot.path
    return path[0] == Waiver.home and path[2:] == (key,) and not cursor.slot.is_key


def _values(expected: Expected, cursor: Cursor, known: Known) -> Iterator[Proposal]:
    for rank, word in enumerate(expected.words):
        if word not in cursor.present:
            yield Proposal(word, lsp.CompletionItemKind.EnumMember, "", word, rank)
    if expected.kinds is not None:
        yield from _ids(expected.kinds, cursor, known)


def _ends(cursor: Cursor, known: Known) -> Iterator[Proposal]:
    arrow = "" if cursor.slot.path[0] == "journeys" else " -> $0"
    return (
        one._replace(text=f"{one.text}{arrow if not cursor.rest else ''}", rank=-1) for one in _ids((), cursor, known)
    )


def _ids(kinds: tuple[str, ...], cursor: Cursor, known: Known) -> Iterator[Proposal]:
    """Yield the ids of elements of the kinds, as they are called where the cursor is."""
    if not kinds or INTERNET in kinds:
        yield Proposal(INTERNET, lsp.CompletionItemKind.Reference, "everybody outside", INTERNET)
    section = str(cursor.slot.path[0])
    for one in known.definitions:
        fits = not kinds or set(one.kinds) & set(kinds)
        if not fits or (one.environment and cursor.slot.environment not in ("", one.environment)):
            continue
        for name in _names(one, known.environments if section not in _IN_ENVIRONMENTS else ()):
            if name not in cursor.present:
                yield Proposal(name, lsp.CompletionItemKind.Reference, spell_kind(one.kinds[0]), name)


def _names(one: Mention, environments: Sequence[str]) -> Iterator[str]:
    yield one.id
    if one.environment:
        yield from (f"{name}/{one.id}" for name in environments if name == one.environment)
    elif one.path[0] != "shared":
        yield from (f"{name}/{one.id}" for name in environments)


def _overlaid(expected: Expected, cursor: Cursor, known: Known) -> Iterator[Proposal]:
    """Yield the ids that an environment may say more about: those of the kind that all of them share."""
    kinds = {model.kind for model in expected.by_id.models if issubclass(model, Element)} if expected.by_id else set()
    for one in known.definitions if kinds and cursor.slot.environment else ():
        if set(one.kinds) & kinds and not one.environment and one.path[0] != "shared" and one.id not in cursor.present:
            text = f"{one.id}: {{$0}}" if not cursor.rest else one.id
            yield Proposal(one.id, lsp.CompletionItemKind.Reference, spell_kind(one.kinds[0]), text)


def _keys(model: type[Model], cursor: Cursor) -> Iterator[Proposal]:
    """Yield the keys of a part: those that it needs, then its own, then those that every element has."""
    is_part = model is Architecture and "archspec" not in cursor.present and bool(cursor.present)
    for position, (key, field) in enumerate(fields(model).items()):
        if key in cursor.present:
            continue
        expected = of_field(model, key)
        is_required = field.is_required() and not cursor.slot.environment and not is_part
        kind = lsp.CompletionItemKind.Module if expected.models or expected.by_id else lsp.CompletionItemKind.Property
        text = _with_value(key, expected, cursor)
        rank = position + (0 if is_required else 1000 if key not in Element.model_fields else 2000)
        yield Proposal(key, kind, expected.said, text, rank, describe(model, key))


def _with_value(key: str, expected: Expected, cursor: Cursor) -> str:
    """Return a key with the start of its value: on the same line, or on the next where it holds keys."""
    if cursor.rest.startswith(":"):
        return key
    holds_keys = expected.models or expected.by_id
    if cursor.is_flow:
        return f"{key}: {{$0}}" if holds_keys else f"{key}: [$0]" if expected.items else f"{key}: $0"
    if expected.items:
        return f"{key}:\n  - $0" if expected.items.models else f"{key}: [$0]"
    return f"{key}:\n  $0" if holds_keys else f"{key}: $0"


def item(proposal: Proposal, position: int, where: lsp.Range, *, snippets: bool) -> lsp.CompletionItem:
    """Return a proposal as the protocol has it, with the range that it takes the place of."""
    is_snippet = snippets and "$0" in proposal.text
    text = proposal.text if is_snippet else _plain(proposal.text)
    documentation = lsp.MarkupContent(lsp.MarkupKind.Markdown, proposal.documentation)
    return lsp.CompletionItem(
        label=proposal.label,
        kind=proposal.kind,
        detail=proposal.detail or None,
        documentation=documentation if proposal.documentation else None,
        sort_text=f"{position:05}",
        text_edit=lsp.TextEdit(where, text),
        insert_text_format=lsp.InsertTextFormat.Snippet if is_snippet else None,
        insert_text_mode=lsp.InsertTextMode.AdjustIndentation if is_snippet and "\n" in text else None,
    )


def _plain(text: str) -> str:
    """Return what a client without snippets writes: the line up to where the cursor would go, and no bracket."""
    before, marked, _ = text.partition("$0")
    return before.partition("\n")[0].rstrip("[{") if marked else text
