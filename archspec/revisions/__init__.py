"""Specs as they stand in a git revision: which there are, and their texts by name."""

import datetime
import posixpath
from collections.abc import Sequence
from os.path import abspath, realpath
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archspec.errors import Location, Problem, SpecError, ToolError, UsageError
from archspec.project import SPEC_START, YAML_ENDINGS, starts_like_spec
from archspec.revisions import git
from archspec.source import MAX_BYTES, decode, parse

_MOST_FILES = 100
# A shallow clone often has one branch alone, and would not fetch another by its name.
_FETCH_ALL = (
    "git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'; "
    "or clone all of it: `fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` in GitLab's pipelines"
)
"""https://github.com/actions/checkout, https://docs.gitlab.com/ci/pipelines/settings/#limit-the-number-of-changes-fetched-during-clone"""


class Revision(NamedTuple):
    """A commit: how it was named, its id, and the top folder of its repository."""

    name: str
    commit: str
    top: Path


def find(name: str, folder: Path, *, or_file: bool = True) -> Revision:
    """Return the revision of a name, as seen from a folder. `or_file` says that a file might have been meant.

    Raises `UsageError` where the folder is in no repository or the name means no commit of it, `ToolError` without git.
    """
    refusal = git.refusal(name)
    if refusal:
        raise UsageError(refusal)
    try:
        top = git.top_of(folder)
    except UsageError as error:
        raise UsageError(f"'{name}' is no file, and {error}" if or_file else str(error)) from None
    commit = git.commit_of(name, top)
    if not commit:
        neither = "neither a file nor a revision" if or_file else "no revision"
        raise UsageError(f"'{name}' is {neither} of the repository in {top.as_posix()}; {_advice(name, top)}")
    return Revision(name, commit, top)


def _advice(name: str, top: Path) -> str:
    revision, _, path = name.partition(":")
    if revision and path and git.commit_of(revision, top):
        return f"write the revision and the path as two words: {revision} {path}"
    if git.commit_of(f"origin/{name}", top):
        return f"did you mean 'origin/{name}'?"
    if git.is_shallow(top):
        return f"the clone is shallow, run: {_FETCH_ALL}"
    return "is it spelt so, and fetched? run: git fetch"


def is_revision(name: str, folder: Path) -> bool:
    """Whether a name means a commit, as seen from a folder; it does not where there is no git or no repository."""
    try:
        return not git.refusal(name) and bool(git.commit_of(name, git.top_of(folder)))
    except (UsageError, ToolError):
        return False


def day(revision: Revision) -> datetime.date:
    """Return the day on which the commit was made, in UTC."""
    return datetime.datetime.fromtimestamp(git.seconds_of(revision.top, revision.commit), datetime.UTC).date()


def common(one: Revision, other: Revision) -> Revision:
    """Return the last commit that is in the history of both. Raises `UsageError` where there is none."""
    found = git.common_commit(one.top, one.commit, other.commit)
    if not found:
        shallow = f"the clone is shallow, run: {_FETCH_ALL}" if git.is_shallow(one.top) else ""
        advice = shallow or f"compare them as they stand: {one.name}..{other.name}"
        raise UsageError(f"{one.name} and {other.name} have no commit in common; {advice}")
    return Revision(f"{one.name}...{other.name}", found, one.top)


def files(revision: Revision, path: Path) -> list[Path]:
    """Return the specs that a path means in a revision, sorted: itself, those below a folder, or none.

    Raises `UsageError` for a path outside of the repository, or in a submodule.
    """
    wanted = _named(revision, path)
    found = git.entry(revision.top, revision.commit, wanted)
    if found is None or found.mode == git.SUBMODULE:
        submodule = git.submodule_of(revision.top, revision.commit, wanted)
        if submodule:
            raise UsageError(f"{path.as_posix()} is in the submodule {submodule}; compare it there: cd {submodule}")
        return []
    return [path] if found.mode != git.FOLDER else [path / name for name in _specs_below(revision, found.path)]


def contents(revision: Revision, folder: Path) -> dict[str, str]:
    """Return the files of a folder and below, as seen from the top, with the ids of what is in them; sorted.

    Raises `UsageError` for a folder outside of the repository.
    """
    found = git.entry(revision.top, revision.commit, _named(revision, folder))
    if found is None or found.mode != git.FOLDER:
        return {}
    files = [one for one in git.below(revision.top, revision.commit, found.path) if one.mode.startswith("100")]
    return {one.path: one.id for one in sorted(files, key=lambda one: PurePosixPath(one.path))}


def inside(revision: Revision, path: Path) -> str:
    """Return a path as seen from the top of the repository. The file itself may be a link, in the tree as well.

    Raises `UsageError` for a path outside of it.
    """
    whole = Path(realpath(path.parent), path.name) if path.name not in ("", "..") else Path(realpath(path))
    top = Path(realpath(revision.top))
    if not whole.is_relative_to(top):
        raise UsageError(f"{path.as_posix()} is outside of the repository in {revision.top.as_posix()}")
    return whole.relative_to(top).as_posix()


def _named(revision: Revision, path: Path) -> str:
    """Return a path as `inside` does, but by its own words where the revision has that: its links may be others."""
    real, top = inside(revision, path), Path(realpath(revision.top))
    whole = Path(abspath(path))  # noqa: PTH100  Path has nothing that leaves links alone
    words = whole.relative_to(top).as_posix() if whole.is_relative_to(top) else real
    return words if words != real and git.entry(revision.top, revision.commit, words) else real


def _specs_below(revision: Revision, folder: str) -> list[str]:
    """Return the specs below a folder, as seen from it, each once: a link and its file are one, as on a disk."""
    found: dict[str, str] = {}
    named = [one for one in git.below(revision.top, revision.commit, folder) if one.path.endswith(YAML_ENDINGS)]
    for one in sorted(named, key=lambda one: PurePosixPath(one.path)):
        file = git.entry(revision.top, revision.commit, one.path) if one.mode == git.LINK else one
        if file and _is_spec(revision, file):
            found.setdefault(file.path, posixpath.relpath(one.path, folder or "."))
    return [*found.values()]


def _is_spec(revision: Revision, file: git.Entry) -> bool:
    if not file.mode.startswith("100") or file.size > MAX_BYTES:
        return False
    return starts_like_spec(git.content(revision.top, file.id)[:SPEC_START])


def texts(revision: Revision, path: Path) -> dict[str, str]:
    """Return the texts of a spec and of all that it includes, by name, the spec first: `main:specs/shop.yaml`.

    Nothing is returned where the revision has no such file. Raises `SpecError` with what is wrong with the files, and
    `UsageError` for a path outside of the repository.
    """
    spec = _named(revision, path)
    if git.entry(revision.top, revision.commit, spec) is None:
        return {}
    shown = f"{revision.name}:{path.as_posix()}"
    order, names, found = [spec], {spec: shown}, dict[str, str]()
    problems: list[Problem] = []
    for file in order:  # grows while it is walked: an included file may include others
        name = names[file]
        found[name] = decode(_content(revision, file, name), name)
        for target, place in _included(found[name], name):
            refusal = _misincluded(revision, spec, target, order)
            if refusal:
                problems.append(Problem(refusal[0], place, refusal[1]))
                continue
            order.append(_below(spec, target))
            names[order[-1]] = posixpath.join(posixpath.dirname(shown), target)
    if problems:
        raise SpecError(tuple(problems))
    return found


def _content(revision: Revision, path: str, name: str) -> bytes:
    found = git.entry(revision.top, revision.commit, path)
    if found is None or found.mode == git.FOLDER:
        raise SpecError((Problem("is not a file in this revision", Location(name, 1, 1), "check the path"),))
    if found.size > MAX_BYTES:
        hint = "split it with `include:`"
        raise SpecError((Problem(f"is larger than {MAX_BYTES // 2**20} MB", Location(name, 1, 1), hint),))
    return git.content(revision.top, found.id)


def _included(text: str, name: str) -> list[tuple[str, Location]]:
    """Return what a file includes, and where it says so. Raises `SpecError` for text that is no YAML."""
    read = parse(text, name)
    names = read.data.get("include") if isinstance(read.data, dict) else None
    listed = enumerate(names) if isinstance(names, list) else ()
    return [(one, read.locate(("include", i))) for i, one in listed if isinstance(one, str)]


def _below(spec: str, target: str) -> str:
    """Return an included file as seen from the top; an include is relative to the folder of the spec."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(spec), target))


def _misincluded(revision: Revision, spec: str, target: str, seen: Sequence[str]) -> tuple[str, str] | None:
    """Say why a file cannot be included, and what to do about it."""
    if "\0" in target or PurePosixPath(target).is_absolute():
        return f"'{target}' is no path below the folder of the spec", "write it as seen from that folder"
    file = _below(spec, target)
    if file.startswith("..") or not PurePosixPath(file).is_relative_to(posixpath.dirname(spec)):
        return f"'{target}' is outside the folder of the spec", "a spec includes files of its own folder and below"
    if file in seen:
        return f"'{target}' is already part of this spec", "include each file once"
    if len(seen) >= _MOST_FILES:
        return f"more than {_MOST_FILES} files are included", "join some of them"
    found = git.entry(revision.top, revision.commit, file)
    if found is None or found.mode == git.FOLDER:
        return f"'{target}' is not a file in {revision.name}", "check the path"
    return None
