"""A text → every id in it: where it is given to an element, and where it is referred to.

What only equals an id is none: the model says which keys hold ids. Beside them there are the short forms of flows and
steps, the subjects of waivers, and the expressions of claims, where a text in quotes or a step of a table is one.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from archspec.errors import KeyPath
from archspec.graph.facts import TABLES
from archspec.language_server.expected import WHOLE, Expected, fields, of_field
from archspec.language_server.slots import ARROW, Slot, content, slots
from archspec.model.architecture import element_kinds
from archspec.model.claim import Claim, Waiver
from archspec.model.element import Element, Model, is_block
from archspec.model.flow import Flow
from archspec.model.journey import Step
from archspec.source.spans import Span

Form = Literal["id", "text", "step"]
"""How an id is written: by itself; in an expression as a text in quotes; there as a step of a table, with its dot."""

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FULL = re.compile(rf"(?:{_ID}/)?{_ID}")
_QUOTED = re.compile(r"""(\\?['"])(.*?)\1""")
_FAR = 200
"""Characters before a text in quotes in which it is looked for what it is compared with."""


class Mention(NamedTuple):
    """An id in a text, from `start` to `end`, without the environment's name before it.

    `kinds` are those that the place allows, or that of the element whose id it is; none means any. `scalar` is the
    value or key that holds it.
    """

    id: str
    start: int
    end: int
    kinds: tuple[str, ...]
    is_definition: bool
    environment: str
    path: KeyPath
    scalar: Span
    form: Form = "id"


@lru_cache(maxsize=32)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return every id in a text, in order."""
    found = [mention for slot in slots(text) if slot.span.text for mention in _in(slot, text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _in(slot: Slot, text: str) -> Iterator[Mention]:
    written = slot.span.text
    expected = slot.expected
    if slot.is_key and expected.by_id:
        kinds = tuple(model.kind for model in expected.by_id.models if issubclass(model, Element))
        if kinds:
            yield from _mention(slot, text, (0, written), kinds)
    elif expected.kinds is not None and not slot.is_key:
        if not is_block(written):
            yield from _mention(slot, text, (0, written), expected.kinds)
    elif is_short(slot):
        yield from _short(slot, text)
    elif slot.path[0] == Waiver.home and slot.path[2:] == ("subject",) and not slot.is_key:
        yield from _subject(slot, text)
    elif slot.path[0] == Claim.home and slot.path[2:] == ("assert",) and not slot.is_key:
        yield from _expression(slot, text)


def is_short(slot: Slot) -> bool:
    """Whether a key or value is a flow or a step, or a part of one, in its short form."""
    models = slot.expected.models
    if not models or (slot.is_key and any(slot.span.text in fields(model) for model in models)):
        return False
    return slot.span.form == "scalar" and any(issubclass(model, (Flow, Step)) for model in models)


def ends(written: str) -> list[tuple[int, str]]:
    """Return what stands on both sides of an arrow, each with its offset; a text without one is one side."""
    arrow = written.find(ARROW)
    if arrow < 0:
        return [(0, written.strip())]
    after = written[arrow + len(ARROW) :].split(":", maxsplit=1)[0]
    sides = [(0, written[:arrow]), (arrow + len(ARROW), after)]
    return [(at + len(side) - len(side.lstrip()), side.strip()) for at, side in sides]


def _short(slot: Slot, text: str) -> Iterator[Mention]:
    if ARROW not in slot.span.text and not (slot.is_key and Step in slot.expected.models):
        return
    for side in ends(slot.span.text):
        yield from _mention(slot, text, side, ())


def _subject(slot: Slot, text: str) -> Iterator[Mention]:
    sides = ends(slot.span.text)
    for at, side in sides:
        yield from _mention(slot, text, (at, side.split(" ")[0] if len(sides) > 1 else side), ())


def _mention(slot: Slot, text: str, found: tuple[int, str], kinds: tuple[str, ...]) -> Iterator[Mention]:
    at, written = found
    start = content(text, slot.span)
    if start is None or not _FULL.fullmatch(written):
        return
    environment, _, own = written.rpartition("/")
    end = start + at + len(written)
    is_definition = slot.is_key and bool(slot.expected.by_id)
    where = environment or slot.environment
    yield Mention(own, end - len(own), end, kinds, is_definition, where, slot.path, slot.span)


def _expression(slot: Slot, text: str) -> Iterator[Mention]:
    """Yield the ids in an expression, read where it is written: what may fold a line in it stands between words."""
    begin, stop = slot.span.start, slot.span.end
    if slot.span.style in ("'", '"'):
        begin, stop = begin + 1, stop - 1
    for found in _pattern().finditer(text, begin, stop):
        if found["step"]:
            kinds = (_kind_of(found["table"]),)
            start, end = found.span("step")
            yield Mention(found["step"][1:], start, end, kinds, False, "", slot.path, slot.span, "step")  # noqa: FBT003
        elif found["sure"] or found["listed"] or _means_an_id(text, *found.span("text")):
            environment, _, own = found["text"].rpartition("/")
            end = found.end("text")
            yield Mention(own, end - len(own), end, (), False, environment, slot.path, slot.span, "text")  # noqa: FBT003


def _means_an_id(text: str, start: int, end: int) -> bool:
    """Whether a text in quotes may be an id: it is no word of the model, or stands beside one that is none.

    What is compared with a key that never holds an id, such as a note, is none.
    """
    before, after = _compared()
    if before.search(text, max(start - _FAR, 0), start) or after.match(text, end):
        return False
    if text[start:end] not in words():
        return True
    opened = max(text.rfind(bracket, 0, start) for bracket in "[(")
    closed = min((at for bracket in "])" if (at := text.find(bracket, end)) >= 0), default=end)
    return any(one not in words() for _, one in _QUOTED.findall(text[opened + 1 : closed]))


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds ids in an expression: behind a table and a dot, or in quotes.

    They are `sure` to be ids where they are compared with a key that holds one, or stand in brackets behind a table;
    and where they are looked for in a key that holds several.
    """
    table = rf"(?<![.\w])(?:{'|'.join(TABLES)})"
    keys = "|".join(sorted(_id_keys()))
    key = rf"\.(?:{keys})\s*[=!]=\s*"
    return re.compile(
        rf"""(?P<table>{table})(?P<step>\.[a-z0-9]+)\b(?!\s*\()
        |(?P<sure>{key}|{table}\[)?(?P<quote>\\?['"])(?P<text>(?:{_ID}/)?{_ID})(?P=quote)
        (?P<listed>\s+in\s+\w+\.(?:{keys})\b)?""",
        re.VERBOSE,
    )


@cache
def _compared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a text that is compared with a key that never holds an id, and what behind it."""
    found = [key for key, expected in _everything() if expected.kinds is not None or expected.models or expected.by_id]
    keys = "|".join(sorted({key for key, _ in _everything()} - {"id", *found}))
    before = rf"""\.(?:{keys})\b(?:\.\w+|\[[^][]*\])*\s*(?:[=!]=\s*|[([]\s*|in\s*\[[^][]*)\\?['"]$"""
    return re.compile(before), re.compile(rf"""\\?['"]\s*(?:[=!]=|in\b)\s*\w+(?:\.\w+)*?\.(?:{keys})\b""")


@cache
def words() -> frozenset[str]:
    """Return every word that a spec may choose from somewhere: in an expression it is that word, and no id."""
    return frozenset(word for _, expected in _everything() for word in expected.words)


@cache
def _id_keys() -> frozenset[str]:
    """Return the keys under which ids stand wherever they are, and never a word to choose."""
    others = {key for key, expected in _everything() if expected.words}
    return frozenset({"id", *(key for key, expected in _everything() if expected.kinds is not None)} - others)


@cache
def _everything() -> tuple[tuple[str, Expected], ...]:
    """Return every key that a spec may hold, and what may stand under it."""
    found: list[tuple[str, Expected]] = []
    waiting: list[type[Model]] = [*WHOLE.models]
    for model in waiting:  # grows while it is walked
        for key in fields(model):
            ways = list(_ways(of_field(model, key)))
            found += [(key, one) for one in ways]
            waiting += [inner for one in ways for inner in one.models if inner not in waiting]
    return tuple(found)


def _ways(expected: Expected) -> Iterator[Expected]:
    yield expected
    for inner in (expected.by_id, expected.items):
        if inner:
            yield from _ways(inner)


@cache
def _kind_of(table: str) -> str:
    return next(kind.kind for (_, key), kind in element_kinds().items() if key == table)
