"""What `--check` says: how files on disk differ from what would be written."""

import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from archspec.project import shown
from archspec.reporters.plain import plain

_READABLE = 2000
"""Characters; a longer line holds an icon or a font, and nobody reads its difference."""


def report_stale(wanted: Iterable[tuple[Path, bytes]], command: str) -> int:
    """Print a diff of every file that is stale, and the command that mends it; return 1 where one is."""
    stale = [(path, content) for path, content in wanted if not path.is_file() or path.read_bytes() != content]
    for path, content in stale:
        sys.stdout.write("".join(_difference(path, content)))
    if stale:
        sys.stdout.write(f"{len(stale)} stale; run: {command}\n")
    else:
        sys.stdout.write("everything is up to date\n")
    return int(bool(stale))


def _difference(path: Path, wanted: bytes) -> Iterator[str]:
    name = shown(path).as_posix()
    if not path.is_file():
        yield plain(f"{name}: missing") + "\n"
        return
    present = path.read_bytes()
    try:
        old, new = present.decode().split("\n"), wanted.decode().split("\n")
    except UnicodeDecodeError:
        yield f"{name}: differs ({len(present)} bytes on disk, {len(wanted)} wanted)\n"
        return
    if any(len(line) > _READABLE for line in new):
        yield f"{name}: differs\n"
        return
    for line in unified_diff(old, new, f"a/{name}", f"b/{name}", n=2, lineterm=""):
        yield plain(line) + "\n"
