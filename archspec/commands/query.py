"""`archspec query` — ask architectures anything that claims and rules can ask, in CEL."""

import base64
import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec import api, project, queries
from archspec.commands.arguments import Parser, parser
from archspec.commands.systems import load_each
from archspec.errors import UsageError
from archspec.graph.graph import Graph
from archspec.graph.querying import thing
from archspec.queries import Answer
from archspec.reporters.json import write
from archspec.reporters.plain import plain

if TYPE_CHECKING:
    from archspec.model.element import Element, Listed

_EXAMPLE = """\
  archspec query 'services.filter(s, s.azs.size() < 2).map(s, s.id)'
  archspec query 'databases.all(d, d.encrypted)' --exit-status   # 1 where it is false, or not stated
  archspec query 'flows_to("db")' specs/shop.yaml --format json
  archspec query --names databases      # the keys of a database"""


def run(arguments: Sequence[str]) -> int:
    """Print the answer for each spec. 0; with `--exit-status` 1 where one is false, empty or unknown."""
    given = _parser().parse_intermixed_args(arguments)
    if given.names is not None:
        from archspec.commands import listing

        sys.stdout.write(listing.names(given.names))
        return 0
    if not given.expression.strip():
        raise UsageError("say what to ask, in CEL; `archspec query --names` lists what an expression sees")
    paths = project.specs(project.find(Path.cwd()), tuple(given.paths))
    systems = [_within(system, given.environment) for system in load_each(paths, given.environment)]
    answers = queries.ask(given.expression, [system.graph for system in systems])
    told = list(zip(systems, answers, strict=True))
    if given.json or given.format == "json":
        sys.stdout.write(write({"version": 1, "answers": [_as_data(system, answer) for system, answer in told]}))
    else:
        lines = [line for system, answer in told for line in _named(system, answer, is_one=len(told) == 1)]
        sys.stdout.write("".join(f"{plain(line)}\n" for line in lines))
    return int(given.exit_status and not all(_holds(answer) for answer in answers))


def _within(system: api.System, environment: str) -> api.System:
    """Return a system, or what stands in one of its environments."""
    if not environment:
        return system
    architecture = system.architecture.in_environment(environment)
    return system._replace(architecture=architecture, graph=Graph(architecture, None))


def _holds(answer: Answer) -> bool:
    """Whether there is something in an answer: it is not false, not empty, and not unknown. A number always is."""
    value = answer.value
    return not answer.unknown and value is not None and value is not False and value not in ("", [], {}, b"")


def _named(system: api.System, answer: Answer, *, is_one: bool) -> Iterator[str]:
    """Yield the lines of an answer, as grep does: of several specs, each with its file."""
    before = "" if is_one else f"{system.source.files[0]}: "
    yield from (f"{before}{line}" for line in _lines(system, answer))


def _lines(system: api.System, answer: Answer) -> Iterator[str]:
    value = answer.value
    if answer.unknown:
        yield f"unknown: {answer.unknown}"
    elif isinstance(value, list):
        yield from (_line(system, item) for item in value)
    elif isinstance(value, dict) and not thing(system.graph, value):
        for key, item in value.items():
            found = thing(system.graph, item)
            is_known = found is not None and _id(found) == key
            yield _line(system, item) if is_known else f"{key}: {_line(system, item)}"
    else:
        yield _line(system, value)


def _line(system: api.System, value: object) -> str:
    """Write one value on one line: a text as it is, an element or a flow by its id and place, anything else as JSON."""
    found = thing(system.graph, value)
    if found:
        return f"{_id(found) or _short(value)}  {system.source.locate(found.path)}"
    return _short(value)


def _id(found: "Element | Listed") -> str:
    return str(getattr(found, "id", ""))


def _short(value: object) -> str:
    data = _data(value)
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _as_data(system: api.System, answer: Answer) -> dict[str, Any]:
    return {
        "spec": system.source.files[0],
        "value": _data(answer.value),
        "unknown": answer.unknown or None,
        "places": _places(system, answer.value),
    }


def _places(system: api.System, value: object) -> dict[str, dict[str, object]]:
    """Return where the elements and flows of an answer stand, by their ids."""
    values = [value, *value] if isinstance(value, list) else [value]
    values += list(value.values()) if isinstance(value, dict) else []
    found = [one for one in (thing(system.graph, item) for item in values) if one and _id(one)]
    places = {_id(one): system.source.locate(one.path) for one in found}
    return {id_: {"file": one.file, "line": one.line, "column": one.column} for id_, one in places.items()}


def _data(value: Any) -> Any:  # noqa: ANN401  whatever CEL answers
    """Return a value as JSON has it."""
    match value:
        case list():
            return [_data(item) for item in value]
        case dict():
            return {str(key): _data(item) for key, item in value.items()}
        case bool() | int() | str() | None:
            return value
        case _:
            return _spelt(value)


def _spelt(value: object) -> object:
    """Write what JSON lacks, in the words of https://protobuf.dev/programming-guides/json/."""
    match value:
        case float():
            return value if isfinite(value) else {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
        case datetime.timedelta():
            return f"{value.total_seconds():g}s"
        case datetime.datetime():
            return value.isoformat().replace("+00:00", "Z")
        case _:
            return str(value)


def _parser() -> Parser:
    made = parser("query", "Ask what claims and rules can ask, in CEL, and print the answer.", _EXAMPLE)
    made.add_argument("expression", metavar="CEL", nargs="?", default="", help="an expression: docs/query.md")
    made.add_argument(
        "paths", nargs="*", metavar="PATH", help="specs, or folders of specs; the project's own by default"
    )
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    made.add_argument("--json", action="store_true", help="short for --format json")
    made.add_argument("--exit-status", action="store_true", help="exit 1 where an answer is false, empty or unknown")
    made.add_argument(
        "--names",
        nargs="?",
        const="",
        metavar="NAME",
        help="list what an expression sees, or what NAME has; ask nothing",
    )
    return made
