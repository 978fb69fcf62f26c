"""`archspec render` — draw the pictures of specs."""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archspec import api, outputs, project
from archspec.commands.arguments import Parser, add_paths, add_touched, names, parser
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all, load_touched
from archspec.commands.touching import Reach
from archspec.errors import UsageError
from archspec.renderers import RENDERERS
from archspec.views.chosen import Selection, chosen
from archspec.views.view import View
from archspec.writing import write

_EXAMPLE = """\
  archspec render specs/shop.yaml                          # every picture, in the project's formats
  archspec render --view network --format png --findings   # with what lint says of it
  archspec render --view traffic --around api --format svg --out pictures
  archspec render --format html                            # one interactive page for each system"""


def run(arguments: Sequence[str]) -> int:
    """Write the views that are wanted of every spec, in the formats that are wanted.

    With `--check` show what is stale: 1 where something is. With `--touched` 1 also where something was written.
    """
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    if given.out:
        settings = settings._replace(diagrams=str(Path(given.out).absolute()))
    if given.format:
        settings = settings._replace(formats=names(given.format))
    if given.view:
        settings = settings._replace(views=names(given.view))
    systems = _systems(given, settings)
    if given.touched and not systems:
        return 0
    files = [file for system in systems for file in _files(system, settings, given)]
    if given.check:
        return report_stale(files, shlex.join(["archspec", "render", *(one for one in arguments if one != "--check")]))
    written = [(path, write(path, content)) for path, content in files]
    for path, changed in written:
        if changed:
            sys.stdout.write(f"wrote {project.shown(path).as_posix()}\n")
    sys.stdout.write(f"{len(written)} pictures, {sum(changed for _, changed in written)} changed\n")
    return int(given.touched and any(changed for _, changed in written))


def _systems(given: argparse.Namespace, settings: project.Project) -> list[api.System]:
    if not given.touched:
        return load_all(settings, given.paths, given.environment)
    reach = Reach(made=(settings.root / settings.diagrams,), judged=True)
    return load_touched(settings, given.paths, reach, given.environment)


def _files(system: api.System, settings: project.Project, given: argparse.Namespace) -> Iterator[tuple[Path, bytes]]:
    views = list(_narrowed(system, outputs.views(system, settings, given.environment), _selection(given)))
    is_paged = outputs.PAGE in settings.formats
    checked = api.check(system, packs=project.packs(settings)) if is_paged or given.findings else None
    if is_paged and checked:
        yield outputs.page((system, checked), settings, views)
    if given.findings and checked:
        from archspec.views.marked import marked

        views = [replace(marked(view, checked.findings), name=f"{view.name}-findings") for view in views]
    yield from outputs.pictures(system, settings, views, given.width)


def _narrowed(system: api.System, views: Sequence[View], selection: Selection) -> Iterator[View]:
    """Yield the views with what is wanted of them, under other names; those that have none of it are left out."""
    if not any(selection):
        yield from views
        return
    refused: list[UsageError] = []
    for view in views:
        try:
            narrowed = chosen(view, system.architecture.elements, selection)
        except UsageError as error:
            refused.append(error)
        else:
            yield replace(narrowed, name=f"{view.name}-narrowed")
    if refused and len(refused) == len(views):
        raise refused[0]


def _selection(given: argparse.Namespace) -> Selection:
    return Selection(*(names(values) for values in (given.kind, given.tag, given.status, given.around)))


def _parser() -> Parser:
    made = parser("render", "Draw the views of specs.", _EXAMPLE)
    add_paths(made)
    add_touched(made)
    formats = ", ".join((*RENDERERS, outputs.PAGE))
    made.add_argument("--format", action="append", metavar="FORMATS", help=f"{formats} (default: the project's)")
    made.add_argument(
        "--out", metavar="DIR", help="where to write, in a folder for each system (default: diagrams_out)"
    )
    made.add_argument("--view", action="append", metavar="NAMES", help="only these (default: the project's, or all)")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    made.add_argument("--kind", action="append", metavar="KINDS", help="only what is of these kinds: services, queues")
    made.add_argument("--tag", action="append", metavar="TAGS", help="only what has one of these tags")
    made.add_argument("--status", action="append", metavar="STATUSES", help="only what has one of these: planned")
    made.add_argument("--around", action="append", metavar="IDS", help="only these elements and what is joined to them")
    made.add_argument("--width", type=int, default=0, metavar="N", help="characters of text and ascii (default: 100)")
    made.add_argument("--check", action="store_true", help="write nothing; show what is stale, and exit 1")
    made.add_argument("--findings", action="store_true", help="with the open findings of lint on the pictures")
    return made
