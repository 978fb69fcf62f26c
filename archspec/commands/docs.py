"""`archspec docs` — write the architecture documents of specs, and fill the regions of files written by hand."""

import argparse
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, outputs, project
from archspec.commands.arguments import Parser, add_paths, add_touched, names, parser
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all, load_touched, unloaded
from archspec.commands.touching import Reach
from archspec.documents.injection import PREFIX
from archspec.errors import UsageError
from archspec.writing import write

_REGION = re.compile(rf"{PREFIX}begin[ \t]+(?:([^\s<>]*)/)?[^\s<>/]".encode())


def run(arguments: Sequence[str]) -> int:
    """Write the documents, or with `--check` show what is stale: 1 where something is.

    With `--touched` 1 also where something was written: it belongs into the same commit.
    """
    given = _parser().parse_args(arguments)
    formats, into = _formats(given.format), [Path(file) for file in given.into or ()]
    if into and "md" not in formats:
        raise UsageError("--into links to the document as Markdown; add --format md")
    settings = project.find(Path.cwd())
    # The project's own files link to its own documents, as Markdown.
    is_usual = "md" in formats and not given.out
    files = _injected(given, settings) if is_usual else []
    if given.out:
        settings = settings._replace(documents=str(Path(given.out).absolute()))
    packs, systems = project.packs(settings), _systems(given, settings, [*files, *into])
    if given.touched:
        if not systems:
            return 0
        files = _fillable(files, settings, systems)
    described = [(one, api.check(one, packs=packs)) for one in systems]
    wanted = [file for one in described for file in outputs.documents(one, settings, formats)]
    wanted += outputs.injected(described, settings, files, into)
    if given.check:
        return report_stale(wanted, shlex.join(["archspec", "docs", *(one for one in arguments if one != "--check")]))
    has_written = _write(wanted)
    return int(given.touched and has_written)


def _write(wanted: Sequence[tuple[Path, bytes]]) -> bool:
    written = [(path, write(path, content)) for path, content in wanted]
    for path, changed in written:
        sys.stdout.write(f"{'wrote' if changed else 'unchanged'} {project.shown(path).as_posix()}\n")
    return any(changed for _, changed in written)


def _injected(given: argparse.Namespace, settings: project.Project) -> list[Path]:
    if given.touched:
        return project.injected(settings, ()) if project.has_own(settings) else []
    return project.injected(settings, tuple(given.paths))


def _systems(given: argparse.Namespace, settings: project.Project, files: Sequence[Path]) -> list[api.System]:
    if not given.touched:
        return load_all(settings, given.paths)
    templates = [settings.root / settings.templates] if settings.templates else []
    reach = Reach(
        (*templates, *files),
        (settings.root / settings.documents,),
        judged=True,
        shown=tuple(_shown(file) for file in files),
    )
    return load_touched(settings, given.paths, reach)


def _shown(file: Path) -> frozenset[str]:
    """Return the names of the systems that the regions of a file show; an empty one where a region does not say."""
    try:
        return frozenset(name.decode("utf-8", "replace") for name in _REGION.findall(file.read_bytes()))
    except OSError:
        return frozenset({""})  # filling it says what is wrong with it


def _fillable(files: Sequence[Path], settings: project.Project, systems: Sequence[api.System]) -> list[Path]:
    """Leave out the files that show a system which was not loaded: it was not touched."""
    others = {name for name, _ in unloaded(settings, systems)} if files else set()
    return [file for file in files if others.isdisjoint(_shown(file))]


def _formats(values: Sequence[str] | None) -> tuple[str, ...]:
    wanted = names(values) or outputs.FORMATS[:1]
    for name in wanted:
        if name not in outputs.FORMATS:
            raise UsageError(f"no format is called '{name}'; there are: {', '.join(outputs.FORMATS)}")
    return wanted


def _parser() -> Parser:
    made = parser("docs", "Write the architecture documents of specs.", "  archspec docs specs/shop.yaml --check")
    add_paths(made)
    add_touched(made)
    made.add_argument("--format", action="append", metavar="FORMATS", help="md, html, or both (default: md)")
    made.add_argument("--out", metavar="DIR", help="where to write (default: docs/systems)")
    made.add_argument("--into", action="append", metavar="FILE", help="fill this file's regions too; may be repeated")
    made.add_argument("--check", action="store_true", help="write nothing; show what is stale, and exit 1")
    return made
