"""What `archspec watch` knows between two saves: the files that count, and what each spec was last time."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from os.path import isdir
from pathlib import Path
from typing import NamedTuple

from archspec import project
from archspec.commands.remaking import Made, Say, Wanted, remake
from archspec.errors import SpecError, UsageError
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.source import decode
from archspec.source.skimming import skim

_MOST_PARTS = 100
_SKIPPED = ("node_modules", "__pycache__")

_Stamp = tuple[int, int, int] | None
"""What tells that a file was saved: its time, its size, and its number, which a save by renaming changes.

None where there is no such file."""


class Spec(NamedTuple):
    """A spec as it was last time: the files that it consists of, and what was made of it."""

    files: tuple[Path, ...]
    made: Made


class Known(NamedTuple):
    """What is known after a turn: settings, specs, and the state of every file that counts, `shared` ones for all.

    `refused` is what keeps the project from being looked at; it is said once.
    """

    settings: Project
    specs: Mapping[Path, Spec]
    stamps: Mapping[Path, _Stamp]
    shared: frozenset[Path] = frozenset()
    refused: str = ""


def first(settings: Project) -> Known:
    """Return what is known before anything was looked at."""
    return Known(settings, {}, {})


def is_stale(known: Known) -> bool:
    """Whether a file that counts is no longer as it was."""
    return any(_stamp(path) != stamp for path, stamp in known.stamps.items())


def turn(known: Known, wanted: Wanted, say: Say) -> Known:
    """Make anew what changed since the last turn, and say so. What a person has to mend is said, too.

    Raises `UsageError` where the working folder is gone, and nothing can be waited for.
    """
    here = _here()
    now = {path: _stamp(path) for path in known.stamps}
    changed = {path for path, stamp in now.items() if stamp != known.stamps[path]}
    try:
        settings = project.find(here)
        shared = frozenset(_shared(settings))
        paths = project.specs(settings, wanted.paths)
    except UsageError as error:
        return _refused(known, now, str(error), say)
    is_all = bool(known.refused or changed & known.shared) or (settings, shared) != (known.settings, known.shared)
    specs = {path: known.specs[path] for path in paths if path in known.specs}
    due = [path for path in paths if is_all or path not in specs or not changed.isdisjoint(specs[path].files)]
    gone = [path for path in known.specs if path not in paths]
    # The state of a file is noted before the file is read: what is saved meanwhile is seen in the next turn.
    stamps = {file: now[file] if file in now else _stamp(file) for file in (*shared, *paths, *_files(specs))}
    if due or gone:
        _tell({*changed, *(path for path in due if known.specs and path not in known.specs)}, gone, say)
    before = {path: Made() if is_all or path not in specs else specs[path].made for path in paths}
    try:
        remade = remake(before, due, settings, wanted, say)
    except UsageError as error:  # settings that name no rule
        return _refused(known, now, str(error), say)
    for path, made in remade.items():
        files = made.files or (*(specs[path].files if path in specs else ()), *_parts(path))
        specs[path] = Spec(tuple(dict.fromkeys(files)), made)
    stamps |= {file: _stamp(file) for file in _files(specs) if file not in stamps}
    return Known(settings, specs, stamps, shared)


def folders(known: Known, wanted: Wanted) -> tuple[Path, ...]:
    """Return the folders in which something that counts may change; each is watched without those below it."""
    settings = known.settings
    own = [settings.root / name for name in (*settings.paths, *settings.packs, settings.templates) if name]
    roots = [*own, *map(Path, wanted.paths)]
    found = {_there(path.parent.absolute()) for path in (*known.stamps, *roots)}
    return tuple(sorted(found.union(*(_below(root.absolute()) for root in roots))))


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the folder that is watched is gone") from None


def _refused(known: Known, now: Mapping[Path, _Stamp], message: str, say: Say) -> Known:
    if message != known.refused:
        say("".join(f"archspec: {plain(line)}\n" for line in message.split("\n")))
    settings = {path: _stamp(path) for path in project.settings_files(known.settings)}
    return known._replace(stamps={**settings, **now}, shared=known.shared | set(settings), refused=message)


def _tell(changed: Iterable[Path], gone: Iterable[Path], say: Say) -> None:
    names = sorted({project.shown(path).as_posix() for path in changed} - {path.as_posix() for path in gone})
    say("".join(f"{plain(name)}\n" for name in names))
    say("".join(f"{plain(path.as_posix())} is gone\n" for path in gone))


def _shared(settings: Project) -> Iterator[Path]:
    """Yield what concerns every spec: settings, wherever they may come to stand, packs, templates, the baseline."""
    here = Path.cwd()
    above = [folder for folder in (here, *here.parents) if folder.is_relative_to(settings.root)]
    yield from (file for folder in above for file in project.settings_files(settings._replace(root=folder)))
    yield from (path.absolute() for path in project.packs(settings))
    if settings.baseline:
        yield settings.root / settings.baseline
    if settings.templates:
        yield from (path for path in sorted((settings.root / settings.templates).rglob("*")) if path.is_file())


def _files(specs: Mapping[Path, Spec]) -> Iterator[Path]:
    yield from (file for spec in specs.values() for file in spec.files)


def _parts(spec: Path) -> list[Path]:
    """Return the files that a spec consists of or names, also those that are missing, as far as it can be read."""
    found = [spec]
    for file in found:  # grows while it is walked: an included file may include others
        with suppress(OSError, ValueError, SpecError):
            listed = [one for value in skim(decode(file.read_bytes(), ""), "include") for one in value or ()]
            parts = [spec.parent / one for one in listed if isinstance(one, str) and ".." not in Path(one).parts]
            found += [part for part in parts if part not in found][: _MOST_PARTS - len(found)]
    return found


def _stamp(path: Path) -> _Stamp:
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _there(folder: Path) -> Path:
    """Return the nearest folder that there is."""
    return next((one for one in (folder, *folder.parents) if isdir(one)), folder)  # noqa: PTH112  raises for no name


def _below(root: Path) -> Iterator[Path]:
    """Yield a folder and those below it, but for hidden ones and those of other tools."""
    for folder, names, _ in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".") and name not in _SKIPPED]
        yield Path(folder)
