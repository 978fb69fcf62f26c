"""`include:` — several files of one folder read as one spec."""

from collections.abc import Callable
from difflib import get_close_matches
from os.path import isfile, realpath
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archspec.errors import Problem, SpecError
from archspec.importers.spec.joining import join
from archspec.source import Source, read

_MAX_FILES = 100


class _Spec(NamedTuple):
    """Where a spec stands, how locations call that folder, and the files that are part of it already."""

    folder: str
    shown: PurePosixPath
    seen: set[str]


Reader = Callable[[Path, str], Source]
"""Reads one file, which locations call by a name. Raises `SpecError`."""


def read_with_includes(path: Path, name: str, one: Reader = read) -> Source:
    """Read a spec and every file it includes, themselves with includes, into one `Source`; `one` reads each of them.

    An included name is relative to the spec's own folder. Raises `SpecError` with the problems of all files: one
    outside that folder, one included twice or in a circle, a missing one, a key written in two files.
    """
    found = [one(path, name)]
    problems: list[Problem] = []
    spec = _Spec(realpath(path.parent), PurePosixPath(name).parent, {realpath(path)})
    for current in found:  # grows while it is walked: an included file may include others
        for position, target in _included(current):
            refusal = _refusal(target, spec)
            if refusal:
                problems.append(Problem(refusal[0], current.locate(("include", position)), refusal[1]))
                continue
            spec.seen.add(realpath(Path(spec.folder, target)))
            try:
                found.append(one(Path(spec.folder, target), (spec.shown / target).as_posix()))
            except SpecError as error:
                problems += error.problems
    if problems:
        raise SpecError(tuple(problems))
    return found[0] if len(found) == 1 else join(found)


def _included(current: Source) -> list[tuple[int, str]]:
    names = current.data.get("include") if isinstance(current.data, dict) else None
    return [(i, one) for i, one in enumerate(names) if isinstance(one, str)] if isinstance(names, list) else []


def _refusal(target: str, spec: _Spec) -> tuple[str, str] | None:
    """Say why a file cannot be included, and what to do about it."""
    if "\0" in target or PurePosixPath(target).is_absolute():
        return f"'{target}' is no path below the folder of the spec", "write it as seen from that folder"
    file = Path(realpath(Path(spec.folder, target)))
    if not file.is_relative_to(spec.folder):
        return f"'{target}' is outside the folder of the spec", "a spec includes files of its own folder and below"
    if str(file) in spec.seen:
        return f"'{target}' is already part of this spec", "include each file once"
    if len(spec.seen) >= _MAX_FILES:
        return f"more than {_MAX_FILES} files are included", "join some of them"
    if not isfile(file):  # noqa: PTH113  Path.is_file() raises for long names
        return f"'{target}' is not a file", _similar_file(target, spec)
    return None


def _similar_file(target: str, spec: _Spec) -> str:
    """Name the file that is meant, as the spec has to write it."""
    place = PurePosixPath(target)
    try:
        names = {path.name for path in Path(spec.folder, place.parent).iterdir() if path.suffix in (".yaml", ".yml")}
    except OSError:
        return f"there is no folder {place.parent.as_posix()}"
    close = get_close_matches(place.name, sorted(names - {place.name}), n=1, cutoff=0.5)
    return f"did you mean '{place.with_name(close[0]).as_posix()}'?" if close else "check the path"
