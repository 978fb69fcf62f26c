"""`archspec docs` — write the architecture documents of specs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, outputs, project
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write the documents, or with `--check` show what is stale: 1 where something is."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    if given.out:
        settings = settings._replace(documents=str(Path(given.out).absolute()))
    packs, systems = project.packs(settings), load_all(settings, given.paths)
    documents = [outputs.document(one, api.check(one, packs=packs), settings) for one in systems]
    if given.check:
        return report_stale(documents, "archspec docs")
    for path, content in documents:
        state = "wrote" if write(path, content) else "unchanged"
        sys.stdout.write(f"{state} {project.shown(path).as_posix()}\n")
    return 0


def _parser() -> Parser:
    made = parser("docs", "Write the architecture documents of specs.", "  archspec docs specs/shop.yaml --check")
    add_paths(made)
    made.add_argument("--out", metavar="DIR", help="where to write (default: docs/systems)")
    made.add_argument("--check", action="store_true", help="write nothing; show what is stale, and exit 1")
    return made
