"""`archspec export` — write a spec as files for another tool."""

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from os.path import lexists
from pathlib import Path

from archspec import api
from archspec.artifacts import SOURCE_MAP, source_map
from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.exporters import EXPORTERS
from archspec.reporters.plain import plain
from archspec.writing import write

_READ = ("*.tf", "*.tf.json", "template.json")
"""What Terraform or CloudFormation would read of a folder, by itself or because somebody took it for this export."""

_MAPPED = {"element", "path", "file", "line"}
"""What our source map says of each address; a file of that name may be another tool's."""


def run(arguments: Sequence[str]) -> int:
    """Write the files."""
    given = _parser().parse_args(arguments)
    system = api.load(Path(given.spec), environment=given.environment)
    artifacts = api.export(system, given.target, given.environment)
    folder = Path(given.out)
    files = {**artifacts.files, SOURCE_MAP: source_map(artifacts, system.source.locate)}
    if not given.force and not _is_ours(folder):
        _refuse(folder, files)
    for name, text in files.items():
        state = "wrote" if write(folder / name, text) else "unchanged"
        sys.stdout.write(f"{state} {(folder / name).as_posix()}\n")
    for omission in artifacts.omissions:
        place = system.source.locate(omission.path)
        sys.stdout.write(plain(f"not exported: {place}: {'.'.join(map(str, omission.path))}: {omission.reason}") + "\n")
    sys.stdout.write(f"{len(artifacts.origins)} resources, {len(artifacts.omissions)} things not exported\n")
    _warn(folder, artifacts.files)
    return 0


def _is_ours(folder: Path) -> bool:
    """Whether a source map of an earlier export is in the folder."""
    try:
        found = json.loads((folder / SOURCE_MAP).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    entries = found.values() if isinstance(found, dict) else [None]
    return all(isinstance(one, dict) and one.keys() == _MAPPED for one in entries)


def _refuse(folder: Path, files: Mapping[str, str]) -> None:
    """Raise `UsageError` where a file would be written over that no export wrote."""
    others = [name for name, text in files.items() if _is_another(folder / name, text)]
    if others:
        told = f"{folder.as_posix()} already holds {', '.join(sorted(others))}, not written by an export"
        raise UsageError(f"{told}; choose another folder, or write over it with --force")


def _is_another(path: Path, text: str) -> bool:
    try:
        return lexists(path) and path.read_bytes() != text.encode()
    except (OSError, ValueError):  # a folder, a link to nothing, a name with a NUL
        return True


def _warn(folder: Path, written: Collection[str]) -> None:
    """Say which files in the folder are of something else: Terraform reads all of them as one."""
    others = sorted({path.name for pattern in _READ for path in folder.glob(pattern)} - {*written})
    if others:
        told = f"{folder.as_posix()} also holds {', '.join(others)}, which this export did not write"
        sys.stderr.write(plain(f"archspec: {told}; delete what is of an older export, or choose another folder") + "\n")


def _parser() -> Parser:
    made = parser(
        "export",
        "Write Terraform or CloudFormation for a spec.",
        "  archspec export terraform specs/shop.yaml --out build/shop\n"
        "  archspec export cloudformation specs/shop.yaml --out build/shop-stack",
    )
    made.add_argument("target", choices=tuple(EXPORTERS), help="the tool to write for")
    made.add_argument("spec", metavar="SPEC", help="a spec")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    made.add_argument("--out", metavar="DIR", required=True, help="where to write")
    made.add_argument("--force", action="store_true", help="write over files that no export wrote")
    return made
