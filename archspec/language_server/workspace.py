"""Which specs a file is part of, and their texts: those of open buffers in place of those on disk."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from os.path import realpath
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from archspec import project
from archspec.errors import SpecError, UsageError
from archspec.language_server.lines import MARK
from archspec.language_server.slots import slots
from archspec.project import SPEC_START, YAML_ENDINGS, Project, starts_like_spec
from archspec.source import MAX_BYTES, decode

_MOST_PARTS = 100
"""As many as a spec may include."""


class Buffer(NamedTuple):
    """A file that is open in the client: how the client calls it, and its text as it is there."""

    uri: str
    text: str
    version: int | None


Buffers = Mapping[str, Buffer]
"""Open buffers by the real paths of their files."""


class Spec(NamedTuple):
    """A spec, its project, and all its files by their real paths, the spec itself first."""

    path: str
    project: Project
    parts: tuple[str, ...]


def text_at(path: str, buffers: Buffers) -> str | None:
    """Return the text of a file without its byte order mark; nothing where there is none, or it is not text."""
    if path in buffers:
        return buffers[path].text.removeprefix(MARK)
    try:
        found = Path(path).stat()
        return _on_disk(path, found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return None


@lru_cache(maxsize=256)
def _on_disk(path: str, _changed: int, size: int) -> str | None:
    if size > MAX_BYTES:
        return None
    try:
        return decode(Path(path).read_bytes(), path)
    except SpecError:
        return None


def settings_at(path: str) -> Project:
    """Return the settings that hold for a file. Raises `UsageError` where they cannot be used."""
    return project.find(Path(path).parent)


def specs_with(path: str, settings: Project, buffers: Buffers, roots: Sequence[str]) -> list[Spec]:
    """Return the specs that a file is part of; `roots` are the folders that the client has open."""
    found: dict[str, Spec] = {}
    for candidate in _candidates(path, settings, buffers, roots):
        parts = parts_of(candidate, buffers)
        if path in parts:
            found.setdefault(candidate, Spec(candidate, settings, parts))
    return list(found.values())


def parts_of(path: str, buffers: Buffers) -> tuple[str, ...]:
    """Return the files of a spec: those that it includes, and those that they include, as far as they can be read."""
    found = [path]
    folder = Path(path).parent
    for current in found:  # grows while it is walked
        text = text_at(current, buffers)
        for name in included(text) if text and "include" in text else ():
            part = realpath(folder / name)
            is_new = part not in found and len(found) <= _MOST_PARTS and Path(part).is_relative_to(folder)
            if is_new and text_at(part, buffers) is not None:
                found.append(part)
    return tuple(found)


def included(text: str) -> list[str]:
    """Return the names that a text includes."""
    return [
        slot.span.text for slot in slots(text) if len(slot.path) == 2 and slot.path[0] == "include" and slot.span.text
    ]


def _candidates(path: str, settings: Project, buffers: Buffers, roots: Sequence[str]) -> list[str]:
    """Return the specs that may have a file as a part, and the file itself where it is one."""
    if is_spec(path, buffers):
        return [path, *_others(path, settings, buffers, roots)]
    return _others(path, settings, buffers, roots)


def _others(path: str, settings: Project, buffers: Buffers, roots: Sequence[str]) -> list[str]:
    try:
        named = [realpath(one) for one in project.specs(settings, ())]
    except (UsageError, OSError):
        named = []
    around = [str(file) for folder in _folders(path, settings, roots) for file in _yaml_in(folder)]
    return [one for one in dict.fromkeys([*named, *around, *buffers]) if one != path and is_spec(one, buffers)]


def _folders(path: str, settings: Project, roots: Sequence[str]) -> list[Path]:
    """Return the folders in which a spec may stand that includes a file: its own and those above, in the project."""
    file = Path(path)
    tops = [Path(realpath(top)) for top in (settings.root, *map(Path, roots), file.parent.parent)]
    return [one for one in file.parents if any(one.is_relative_to(top) for top in tops)]


def _yaml_in(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.suffix in YAML_ENDINGS and one.is_file())
    except OSError:
        return []


def is_spec(path: str, buffers: Buffers) -> bool:
    """Whether a file has the key that a spec has and a part of one has not."""
    text = text_at(path, buffers)
    return text is not None and starts_like_spec(text[:SPEC_START].encode("utf-8", "replace"))
