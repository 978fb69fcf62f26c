"""`include:` — several files of one folder read as one spec."""

from pathlib import Path, PurePosixPath

from archspec.errors import Problem, SpecError
from archspec.source import Source, merge, read

_MAX_FILES = 100


def read_with_includes(path: Path, name: str) -> Source:
    """Read a spec and every file it includes, themselves with includes, into one `Source`.

    An included name is relative to the spec's own folder. Raises `SpecError`: a file outside that folder, one
    included twice or in a circle, a missing file, a key written in two files.
    """
    root = path.parent.resolve()
    shown = PurePosixPath(name).parent
    found = [read(path, name)]
    seen = {path.resolve()}
    for current in found:  # grows while it is walked: an included file may include others
        for position, target in enumerate(_included(current)):
            file = (root / target).resolve()
            refusal = _refusal(target, file, root, seen)
            if refusal:
                raise SpecError((Problem(refusal[0], current.locate(("include", position)), refusal[1]),))
            seen.add(file)
            found.append(read(file, (shown / target).as_posix()))
    return found[0] if len(found) == 1 else merge(found)


def _included(current: Source) -> list[str]:
    names = current.data.get("include") if isinstance(current.data, dict) else None
    return [target for target in names if isinstance(target, str)] if isinstance(names, list) else []


def _refusal(target: str, file: Path, root: Path, seen: set[Path]) -> tuple[str, str] | None:
    if not file.is_relative_to(root):
        return f"'{target}' is outside the folder of the spec", "a spec includes files of its own folder and below"
    if file in seen:
        return f"'{target}' is already part of this spec", "include each file once"
    if len(seen) >= _MAX_FILES:
        return f"more than {_MAX_FILES} files are included", "join some of them"
    return None
