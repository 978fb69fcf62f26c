"""`--touched`: the specs that changed files are part of, found without reading the specs in full.

They are some of the project's own, which a command takes without any path; where a project has none, any spec counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from os import sep
from os.path import islink, realpath
from pathlib import Path
from typing import Any, NamedTuple

from archspec import project
from archspec.errors import SpecError, UsageError
from archspec.project import Project
from archspec.source.skimming import skim


class Reach(NamedTuple):
    """What else has to do with specs, for a command: files or folders.

    `whole` are those that concern every spec; in those of `made` the command writes, in files or folders that have the
    name of the system. `judged` says that the project's settings and rule packs concern every spec as well. `shown` are
    the names of systems that go together, because one file shows them; an empty one stands for all.
    """

    whole: tuple[Path, ...] = ()
    made: tuple[Path, ...] = ()
    judged: bool = False
    shown: tuple[frozenset[str], ...] = ()


class _File(NamedTuple):
    """A file that may be a spec, the real path of its folder, and its own."""

    path: str
    folder: str
    real: str


def touched(settings: Project, changed: Sequence[str], reach: Reach = Reach()) -> list[Path]:  # noqa: B008  frozen
    """Return the specs that changed files are part of, in the order of `project.specs`; none is no mistake.

    A changed file may be a spec, what a spec includes, or what `reach` names; any other is ignored, and so is one that
    is gone, unless a spec still includes it.
    """
    if "" in changed:
        raise UsageError("an empty text is no path; name the files that changed")
    real = {realpath(path) for path in changed}
    has_own = project.has_own(settings)
    files = _own(settings) if has_own else _around(settings, real)
    if has_own and _concerns_all(settings, real, reach):
        chosen = {one for one in files if project.is_spec(Path(one.path))}
    else:
        chosen = set(_chosen(files, real, _systems(real, reach.made)))
        chosen |= _beside(files, chosen, reach.shown)
    found: dict[str, Path] = {}
    for one in files:
        if one in chosen:
            found.setdefault(one.real, Path(one.path))
    return list(found.values())


def names(settings: Project, without: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the names of the project's own specs, with the file of each, but for some of them."""
    left_out = {realpath(path) for path in without}
    for one in _own(settings):
        if one.real not in left_out and project.is_spec(Path(one.path)):
            left_out.add(one.real)
            stated = _names(one)
            if len(stated) == 1:
                yield stated[0], Path(one.path)


def parts(spec: Path) -> list[Path]:
    """Return the files of a spec by their real paths, itself first; it is not read in full."""
    return [Path(file) for one in _placed([str(spec)]) for file, _ in _parts(one, set())]


def _own(settings: Project) -> list[_File]:
    return list(_placed(project.own_files(settings)))


def _around(settings: Project, changed: set[str]) -> list[_File]:
    """Return the YAML files that may be or include the changed ones: a spec includes only what is below its folder."""
    root = _below(realpath(settings.root), "")
    folders = {folder for file in changed for folder in _above(file) if _below(folder, "").startswith(root)}
    inside = [file for folder in sorted(map(Path, folders)) for file in sorted(folder.glob("*")) if _is_yaml(file)]
    outside = [Path(file) for file in sorted(changed) if next(_above(file)) not in folders and _is_yaml(Path(file))]
    return list(_placed(str(project.shown(file)) for file in (*inside, *outside)))


def _is_yaml(file: Path) -> bool:
    return file.suffix in project.YAML_ENDINGS


def _placed(paths: Iterable[str]) -> Iterator[_File]:
    known: dict[str, str] = {}
    for path in paths:
        folder = _real(path.rpartition(sep)[0], known)
        yield _File(path, folder, realpath(path) if _is_link(path) else _below(folder, path.rpartition(sep)[2]))


def _real(folder: str, known: dict[str, str]) -> str:
    """Return the real path of a folder as `realpath` does, but look only once at each of the folders around many."""
    if folder not in known:
        parent, _, name = folder.rpartition(sep)
        is_plain = parent and name not in ("", ".", "..") and not _is_link(folder)
        known[folder] = _below(_real(parent, known), name) if is_plain else realpath(folder)
    return known[folder]


def _is_link(path: str) -> bool:
    return islink(path)  # noqa: PTH114  there may be thousands, and a Path takes ten times as long


def _below(folder: str, name: str) -> str:
    return f"{folder.rstrip(sep)}{sep}{name}"


def _above(file: str) -> Iterator[str]:
    """Yield the folders around a file, the nearest first."""
    while file != sep:
        file = file.rpartition(sep)[0] or sep
        yield file


def _concerns_all(settings: Project, changed: set[str], reach: Reach) -> bool:
    files = {realpath(path) for path in (*reach.whole, *(project.settings_files(settings) if reach.judged else ()))}
    packs = {realpath(settings.root / name) for name in settings.packs} if reach.judged else set()
    return any(
        not files.isdisjoint((file, *_above(file)))
        or (file.endswith(project.YAML_ENDINGS) and not packs.isdisjoint((file, *_above(file))))
        for file in changed
    )


def _systems(changed: set[str], made: Sequence[Path]) -> set[str]:
    """Return the names that changed files have, or their folders, in the folders that a command writes to."""
    folders = [f"{realpath(folder)}{sep}" for folder in made]
    tops = [file.removeprefix(one).partition(sep)[0] for file in changed for one in folders if file.startswith(one)]
    return {name for top in tops for name in (top, Path(top).stem)}


def _chosen(files: Sequence[_File], changed: set[str], systems: set[str]) -> Iterator[_File]:
    folders = {folder for file in changed for folder in _above(file)}
    for one in files:
        if one.real not in changed and one.folder not in folders and not systems:
            continue  # most files: neither changed themselves nor anything that they could include
        if project.is_spec(Path(one.path)) and (
            one.real in changed
            or (one.folder in folders and _includes(one, changed))
            or (systems and not systems.isdisjoint(_names(one)))
        ):
            yield one


def _beside(files: Sequence[_File], chosen: set[_File], shown: Sequence[frozenset[str]]) -> set[_File]:
    """Return the specs that go together with those that are chosen."""
    if not chosen or not shown:
        return set()
    named = {one: set(_names(one)) for one in files if project.is_spec(Path(one.path))}
    mine = {"", *(name for one in chosen for name in named[one])}
    wanted = {name for together in shown if together & mine for name in together}
    return {one for one, its in named.items() if "" in wanted or its & wanted}


def _includes(spec: _File, changed: set[str]) -> bool:
    return any(file in changed for file, _ in _parts(spec, changed))


def _names(spec: _File) -> list[str]:
    """Return what a spec says its name is, in whichever of its files."""
    stated = [value for _, text in _parts(spec, set()) for value in _skimmed(text, "name")]
    return [name for name in stated if isinstance(name, str)]


def _parts(spec: _File, changed: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of a spec by their real paths, with their texts; a file that is gone has none.

    Where a file cannot be parsed, it includes those of the changed files that its text mentions.
    """
    waiting = [spec.real]
    for file in waiting:  # grows while it is walked: an included file may include others
        text = _text(file)
        yield file, text
        waiting += [part for part in _included(text, spec.folder, changed) if part not in waiting]


def _text(file: str) -> str:
    try:
        return Path(file).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _included(text: str, folder: str, changed: set[str]) -> list[str]:
    below = _below(folder, "")
    try:
        listed = [one for value in skim(text, "include") if isinstance(value, list) for one in value]
    except SpecError:
        return sorted(one for one in changed if one.startswith(below) and Path(one).name in text)
    named = [realpath(_below(folder, one)) for one in listed if isinstance(one, str) and "\0" not in one]
    return [one for one in named if one.startswith(below)]


def _skimmed(text: str, key: str) -> list[Any]:
    try:
        return skim(text, key)
    except SpecError:
        return []
