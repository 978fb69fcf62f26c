"""What git's own store holds, asked of git. Nothing is checked out, and no filter, hook or text conversion runs.

A revision is turned into the id of a commit, which git reads from a pipe: no name from a command line is ever an option
of git's. https://git-scm.com/docs/git-cat-file, https://git-scm.com/docs/git-ls-tree
"""

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archspec.errors import ToolError, UsageError

LINK, FOLDER, SUBMODULE = "120000", "040000", "160000"
"""The modes of entries that are no files."""

_MOST_LINKS = 8


class Entry(NamedTuple):
    """What a tree holds at a path, which is relative to the top of the repository; `size` in bytes."""

    mode: str
    id: str
    size: int
    path: str


def refusal(name: str) -> str:
    """Say why a name can be none of a revision; nothing where it can.

    https://git-scm.com/docs/git-check-ref-format
    """
    if not name or name.startswith("-") or not name.isprintable():
        return f"{name!r} is no name of a revision: it is empty, starts with '-' or holds a character that none has"
    return ""


def top_of(folder: Path) -> Path:
    """Return the top folder of the repository around a folder. Raises `UsageError` with git's reason without one."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise UsageError(f"no git revision can be read here: {_reason(found)}")
    return Path(os.fsdecode(found.stdout.removesuffix(b"\n")))


def commit_of(name: str, top: Path) -> str:
    """Return the id of the commit that a name means, or nothing."""
    asked = f"{name}^{{commit}}\n".encode("utf-8", "surrogateescape")
    found = _git(top, "cat-file", "--batch-check=%(objecttype) %(objectname)", given=asked).stdout
    kind, _, id_ = found.decode("utf-8", "replace").strip().partition(" ")
    return id_ if kind == "commit" else ""


def common_commit(top: Path, one: str, other: str) -> str:
    """Return the id of the last commit that is in the history of two, or nothing."""
    return _git(top, "merge-base", one, other).stdout.decode("ascii", "replace").strip()


def seconds_of(top: Path, commit: str) -> int:
    """Return when a commit was made, in seconds since 1970. https://git-scm.com/docs/git-rev-list"""
    _, _, told = _git(top, "rev-list", "--max-count=1", "--format=%ct", commit).stdout.strip().rpartition(b"\n")
    return int(told) if told.isdigit() else 0


def is_shallow(top: Path) -> bool:
    """Whether a part of the history was not fetched."""
    return _git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def entry(top: Path, commit: str, path: str) -> Entry | None:
    """Return what stands at a path of a commit, links followed as long as they lead to something in it."""
    for _ in range(_MOST_LINKS):
        if path == ".":
            return Entry(FOLDER, commit, 0, "")
        found = next(_entries(top, commit, path), None) or _link_around(top, commit, path)
        if found is None or found.mode != LINK:
            return found
        target = posixpath.join(posixpath.dirname(found.path), os.fsdecode(content(top, found.id)))
        path = posixpath.normpath(target + path[len(found.path) :])
        if path.startswith(("..", "/")):
            return None
    return None


def _link_around(top: Path, commit: str, path: str) -> Entry | None:
    """Return the link that a folder around a path is; there is one at most, as a tree has nothing below a link."""
    around = [PurePosixPath(path), *PurePosixPath(path).parents][1:-1]
    found = (next(_entries(top, commit, place.as_posix()), None) for place in around)
    return next((one for one in found if one and one.mode == LINK), None)


def submodule_of(top: Path, commit: str, path: str) -> str:
    """Return the submodule of a commit that a path is, or leads into; nothing where it does neither."""
    around = [PurePosixPath(path), *PurePosixPath(path).parents][:-1]
    found = (next(_entries(top, commit, place.as_posix()), None) for place in around)
    return next((one.path for one in found if one and one.mode == SUBMODULE), "")


def below(top: Path, commit: str, folder: str) -> Iterator[Entry]:
    """Yield what stands below a folder of a commit, at any depth."""
    return _entries(top, commit, f"{folder}/" if folder else ".", "-r")


def _entries(top: Path, commit: str, path: str, *options: str) -> Iterator[Entry]:
    listed = _git(top, "--literal-pathspecs", "ls-tree", "-lz", *options, commit, "--", path)
    for line in listed.stdout.split(b"\0"):
        stated, tab, name = line.partition(b"\t")
        if tab:
            mode, _, id_, size = stated.decode("ascii").split()
            yield Entry(mode, id_, int(size) if size.isdigit() else 0, os.fsdecode(name))


def content(top: Path, id_: str) -> bytes:
    """Return the bytes of a file. Raises `UsageError` where they are not there, as in a clone that left them out."""
    found = _git(top, "cat-file", "blob", id_)
    if found.returncode:
        raise UsageError(f"git cannot read a file of this revision: {_reason(found)}; run: git fetch")
    return found.stdout


def _reason(found: "subprocess.CompletedProcess[bytes]") -> str:
    first, *more = found.stderr.decode("utf-8", "replace").strip().split("\n")
    command = next((line.strip() for line in more if "safe.directory" in line), "")
    return first.removeprefix("fatal: ") + (f"; if you trust it, run: {command}" if command else "")


def _git(folder: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("git")
    if program is None:
        raise ToolError("git is not installed, and only git can read a revision; install it, or compare two files")
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(
        [program, *arguments], cwd=folder, input=given, capture_output=True, check=False, env=environment
    )
