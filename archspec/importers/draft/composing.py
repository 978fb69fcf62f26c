"""Pieces and the flows between them → the text of a spec, with comments; one that loads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from archspec.errors import SpecError
from archspec.importers import spec
from archspec.importers.draft.flows import Found, flows
from archspec.importers.draft.heading import Heading, stage_of
from archspec.importers.draft.naming import environments
from archspec.importers.draft.piece import Left, Piece
from archspec.importers.draft.yaml import WIDTH, Data, comment, entry, item, scalar
from archspec.model.architecture import element_kinds

_SCHEMA = "# yaml-language-server: $schema=archspec.schema.json"
_FLOWS = (
    "What listeners let in, what target groups lead to and which rules of security groups name other groups. Who is "
    "really meant to talk to whom is for you to say."
)


class Composed(NamedTuple):
    """The text of a spec and the pieces in it."""

    text: str
    pieces: Sequence[Piece]


class Line(NamedTuple):
    """A line, and the id of the piece or the flow that it is of."""

    text: str
    owner: str | Found | None = None


def compose(head: Heading, pieces: Sequence[Piece]) -> tuple[Composed, list[Left]]:
    """Return the text; pieces with which it would not load are left, and the reason is what loading says."""
    left: list[Left] = []
    without: set[Found] = set()
    while True:
        lines = [*_lines(head, pieces, [one for one in flows(pieces) if one not in without])]
        text = "".join(f"{line.text}\n" for line in lines)
        try:
            spec.parse(text)
        except SpecError as error:
            wrong = {lines[one.location.line - 1].owner: one.message for one in reversed(error.problems)}
            gone = {id_: reason for id_, reason in wrong.items() if isinstance(id_, str)}
            bad = {one for one in wrong if isinstance(one, Found)}
            if not gone and not bad:
                raise
            left += [Left(one.address, gone[one.id]) for one in pieces if one.id in gone]
            pieces = [one for one in pieces if one.id not in gone]
            without |= bad
        else:
            return Composed(text, pieces), left


def _lines(head: Heading, pieces: Sequence[Piece], found: Sequence[Found]) -> Iterator[Line]:
    there = environments([one.id for one in pieces])
    yield from map(Line, _top(head._replace(stage="", guesses=()) if there else head))
    if not there:
        yield from _sections(pieces, 0)
        yield from _flows(found, 0)
        return
    yield Line("")
    yield Line("environments:")
    for name in there:
        yield Line(f"  {scalar(name)}:")
        stage = stage_of(name)
        yield from [Line("    # Guessed from its name."), Line(f"    stage: {stage}")] if stage else []
        yield from _sections([_inside(one, name) for one in pieces if _stands_in(one.id, name)], 4)
        yield from _flows([one for one in found if _home(one) == name], 4, name)
    once = [one for one in pieces if "/" not in one.id]
    between = [one for one in found if not _home(one)]
    if once or between:
        yield Line("")
        yield Line("shared:")
        yield from _sections(once, 2)
        yield from _flows(between, 2)


def _top(head: Heading) -> Iterator[str]:
    yield _SCHEMA
    said = f"Drafted by `archspec import` from {head.source}. A comment above an element says what was guessed."
    yield from comment(said, 0)
    yield "archspec: 1"
    yield f"name: {scalar(head.name)}"
    for guess in head.guesses:
        yield from comment(guess, 0)
    yield from [f"stage: {head.stage}"] if head.stage else []
    yield f"region: {head.region}"
    if head.account:
        yield f"account: {scalar(head.account)}"


def _stands_in(id_: str, environment: str) -> bool:
    return id_.rpartition("/")[0] == environment


def _home(flow: Found) -> str:
    """Return the environment in which a flow is written: that of the end which has one."""
    return flow.source.rpartition("/")[0] or flow.target.rpartition("/")[0]


def _inside(piece: Piece, environment: str) -> Piece:
    """Write the ids of an environment's elements as they may be written inside of it."""
    return piece._replace(data={key: _shortened(one, f"{environment}/") for key, one in piece.data.items()})


def _shortened(value: Data, prefix: str) -> Data:
    match value:
        case str():
            own = value.removeprefix(prefix)
            return own if own and " " not in own and "/" not in own else value
        case Mapping():
            return {key: _shortened(one, prefix) for key, one in value.items()}
        case None | int() | float():
            return value
        case _:
            return [_shortened(one, prefix) for one in value]


def _sections(pieces: Sequence[Piece], indent: int) -> Iterator[Line]:
    by_home: dict[tuple[str, str], list[Piece]] = {}
    for one in pieces:
        by_home.setdefault(one.home, []).append(one)
    section = ""
    for home in element_kinds():
        if home not in by_home:
            continue
        if home[0] != section:
            section = home[0]
            yield from [Line("")] if not indent else []
            yield Line(f"{' ' * indent}{section}:")
        yield Line(f"{' ' * indent}  {home[1]}:")
        yield from _elements(by_home[home], indent + 4)


def _elements(pieces: Sequence[Piece], indent: int) -> Iterator[Line]:
    pad = _pad(pieces, indent)
    for one in pieces:
        for guess in one.guesses:
            yield from (Line(text, one.id) for text in comment(_sentence(guess), indent))
        yield from (Line(text, one.id) for text in entry(_own(one), one.data, indent, pad))


def _sentence(guess: str) -> str:
    return f"{guess[:1].upper()}{guess[1:].removesuffix('.')}."


def _own(piece: Piece) -> str:
    return piece.id.rpartition("/")[2]


def _pad(pieces: Sequence[Piece], indent: int) -> int:
    """Return where braces stand below each other: in a kind of which every element is a line, and no id is far longer
    than the others.
    """
    lengths = [len(_own(one)) for one in pieces]
    pad = max(lengths) + 2
    each = [entry(_own(one), one.data, indent, pad) for one in pieces]
    fits = all(len(lines) == 1 and len(lines[0]) <= WIDTH for lines in each)
    return pad if fits and max(lengths) - min(lengths) <= 12 else 0


def _flows(found: Sequence[Found], indent: int, environment: str = "") -> Iterator[Line]:
    if not found:
        return
    yield from [Line("")] if not indent else []
    yield from map(Line, comment(_FLOWS, indent))
    yield Line(f"{' ' * indent}flows:")
    prefix = f"{environment}/"
    for one in found:
        shown = one._replace(source=one.source.removeprefix(prefix), target=one.target.removeprefix(prefix))
        yield from (Line(text, one) for text in item(shown.written, indent + 2, arrow=True))
