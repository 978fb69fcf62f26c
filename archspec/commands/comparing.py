"""Which two versions of which specs a command line means, loaded: files, or specs in git revisions."""

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from os.path import isdir, lexists
from pathlib import Path
from typing import NamedTuple

from archspec import project, revisions
from archspec.errors import Problem, SpecError, UsageError
from archspec.importers import spec
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.revisions import Revision

Side = Revision | None
"""A revision, or nothing: the working tree."""


class Pair(NamedTuple):
    """Two versions of a spec; one of them may be none, where the spec came or went."""

    old: spec.Loaded | None
    new: spec.Loaded | None

    @property
    def labels(self) -> tuple[str, str]:
        """What the versions are called: by their file, as locations call it."""
        return _label(self.old), _label(self.new)


class Sides(NamedTuple):
    """What two sides hold: the pairs of versions that load, and what is wrong with the others, by what they are called.

    A version that does not load is missing in its pair.
    """

    pairs: list[Pair]
    old: Mapping[str, tuple[Problem, ...]]
    new: Mapping[str, tuple[Problem, ...]]


class Asked(NamedTuple):
    """Two sides, and the paths of the specs that are meant on both; without any, the project's own."""

    old: Side
    new: Side
    paths: tuple[str, ...]


def pairs(words: Sequence[str], settings: Project, environment: str = "") -> list[Pair]:
    """Return the versions that words of a command line mean, a pair a spec.

    What exists as a path is a path, also where a revision has the same name, and says so. Raises `UsageError` for words
    that mean nothing, `SpecError` with what is wrong with the specs of both sides.
    """
    if len(words) > 1 and all(map(lexists, words[:2])):
        return [_files(words, environment)]
    found = sides(_asked(words), settings, environment)
    problems = [problem for wrong in (found.old, found.new) for some in wrong.values() for problem in some]
    if problems:
        raise SpecError(tuple(problems))
    return found.pairs


def sides(asked: Asked, settings: Project, environment: str = "") -> Sides:
    """Return the versions that stand on two sides, and those that do not load. Raises `UsageError` where none does."""
    paths = [Path(path) for path in asked.paths] or [project.shown(settings.root / path) for path in settings.paths]
    if "" in asked.paths:
        raise UsageError("an empty text is no path; name a spec, or a folder of specs")
    named = [(path, _found(asked.old, path), _found(asked.new, path)) for path in paths]
    for path, old, new in named:
        if asked.paths and not old and not new:
            raise UsageError(f"{path.as_posix()} is no spec, neither in {_side(asked.old)} nor in {_side(asked.new)}")
    before = dict.fromkeys(file for _, old, _ in named for file in old)
    now = dict.fromkeys(file for _, _, new in named for file in new)
    if not before and not now:
        looked = ", ".join(path.as_posix() for path in paths)
        raise UsageError(f"there is no spec in {_side(asked.old)} nor in {_side(asked.new)} ({looked})")
    loaded_before, wrong_before = _load_all(asked.old, before, environment)
    loaded_now, wrong_now = _load_all(asked.new, now, environment)
    return Sides(_paired(loaded_before, loaded_now), wrong_before, wrong_now)


def _files(words: Sequence[str], environment: str) -> Pair:
    if len(words) > 2:
        raise UsageError("two files are compared, and these are more; for several, name a revision first: HEAD")
    folder = next((word for word in words if isdir(word)), "")  # noqa: PTH112  Path.is_dir() raises for long names
    if folder:
        raise UsageError(f"{folder} is a folder, and two files are compared; for a folder, name a revision: HEAD")
    for word in words:
        _warn(word)
    paths = [Path(word) for word in words]
    loaded, wrong = _load_all(None, paths, environment)
    if wrong:
        raise SpecError(tuple(problem for some in wrong.values() for problem in some))
    return Pair(loaded[paths[0]], loaded[paths[1]])


def _asked(words: Sequence[str]) -> Asked:
    here, (first, *rest) = Path.cwd(), words
    if lexists(first):
        _warn(first)
        if not rest:
            raise UsageError(f"{first} is compared with what? name a revision, or another file: HEAD {first}")
        return Asked(None, revisions.find(rest[0], here), (first, *rest[1:]))
    if ".." in first and not revisions.is_revision(first, here):
        return Asked(*_range(first, here), tuple(rest))
    old = revisions.find(first, here)
    if not rest or _is_spec(rest[0], old):
        return Asked(old, None, tuple(rest))
    return Asked(old, revisions.find(rest[0], here), tuple(rest[1:]))


def _range(text: str, here: Path) -> tuple[Revision, Revision]:
    """Read `A..B`, and `A...B`, which means what B changed since it left A; a side left out is HEAD."""
    three = "..." in text
    one, _, other = text.partition("..." if three else "..")
    old, new = revisions.find(one or "HEAD", here), revisions.find(other or "HEAD", here)
    return (revisions.common(old, new) if three else old), new


def _is_spec(word: str, old: Revision) -> bool:
    """Whether a word after a revision is a path: here, or where it is no revision, there."""
    if lexists(word):
        _warn(word)
        return True
    return not revisions.is_revision(word, Path.cwd()) and bool(_found(old, Path(word)))


def _warn(word: str) -> None:
    if revisions.is_revision(word, Path.cwd()):
        sys.stderr.write(plain(f"archspec: '{word}' is taken for the path; the branch is refs/heads/{word}") + "\n")


def _found(side: Side, path: Path) -> list[Path]:
    """Return the specs that a path means on a side, none where there are none."""
    if side is not None:
        return revisions.files(side, path)
    if not lexists(path):
        return []
    try:
        return project.specs(Project(Path.cwd()), (str(path),))
    except UsageError:  # a folder without specs: there may be some on the other side
        return []


def _side(side: Side) -> str:
    return side.name if side else "the working tree"


_Loaded = dict[Path, spec.Loaded]


def _load_all(side: Side, paths: Iterable[Path], environment: str) -> tuple[_Loaded, dict[str, tuple[Problem, ...]]]:
    """Load the specs of a side; what is wrong with one that does not load stands by what locations call it."""
    found: _Loaded = {}
    wrong: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        try:
            found[path] = _load(side, path, environment)
        except SpecError as error:
            wrong[f"{side.name}:{path.as_posix()}" if side else path.as_posix()] = error.problems
    return found, wrong


def _load(side: Side, path: Path, environment: str) -> spec.Loaded:
    if side is None:
        return spec.load(path, environment=environment)
    return spec.parse_all(revisions.texts(side, path), environment)


def _paired(old: _Loaded, new: _Loaded) -> list[Pair]:
    """Pair by path and name, then by the name of the system, as its spec may have moved, then by path."""
    was: dict[Path, Path] = {}
    for key in _KEYS:
        left = {key(path, one): path for path, one in reversed(old.items()) if path not in was.values()}
        for path, one in new.items():
            if path not in was and key(path, one) in left:
                was[path] = left.pop(key(path, one))
    found = [Pair(old[was[path]] if path in was else None, one) for path, one in new.items()]
    return [*found, *(Pair(one, None) for path, one in old.items() if path not in was.values())]


_KEYS: tuple[Callable[[Path, spec.Loaded], Hashable], ...] = (
    lambda path, one: (path, one.architecture.name),
    lambda _, one: one.architecture.name,
    lambda path, _: path,
)


def _label(loaded: spec.Loaded | None) -> str:
    return loaded.source.files[0] if loaded else ""


def unchanged(pair: Pair) -> bool:
    """Whether both versions are the same text, so that nothing else has to be looked at."""
    return pair.old is not None and pair.new is not None and pair.old.source.texts == pair.new.source.texts
