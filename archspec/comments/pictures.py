"""Pictures that a project commits, before and after: those whose file differs."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from archspec.comments.places import filled

_ENDING = ".svg"


class Pictured(NamedTuple):
    """A picture by its name, and the addresses of it on both sides; nothing where a side has none."""

    name: str
    old: str
    new: str


def changed_pictures(
    old: Mapping[str, str], new: Mapping[str, str], commits: tuple[str, str], address: str
) -> tuple[Pictured, ...]:
    """Return the SVGs that differ. `old` and `new` are the files of a folder with the ids of what is in them."""
    paths = [path for path in dict.fromkeys([*new, *old]) if path.endswith(_ENDING) and old.get(path) != new.get(path)]
    return tuple(
        Pictured(
            PurePosixPath(path).stem,
            filled(address, commits[0], path) if path in old else "",
            filled(address, commits[1], path) if path in new else "",
        )
        for path in sorted(paths)
    )
