"""`archspec export` — write a spec as files for another tool."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api
from archspec.commands.arguments import Parser, parser
from archspec.exporters import EXPORTERS
from archspec.reporters.plain import plain
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write the files."""
    given = _parser().parse_args(arguments)
    system = api.load(Path(given.spec))
    artifacts = api.export(system, given.target)
    folder = Path(given.out)
    for name, text in artifacts.files.items():
        state = "wrote" if write(folder / name, text) else "unchanged"
        sys.stdout.write(f"{state} {(folder / name).as_posix()}\n")
    for omission in artifacts.omissions:
        place = system.source.locate(omission.path)
        sys.stdout.write(plain(f"not exported: {place}: {'.'.join(map(str, omission.path))}: {omission.reason}") + "\n")
    sys.stdout.write(f"{len(artifacts.origins)} resources, {len(artifacts.omissions)} things not exported\n")
    return 0


def _parser() -> Parser:
    made = parser(
        "export",
        "Write Terraform for a spec.",
        "  archspec export terraform specs/shop.yaml --out build/shop",
    )
    made.add_argument("target", choices=tuple(EXPORTERS), help="the tool to write for")
    made.add_argument("spec", metavar="SPEC", help="a spec")
    made.add_argument("--out", metavar="DIR", required=True, help="where to write")
    return made
