"""`archspec render` — draw the pictures of specs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import outputs, project
from archspec.commands.arguments import Parser, add_paths, names, parser
from archspec.commands.systems import load_all
from archspec.errors import UsageError
from archspec.renderers import RENDERERS
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write every view of every spec in the formats that are wanted."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    if given.out:
        settings = settings._replace(diagrams=str(Path(given.out).absolute()))
    formats = _formats(given.format)
    systems = load_all(settings, given.paths)
    written = [
        (path, write(path, content)) for one in systems for path, content in outputs.pictures(one, settings, formats)
    ]
    for path, changed in written:
        if changed:
            sys.stdout.write(f"wrote {project.shown(path).as_posix()}\n")
    sys.stdout.write(f"{len(written)} pictures, {sum(changed for _, changed in written)} changed\n")
    return 0


def _formats(values: Sequence[str] | None) -> tuple[str, ...]:
    wanted = names(values)
    for name in wanted:
        if name not in RENDERERS:
            raise UsageError(f"no format is called '{name}'; there are: {', '.join(RENDERERS)}")
    return wanted


def _parser() -> Parser:
    made = parser(
        "render",
        "Draw every view of specs.",
        "  archspec render specs/shop.yaml --format svg,png --out pictures",
    )
    add_paths(made)
    made.add_argument("--format", action="append", metavar="FORMATS", help=f"{', '.join(RENDERERS)} (default: all)")
    made.add_argument(
        "--out", metavar="DIR", help="where to write, in a folder for each system (default: diagrams_out)"
    )
    return made
