"""`archspec impact` — what an element reaches if it is compromised, and what fails if it is lost."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from archspec import project
from archspec.commands.arguments import Parser, add_one_spec, parser
from archspec.commands.choosing import system_with
from archspec.errors import Locate, Location
from archspec.graph.impact import Impact, Reached, Used, impact, sends, spell_reached, spell_used
from archspec.graph.intervals import spell
from archspec.reporters.json import write
from archspec.reporters.plain import plain

_EXAMPLE = """\
  archspec impact api                   # an attacker holds api; or api is gone
  archspec impact nat-a --format json"""


def run(arguments: Sequence[str]) -> int:
    """Print both answers; 0, as neither is a defect by itself."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    system = system_with(project.specs(settings, tuple(given.spec or ())), (given.element,))
    found = impact(system.graph, given.element)
    as_json = given.json or given.format == "json"
    locate = system.source.locate
    lines = (*(_compromised(found, locate) if sends(system.graph, given.element) else ()), *_lost(found))
    sys.stdout.write(_json(found, locate) if as_json else "".join(f"{plain(line)}\n" for line in lines))
    return 0


def _compromised(found: Impact, locate: Locate) -> Iterator[str]:
    number = len(found.reaches) + len({one.id for one in found.uses})
    yield f"If {found.id} is compromised, it reaches {_count(number, 'element')}" + (":" if number else ".")
    reached = [(one.id, _steps(one), spell_reached(one), "") for one in found.reaches]
    used = [(one.id, _steps(one), spell_used(one), str(locate(one.path))) for one in found.uses]
    yield from _table([*reached, *used])
    if found.reads:
        yield f"  and it may read or use {', '.join(found.reads)}"
    yield ""


def _lost(found: Impact) -> Iterator[str]:
    fail = "fails" if len(found.fails) == 1 else "fail"
    yield f"If {found.id} is lost, {_count(len(found.fails), 'element')} {fail} with it" + (":" if found.fails else ".")
    yield from _table([(one.id, one.because) for one in found.fails])
    if found.journeys:
        yield f"  and these journeys stop: {'; '.join(found.journeys)}"


def _steps(one: Reached | Used) -> str:
    return _count(one.steps, "step")


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows whose columns stand below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()


def _json(found: Impact, locate: Locate) -> str:
    content = {
        "version": 1,
        "element": found.id,
        "reaches": [
            {"id": one.id, "over": list(one.over), "traffic": spell(one.traffic), "declared": one.declared}
            for one in found.reaches
        ],
        "uses": [
            {"id": one.id, "over": list(one.over), "text": one.words, "location": _place(locate(one.path))}
            for one in found.uses
        ],
        "reads": list(found.reads),
        "fails": [one._asdict() for one in found.fails],
        "journeys": list(found.journeys),
    }
    return write(content)


def _place(place: Location) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _parser() -> Parser:
    made = parser("impact", "Say what an element reaches if it is compromised, and what fails if it is lost.", _EXAMPLE)
    made.add_argument("element", metavar="ELEMENT", help="an id; a cluster means all of its services")
    add_one_spec(made)
    return made
