"""A text and an offset in it → what the model expects there, also on a line that is only half written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.language_server.mentions import ends, is_short
from archspec.language_server.slots import Slot, slots_of
from archspec.source.lines import line_end, line_start
from archspec.source.mending import mended

_STAND_IN = "xx-cursor-xx"
"""What is put where the cursor is, so that the text can be parsed; no one writes it."""

_BEFORE = re.compile(r"(?:\w[\w./-]*)?$")
_AFTER = re.compile(r"[\w./-]*")
_OPENING = re.compile(r"\s*(?:- +)*$")
_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"\\\n]|\\.)*"|'[^'\n]*') | (?P<comment>(?:(?<=\s)|^)\#[^\n]*) | (?P<bracket>[\[\]{}])""",
    re.VERBOSE | re.MULTILINE,
)
_SECTION = re.compile(r"^[^\s#]", re.MULTILINE)
_CLOSING = {"[": "]", "{": "}"}
_TRIES = 6
"""Lines that may be left out elsewhere in a text that is broken in other places as well."""


class Cursor(NamedTuple):
    """Where the cursor is: the slot there, and the word that it is in or behind, by its offsets.

    `present` are the keys or items beside it. `is_first` says that it is the first end of a flow or a step in the
    making, `is_end` that it is any of the two. `rest` is what stands behind it on its line.
    """

    slot: Slot
    start: int
    end: int
    present: frozenset[str]
    is_first: bool
    is_end: bool
    rest: str

    @property
    def is_flow(self) -> bool:
        """Whether it is in brackets."""
        return self.slot.holder.flow


def cursor_at(text: str, offset: int) -> Cursor | None:
    """Return where the cursor is at an offset; nothing where the model has nothing to say, as in a comment."""
    before = _BEFORE.search(text, line_start(text, offset), offset)
    start = before.start() if before else offset
    after = _AFTER.match(text, offset)
    end = after.end() if after else offset
    for known, most in ((text, 0), (text, _TRIES), (_alone(text, start, end), _TRIES)):
        for written in _guesses(known, start, end):
            top = mended(written, start, most)
            found = next((slot for slot in slots_of(top) if _STAND_IN in slot.span.text), None) if top else None
            if found:
                return _cursor(found, text, start, end)
    return None


def _cursor(slot: Slot, text: str, start: int, end: int) -> Cursor | None:
    written = slot.span.text
    is_end = is_short(slot) and any(side == _STAND_IN for _, side in ends(written))
    if written != _STAND_IN and not is_end:
        return None
    children = slot.holder.children
    beside = {child.key.text if child.key else child.value.text for child in children}
    is_alone = written == _STAND_IN
    rest = text[end : line_end(text, end)].strip()
    return Cursor(slot, start, end, frozenset(beside) - {_STAND_IN, ""}, is_end and is_alone, is_end, rest)


def _guesses(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the text with something in place of the word, in the ways in which the line may be meant to go on."""
    stop = line_end(text, end)
    head, tail, rest = text[:start], text[end:stop], text[stop:]
    opened = _opened(head)
    alone = _OPENING.fullmatch(head, line_start(text, start)) is not None and not tail.strip()
    for form in (f"{_STAND_IN}:", _STAND_IN) if alone and not opened else (_STAND_IN, f"{_STAND_IN}: "):
        yield f"{head}{form}{tail}{rest}"
        yield f"{head}{form}{opened}{rest}"
        if tail.strip() and opened:
            yield f"{head}{form}{tail}{opened}{rest}"
        if opened:
            yield f"{head}{form}{opened}"


def _alone(text: str, start: int, end: int) -> str:
    """Return the text with nothing but spaces outside of the section that the cursor is in, and nothing behind it."""
    block = _block(text[:start])
    return re.sub(r"[^\r\n]", " ", text[:block]) + text[block : line_end(text, end)]


def _opened(head: str) -> str:
    """Return what closes the brackets that are open at the end of a text, as far as its last lines tell."""
    start = _block(head)
    waiting: list[str] = []
    for found in _TOKEN.finditer(head, start):
        bracket = found["bracket"]
        if bracket in _CLOSING:
            waiting.append(_CLOSING[bracket])
        elif bracket and waiting and waiting[-1] == bracket:
            waiting.pop()
    return "".join(reversed(waiting))


def _block(head: str) -> int:
    """Return where the section begins that the end of a text is in: the last line that starts with neither a space
    nor a comment.
    """
    return max((found.start() for found in _SECTION.finditer(head)), default=0)
