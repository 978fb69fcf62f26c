"""Another id for an element, everywhere: as changes of the texts of its specs, or the reason why it cannot be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from archspec.errors import UsageError
from archspec.language_server.mentions import Mention
from archspec.language_server.navigating import Found, mentions_in, same
from archspec.language_server.slots import slots
from archspec.language_server.workspace import Buffers, Spec, text_at
from archspec.mistakes import kebab, short
from archspec.model.element import INTERNET

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STEP = re.compile(r"(?!(?:in|true|false|null)$)[a-z][a-z0-9]*")
"""What an expression can write behind a dot: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax"""


class Splice(NamedTuple):
    """From where to where a text changes, and to what."""

    start: int
    end: int
    new: str


def refusal(mention: Mention, specs: Sequence[Spec], buffers: Buffers) -> str:
    """Say why an id cannot be renamed; nothing where it can."""
    if mention.id == INTERNET:
        return f"'{INTERNET}' is everybody outside, and is always called so"
    if not any(one.mention.is_definition for one in same(mention, mentions_in(specs, buffers))):
        return f"no element is called '{short(mention.id)}'"
    return ""


def rename(mention: Mention, new: str, specs: Sequence[Spec], buffers: Buffers) -> Mapping[str, list[Splice]]:
    """Return the changes by the real paths of the files. Raises `UsageError` where the id cannot be renamed so."""
    found = list(mentions_in(specs, buffers))
    _refuse(mention, new, found, specs, buffers)
    changes: dict[str, list[Splice]] = {}
    for path, one in same(mention, iter(found)):
        text = text_at(path, buffers) or ""
        changes.setdefault(path, []).extend(_spliced(one, new, text))
    return {path: sorted(set(splices)) for path, splices in changes.items()}


def _refuse(mention: Mention, new: str, found: Sequence[Found], specs: Sequence[Spec], buffers: Buffers) -> None:
    reason = refusal(mention, specs, buffers)
    if reason:
        raise UsageError(reason)
    if not _ID.fullmatch(new):
        raise UsageError(f"'{short(new)}' is no id: {kebab(new)}")
    if new == INTERNET:
        raise UsageError(f"the id '{INTERNET}' is taken: it means everybody outside")
    if new in set(environments(specs, buffers)):
        raise UsageError(f"'{new}' is the name of an environment")
    if new != mention.id and any(one.mention.id == new and one.mention.is_definition for one in found):
        raise UsageError(f"the id '{new}' is already used")


def environments(specs: Sequence[Spec], buffers: Buffers) -> Iterator[str]:
    """Yield the names of the environments of specs."""
    for path in dict.fromkeys(part for spec in specs for part in spec.parts):
        for slot in slots(text_at(path, buffers) or ""):
            if slot.is_key and len(slot.path) == 2 and slot.path[0] == "environments":
                yield slot.span.text


def _spliced(mention: Mention, new: str, text: str) -> Iterator[Splice]:
    """Yield what changes where an id is written: in an expression, a table's step may have to become an index."""
    if mention.form != "step" or _STEP.fullmatch(new):
        dot = "." if mention.form == "step" else ""
        yield Splice(mention.start, mention.end, f"{dot}{new}")
        return
    style = mention.scalar.style
    quote = '"' if style == "'" else "'"
    yield Splice(mention.start, mention.end, f"[{quote}{new}{quote}]")
    if not style:  # without quotes, a bracket may end a value in brackets
        written = text[mention.scalar.start : mention.scalar.end]
        if '"' in written or "\\" in written:
            raise UsageError(f"an expression names it as '{written[:40]}'; put that in quotes, or choose a single word")
        yield Splice(mention.scalar.start, mention.scalar.start, '"')
        yield Splice(mention.scalar.end, mention.scalar.end, '"')
