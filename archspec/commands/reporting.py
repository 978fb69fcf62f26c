"""How a command tells its findings: printed in one format, and written to files in as many others as are asked for."""

import argparse
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from os.path import lexists, realpath
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from archspec import project
from archspec.commands.arguments import Parser
from archspec.errors import SpecError, UsageError
from archspec.findings import Finding
from archspec.reporters import REPORTERS
from archspec.reporters.report import PLAIN, Look, Part, Report, Repository

if TYPE_CHECKING:
    from archspec.rules import Documented

_COLORS = ("auto", "always", "never")
_NARROWEST = 40
"""Cells; on a narrower terminal lines are wrapped as on this one."""


def add_reports(to: Parser) -> None:
    """Add how findings are printed, and the files that they are written to."""
    to.add_argument("--format", choices=tuple(REPORTERS), default="text", help="how to print (default: text)")
    to.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="also write the findings to a file, in any of these formats; may be repeated",
    )
    to.add_argument("--color", choices=_COLORS, default="auto", help="colours (default: auto, only on a terminal)")


def of(
    given: argparse.Namespace, parts: Iterable[tuple[str, Iterable[Finding]]], settings: project.Project, *, info: bool
) -> Report:
    """Return the report of what was found in specs, as the command line wants it printed."""
    return Report(
        tuple(Part(spec, tuple(findings)) for spec, findings in parts),
        info,
        look=look(given.color, sys.stdout),
        repository=repository(Path.cwd()),
        rules=lambda: _pages(settings),
    )


def tell(given: argparse.Namespace, report: Report, reads: Iterable[Path] = ()) -> None:
    """Write the report's files, then print it. Raises `UsageError` where a file cannot be, before anything is printed.

    `reads` are the files that the command has read, and that no report may take the place of.
    """
    for form, file in files(given.report, reads):
        from archspec.writing import write

        write(file, REPORTERS[form](report._replace(look=PLAIN)))
    sys.stdout.write(REPORTERS[given.format](report))


def files(named: Sequence[str], reads: Iterable[Path] = ()) -> list[tuple[str, Path]]:
    """Return formats with their files. Raises `UsageError` with everything that is wrong about them."""
    taken = {realpath(path) for path in reads} if named else set()
    mistakes = [mistake for one in named if (mistake := _mistake(one, taken))]
    asked = [one.partition("=") for one in named]
    places = [realpath(file) for _, _, file in asked if "\0" not in file]
    mistakes += [f"--report names {file} twice" for i, (_, _, file) in enumerate(asked) if _is_repeated(places, i)]
    if mistakes:
        raise UsageError("\n".join(dict.fromkeys(mistakes)))
    return [(form, Path(file)) for form, _, file in asked]


def _is_repeated(places: Sequence[str], position: int) -> bool:
    return position < len(places) and places[position] in places[:position]


def _mistake(named: str, taken: Collection[str]) -> str:
    form, equals, file = named.partition("=")
    if not (form and equals and file) or "\0" in file:
        return f"--report {named}: it is written FORMAT=FILE, as in sarif=findings.sarif"
    if form not in REPORTERS:
        return f"--report {named}: there is no format '{form}'; there are: {', '.join(REPORTERS)}"
    if realpath(file) in taken or file.endswith(project.YAML_ENDINGS):
        return f"--report {named}: {file} may be what is checked, and a report would take its place; name another file"
    return ""


def look(choice: str, stream: TextIO) -> Look:
    """Return how to show text on a stream: plain and unwrapped wherever it is no terminal.

    The environment decides about colours where the command line does not: https://no-color.org and
    https://force-color.org, of which the first one wins.
    """
    is_terminal = stream.isatty()
    is_coloured = is_terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        is_coloured = True
    if os.environ.get("NO_COLOR"):
        is_coloured = False
    return Look(_width(stream) if is_terminal else 0, choice == "always" or (choice == "auto" and is_coloured))


def _width(stream: TextIO) -> int:
    """Return how many cells a terminal is wide: as `COLUMNS` says, else as it is; 0 where nobody knows."""
    columns = os.environ.get("COLUMNS", "")
    try:
        width = int(columns) if columns.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # ValueError: more digits than Python reads
        return 0
    return max(width, _NARROWEST) if width else 0


def repository(here: Path) -> Repository:
    """Return the repository that a folder is in: the nearest folder above with a `.git`, else the folder itself."""
    root = next((folder for folder in (here, *here.parents) if lexists(folder / ".git")), here)
    return Repository(root.as_posix(), here.as_posix(), next(_sites(os.environ), ""))


def _sites(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield where CI shows a repository's files at the commit that it runs for.

    https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    https://docs.gitlab.com/ci/variables/predefined_variables/
    """
    github = [environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    gitlab = [environment.get(f"CI_{name}", "") for name in ("PROJECT_URL", "COMMIT_SHA")]
    if all(github):
        yield "{}/{}/blob/{}/".format(*github)
    if all(gitlab):
        yield "{}/-/blob/{}/".format(*gitlab)


def _pages(settings: project.Project) -> "Mapping[str, Documented]":
    from archspec.reference.beside_rules import DRIFT, every_page

    try:
        pages = every_page(project.packs(settings))
    except SpecError:  # what is wrong with a pack is in the report already, and its rules have found nothing
        pages = every_page()
    return {**pages, **DRIFT}
