"""`archspec docs` — write the architecture documents of specs, and fill the regions of files written by hand."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, outputs, project
from archspec.commands.arguments import Parser, add_paths, names, parser
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all
from archspec.errors import UsageError
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write the documents, or with `--check` show what is stale: 1 where something is."""
    given = _parser().parse_args(arguments)
    formats, into = _formats(given.format), [Path(file) for file in given.into or ()]
    if into and "md" not in formats:
        raise UsageError("--into links to the document as Markdown; add --format md")
    settings = project.find(Path.cwd())
    # The project's own files link to its own documents, as Markdown.
    is_usual = "md" in formats and not given.out
    files = project.injected(settings, tuple(given.paths)) if is_usual else []
    if given.out:
        settings = settings._replace(documents=str(Path(given.out).absolute()))
    packs, systems = project.packs(settings), load_all(settings, given.paths)
    described = [(one, api.check(one, packs=packs)) for one in systems]
    wanted = [file for one in described for file in outputs.documents(one, settings, formats)]
    wanted += outputs.injected(described, settings, files, into)
    if given.check:
        return report_stale(wanted, shlex.join(["archspec", "docs", *(one for one in arguments if one != "--check")]))
    for path, content in wanted:
        state = "wrote" if write(path, content) else "unchanged"
        sys.stdout.write(f"{state} {project.shown(path).as_posix()}\n")
    return 0


def _formats(values: Sequence[str] | None) -> tuple[str, ...]:
    wanted = names(values) or outputs.FORMATS[:1]
    for name in wanted:
        if name not in outputs.FORMATS:
            raise UsageError(f"no format is called '{name}'; there are: {', '.join(outputs.FORMATS)}")
    return wanted


def _parser() -> Parser:
    made = parser("docs", "Write the architecture documents of specs.", "  archspec docs specs/shop.yaml --check")
    add_paths(made)
    made.add_argument("--format", action="append", metavar="FORMATS", help="md, html, or both (default: md)")
    made.add_argument("--out", metavar="DIR", help="where to write (default: docs/systems)")
    made.add_argument("--into", action="append", metavar="FILE", help="fill this file's regions too; may be repeated")
    made.add_argument("--check", action="store_true", help="write nothing; show what is stale, and exit 1")
    return made
