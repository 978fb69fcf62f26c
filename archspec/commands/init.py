"""`archspec init` — write a commented first spec."""

import re
import sys
from collections.abc import Sequence
from importlib.resources import files
from os.path import lexists
from pathlib import Path
from shlex import quote

from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write the first spec, unless a file of that name is already there."""
    given = _parser().parse_args(arguments)
    path = Path(given.path)
    if lexists(path):
        raise UsageError(f"{path.as_posix()} is already there, and init overwrites nothing; name another file")
    text = files("archspec.commands").joinpath("first.yaml").read_text(encoding="utf-8")
    write(path, text.replace("name: first\n", f"name: {_name(path)}\n"))
    sys.stdout.write(f"wrote {path.as_posix()}; now: archspec lint {quote(path.as_posix())}\n")
    return 0


def _name(path: Path) -> str:
    """Return the file's name as a system may be called: two first specs must not have one name."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "first"


def _parser() -> Parser:
    made = parser(
        "init",
        "Write a commented first spec: one public service, one database.",
        "  archspec init specs/shop.yaml",
    )
    made.add_argument(
        "path", nargs="?", default="specs/first.yaml", metavar="PATH", help="where to write (default: specs/first.yaml)"
    )
    return made
