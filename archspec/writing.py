"""Files written whole or not at all: into a temporary file beside the target, then moved into place."""

import os
import tempfile
from pathlib import Path

from archspec.errors import UsageError


def write(path: Path, content: str | bytes) -> bool:
    """Write `content` to `path`, making its folder; return whether anything changed.

    A file that holds the same bytes already is left alone. Raises `UsageError` where the file system refuses.
    """
    wanted = content.encode() if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == wanted:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, wanted)
    except OSError as error:
        raise UsageError(f"{path.as_posix()} cannot be written: {error.strerror or error}") from None
    return True


def _replace(path: Path, wanted: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(wanted)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
