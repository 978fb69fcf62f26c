"""Text files that a user wrote: Markdown to fill, templates."""

import re
from pathlib import Path

from archspec.errors import Location, Problem, SpecError
from archspec.source.complaints import AS_TEXT

_PATTERN = re.compile(r"[*?\[]")


def read(path: Path) -> str:
    """Return the text with its own line ends and byte order mark.

    Raises `SpecError` for a file that is missing, a folder, not to be read or not UTF-8, located there.
    """
    name = path.as_posix()
    try:
        content = path.read_bytes()
        return content.decode()
    except FileNotFoundError:
        said = "no file fits this pattern" if _PATTERN.search(name) else "there is no such file"
        problem = Problem(said, Location(name, 1, 1), "write it, or correct the path")
    except IsADirectoryError:
        problem = Problem("this is a folder", Location(name, 1, 1), f"name the files in it: {name}/*.md")
    except UnicodeDecodeError as error:
        problem = Problem(
            f"is not UTF-8 text: the byte 0x{error.object[error.start]:02x} stands here", _at(name, error), AS_TEXT
        )
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", "") or str(error)
        problem = Problem(f"cannot be read: {reason}", Location(name, 1, 1), "correct the path, or who may read it")
    raise SpecError((problem,))


def _at(name: str, error: UnicodeDecodeError) -> Location:
    lines = error.object[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return Location(name, len(lines), len(lines[-1].decode("utf-8", "replace")) + 1)
